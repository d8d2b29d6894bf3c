/* hearth-canvas.h: the graph as the user sees and handles it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_CANVAS (hearth_canvas_get_type ())
G_DECLARE_FINAL_TYPE (HearthCanvas, hearth_canvas, HEARTH, CANVAS, GtkWidget)

/**
 * HearthCanvas:
 *
 * Shows one document: one viewport layer draws all wires, one childless widget draws each node.
 * Every edit goes through the document's graph and history. "Canvas coordinates" are those of the
 * workflow file; "widget coordinates" are pixels from the canvas widget's corner.
 *
 * Properties, with notify: "document" (HearthDocument), "zoom" (double, 0.1…4).
 *
 * Signals:
 *  ::selection-changed
 *  ::palette-requested (double x, double y, const char *node_id, const char *slot_key, gboolean is_output)
 *      the user wants to add a node at canvas coordinates x, y; with a node id when a wire
 *      was dropped into the void (only fitting nodes should be offered, and then connected), else NULL
 *  ::open-workflow (const char *workflow_id)  enter a node group
 *  ::message (const char *text)               a sentence for a toast
 *
 * Actions (installed on the class; plain keys are shortcuts of the canvas alone):
 *  canvas.delete, canvas.select-all, canvas.select-none, canvas.copy, canvas.cut, canvas.paste,
 *  canvas.duplicate, canvas.undo, canvas.redo, canvas.bypass, canvas.rename, canvas.edit,
 *  canvas.frame, canvas.enter, canvas.disconnect, canvas.zoom-in, canvas.zoom-out,
 *  canvas.zoom-reset, canvas.fit, canvas.add-node, canvas.run-from, canvas.run-to, canvas.pin
 */
GtkWidget      *hearth_canvas_new              (void);
void            hearth_canvas_set_document     (HearthCanvas   *self,
                                                HearthDocument *document); /* may be NULL */
HearthDocument *hearth_canvas_get_document     (HearthCanvas   *self);

char          **hearth_canvas_list_selected    (HearthCanvas   *self); /* node ids, new */
void            hearth_canvas_select           (HearthCanvas   *self,
                                                const char *const *ids);
/* The one selected node, or NULL when none or several are. */
HearthNode     *hearth_canvas_get_selected_node(HearthCanvas   *self);

/* Adds a node at canvas coordinates and selects it; with @from also connects it to that slot.
 * What the palette calls. */
void            hearth_canvas_add_node         (HearthCanvas   *self,
                                                const char     *type_id,
                                                double          x,
                                                double          y,
                                                const char     *from_node,
                                                const char     *from_key,
                                                gboolean        from_is_output);
/* Where something new should go: under the pointer, else the middle of what is visible. */
void            hearth_canvas_get_insert_point (HearthCanvas   *self,
                                                double         *x,
                                                double         *y);
void            hearth_canvas_point_from_widget(HearthCanvas   *self,
                                                double          widget_x,
                                                double          widget_y,
                                                double         *x,
                                                double         *y);
void            hearth_canvas_zoom_to_fit      (HearthCanvas   *self);
/* Presses the button of a trigger input. */
void            hearth_canvas_press_trigger    (HearthCanvas   *self,
                                                const char     *node_id,
                                                const char     *key);
/* Marks the nodes that have problems, each of HearthProblem; NULL: none. */
void            hearth_canvas_set_problems     (HearthCanvas   *self,
                                                GPtrArray      *problems);
/* Scrolls so that the node is visible, and selects it. */
void            hearth_canvas_reveal           (HearthCanvas   *self,
                                                const char     *node_id);

G_END_DECLS

/* hearth-source-row.h: where a connected input gets its value from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_SOURCE_REVEAL,
  HEARTH_SOURCE_CUT,
  HEARTH_SOURCE_UP,
  HEARTH_SOURCE_DOWN,
} HearthSourceVerb;

#define HEARTH_TYPE_SOURCE_ROW (hearth_source_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthSourceRow, hearth_source_row, HEARTH, SOURCE_ROW, GtkListBoxRow)

/* Signal ::verb (int HearthSourceVerb) */

/* @title NULL: the row goes with the one above it, as the further sources of a multi-input do. */
GtkWidget  *hearth_source_row_new         (HearthGraph     *graph,
                                           HearthEdge      *edge,
                                           const char      *title);
const char *hearth_source_row_get_edge    (HearthSourceRow *self);
/* As one of several, with its place among them. */
void        hearth_source_row_set_place   (HearthSourceRow *self,
                                           guint            index,
                                           guint            n);
guint       hearth_source_row_get_index   (HearthSourceRow *self);

G_END_DECLS

/* hearth-canvas-private.h: the canvas as its own files see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas.h"
#include "hearth-card.h"
#include "hearth-gesture.h"
#include "hearth-history.h"
#include "hearth-run.h"
#include "hearth-viewport.h"
#include "hearth-wire-painter.h"

G_BEGIN_DECLS

/* The wire in the user's hand. */
typedef struct
{
  gboolean  active;
  char     *node_id;   /* the end that stays */
  char     *key;
  gboolean  is_output; /* of the end that stays */
  char     *edge_id;   /* being re-plugged, or NULL */
  double    x, y;      /* of the hand, in widget pixels */
  char     *target_id; /* where it would end now, or NULL */
  char     *target_key;
  int       target_index;
} HearthCanvasConnect;

/* The one in-place editor (hearth-canvas-edit.c) */
typedef struct
{
  char            *node_id; /* NULL: closed */
  char            *key;     /* NULL: the title */
  gboolean         is_config;
  HearthRowKind    kind;
  graphene_rect_t  rect;    /* in the card's coordinates */
  GtkWidget       *active;  /* one of the next three */
  GtkWidget       *text;
  GtkWidget       *area;
  GtkWidget       *choice;
} HearthCanvasEditor;

struct _HearthCanvas
{
  GtkWidget parent_instance;

  /* owned */
  HearthDocument *document;
  HearthGraph *graph;
  HearthHistory *history;
  GSignalGroup *graph_signals;
  GSignalGroup *history_signals;
  GSignalGroup *document_signals;
  HearthGesture *gesture;

  /* cards: children of the canvas */
  GHashTable *cards;  /* node id -> HearthCard */
  GPtrArray *order;   /* of HearthCard, bottom to top; frames are before all others */
  GtkWidget *minimap;
  GtkWidget *menu;

  /* what is seen */
  HearthViewport viewport;
  gboolean view_unsure; /* the stored view may show nothing */
  gboolean fit_wanted;  /* as soon as there is a size */
  const HearthCanvasPalette *palette;
  HearthCardLod lod;
  GskRenderNode *wires; /* of the view as it is; NULL: draw again */

  /* selection */
  GHashTable *selected;       /* set of node ids */
  GHashTable *selected_edges; /* set of edge ids */
  char *current;              /* where the keyboard stands */

  /* hands */
  double pointer_x, pointer_y;
  gboolean pointer_inside;
  double pinch_zoom;
  GPtrArray *moving; /* of HearthCard, with the children of frames; NULL: none */
  gboolean banding;
  graphene_rect_t band;
  GHashTable *band_before;
  char *resizing;
  double resize_width, resize_height;
  HearthCanvasConnect connect;
  char *reorder_node, *reorder_key;
  int reorder_from, reorder_to;
  HearthCanvasEditor editor;

  /* a run */
  guint tick;
  gint64 last_frame;
  GHashTable *started; /* node id -> microseconds, boxed */
  GHashTable *yielded; /* node id -> when its last chunk came */
  GHashTable *retries; /* node id -> timeout until its next try */
  double wire_phase;
};

/* hearth-canvas.c */
void        hearth_canvas_set_model        (HearthCanvas *self, HearthGraph *graph, HearthHistory *history);
void        hearth_canvas_say              (HearthCanvas *self, const char *text);
void        hearth_canvas_invalidate_wires (HearthCanvas *self);
HearthCard *hearth_canvas_get_card         (HearthCanvas *self, const char *node_id);
void        hearth_canvas_push             (HearthCanvas *self, HearthEdit *edit, const char *merge_key); /* takes it */
void        hearth_canvas_request_palette  (HearthCanvas *self, double x, double y, const char *node_id,
                                            const char *key, gboolean is_output);
void        hearth_canvas_open_group       (HearthCanvas *self, HearthNode *node);

/* hearth-canvas-view.c */
void        hearth_canvas_view_changed     (HearthCanvas *self);
void        hearth_canvas_load_view        (HearthCanvas *self);
void        hearth_canvas_set_zoom         (HearthCanvas *self, double zoom, double wx, double wy);
gboolean    hearth_canvas_find_extent      (HearthCanvas *self, graphene_rect_t *extent);

/* hearth-canvas-cards.c */
void        hearth_canvas_load_cards       (HearthCanvas *self);
void        hearth_canvas_clear_cards      (HearthCanvas *self);
void        hearth_canvas_changed_cb       (HearthGraph *graph, GPtrArray *changes, gpointer user_data);
void        hearth_canvas_raise            (HearthCanvas *self, HearthCard *card);
void        hearth_canvas_place_cards      (HearthCanvas *self);

/* hearth-canvas-layout.c */
void        hearth_canvas_allocate         (GtkWidget *widget, int width, int height, int baseline);

/* hearth-canvas-snapshot.c */
void        hearth_canvas_snapshot         (GtkWidget *widget, GtkSnapshot *snapshot);
/* All wires as they stand now; of HearthWireMark. @ids, where not NULL, gets their edges. */
GArray     *hearth_canvas_list_wires       (HearthCanvas *self, GPtrArray *edges);

/* hearth-canvas-selection.c */
void        hearth_canvas_select_one       (HearthCanvas *self, const char *node_id, gboolean toggle);
void        hearth_canvas_select_edge      (HearthCanvas *self, const char *edge_id, gboolean toggle);
void        hearth_canvas_select_none      (HearthCanvas *self);
void        hearth_canvas_select_all       (HearthCanvas *self);
void        hearth_canvas_forget_selected  (HearthCanvas *self, const char *node_id);
void        hearth_canvas_selection_changed(HearthCanvas *self);
gboolean    hearth_canvas_walk             (HearthCanvas *self, GtkDirectionType direction);

/* hearth-canvas-pick.c */
void        hearth_canvas_pick             (HearthCanvas *self, double wx, double wy, HearthHit *hit);
HearthCard *hearth_canvas_pick_card        (HearthCanvas *self, double wx, double wy, gboolean frames,
                                            double *x, double *y);
gboolean    hearth_canvas_query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard,
                                            GtkTooltip *tooltip, gpointer user_data);

/* hearth-canvas-pointer.c */
void        hearth_canvas_add_controllers  (HearthCanvas *self);
void        hearth_canvas_command_cb       (const HearthCommand *command, gpointer user_data);

/* hearth-canvas-move.c */
void        hearth_canvas_move             (HearthCanvas *self, const HearthCommand *command);
void        hearth_canvas_resize           (HearthCanvas *self, const HearthCommand *command);
void        hearth_canvas_band             (HearthCanvas *self, const HearthCommand *command);
void        hearth_canvas_reorder          (HearthCanvas *self, const HearthCommand *command);

/* hearth-canvas-connect.c */
void        hearth_canvas_connect          (HearthCanvas *self, const HearthCommand *command);
void        hearth_canvas_connect_cancel   (HearthCanvas *self);
gboolean    hearth_canvas_get_anchor       (HearthCanvas *self, const char *node_id, const char *key,
                                            gboolean is_output, double *wx, double *wy);

/* hearth-canvas-actions.c, hearth-canvas-keys.c, hearth-canvas-menu.c */
void        hearth_canvas_install_actions  (GtkWidgetClass *widget_class);
void        hearth_canvas_update_actions   (HearthCanvas *self);
void        hearth_canvas_add_shortcuts    (HearthCanvas *self);
void        hearth_canvas_popup_menu       (HearthCanvas *self, double wx, double wy, const HearthHit *hit);

/* hearth-canvas-edit.c */
gboolean    hearth_canvas_edit_value       (HearthCanvas *self, const char *node_id, const char *key,
                                            gboolean is_config);
gboolean    hearth_canvas_edit_first       (HearthCanvas *self, const char *node_id);
void        hearth_canvas_edit_title       (HearthCanvas *self, const char *node_id);
gboolean    hearth_canvas_is_editing       (HearthCanvas *self);
gboolean    hearth_canvas_edit_accept      (HearthCanvas *self); /* FALSE: the value is not possible */
void        hearth_canvas_edit_close       (HearthCanvas *self);
void        hearth_canvas_edit_allocate    (HearthCanvas *self);
void        hearth_canvas_edit_snapshot    (HearthCanvas *self, GtkSnapshot *snapshot);
/* The row that is edited, or NULL: the title, or gone. */
HearthCardRow *hearth_canvas_edit_get_row  (HearthCanvas *self);
char       *hearth_canvas_edit_dup_text    (HearthCanvas *self);

/* hearth-canvas-edit-keys.c, hearth-canvas-choice.c */
void        hearth_canvas_edit_add_widget  (HearthCanvas *self, GtkWidget *widget, GtkWidget *focus);
void        hearth_canvas_edit_open_choice (HearthCanvas *self, HearthCardRow *row);

/* hearth-canvas-value.c */
char        *hearth_canvas_value_to_text   (HearthValue *value, const HearthSlot *slot);
HearthValue *hearth_canvas_value_from_text (const char *text, const HearthSlot *slot, GError **error);
void         hearth_canvas_store_value     (HearthCanvas *self, const char *node_id, const char *key,
                                            gboolean is_config, HearthValue *value);

/* hearth-canvas-clipboard.c */
void        hearth_canvas_copy             (HearthCanvas *self);
void        hearth_canvas_paste            (HearthCanvas *self);
void        hearth_canvas_duplicate        (HearthCanvas *self);
gboolean    hearth_canvas_paste_text       (HearthCanvas *self, const char *text, double x, double y);

/* hearth-canvas-run.c */
void        hearth_canvas_watch_document   (HearthCanvas *self);
void        hearth_canvas_show_run         (HearthCanvas *self);
/* What one run event does to the cards; the event lives for the call only. */
void        hearth_canvas_show_event       (HearthCanvas *self, const HearthRunEvent *event);

/* hearth-canvas-start.c: with the selected nodes */
void        hearth_canvas_run_from         (HearthCanvas *self);
void        hearth_canvas_run_to           (HearthCanvas *self);
void        hearth_canvas_pin              (HearthCanvas *self);

/* hearth-canvas-wait.c: what a node waits for */
GHashTable *hearth_canvas_new_retries      (void);
void        hearth_canvas_show_retry       (HearthCanvas *self, HearthCard *card, const HearthRunEvent *event);
void        hearth_canvas_show_wait        (HearthCanvas *self, HearthCard *card, const char *sentence);
void        hearth_canvas_show_question    (HearthCanvas *self, HearthCard *card, HearthValue *question);
void        hearth_canvas_set_state        (HearthCanvas *self, HearthCard *card, HearthCardState state,
                                            const char *error);

/* hearth-canvas-motion.c */
gboolean    hearth_canvas_wants_motion     (HearthCanvas *self);
void        hearth_canvas_start_tick       (HearthCanvas *self);
void        hearth_canvas_stop_tick        (HearthCanvas *self);
void        hearth_canvas_note_time        (GHashTable *times, const char *node_id);
gboolean    hearth_canvas_is_flowing       (HearthCanvas *self, const char *node_id);

G_END_DECLS

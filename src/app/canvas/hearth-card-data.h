/* hearth-card-data.h: everything one card shows, as plain data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* How a row shows its value. */
typedef enum
{
  HEARTH_ROW_PLAIN,  /* a name only */
  HEARTH_ROW_TEXT,
  HEARTH_ROW_NUMBER,
  HEARTH_ROW_SWITCH,
  HEARTH_ROW_CHOICE,
  HEARTH_ROW_AREA,   /* the first lines of a longer text below the name */
  HEARTH_ROW_BUTTON, /* a trigger: pressed, it changes other values */
  HEARTH_ROW_FILE,   /* the name of a file, which is chosen in the inspector */
} HearthRowKind;

typedef enum
{
  HEARTH_SIDE_OUTPUT,
  HEARTH_SIDE_CONFIG,
  HEARTH_SIDE_INPUT,
  HEARTH_SIDE_SOURCE, /* one wire into the multi-input above it */
} HearthRowSide;

/* Never colour alone: the shape tells what a slot takes. */
typedef enum
{
  HEARTH_DOT_NONE,
  HEARTH_DOT_VALUE,
  HEARTH_DOT_ANY,    /* a hollow, dashed ring */
  HEARTH_DOT_MULTI,  /* a bar as high as its wires need */
  HEARTH_DOT_STREAM, /* a double line */
} HearthDotShape;

/* Whether the wire that is being drawn may end here. */
typedef enum
{
  HEARTH_FIT_UNKNOWN,
  HEARTH_FIT_YES,
  HEARTH_FIT_NO,
} HearthFit;

typedef enum
{
  HEARTH_CARD_IDLE,
  HEARTH_CARD_WAITING,
  HEARTH_CARD_RUNNING,
  HEARTH_CARD_DONE,
  HEARTH_CARD_SKIPPED,
  HEARTH_CARD_FAILED,
  HEARTH_CARD_STOPPED,
  HEARTH_CARD_ASKING, /* a person has to answer */
} HearthCardState;

typedef struct
{
  HearthSlot     *slot;      /* NULL for sources and placeholder slots made by hand */
  char           *key;
  char           *title;
  char           *value;     /* as shown, or NULL; of an output: its last result */
  char           *edge_id;   /* the wire of a single input or a source, or NULL */
  HearthRowSide   side;
  HearthRowKind   kind;
  HearthDotShape  shape;
  HearthDataType  type;
  HearthFit       fit;
  int             index;     /* of a source, from 0; else -1 */
  guint           n_sources; /* of a multi-input */
  gboolean        connected;
  gboolean        on;        /* of a switch */
  gboolean        hint;      /* the value is only a placeholder */
  /* from hearth_card_layout_update() */
  double          y;
  double          height;
} HearthCardRow;

typedef struct
{
  char            *id;
  char            *title;
  char            *icon;     /* an emoji, or NULL */
  char            *category; /* or NULL */
  char            *description;
  char            *error;    /* a sentence, or NULL */
  char            *elapsed;  /* "1.2 s", or NULL */
  char            *note;     /* what it waits for, as a sentence, or NULL */
  char            *why;      /* why it ran, was reused or skipped, or NULL */
  char            *problem;  /* what stands in the way of a run, or NULL */
  char            *stream_text;
  HearthValue     *outputs;  /* of the run, or NULL */
  GPtrArray       *rows;     /* of HearthCardRow, top to bottom */
  HearthCardState  state;
  HearthDataType   tint;     /* what it chiefly makes */
  gboolean         is_frame;
  gboolean         is_unknown;
  gboolean         is_group;
  gboolean         bypassed;
  gboolean         pinned;
  gboolean         reused;   /* its result is that of an earlier run */
  gboolean         problem_is_error;
  double           width;    /* stored or default */
  double           stored_height;
  /* from hearth_card_layout_update() */
  double           rows_y;
  double           stream_y;
  double           height;
} HearthCardData;

HearthCardData *hearth_card_data_new            (const char           *id,
                                                 const char           *title);
HearthCardData *hearth_card_data_new_from_graph (HearthGraph          *graph,
                                                 HearthNode           *node);
void            hearth_card_data_free           (HearthCardData       *self);
HearthCardRow  *hearth_card_data_add_row        (HearthCardData       *self,
                                                 HearthRowSide         side,
                                                 const char           *key,
                                                 const char           *title,
                                                 HearthDataType        type);
/* The row of a slot (not of a source), or NULL. */
HearthCardRow  *hearth_card_data_find_row       (const HearthCardData *self,
                                                 const char           *key,
                                                 gboolean              is_output);
/* The row of config entry @key, or NULL. */
HearthCardRow  *hearth_card_data_find_config    (const HearthCardData *self,
                                                 const char           *key);
/* The source row of an edge into a multi-input, or NULL. */
HearthCardRow  *hearth_card_data_find_source    (const HearthCardData *self,
                                                 const char           *edge_id);
/* What stands below the header: the error, else the note, or NULL. */
const char     *hearth_card_data_get_notice     (const HearthCardData *self);
void            hearth_card_data_set_note       (HearthCardData       *self,
                                                 const char           *note);
/* "Text Merge, done": what a screen reader says. */
char           *hearth_card_data_dup_label      (const HearthCardData *self);
/* Takes over what a run has shown so far, when @self replaces @old. */
void            hearth_card_data_keep_run       (HearthCardData       *self,
                                                 HearthCardData       *old);
void            hearth_card_data_clear_run      (HearthCardData       *self);
/* Results on the output rows; @outputs NULL removes them. */
void            hearth_card_data_set_outputs    (HearthCardData       *self,
                                                 HearthValue          *outputs);

/* --- rows (hearth-card-rows.c) --- */
void            hearth_card_rows_build          (HearthCardData       *self,
                                                 HearthGraph          *graph,
                                                 HearthNode           *node);
HearthRowKind   hearth_card_rows_pick_kind      (const HearthSlot     *slot);
HearthDotShape  hearth_card_rows_pick_shape     (const HearthSlot     *slot);
/* One line for people; long texts are cut. NULL for "no value". */
char           *hearth_card_rows_format_value   (const HearthValue    *value,
                                                 gsize                 max_chars,
                                                 gboolean              keep_lines);
/* The label of a suggestion, or NULL when @value is none of them. */
const char     *hearth_card_rows_find_label     (const HearthNodeType *type, /* or NULL */
                                                 const HearthSlot     *slot,
                                                 const HearthValue    *value);
/* What the card shows of a slot: the stored value, else the default. Borrowed or NULL. */
HearthValue    *hearth_card_rows_get_value      (HearthNode           *node,
                                                 const HearthSlot     *slot,
                                                 gboolean              is_config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthCardData, hearth_card_data_free)

G_END_DECLS

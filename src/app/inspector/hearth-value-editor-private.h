/* hearth-value-editor-private.h: what the kinds of value editors share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value-editor.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *(*build) (HearthValueEditor *self);
  /* Shows @value (never NULL unless the slot has no default). */
  void       (*show)  (HearthValueEditor *self,
                       HearthValue       *value);
  gboolean     is_block;
} HearthEditorKind;

struct _HearthValueEditor
{
  AdwBin                  parent_instance;

  const HearthEditorKind *kind;

  /* owned */
  HearthSlot             *slot;
  HearthValue            *value;   /* what is shown */
  HearthValue            *choices; /* array of scalars or {value, label}, or NULL */

  /* borrowed: a child */
  GtkWidget              *widget;

  gboolean                is_showing; /* changes come from us */
};

extern const HearthEditorKind _hearth_editor_text;
extern const HearthEditorKind _hearth_editor_area;
extern const HearthEditorKind _hearth_editor_code;
extern const HearthEditorKind _hearth_editor_json;
extern const HearthEditorKind _hearth_editor_number;
extern const HearthEditorKind _hearth_editor_toggle;
extern const HearthEditorKind _hearth_editor_choice;
extern const HearthEditorKind _hearth_editor_trigger;

/* The user made @value (taken). */
void         _hearth_value_editor_take  (HearthValueEditor *self,
                                         HearthValue       *value);
/* A choice's stored value (borrowed) and its label (new). */
HearthValue *_hearth_choice_get_value   (HearthValue       *choice);
char        *_hearth_choice_dup_label   (HearthValue       *choice);
/* A button that offers the suggestions beside a free field; NULL when there are none. */
GtkWidget   *_hearth_value_editor_new_suggestions (HearthValueEditor *self);

G_END_DECLS

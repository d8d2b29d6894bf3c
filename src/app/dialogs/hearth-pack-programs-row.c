/* hearth-pack-programs-row.c: the switch that lets a pack's programs run, after it has shown which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-programs-row.h"

#include "hearth-display.h"
#include "hearth-pack-row.h"
#include "hearth-packs-group.h"
#include "hearth-program-list.h"
#include "hearth-question.h"

#include "hearth-i18n.h"

struct _HearthPackProgramsRow
{
  AdwActionRow parent_instance;

  /* owned by its parent */
  GtkWidget *allowed;

  /* owned */
  HearthValue *plugin;
};

G_DEFINE_FINAL_TYPE (HearthPackProgramsRow, hearth_pack_programs_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_allowed (HearthPackProgramsRow *self)
{
  return hearth_value_get_member_boolean (self->plugin, "allowPrograms", FALSE);
}

/* Both what the switch shows and what it stands for: "state-set" keeps them apart while the user is asked. */
static void
show_state (HearthPackProgramsRow *self)
{
  gtk_switch_set_active (GTK_SWITCH (self->allowed), is_allowed (self));
  gtk_switch_set_state (GTK_SWITCH (self->allowed), is_allowed (self));
}

static void
change (HearthPackProgramsRow *self,
        gboolean               allow,
        gboolean               network)
{
  GtkWidget *group = gtk_widget_get_ancestor (GTK_WIDGET (self), HEARTH_TYPE_PACKS_GROUP);

  if (group != NULL)
    hearth_packs_group_change (HEARTH_PACKS_GROUP (group), self->plugin,
                               hearth_value_object ("allowPrograms", hearth_value_boolean (allow),
                                                    "allowNetwork", hearth_value_boolean (allow && network), NULL));
}

/* --- asking -------------------------------------------------------------------------------------- */

typedef struct
{
  HearthPackProgramsRow *row;
  HearthValue           *plugin; /* what was shown */
  GtkWidget             *network; /* the check button, or NULL */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->row);
  hearth_value_unref (question->plugin);
  g_clear_object (&question->network);
  g_free (question);
}

/* The programs may have become others while the question was open: that is another question. */
static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  HearthPackProgramsRow *self = question->row;

  if (g_str_equal (response, "allow") && hearth_program_list_is_same (question->plugin, self->plugin))
    change (self, TRUE, question->network != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (question->network)));
  else
    show_state (self);
}

static GtkWidget *
make_content (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), hearth_program_list_new (question->plugin));
  if (hearth_program_list_wants_network (question->plugin))
    {
      question->network = g_object_ref_sink (gtk_check_button_new_with_mnemonic (_("Let them use the _network, too")));
      gtk_box_append (GTK_BOX (box), question->network);
    }
  return box;
}

static void
ask (HearthPackProgramsRow *self)
{
  g_autofree char *heading = g_strdup_printf (_("Let the programs of “%s” run?"), hearth_pack_row_get_name (self->plugin));
  Question *question = g_new0 (Question, 1);
  AdwMessageDialog *dialog;

  question->row = g_object_ref (self);
  question->plugin = hearth_value_ref (self->plugin);
  dialog = hearth_question_new (
    GTK_WIDGET (self), heading,
    _("They run in a sandbox: they see the programs of the system and the pack's folder, none of your other files. "
      "These commands run when their nodes do:"),
    "allow", _("_Allow"), ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_extra_child (dialog, make_content (question));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question,
                         (GClosureNotify) (void (*) (void)) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
state_set_cb (HearthPackProgramsRow *self,
              gboolean               state)
{
  if (self->plugin == NULL || state == is_allowed (self))
    return FALSE;
  if (state)
    ask (self);
  else
    change (self, FALSE, FALSE);
  return TRUE;
}

/* --- the widget ----------------------------------------------------------------------------------- */

static void
hearth_pack_programs_row_finalize (GObject *object)
{
  HearthPackProgramsRow *self = HEARTH_PACK_PROGRAMS_ROW (object);

  g_clear_pointer (&self->plugin, hearth_value_unref);

  G_OBJECT_CLASS (hearth_pack_programs_row_parent_class)->finalize (object);
}

static void
hearth_pack_programs_row_class_init (HearthPackProgramsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_pack_programs_row_finalize;
}

static void
hearth_pack_programs_row_init (HearthPackProgramsRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Let Its Programs Run"));
  adw_action_row_add_prefix (row, gtk_image_new_from_icon_name ("system-run-symbolic"));
  self->allowed = gtk_switch_new ();
  gtk_widget_set_valign (self->allowed, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, self->allowed);
  adw_action_row_set_activatable_widget (row, self->allowed);
  g_signal_connect_object (self->allowed, "state-set", G_CALLBACK (state_set_cb), self, G_CONNECT_SWAPPED);
}

static const char *
describe (HearthValue *plugin)
{
  if (!hearth_value_get_member_boolean (plugin, "allowPrograms", FALSE))
    return _("Not allowed: nodes that need them fail");
  if (!hearth_program_list_wants_network (plugin))
    return _("Allowed, in a sandbox without network");
  return hearth_value_get_member_boolean (plugin, "allowNetwork", FALSE)
           ? _("Allowed, in a sandbox with the network")
           : _("Allowed, in a sandbox without the network that some want");
}

GtkWidget *
hearth_pack_programs_row_new (void)
{
  return g_object_new (HEARTH_TYPE_PACK_PROGRAMS_ROW, NULL);
}

void
hearth_pack_programs_row_set_plugin (HearthPackProgramsRow *self,
                                     HearthValue           *plugin)
{
  g_autofree char *name = g_strdup_printf (_("Let the programs of “%s” run"), hearth_pack_row_get_name (plugin));

  g_return_if_fail (HEARTH_IS_PACK_PROGRAMS_ROW (self));

  hearth_value_ref (plugin);
  g_clear_pointer (&self->plugin, hearth_value_unref);
  self->plugin = plugin;
  gtk_widget_set_visible (GTK_WIDGET (self), hearth_program_list_is_needed (plugin));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), describe (plugin));
  hearth_display_name (self->allowed, name);
  show_state (self);
}

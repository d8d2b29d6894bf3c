/* hearth-mcp-row.c: an MCP server, with the switch that allows it after it has shown what that is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-row.h"

#include "hearth-display.h"
#include "hearth-mcp-group.h"
#include "hearth-program-list.h"
#include "hearth-question.h"

#include "hearth-i18n.h"

struct _HearthMcpRow
{
  AdwActionRow parent_instance;

  /* owned by its parent */
  GtkWidget *allowed;

  /* owned */
  HearthValue *server;
};

G_DEFINE_FINAL_TYPE (HearthMcpRow, hearth_mcp_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_allowed (HearthMcpRow *self)
{
  return hearth_value_get_member_boolean (self->server, "isAllowed", FALSE);
}

static const char *
get_text (HearthValue *server,
          const char  *key)
{
  return hearth_value_get_member_string (server, key, "");
}

/* What a person calls it. */
static const char *
get_name (HearthValue *server)
{
  const char *name = get_text (server, "name");

  return *name != '\0' ? name : get_text (server, "id");
}

/* Both what the switch shows and what it stands for: "state-set" keeps them apart while the user is asked. */
static void
show_state (HearthMcpRow *self)
{
  gtk_switch_set_active (GTK_SWITCH (self->allowed), is_allowed (self));
  gtk_switch_set_state (GTK_SWITCH (self->allowed), is_allowed (self));
}

static void
allow (HearthMcpRow *self,
       HearthValue  *server,
       gboolean      allowed)
{
  GtkWidget *group = gtk_widget_get_ancestor (GTK_WIDGET (self), HEARTH_TYPE_MCP_GROUP);

  if (group != NULL)
    hearth_mcp_group_allow (HEARTH_MCP_GROUP (group), server, allowed);
}

/* --- asking -------------------------------------------------------------------------------------- */

typedef struct
{
  HearthMcpRow *row;
  HearthValue  *server; /* as it was shown */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->row);
  hearth_value_unref (question->server);
  g_free (question);
}

/* Whether it became another while the question was open is found where its fingerprint is compared. */
static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  if (g_str_equal (response, "allow"))
    allow (question->row, question->server, TRUE);
  else
    show_state (question->row);
}

static const char *
describe_risk (HearthValue *server)
{
  if (hearth_value_get (server, "url") != NULL)
    return _("What nodes and agents ask it, and the key you enter for it, go to this address:");
  return _("It is a program with all your rights, in no sandbox. When a node or an agent asks it, this command runs:");
}

static GtkWidget *
make_content (HearthValue *server)
{
  const char *folder = hearth_value_get_member_string (server, "folder", NULL);
  g_autofree char *title = folder != NULL ? g_strdup_printf (_("In the folder %s"), folder) : NULL;

  return hearth_program_list_new_command (title, get_text (server, "commandLine"));
}

static void
ask (HearthMcpRow *self)
{
  g_autofree char *heading = g_strdup_printf (_("Allow “%s”?"), get_name (self->server));
  Question *question = g_new0 (Question, 1);
  AdwMessageDialog *dialog = hearth_question_new (GTK_WIDGET (self), heading, describe_risk (self->server), "allow", _("_Allow"),
                                                  ADW_RESPONSE_DESTRUCTIVE);

  question->row = g_object_ref (self);
  question->server = hearth_value_ref (self->server);
  adw_message_dialog_set_extra_child (dialog, make_content (self->server));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question,
                         (GClosureNotify) (void (*) (void)) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
state_set_cb (HearthMcpRow *self,
              gboolean      state)
{
  if (self->server == NULL || state == is_allowed (self))
    return FALSE;
  if (state)
    ask (self);
  else
    allow (self, self->server, FALSE);
  return TRUE;
}

/* --- the widget ----------------------------------------------------------------------------------- */

static void
hearth_mcp_row_finalize (GObject *object)
{
  HearthMcpRow *self = HEARTH_MCP_ROW (object);

  g_clear_pointer (&self->server, hearth_value_unref);

  G_OBJECT_CLASS (hearth_mcp_row_parent_class)->finalize (object);
}

static void
hearth_mcp_row_class_init (HearthMcpRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_mcp_row_finalize;
}

static void
hearth_mcp_row_init (HearthMcpRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (row, 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  self->allowed = gtk_switch_new ();
  gtk_widget_set_valign (self->allowed, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, self->allowed);
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (self->allowed, "state-set", G_CALLBACK (state_set_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hearth_mcp_row_new (void)
{
  return g_object_new (HEARTH_TYPE_MCP_ROW, NULL);
}

void
hearth_mcp_row_set_server (HearthMcpRow *self,
                           HearthValue  *server)
{
  g_autofree char *name = g_strdup_printf (_("Allow “%s”"), get_name (server));

  g_return_if_fail (HEARTH_IS_MCP_ROW (self));

  hearth_value_ref (server);
  g_clear_pointer (&self->server, hearth_value_unref);
  self->server = server;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), get_name (server));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), get_text (server, "commandLine"));
  hearth_display_name (self->allowed, name);
  gtk_widget_set_tooltip_text (self->allowed, is_allowed (self) ? _("Allowed") : _("Not allowed: nobody can ask it"));
  show_state (self);
}

HearthValue *
hearth_mcp_row_get_server (HearthMcpRow *self)
{
  g_return_val_if_fail (HEARTH_IS_MCP_ROW (self), NULL);

  return self->server;
}

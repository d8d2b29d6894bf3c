/* hearth-mcp-page.c: one MCP server: its command, its keys, its tools
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-page.h"

#include "hearth-mcp-entry.h"
#include "hearth-mcp-keys-group.h"
#include "hearth-mcp-tools-group.h"
#include "hearth-preferences-part.h"
#include "hearth-question.h"

#include "hearth-i18n.h"

struct _HearthMcpPage
{
  GtkBox parent_instance;

  /* template */
  AdwWindowTitle      *title;
  GtkWidget           *save;
  AdwPreferencesGroup *form;
  GtkEditable         *name;
  GtkEditable         *line;
  GtkEditable         *names;
  HearthMcpKeysGroup  *keys;
  HearthMcpToolsGroup *tools;
  GtkWidget           *end;
  GtkWidget           *delete;

  /* owned */
  HearthWorkspace *workspace;
  HearthValue     *server;  /* as it is stored, or NULL */
  HearthValue     *servers; /* all there are, or NULL */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthMcpPage, hearth_mcp_page, GTK_TYPE_BOX)

static void
leave_cb (HearthMcpPage *self)
{
  g_assert (HEARTH_IS_MCP_PAGE (self));

  hearth_preferences_leave (GTK_WIDGET (self));
}

static void
changed_cb (HearthMcpPage *self)
{
  gtk_widget_set_sensitive (self->save,
                            *gtk_editable_get_text (self->name) != '\0' && *gtk_editable_get_text (self->line) != '\0');
}

/* --- what it shows ---------------------------------------------------------------------------------- */

static void
set_text (GtkEditable *field,
          char        *text)
{
  gtk_editable_set_text (field, text);
  g_free (text);
}

static void
show_stored (HearthMcpPage *self)
{
  const char *id = hearth_value_get_member_string (self->server, "id", "");
  const char *name = hearth_value_get_member_string (self->server, "name", id);
  g_autofree char *text = g_strdup_printf (_("Nodes and agents know it as “%s”."), id);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_window_title_set_title (self->title, name);
  adw_preferences_group_set_description (self->form, escaped);
  gtk_editable_set_text (self->name, name);
  set_text (self->line, hearth_mcp_entry_to_line (self->server));
  set_text (self->names,
            hearth_mcp_entry_join_names (hearth_value_get_member_kind (self->server, "secrets", HEARTH_VALUE_ARRAY)));
}

/* Takes @server. */
static void
set_server (HearthMcpPage *self,
            HearthValue   *server)
{
  g_clear_pointer (&self->server, hearth_value_unref);
  self->server = server;
  if (server != NULL)
    show_stored (self);
  else
    adw_window_title_set_title (self->title, _("New MCP Server"));
  hearth_mcp_keys_group_set_server (self->keys, self->workspace, server);
  hearth_mcp_tools_group_set_server (self->tools, self->workspace, server);
  gtk_widget_set_visible (self->end, server != NULL);
  changed_cb (self);
}

/* --- saving ------------------------------------------------------------------------------------------- */

/* What was not touched is saved as it was: not everything that is shown can be typed. */
static HearthValue *
dup_command (HearthMcpPage *self,
             GError       **error)
{
  g_autofree char *line = self->server != NULL ? hearth_mcp_entry_to_line (self->server) : NULL;

  if (g_strcmp0 (line, gtk_editable_get_text (self->line)) == 0)
    return hearth_value_ref (self->server);
  return hearth_mcp_entry_parse_line (gtk_editable_get_text (self->line), error);
}

static HearthValue *
dup_id (HearthMcpPage *self)
{
  g_autofree char *id = NULL;

  if (self->server != NULL)
    return hearth_value_ref (hearth_value_get (self->server, "id"));
  id = hearth_mcp_entry_make_id (gtk_editable_get_text (self->name), self->servers);
  return hearth_value_string (id);
}

static HearthValue *
dup_server (HearthMcpPage *self,
            GError       **error)
{
  g_autoptr (HearthValue) command = dup_command (self, error);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  if (command == NULL)
    return NULL;
  return hearth_value_object (
    "id", dup_id (self), "name", hearth_value_string (name),
    "command", hearth_value_ref_or_null (hearth_value_get (command, "command")),
    "url", hearth_value_ref_or_null (hearth_value_get (command, "url")),
    "environment", hearth_value_ref_or_null (hearth_value_get (command, "environment")),
    "secrets", hearth_mcp_entry_parse_names (gtk_editable_get_text (self->names)),
    "folder", self->server != NULL ? hearth_value_ref_or_null (hearth_value_get (self->server, "folder")) : NULL, NULL);
}

/* A new one that wants keys is not done yet: now they can be entered. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthMcpPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) server = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  gboolean fresh = self->server == NULL;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (server == NULL)
    {
      hearth_preferences_toast (GTK_WIDGET (self), error->message);
      return;
    }
  g_signal_emit (self, signals[CHANGED], 0);
  set_server (self, g_steal_pointer (&server));
  if (!fresh || !gtk_widget_get_visible (GTK_WIDGET (self->keys)))
    leave_cb (self);
}

static void
save_cb (HearthMcpPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) server = dup_server (self, &error);

  g_assert (HEARTH_IS_MCP_PAGE (self));

  if (server == NULL)
    {
      hearth_preferences_toast (GTK_WIDGET (self), error->message);
      return;
    }
  gtk_widget_set_sensitive (self->save, FALSE);
  hearth_workspace_perform (self->workspace, &hearth_operation_put_mcp_server, server, NULL, saved_cb, g_object_ref (self));
}

/* --- deleting ----------------------------------------------------------------------------------------- */

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthMcpPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (answer == NULL)
    {
      hearth_preferences_toast (GTK_WIDGET (self), error->message);
      return;
    }
  g_signal_emit (self, signals[CHANGED], 0);
  leave_cb (self);
}

static void
asked_cb (HearthMcpPage *self,
          const char    *response)
{
  g_autoptr (HearthValue) arguments =
    hearth_value_object ("serverId", hearth_value_ref (hearth_value_get (self->server, "id")), NULL);

  if (g_str_equal (response, "delete"))
    hearth_workspace_perform (self->workspace, &hearth_operation_delete_mcp_server, arguments, NULL, deleted_cb,
                              g_object_ref (self));
}

/* Its keys go with it and cannot be had back, so there is no undo to offer. */
static void
delete_cb (HearthMcpPage *self)
{
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), adw_window_title_get_title (self->title));
  AdwMessageDialog *dialog = hearth_question_new (GTK_WIDGET (self), heading, _("Its keys are deleted from the keyring as well."),
                                                  "delete", _("_Delete"), ADW_RESPONSE_DESTRUCTIVE);

  g_assert (HEARTH_IS_MCP_PAGE (self));

  g_signal_connect_object (dialog, "response", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the widget ------------------------------------------------------------------------------------- */

static void
hearth_mcp_page_finalize (GObject *object)
{
  HearthMcpPage *self = HEARTH_MCP_PAGE (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->server, hearth_value_unref);
  g_clear_pointer (&self->servers, hearth_value_unref);

  G_OBJECT_CLASS (hearth_mcp_page_parent_class)->finalize (object);
}

static void
hearth_mcp_page_class_init (HearthMcpPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_mcp_page_finalize;

  signals[CHANGED] = g_signal_new ("changed", HEARTH_TYPE_MCP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (HEARTH_TYPE_MCP_KEYS_GROUP);
  g_type_ensure (HEARTH_TYPE_MCP_TOOLS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-mcp-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, title);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, save);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, form);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, name);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, line);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, names);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, keys);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, tools);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, end);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpPage, delete);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
hearth_mcp_page_init (HearthMcpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hearth_mcp_page_new (HearthWorkspace *workspace,
                     HearthValue     *server,
                     HearthValue     *servers)
{
  HearthMcpPage *self;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (HEARTH_TYPE_MCP_PAGE, NULL);
  self->workspace = g_object_ref (workspace);
  self->servers = hearth_value_ref_or_null (servers);
  set_server (self, hearth_value_ref_or_null (server));
  return GTK_WIDGET (self);
}

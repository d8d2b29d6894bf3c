/* hearth-mcp-tools-group.c: the tools that one MCP server offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-tools-group.h"

#include "hearth-mcp-operations.h"

#include "hearth-i18n.h"

struct _HearthMcpToolsGroup
{
  AdwPreferencesGroup parent_instance;

  /* template */
  AdwActionRow *row;
  GtkWidget    *asking;
  GtkWidget    *list;

  /* owned */
  HearthWorkspace *workspace;
  HearthValue     *server;
  GPtrArray       *rows;
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (HearthMcpToolsGroup, hearth_mcp_tools_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_asking (HearthMcpToolsGroup *self,
            gboolean             asking)
{
  gtk_widget_set_visible (self->asking, asking);
  gtk_widget_set_sensitive (self->list, !asking);
}

/* --- rows ------------------------------------------------------------------------------------------- */

static void
clear_rows (HearthMcpToolsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* What a server says of itself may be long, and is no markup. */
static void
add_row (HearthMcpToolsGroup *self,
         HearthValue         *tool)
{
  g_autofree char *description = g_strdup (hearth_value_get_member_string (tool, "description", ""));
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hearth_value_get_member_string (tool, "name", ""));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), g_strstrip (g_strdelimit (description, "\r\n\t", ' ')));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_tools (HearthMcpToolsGroup *self,
            HearthValue         *tools)
{
  guint n = (guint) hearth_value_get_length (tools);
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u tool", "%u tools", n), n);

  clear_rows (self);
  for (guint i = 0; i < n; i++)
    add_row (self, hearth_value_at (tools, i));
  adw_action_row_set_subtitle (self->row, n > 0 ? text : _("It offers none"));
}

/* --- asking ------------------------------------------------------------------------------------------- */

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthMcpToolsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) tools = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_asking (self, FALSE);
  if (tools != NULL)
    show_tools (self, tools);
  else
    adw_action_row_set_subtitle (self->row, error->message);
}

static void
list_cb (HearthMcpToolsGroup *self)
{
  g_autoptr (HearthValue) arguments = NULL;

  g_assert (HEARTH_IS_MCP_TOOLS_GROUP (self));

  arguments = hearth_value_object ("serverId", hearth_value_ref (hearth_value_get (self->server, "id")), NULL);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_asking (self, TRUE);
  hearth_workspace_perform (self->workspace, &hearth_operation_list_mcp_offers, arguments, self->cancellable, listed_cb,
                            g_object_ref (self));
}

/* --- the widget ------------------------------------------------------------------------------------- */

static void
hearth_mcp_tools_group_dispose (GObject *object)
{
  HearthMcpToolsGroup *self = HEARTH_MCP_TOOLS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (hearth_mcp_tools_group_parent_class)->dispose (object);
}

static void
hearth_mcp_tools_group_finalize (GObject *object)
{
  HearthMcpToolsGroup *self = HEARTH_MCP_TOOLS_GROUP (object);

  g_clear_pointer (&self->server, hearth_value_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hearth_mcp_tools_group_parent_class)->finalize (object);
}

/* Nobody waits for the answer any more once the page is left. */
static void
hearth_mcp_tools_group_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (HEARTH_MCP_TOOLS_GROUP (widget)->cancellable);

  GTK_WIDGET_CLASS (hearth_mcp_tools_group_parent_class)->unroot (widget);
}

static void
hearth_mcp_tools_group_class_init (HearthMcpToolsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_mcp_tools_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = hearth_mcp_tools_group_finalize;
  widget_class->unroot = hearth_mcp_tools_group_unroot;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-mcp-tools-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthMcpToolsGroup, row);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpToolsGroup, asking);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpToolsGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, list_cb);
}

static void
hearth_mcp_tools_group_init (HearthMcpToolsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_mcp_tools_group_set_server (HearthMcpToolsGroup *self,
                                   HearthWorkspace     *workspace,
                                   HearthValue         *server)
{
  gboolean allowed = server != NULL && hearth_value_get_member_boolean (server, "isAllowed", FALSE);

  g_return_if_fail (HEARTH_IS_MCP_TOOLS_GROUP (self));
  g_return_if_fail (HEARTH_IS_WORKSPACE (workspace));

  g_set_object (&self->workspace, workspace);
  hearth_value_ref_or_null (server);
  g_clear_pointer (&self->server, hearth_value_unref);
  self->server = server;
  gtk_widget_set_visible (GTK_WIDGET (self), server != NULL);
  gtk_widget_set_sensitive (self->list, allowed);
  adw_action_row_set_subtitle (self->row, allowed ? _("Starts the server, if need be, and asks what it offers")
                                                  : _("Allow the server first, by its switch in the list"));
}

/* hearth-mcp-group.c: the servers of the Model Context Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-group.h"

#include "hearth-mcp-operations.h"
#include "hearth-mcp-page.h"
#include "hearth-mcp-row.h"
#include "hearth-preferences-part.h"

struct _HearthMcpGroup
{
  HearthPreferencesGroup parent_instance;

  /* template */
  GtkWidget *add;
  GtkWidget *none;

  /* owned */
  HearthValue *servers;
  GPtrArray   *rows; /* of HearthMcpRow */
};

G_DEFINE_FINAL_TYPE (HearthMcpGroup, hearth_mcp_group, HEARTH_TYPE_PREFERENCES_GROUP)

/* --- a page ----------------------------------------------------------------------------------------- */

/* @server NULL: a new one. */
static void
open_page (HearthMcpGroup *self,
           HearthValue    *server)
{
  GtkWidget *page = hearth_mcp_page_new (hearth_preferences_group_get_workspace (self), server, self->servers);

  g_signal_connect_object (page, "changed", G_CALLBACK (hearth_preferences_group_update), self, G_CONNECT_SWAPPED);
  hearth_preferences_open (GTK_WIDGET (self), page);
}

static void
activated_cb (HearthMcpGroup *self,
              HearthMcpRow   *row)
{
  g_assert (HEARTH_IS_MCP_GROUP (self));

  open_page (self, hearth_mcp_row_get_server (row));
}

static void
add_cb (HearthMcpGroup *self)
{
  g_assert (HEARTH_IS_MCP_GROUP (self));

  open_page (self, NULL);
}

/* --- rows ------------------------------------------------------------------------------------------- */

static void
set_n_rows (HearthMcpGroup *self,
            guint           n)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  while (self->rows->len > n)
    {
      adw_preferences_group_remove (group, g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, self->rows->len - 1);
    }
  while (self->rows->len < n)
    {
      GtkWidget *row = hearth_mcp_row_new ();

      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* Rows stay where they are and show another server if need be, so that who uses them by keys keeps the focus. */
static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthMcpGroup) self = user_data;
  g_autoptr (HearthValue) servers = hearth_preferences_group_take_answer (self, source, result);

  if (servers == NULL)
    return;
  set_n_rows (self, (guint) hearth_value_get_length (servers));
  for (guint i = 0; i < self->rows->len; i++)
    hearth_mcp_row_set_server (g_ptr_array_index (self->rows, i), hearth_value_at (servers, i));
  gtk_widget_set_visible (self->none, self->rows->len == 0);
  g_clear_pointer (&self->servers, hearth_value_unref);
  self->servers = g_steal_pointer (&servers);
}

static void
hearth_mcp_group_update (HearthPreferencesGroup *group)
{
  hearth_preferences_group_perform (group, &hearth_operation_list_mcp_servers, NULL, listed_cb);
}

/* --- allowing --------------------------------------------------------------------------------------- */

static void
allowed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthMcpGroup) self = user_data;
  g_autoptr (HearthValue) server = hearth_preferences_group_take_answer (self, source, result);

  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self));
}

void
hearth_mcp_group_allow (HearthMcpGroup *self,
                        HearthValue    *server,
                        gboolean        allowed)
{
  HearthValue *arguments;

  g_return_if_fail (HEARTH_IS_MCP_GROUP (self));
  g_return_if_fail (server != NULL);

  arguments = hearth_value_object ("serverId", hearth_value_ref (hearth_value_get (server, "id")),
                                   "fingerprint", allowed ? hearth_value_ref (hearth_value_get (server, "fingerprint"))
                                                          : hearth_value_null (), NULL);
  hearth_preferences_group_perform (self, &hearth_operation_allow_mcp_server, arguments, allowed_cb);
}

/* --- the widget ------------------------------------------------------------------------------------- */

static void
hearth_mcp_group_finalize (GObject *object)
{
  HearthMcpGroup *self = HEARTH_MCP_GROUP (object);

  g_clear_pointer (&self->servers, hearth_value_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hearth_mcp_group_parent_class)->finalize (object);
}

static void
hearth_mcp_group_class_init (HearthMcpGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_mcp_group_finalize;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->update = hearth_mcp_group_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-mcp-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthMcpGroup, add);
  gtk_widget_class_bind_template_child (widget_class, HearthMcpGroup, none);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
hearth_mcp_group_init (HearthMcpGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* hearth-mcp-keys-group.c: the keys of one MCP server, on their way into the keyring
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-keys-group.h"

#include "hearth-mcp-operations.h"
#include "hearth-preferences-part.h"
#include "hearth-session-dialog.h"

#include "hearth-i18n.h"

struct _HearthMcpKeysGroup
{
  AdwPreferencesGroup parent_instance;

  /* owned */
  HearthWorkspace *workspace;
  HearthValue     *server;
  GPtrArray       *rows; /* of AdwPasswordEntryRow, called as their variable or header */
};

G_DEFINE_FINAL_TYPE (HearthMcpKeysGroup, hearth_mcp_keys_group, ADW_TYPE_PREFERENCES_GROUP)

/* --- keeping a key ---------------------------------------------------------------------------------- */

typedef struct
{
  HearthMcpKeysGroup *group;
  GtkWidget          *row;
} Keeping;

static Keeping *
keeping_new (HearthMcpKeysGroup *group,
             GtkWidget          *row)
{
  Keeping *self = g_new0 (Keeping, 1);

  self->group = g_object_ref (group);
  self->row = g_object_ref (row);
  return self;
}

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->group);
  g_object_unref (self->row);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static void keep (HearthMcpKeysGroup *self,
                  GtkWidget          *row,
                  const char         *key_store);

static void
session_cb (AdwMessageDialog *dialog,
            const char       *response,
            Keeping          *keeping)
{
  if (g_str_equal (response, "session"))
    keep (keeping->group, keeping->row, "session");
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Keeping) keeping = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  gtk_widget_set_sensitive (keeping->row, TRUE);
  if (answer != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (keeping->row), "");
      hearth_preferences_toast (GTK_WIDGET (keeping->group), _("The key is kept"));
    }
  else if (error->domain == HEARTH_SECRETS_ERROR)
    g_signal_connect_data (hearth_session_dialog_present (GTK_WIDGET (keeping->group), error->message), "response",
                           G_CALLBACK (session_cb), keeping_new (keeping->group, keeping->row),
                           (GClosureNotify) (void (*) (void)) keeping_free, 0);
  else
    hearth_preferences_toast (GTK_WIDGET (keeping->group), error->message);
}

/* @key_store: or NULL: where keys go usually. */
static void
keep (HearthMcpKeysGroup *self,
      GtkWidget          *row,
      const char         *key_store)
{
  const char *name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  const char *key = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (HearthValue) arguments = NULL;

  if (*key == '\0')
    return;
  arguments = hearth_value_object ("serverId", hearth_value_ref (hearth_value_get (self->server, "id")),
                                   "name", hearth_value_string (name), "value", hearth_value_string (key),
                                   "keyStore", key_store != NULL ? hearth_value_string (key_store) : NULL, NULL);
  gtk_widget_set_sensitive (row, FALSE);
  hearth_workspace_perform (self->workspace, &hearth_operation_set_mcp_secret, arguments, NULL, kept_cb,
                            keeping_new (self, row));
}

static void
apply_cb (HearthMcpKeysGroup *self,
          GtkWidget          *row)
{
  g_assert (HEARTH_IS_MCP_KEYS_GROUP (self));

  keep (self, row, NULL);
}

/* --- the widget ------------------------------------------------------------------------------------- */

static void
hearth_mcp_keys_group_finalize (GObject *object)
{
  HearthMcpKeysGroup *self = HEARTH_MCP_KEYS_GROUP (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->server, hearth_value_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hearth_mcp_keys_group_parent_class)->finalize (object);
}

static void
hearth_mcp_keys_group_class_init (HearthMcpKeysGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_mcp_keys_group_finalize;
}

static void
hearth_mcp_keys_group_init (HearthMcpKeysGroup *self)
{
  self->rows = g_ptr_array_new ();
}

static void
add_row (HearthMcpKeysGroup *self,
         const char         *name)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

void
hearth_mcp_keys_group_set_server (HearthMcpKeysGroup *self,
                                  HearthWorkspace    *workspace,
                                  HearthValue        *server)
{
  HearthValue *names = server != NULL ? hearth_value_get_member_kind (server, "secrets", HEARTH_VALUE_ARRAY) : NULL;
  gsize n = names != NULL ? hearth_value_get_length (names) : 0;

  g_return_if_fail (HEARTH_IS_MCP_KEYS_GROUP (self));
  g_return_if_fail (HEARTH_IS_WORKSPACE (workspace));

  g_set_object (&self->workspace, workspace);
  hearth_value_ref_or_null (server);
  g_clear_pointer (&self->server, hearth_value_unref);
  self->server = server;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (gsize i = 0; i < n; i++)
    add_row (self, hearth_value_get_string (hearth_value_at (names, i), NULL));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

/* hearth-channels-table.c: services of language models, without their keys (storage.md 6.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channels-table.h"

#include <string.h>

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-rows-private.h"
#include "hearth-i18n.h"

#define TABLE "api_channels"
#define OPTIONS "hearth_channel_options"

/* Values of storage_mode that the reference does not have: then api_key is a marker, "keyring:wxyz". */
#define MODE_KEYRING "keyring"
#define MODE_SESSION "session"
/* In the reference's two other modes api_key is the key itself, whatever storage_mode says. */
#define IS_PLAIN "storage_mode NOT IN ('" MODE_KEYRING "', '" MODE_SESSION "') AND api_key <> ''"

static const HearthColumn columns[] = {
  { "id", "id", HEARTH_COLUMN_TEXT },
  { "userId", "user_id", HEARTH_COLUMN_TEXT },
  { "label", "label", HEARTH_COLUMN_TEXT },
  { "providerId", "provider_id", HEARTH_COLUMN_TEXT },
  { "adapterType", "adapter_type", HEARTH_COLUMN_TEXT },
  { "baseUrl", "base_url", HEARTH_COLUMN_TEXT },
  { "customHeaders", "custom_headers", HEARTH_COLUMN_JSON },
  { "modelListEndpoint", "model_list_endpoint", HEARTH_COLUMN_TEXT },
  { "supportedModels", "supported_models", HEARTH_COLUMN_JSON },
  { "disabled", "disabled", HEARTH_COLUMN_BOOLEAN },
  { "createdAt", "created_at", HEARTH_COLUMN_TEXT },
  /* Of a table of ours */
  { "weight", "weight", HEARTH_COLUMN_JSON },
  { "timeoutMs", "timeout_ms", HEARTH_COLUMN_JSON },
  { "preset", "preset", HEARTH_COLUMN_TEXT },
  /* Up to here they are read. */
  { "$key", "api_key", HEARTH_COLUMN_TEXT },
  { "$mode", "storage_mode", HEARTH_COLUMN_TEXT },
};

#define SELECT                                                                                                   \
  "SELECT id, c.user_id, label, provider_id, adapter_type, base_url, custom_headers, model_list_endpoint,"       \
  " supported_models, disabled, created_at, weight, timeout_ms, preset, api_key, storage_mode FROM " TABLE " c"  \
  " LEFT JOIN " OPTIONS " ON channel_id = id WHERE c.user_id = ?"
#define N_OPTIONS 3
#define N_READ (G_N_ELEMENTS (columns) - 2)
#define FIRST_OPTION (N_READ - N_OPTIONS)
#define COLUMN_KEY ((int) N_READ)
#define COLUMN_MODE (COLUMN_KEY + 1)
/* What a request may set: label to disabled */
#define FIRST_SETTABLE 2
#define N_SETTABLE (FIRST_OPTION - FIRST_SETTABLE - 1)

/* --- reading --------------------------------------------------------------------------------------- */

static char *
dup_plain_hint (const char *key)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new (key);

  return hearth_secret_dup_hint (secret);
}

static void
add_key (HearthBuilder         *out,
         HearthSqliteStatement *row)
{
  const char *key = _hearth_sqlite_statement_get_text (row, COLUMN_KEY);
  const char *mode = _hearth_sqlite_statement_get_text (row, COLUMN_MODE);
  gboolean elsewhere = g_strcmp0 (mode, MODE_KEYRING) == 0 || g_strcmp0 (mode, MODE_SESSION) == 0;
  gboolean has_key = key != NULL && *key != '\0';
  const char *colon = has_key && elsewhere ? strchr (key, ':') : NULL;
  g_autofree char *hint = has_key && !elsewhere ? dup_plain_hint (key) : g_strdup (colon != NULL ? colon + 1 : "");

  hearth_builder_add_string (out, "apiKey", "");
  hearth_builder_add (out, "hasKey", hearth_value_boolean (has_key));
  hearth_builder_add_string (out, "keyHint", hint);
  hearth_builder_add (out, "keyStore",
                      has_key ? hearth_value_string (elsewhere ? mode : "database") : hearth_value_null ());
  hearth_builder_add_string (out, "storageMode", has_key && !elsewhere ? "plaintext" : "encrypted");
}

static HearthValue *
make_channel (HearthSqliteStatement *row)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  _hearth_columns_add (columns, N_READ, row, &out);
  add_key (&out, row);
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_channels_table_list (HearthDatabase *self,
                            const char     *user,
                            GError        **error)
{
  const char *const of_user[] = { user, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  return _hearth_rows_list (self, SELECT " ORDER BY c.rowid", of_user, make_channel, error);
}

static gboolean
fail_missing (GError **error)
{
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                       _("There is no such channel; it may have been deleted already."));
  return FALSE;
}

HearthValue *
hearth_channels_table_read (HearthDatabase *self,
                            const char     *user,
                            const char     *id,
                            GError        **error)
{
  const char *const address[] = { user, id, NULL };
  g_autoptr (HearthValue) rows = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  rows = _hearth_rows_list (self, SELECT " AND id = ?", address, make_channel, error);
  if (rows != NULL && hearth_value_get_length (rows) == 0)
    fail_missing (error);
  return rows != NULL && hearth_value_get_length (rows) > 0 ? hearth_value_ref (hearth_value_at (rows, 0)) : NULL;
}

/* --- writing ---------------------------------------------------------------------------------------- */

char *
hearth_channel_new_id (void)
{
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  char random[8] = "";

  for (guint i = 0; i < sizeof random - 1; i++)
    random[i] = digits[g_random_int_range (0, 36)];
  return g_strdup_printf ("ch_%" G_GINT64_FORMAT "%s", hearth_time_now_ms (), random);
}

/* weight, timeoutMs and preset, as far as @members has them. */
static gboolean
write_options (HearthDatabase *self,
               const char     *user,
               const char     *id,
               HearthValue    *members,
               GError        **error)
{
  static const char sql[] = "INSERT INTO " OPTIONS " (channel_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
  const char *const address[] = { id, user };
  gboolean any = FALSE;

  for (gsize i = FIRST_OPTION; i < N_READ; i++)
    any = any || hearth_value_get (members, columns[i].member) != NULL;
  return !any
         || (_hearth_rows_change (self, sql, address, G_N_ELEMENTS (address), error) >= 0
             && _hearth_rows_update (self, OPTIONS, columns + FIRST_OPTION, N_OPTIONS, members, user, "channel_id", id, error) >= 0);
}

static HearthValue *
make_row (const char  *user,
          const char  *id,
          HearthValue *members)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_auto (HearthBuilder) row = HEARTH_BUILDER_INIT;

  for (gsize i = FIRST_SETTABLE; i < FIRST_SETTABLE + N_SETTABLE; i++)
    hearth_builder_add (&row, columns[i].member, hearth_value_ref_or_null (hearth_value_get (members, columns[i].member)));
  hearth_builder_add_string (&row, "id", id);
  hearth_builder_add_string (&row, "userId", user);
  hearth_builder_add_string (&row, "createdAt", now);
  hearth_builder_add_string (&row, "$key", "");
  hearth_builder_add_string (&row, "$mode", MODE_KEYRING);
  return hearth_builder_end_object (&row);
}

HearthValue *
hearth_channels_table_create (HearthDatabase *self,
                              const char     *user,
                              const char     *id,
                              HearthValue    *members,
                              GError        **error)
{
  g_autoptr (HearthValue) row = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (hearth_value_get_member_string (members, "label", NULL) != NULL, NULL);
  g_return_val_if_fail (hearth_value_get_member_string (members, "baseUrl", NULL) != NULL, NULL);

  row = make_row (user, id, members);
  if (!_hearth_rows_insert (self, TABLE, columns, G_N_ELEMENTS (columns), row, error)
      || !write_options (self, user, id, members, error))
    return NULL;
  return hearth_channels_table_read (self, user, id, error);
}

HearthValue *
hearth_channels_table_update (HearthDatabase *self,
                              const char     *user,
                              const char     *id,
                              HearthValue    *members,
                              GError        **error)
{
  gint64 n_changed;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  n_changed = _hearth_rows_update (self, TABLE, columns + FIRST_SETTABLE, N_SETTABLE, members, user, "id", id, error);
  if (n_changed == 0)
    fail_missing (error);
  if (n_changed <= 0 || !write_options (self, user, id, members, error))
    return NULL;
  return hearth_channels_table_read (self, user, id, error);
}

/* --- the key ------------------------------------------------------------------------------------------ */

/* Runs @sql for one channel; when its key stood here in clear, nothing of it is left in the file. */
static gboolean
change_with_key (HearthDatabase    *self,
                 const char        *user,
                 const char        *id,
                 const char        *sql,
                 const char *const *values,
                 gsize              n_values,
                 GError           **error)
{
  GError *reason = NULL;
  g_autoptr (HearthSecret) plain = hearth_channels_table_read_plain (self, user, id, &reason);
  gint64 n_changed;

  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  n_changed = _hearth_rows_change (self, sql, values, n_values, error);
  if (n_changed == 0)
    return fail_missing (error);
  return n_changed > 0 && (plain == NULL || _hearth_database_erase_traces (self, error));
}

gboolean
hearth_channels_table_set_key (HearthDatabase  *self,
                               const char      *user,
                               const char      *id,
                               HearthChannelKey key,
                               const char      *hint,
                               GError         **error)
{
  const char *mode = key == HEARTH_CHANNEL_KEY_SESSION ? MODE_SESSION : MODE_KEYRING;
  g_autofree char *marker = key == HEARTH_CHANNEL_KEY_NONE ? g_strdup ("") : g_strconcat (mode, ":", hint, NULL);
  const char *const values[] = { marker, mode, user, id };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return change_with_key (self, user, id, "UPDATE " TABLE " SET api_key = ?, storage_mode = ? WHERE user_id = ? AND id = ?", values,
                          G_N_ELEMENTS (values), error);
}

gboolean
hearth_channels_table_delete (HearthDatabase *self,
                              const char     *user,
                              const char     *id,
                              GError        **error)
{
  const char *const values[] = { user, id };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return change_with_key (self, user, id, "DELETE FROM " TABLE " WHERE user_id = ? AND id = ?", values, G_N_ELEMENTS (values), error);
}

HearthValue *
hearth_channels_table_list_plain (HearthDatabase *self,
                                  const char     *user,
                                  GError        **error)
{
  const char *const of_user[] = { user, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  return _hearth_rows_list (self, SELECT " AND " IS_PLAIN " ORDER BY c.rowid", of_user, make_channel, error);
}

static HearthSecret *
read_plain (HearthSqliteConnection *connection,
            const char             *user,
            const char             *id,
            GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT api_key FROM " TABLE " WHERE user_id = ? AND id = ? AND " IS_PLAIN, error);
  const char *key;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, user);
  _hearth_sqlite_statement_bind_text (statement, 2, id);
  if (_hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return NULL;
  key = _hearth_sqlite_statement_get_text (statement, 0);
  return key != NULL ? hearth_secret_new (key) : NULL;
}

HearthSecret *
hearth_channels_table_read_plain (HearthDatabase *self,
                                  const char     *user,
                                  const char     *id,
                                  GError        **error)
{
  HearthSecret *secret;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  secret = read_plain (_hearth_database_lock (self), user, id, error);
  _hearth_database_unlock (self);
  return secret;
}

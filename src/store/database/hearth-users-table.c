/* hearth-users-table.c: who uses this data folder (storage.md 6.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-rows-private.h"

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-i18n.h"

/* The web frontend recognises a user who has not chosen a name yet by exactly this text. */
#define DEFAULT_USER_NAME "本地用户"

enum
{
  COLUMN_UID,
  COLUMN_NAME,
  COLUMN_ADMIN,
  COLUMN_CREATED,
  COLUMN_AVATAR,
};

static HearthValue *
row_to_value (HearthSqliteStatement *statement)
{
  return hearth_value_object ("uid", _hearth_column_text (statement, COLUMN_UID),
                              "username", _hearth_column_text (statement, COLUMN_NAME),
                              "isAdmin", hearth_value_boolean (_hearth_sqlite_statement_get_integer (statement, COLUMN_ADMIN) != 0),
                              "createdAt", _hearth_column_text (statement, COLUMN_CREATED),
                              "avatarUrl", _hearth_column_text (statement, COLUMN_AVATAR),
                              NULL);
}

/* NULL without an error: no such row. */
static HearthValue *
select_user (HearthSqliteConnection *connection,
             const char             *uid,
             GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT uid, username, is_admin, created_at, avatar_url FROM users WHERE uid = ?", error);

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, uid);
  return _hearth_sqlite_statement_step (statement, error) == HEARTH_SQLITE_ROW ? row_to_value (statement) : NULL;
}

static gboolean
insert_default_user (HearthSqliteConnection *connection,
                     GError                **error)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "INSERT OR IGNORE INTO users (uid, username, is_admin, created_at) VALUES (?, ?, 1, ?)", error);

  if (statement == NULL)
    return FALSE;
  _hearth_sqlite_statement_bind_text (statement, 1, HEARTH_DEFAULT_USER);
  _hearth_sqlite_statement_bind_text (statement, 2, DEFAULT_USER_NAME);
  _hearth_sqlite_statement_bind_text (statement, 3, now);
  return _hearth_sqlite_statement_step (statement, error) == HEARTH_SQLITE_DONE;
}

static void
fail_missing (GError    **error,
              const char *uid)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
               _("There is no user “%s” in this data folder."), uid);
}

HearthValue *
hearth_users_table_get (HearthDatabase *self,
                        const char     *uid,
                        GError        **error)
{
  HearthSqliteConnection *connection;
  g_autoptr (GError) reason = NULL;
  HearthValue *user;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  connection = _hearth_database_lock (self);
  user = select_user (connection, uid, &reason);
  if (user == NULL && reason == NULL && g_str_equal (uid, HEARTH_DEFAULT_USER)
      && insert_default_user (connection, &reason))
    user = select_user (connection, uid, &reason);
  _hearth_database_unlock (self);
  if (user == NULL && reason == NULL)
    fail_missing (error, uid);
  else if (user == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return user;
}

static gboolean
set_column (HearthDatabase *self,
            const char     *uid,
            const char     *sql,
            const char     *value,
            GError        **error)
{
  g_autofree char *now = hearth_time_now_iso ();
  const char *const values[] = { value, now, uid };
  gint64 n_changed = _hearth_rows_change (self, sql, values, G_N_ELEMENTS (values), error);

  if (n_changed == 0)
    fail_missing (error, uid);
  return n_changed > 0;
}

gboolean
hearth_users_table_set_name (HearthDatabase *self,
                             const char     *uid,
                             const char     *name,
                             GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return set_column (self, uid, "UPDATE users SET username = ?, updated_at = ? WHERE uid = ?", name, error);
}

gboolean
hearth_users_table_set_avatar (HearthDatabase *self,
                               const char     *uid,
                               const char     *url,
                               GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);

  return set_column (self, uid, "UPDATE users SET avatar_url = ?, updated_at = ? WHERE uid = ?", url, error);
}

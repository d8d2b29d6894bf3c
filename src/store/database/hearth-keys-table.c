/* hearth-keys-table.c: keys of our own API, as hashes (storage.md 6.2, http-api.md 6.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keys-table.h"

#include <string.h>

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-key-hash-private.h"
#include "hearth-rows-private.h"
#include "hearth-i18n.h"

#define COLUMNS "id, name, prefix, scopes, created_at, last_used_at, user_id, hashed_key"

enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_PREFIX,
  COLUMN_SCOPES,
  COLUMN_CREATED,
  COLUMN_USED,
  COLUMN_USER,
  COLUMN_HASH,
};

static HearthValue *
make_key (HearthSqliteStatement *row)
{
  HearthValue *scopes = _hearth_column_parse (row, COLUMN_SCOPES);

  return hearth_value_object ("id", _hearth_column_text (row, COLUMN_ID),
                              "name", _hearth_column_text (row, COLUMN_NAME),
                              "prefix", _hearth_column_text (row, COLUMN_PREFIX),
                              "scopes", scopes != NULL ? scopes : hearth_value_empty_array (),
                              "createdAt", _hearth_column_text (row, COLUMN_CREATED),
                              "lastUsedAt", _hearth_column_text (row, COLUMN_USED),
                              NULL);
}

HearthValue *
hearth_keys_table_list (HearthDatabase *self,
                        const char     *user,
                        GError        **error)
{
  const char *const of_user[] = { user, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  return _hearth_rows_list (self, "SELECT " COLUMNS " FROM service_api_keys WHERE user_id = ? ORDER BY created_at DESC, rowid DESC",
                            of_user, make_key, error);
}

/* --- making --------------------------------------------------------------------------------------- */

static gboolean
insert (HearthDatabase *self,
        const char     *user,
        HearthValue    *key,
        const char     *hash,
        GError        **error)
{
  HearthValue *scopes = hearth_value_get (key, "scopes");
  g_autofree char *scopes_text = hearth_json_print (scopes);
  const char *const values[] = {
    hearth_value_get_member_string (key, "id", NULL),
    user,
    hearth_value_get_member_string (key, "name", NULL),
    hearth_value_get_member_string (key, "prefix", NULL),
    hash,
    scopes_text,
    hearth_value_get_member_string (key, "createdAt", NULL),
  };

  return _hearth_rows_change (self,
                              "INSERT INTO service_api_keys (id, user_id, name, prefix, hashed_key, scopes, created_at)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?)",
                              values, G_N_ELEMENTS (values), error) >= 0;
}

/* What is known of a new key; its text is not in it. */
static HearthValue *
describe (HearthSecret *secret,
          const char   *name,
          HearthValue  *scopes)
{
  g_autofree char *id = hearth_id_new_uuid ();
  g_autofree char *now = hearth_time_now_iso ();

  return hearth_value_object ("id", hearth_value_string (id),
                              "name", name != NULL ? hearth_value_string (name) : NULL,
                              "prefix", hearth_value_string_len (hearth_secret_get_text (secret), HEARTH_KEY_PREFIX_LENGTH),
                              "scopes", scopes != NULL ? hearth_value_ref (scopes) : hearth_value_empty_array (),
                              "createdAt", hearth_value_string (now),
                              NULL);
}

HearthValue *
hearth_keys_table_create (HearthDatabase *self,
                          const char     *user,
                          const char     *name,
                          HearthValue    *scopes,
                          GError        **error)
{
  g_autoptr (HearthSecret) secret = NULL;
  g_autoptr (HearthValue) key = NULL;
  g_autoptr (HearthValue) text = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  secret = _hearth_key_new ();
  hash = _hearth_key_hash (secret);
  if (hash == NULL)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                           _("There is not enough memory to make a key. Close other programs, then try again."));
      return NULL;
    }
  key = describe (secret, name, scopes);
  if (!insert (self, user, key, hash, error))
    return NULL;
  text = hearth_value_string (hearth_secret_get_text (secret));
  hearth_value_mark_secret (text);
  return hearth_value_with (key, "secret", text);
}

gboolean
hearth_keys_table_delete (HearthDatabase *self,
                          const char     *user,
                          const char     *id,
                          GError        **error)
{
  const char *const values[] = { id, user };
  gint64 n_deleted;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  n_deleted = _hearth_rows_change (self, "DELETE FROM service_api_keys WHERE id = ? AND user_id = ?", values, G_N_ELEMENTS (values),
                                   error);
  if (n_deleted == 0)
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                         _("There is no such key; it may have been deleted already."));
  return n_deleted > 0;
}

/* --- letting in ------------------------------------------------------------------------------------ */

static HearthValue *
make_candidate (HearthSqliteStatement *row)
{
  g_autoptr (HearthValue) key = make_key (row);
  g_autoptr (HearthValue) secrets = hearth_value_object ("userId", _hearth_column_text (row, COLUMN_USER),
                                                         "hash", _hearth_column_text (row, COLUMN_HASH),
                                                         NULL);

  return hearth_value_overlay (key, secrets);
}

/* The rows whose prefix is the one of @secret; more than one only by an extraordinary chance. */
static HearthValue *
list_candidates (HearthDatabase *self,
                 HearthSecret   *secret,
                 GError        **error)
{
  g_autofree char *prefix = g_strndup (hearth_secret_get_text (secret), HEARTH_KEY_PREFIX_LENGTH);
  const char *const of_prefix[] = { prefix, NULL };

  return _hearth_rows_list (self, "SELECT " COLUMNS " FROM service_api_keys WHERE prefix = ?", of_prefix, make_candidate, error);
}

static gboolean
note_use (HearthDatabase *self,
          HearthValue    *key,
          GError        **error)
{
  g_autofree char *now = hearth_time_now_iso ();
  const char *const values[] = { now, hearth_value_get_member_string (key, "id", NULL) };

  return _hearth_rows_change (self, "UPDATE service_api_keys SET last_used_at = ? WHERE id = ?", values, G_N_ELEMENTS (values), error)
         >= 0;
}

HearthValue *
hearth_keys_table_verify (HearthDatabase *self,
                          HearthSecret   *secret,
                          GError        **error)
{
  g_autoptr (HearthValue) candidates = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  candidates = list_candidates (self, secret, error);
  if (candidates == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (candidates); i++)
    {
      HearthValue *candidate = hearth_value_at (candidates, i);

      if (_hearth_key_verify (secret, hearth_value_get_member_string (candidate, "hash", "")))
        return note_use (self, candidate, error) ? hearth_value_with (candidate, "hash", NULL) : NULL;
    }
  /* So that the time does not tell whether a prefix exists. */
  if (hearth_value_get_length (candidates) == 0)
    g_free (_hearth_key_hash (secret));
  return NULL;
}

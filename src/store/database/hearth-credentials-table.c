/* hearth-credentials-table.c: keys of other services: their names and hints (storage.md 6.3, http-api.md 6.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keys-table.h"

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-rows-private.h"
#include "hearth-i18n.h"

/* What stands where the reference has its cipher text. */
#define MARK "keyring"
#define SHOWN 4

enum
{
  COLUMN_ID,
  COLUMN_SERVICE,
  COLUMN_NAME,
  COLUMN_HINT,
  COLUMN_CREATED,
};

HearthValue *
hearth_credential_make_hint (HearthSecret *credential)
{
  const char *text;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;
  glong length;

  g_return_val_if_fail (credential != NULL, NULL);

  text = hearth_secret_get_text (credential);
  length = g_utf8_validate (text, -1, NULL) ? g_utf8_strlen (text, -1) : 0;
  if (length >= HEARTH_CREDENTIAL_HINT_FROM)
    {
      prefix = g_utf8_substring (text, 0, SHOWN);
      suffix = g_utf8_substring (text, length - SHOWN, length);
    }
  return hearth_value_object ("prefix", hearth_value_string (prefix != NULL ? prefix : ""),
                              "suffix", hearth_value_string (suffix != NULL ? suffix : ""),
                              NULL);
}

static HearthValue *
make_credential (HearthSqliteStatement *row)
{
  return hearth_value_object ("id", _hearth_column_text (row, COLUMN_ID),
                              "serviceName", _hearth_column_text (row, COLUMN_SERVICE),
                              "displayName", _hearth_column_text (row, COLUMN_NAME),
                              "displayHint", _hearth_column_parse (row, COLUMN_HINT),
                              "createdAt", _hearth_column_text (row, COLUMN_CREATED),
                              NULL);
}

HearthValue *
hearth_credentials_table_list (HearthDatabase *self,
                               const char     *user,
                               GError        **error)
{
  const char *const of_user[] = { user, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  return _hearth_rows_list (self,
                            "SELECT id, service_name, display_name, display_hint, created_at FROM external_credentials"
                            " WHERE user_id = ? ORDER BY created_at DESC, rowid DESC",
                            of_user, make_credential, error);
}

HearthValue *
hearth_credentials_table_create (HearthDatabase *self,
                                 const char     *id,
                                 const char     *user,
                                 const char     *service_name,
                                 const char     *display_name,
                                 HearthValue    *hint,
                                 GError        **error)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_autofree char *hint_text = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL && user != NULL && service_name != NULL, NULL);
  g_return_val_if_fail (hint != NULL, NULL);

  hint_text = hearth_json_print (hint);
  {
    const char *const values[] = { id, user, service_name, display_name, hint_text, MARK, now };

    if (_hearth_rows_change (self,
                             "INSERT INTO external_credentials"
                             " (id, user_id, service_name, display_name, display_hint, encrypted_credential, created_at)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?)",
                             values, G_N_ELEMENTS (values), error) < 0)
      return NULL;
  }
  return hearth_value_object ("id", hearth_value_string (id),
                              "serviceName", hearth_value_string (service_name),
                              "displayName", display_name != NULL ? hearth_value_string (display_name) : NULL,
                              "displayHint", hearth_value_ref (hint),
                              "createdAt", hearth_value_string (now),
                              NULL);
}

gboolean
hearth_credentials_table_delete (HearthDatabase *self,
                                 const char     *user,
                                 const char     *id,
                                 GError        **error)
{
  const char *const values[] = { id, user };
  gint64 n_deleted;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  n_deleted = _hearth_rows_change (self, "DELETE FROM external_credentials WHERE id = ? AND user_id = ?", values,
                                   G_N_ELEMENTS (values), error);
  if (n_deleted == 0)
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                         _("There is no such credential; it may have been deleted already."));
  return n_deleted > 0;
}

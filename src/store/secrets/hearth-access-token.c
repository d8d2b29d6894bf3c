/* hearth-access-token.c: who may come in from other devices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-access-token.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "hearth-id.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

#define TOKEN_BYTES 32
#define ID_LENGTH 10
#define MAX_FILE_BYTES (1u << 20)

char *
hearth_access_token_hash (const char *token)
{
  g_return_val_if_fail (token != NULL, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

static char *
make_token (GError **error)
{
  guint8 bytes[TOKEN_BYTES];
  char *text;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO, _("The system gives no random numbers."));
      return NULL;
    }
  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchr (text, '=') = '\0';
  return text;
}

/* --- the file ------------------------------------------------------------------------------------ */

static HearthValue *
read_tokens (const char *path,
             GError    **error)
{
  g_autoptr (HearthValue) file = NULL;
  HearthValue *tokens;

  if (access (path, F_OK) != 0)
    return hearth_value_array (NULL, 0);
  file = hearth_store_read_json (path, MAX_FILE_BYTES, error);
  if (file == NULL)
    return NULL;
  tokens = hearth_value_get_member_kind (file, "tokens", HEARTH_VALUE_ARRAY);
  return tokens != NULL ? hearth_value_ref (tokens) : hearth_value_array (NULL, 0);
}

static gboolean
write_tokens (const char  *path,
              HearthValue *tokens, /* taken */
              GError     **error)
{
  g_autoptr (HearthValue) file = hearth_value_object ("tokens", tokens, NULL);

  return _hearth_store_write_private (path, file, error);
}

/* --- what can be asked for ----------------------------------------------------------------------- */

HearthValue *
hearth_access_token_list (HearthDataDir *dir,
                          GError       **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  path = hearth_data_dir_dup_access_tokens (dir);
  return read_tokens (path, error);
}

static HearthValue *
copy_without (HearthValue *tokens,
              const char  *id, /* or NULL */
              HearthValue *more) /* taken, or NULL */
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (tokens); i++)
    {
      HearthValue *token = hearth_value_at (tokens, i);

      if (g_strcmp0 (hearth_value_get_member_string (token, "id", NULL), id) != 0)
        hearth_builder_add (&builder, NULL, hearth_value_ref (token));
    }
  hearth_builder_add (&builder, NULL, more);
  return hearth_builder_end_array (&builder);
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  if (g_utf8_strlen (name, -1) <= HEARTH_ACCESS_TOKEN_MAX_NAME)
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("The name is longer than %d characters."),
               HEARTH_ACCESS_TOKEN_MAX_NAME);
  return FALSE;
}

HearthValue *
hearth_access_token_create (HearthDataDir *dir,
                            const char    *name,
                            GError       **error)
{
  g_autofree char *path = NULL;
  g_autoptr (HearthValue) tokens = NULL;
  g_autofree char *token = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *id = hearth_id_new_nano (ID_LENGTH);
  g_autofree char *now = hearth_time_now_iso ();
  HearthValue *stored;

  g_return_val_if_fail (dir != NULL, NULL);

  if (name == NULL || *name == '\0')
    name = _("A device");
  if (!check_name (name, error))
    return NULL;
  path = hearth_data_dir_dup_access_tokens (dir);
  tokens = read_tokens (path, error);
  token = tokens != NULL ? make_token (error) : NULL;
  if (token == NULL)
    return NULL;
  hash = hearth_access_token_hash (token);
  stored = hearth_value_object ("id", hearth_value_string (id), "name", hearth_value_string (name), "createdAt",
                                hearth_value_string (now), "hash", hearth_value_string (hash), NULL);
  if (!write_tokens (path, copy_without (tokens, NULL, stored), error))
    return NULL;
  return hearth_value_object ("id", hearth_value_string (id), "name", hearth_value_string (name), "createdAt",
                              hearth_value_string (now), "token", hearth_value_string (token), NULL);
}

gboolean
hearth_access_token_revoke (HearthDataDir *dir,
                            const char    *id,
                            GError       **error)
{
  g_autofree char *path = NULL;
  g_autoptr (HearthValue) tokens = NULL;
  HearthValue *left;

  g_return_val_if_fail (dir != NULL && id != NULL, FALSE);

  path = hearth_data_dir_dup_access_tokens (dir);
  tokens = read_tokens (path, error);
  if (tokens == NULL)
    return FALSE;
  left = copy_without (tokens, id, NULL);
  if (hearth_value_get_length (left) < hearth_value_get_length (tokens))
    return write_tokens (path, left, error);
  hearth_value_unref (left);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND, _("There is no access token “%s”."), id);
  return FALSE;
}

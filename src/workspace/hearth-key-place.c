/* hearth-key-place.c: a key on its way from a request to where it is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-key-place-private.h"

#include "hearth-i18n.h"

char *
_hearth_key_make_label (const char *name)
{
  return g_strdup_printf ("%s – Hearth", name);
}

gboolean
_hearth_key_take (HearthValue   *arguments,
                  const char    *member,
                  HearthSecret **secret,
                  GError       **error)
{
  HearthValue *value = hearth_value_get (arguments, member);
  gsize length = 0;

  if (hearth_value_is (value, STRING))
    hearth_value_get_string (value, &length);
  *secret = hearth_secret_new_from_value (value);
  if (length == 0 || *secret != NULL)
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                       _("The key has a character in it that no key has. Copy it once more."));
  return FALSE;
}

HearthSecretPlace
_hearth_key_choose_place (HearthStorage *storage,
                          HearthValue   *arguments)
{
  const char *store = hearth_value_get_member_string (arguments, "keyStore", NULL);

  if (store == NULL)
    return hearth_secrets_get_place (storage->secrets);
  return g_str_equal (store, "session") ? HEARTH_SECRET_SESSION : HEARTH_SECRET_KEYRING;
}

/* hearth-outside-error.c: what can go wrong on the way to another machine, in sentences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

#include "hearth-i18n.h"

G_DEFINE_QUARK (hearth-outside-error-quark, hearth_outside_error)

static const char *const names[] = { "unreachable", "tls", "timeout", "cut", "too-large", "not-recorded", "address" };

HearthValue *
_hearth_outside_error_describe (HearthOutsideError code,
                                const char        *message)
{
  return hearth_value_object ("kind", hearth_value_string (names[code]), "message", hearth_value_string (message), NULL);
}

GError *
_hearth_outside_error_read (HearthValue *described)
{
  const char *kind = hearth_value_get_member_string (described, "kind", "");
  const char *message = hearth_value_get_member_string (described, "message", "");
  int code = HEARTH_OUTSIDE_ERROR_CUT;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], kind))
      code = (int) i;
  return g_error_new_literal (HEARTH_OUTSIDE_ERROR, code, message);
}

static gboolean
ended_early (const GError *error,
             gboolean      has_head)
{
  return has_head || error->domain == SOUP_SESSION_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

GError *
_hearth_outside_error_translate (const GError *error,
                                 const char   *place,
                                 gboolean      has_head)
{
  if (error->domain == G_TLS_ERROR && !has_head)
    return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TLS,
                        /* Translators: a host, the reason */
                        _("“%s” cannot prove that it is who it says: %s. Check the address, and the date of this computer."), place, error->message);
  if (ended_early (error, has_head))
    return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_CUT,
                        _("The answer of “%s” ended before its end: %s. Try again."), place, error->message);
  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE,
                        _("There is no host “%s”, or no network. Check the address."), place);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE,
                        _("Nothing answers at “%s”. Is the service running?"), place);
  return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE, _("“%s” cannot be reached: %s. Check the address and the network."), place,
                      error->message);
}

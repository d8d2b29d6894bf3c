/* hearth-i18n.c: binding the message catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "hearth-i18n.h"

void
hearth_i18n_init (void)
{
  const char *directory = g_getenv ("HEARTH_LOCALE_DIR");

  if (directory == NULL || *directory == '\0')
    directory = HEARTH_LOCALE_DIR;
  if (setlocale (LC_ALL, "") == NULL)
    g_debug ("The locale of the environment is not installed; texts stay English");
  bindtextdomain (GETTEXT_PACKAGE, directory);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

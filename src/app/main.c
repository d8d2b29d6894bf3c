/* main.c: starts the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-application.h"
#include "hearth-memory.h"
#include "hearth-watchdog.h"

#include "hearth-i18n.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (HearthApplication) application = NULL;

  hearth_memory_init ();
  hearth_i18n_init ();
  g_set_application_name (_("Hearth"));
  gtk_window_set_default_icon_name (HEARTH_APPLICATION_ID);

  hearth_watchdog_start ();
  application = hearth_application_new (G_APPLICATION_HANDLES_OPEN);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

/* hearth-application-private.h: what the files of the application share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"
#include "hearth-window.h"

G_BEGIN_DECLS

struct _HearthApplication
{
  AdwApplication   parent_instance;

  /* owned */
  GSettings       *settings;
  HearthWorkspace *workspace;
  HearthServer    *server;
  GCancellable    *cancellable;
  char            *data_dir;
  char            *frontend;       /* of the command line, goes before the setting */
  char            *server_problem;
  GPtrArray       *files;          /* of GFile: to open as soon as a project is there */

  /* borrowed: GTK owns its windows */
  HearthWindow    *window;

  int              port;           /* of the command line; 0: the setting's */
  guint            is_open : 1;    /* the workspace is ready */
};

/* app.* and their keys */
void _hearth_application_add_actions  (HearthApplication *self);
/* Starts, moves or stops the server as settings and command line say. */
void _hearth_application_apply_server (HearthApplication *self);

G_END_DECLS

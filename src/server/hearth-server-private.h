/* hearth-server-private.h: what the files of this room know of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-access.h"
#include "hearth-door.h"
#include "hearth-guard.h"
#include "hearth-hub.h"
#include "hearth-prebuilt.h"
#include "hearth-server.h"

G_BEGIN_DECLS

struct _HearthServer
{
  GObject parent_instance;

  HearthWorkspace *workspace;
  HearthGuard *guard;
  HearthHub *hub;
  char *frontend_dir;

  HearthServerLimits limits;
  gboolean allow_others;
  HearthAccess *access; /* while others are listened for */

  SoupServer *soup; /* NULL when not listening */
  HearthDoor *door;
  guint16 port;

  HearthPrebuilt *nodes; /* the answer of GET /api/nodes */
};

HearthWorkspace *_hearth_server_get_workspace    (HearthServer  *self);
HearthHub       *_hearth_server_get_hub          (HearthServer  *self);
const char      *_hearth_server_get_frontend_dir (HearthServer  *self); /* or NULL */
/* The answer of GET /api/nodes, made once and after each reload. */
HearthPrebuilt  *_hearth_server_get_nodes        (HearthServer  *self);

/* With all its handlers, not yet listening. */
SoupServer      *_hearth_server_make_soup        (HearthServer  *self);

G_END_DECLS

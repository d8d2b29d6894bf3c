/* hearth-door.h: takes connections in, and shows those out that only stand in the way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"
#include "hearth-server.h"

G_BEGIN_DECLS

typedef struct _HearthDoor HearthDoor;

/* Opens @soup for who calls on @sockets (of listening GSocket). @limits is copied. */
HearthDoor *hearth_door_new             (SoupServer               *soup,
                                         GPtrArray                *sockets,
                                         const HearthServerLimits *limits);
/* Lets nobody in any more; connections that are open stay. */
void        hearth_door_free            (HearthDoor               *self);
/* Cuts those that @is_welcome says FALSE of. */
void        hearth_door_review          (HearthDoor               *self,
                                         gboolean                (*is_welcome) (HearthConnection *connection,
                                                                                gpointer          user_data),
                                         gpointer                  user_data);
/* Open ones, of all kinds. */
guint       hearth_door_get_n_connections (HearthDoor             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthDoor, hearth_door_free)

G_END_DECLS

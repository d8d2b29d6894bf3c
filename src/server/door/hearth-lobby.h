/* hearth-lobby.h: connections over which nothing is asked now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libsoup knows of costs the main loop something in each round: a few sources, which GLib asks one by one. But
 * most connections are open and silent. So they wait here, before their first request and again some time after
 * their last: a socket in a list of the kernel's, a date, and nothing else.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HearthLobby HearthLobby;

/* Something came over @connection; it is not here any more. */
typedef void (*HearthLobbyFunc) (GSocketConnection *connection,
                                 gpointer           user_data);

/* For the main thread. Who hangs up without a word is closed without one. */
HearthLobby *hearth_lobby_new         (HearthLobbyFunc    func,
                                       gpointer           user_data);
/* Closes all that are here, on a thread. */
void         hearth_lobby_free        (HearthLobby       *self);
/* @since_us: when it fell silent (monotonic µs). */
void         hearth_lobby_add         (HearthLobby       *self,
                                       GSocketConnection *connection,
                                       gint64             since_us);
guint        hearth_lobby_get_length  (HearthLobby       *self);
/* Closes the one that is here for longest; FALSE: nobody is. */
gboolean     hearth_lobby_drop_oldest (HearthLobby       *self);
/* Closes those that fell silent before @us, as many as fit a turn (hearth-turn.h). FALSE: some are left. */
gboolean     hearth_lobby_drop_before (HearthLobby       *self,
                                       gint64             us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthLobby, hearth_lobby_free)

G_END_DECLS

/* hearth-hub.h: every open WebSocket, and which of them hears of which run (websocket.md 3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"
#include "hearth-workspace.h"

G_BEGIN_DECLS

typedef struct _HearthClient HearthClient;

#define HEARTH_TYPE_HUB (hearth_hub_get_type ())
G_DECLARE_FINAL_TYPE (HearthHub, hearth_hub, HEARTH, HUB, GObject)

/* Signal ::clients-changed. */

HearthHub       *hearth_hub_new            (HearthWorkspace         *workspace);
HearthWorkspace *hearth_hub_get_workspace  (HearthHub               *self);
guint            hearth_hub_get_n_clients  (HearthHub               *self);
/* @below: what carries @connection. */
void             hearth_hub_add            (HearthHub               *self,
                                            SoupWebsocketConnection *connection,
                                            HearthConnection        *below);
/* To every connection; @payload is taken. */
void             hearth_hub_broadcast      (HearthHub               *self,
                                            const char              *type,
                                            HearthValue             *payload);
/* Runs what a client asked for: the accept message goes out first, then all that happens. @payload
 * may be anything. */
void             hearth_hub_submit         (HearthHub               *self,
                                            HearthClient            *client,
                                            HearthValue             *payload);
/* Sends a close frame to every connection. */
void             hearth_hub_close          (HearthHub               *self);

/* --- for clients ---------------------------------------------------------------------------- */

/* The connection is gone: forget it, and leave its runs to those who come. */
void             hearth_hub_remove         (HearthHub               *self,
                                            HearthClient            *client);

G_END_DECLS

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
/* @below: what carries @connection. @workflow_id: it hears of every run of that workflow; or NULL. */
void             hearth_hub_add            (HearthHub               *self,
                                            SoupWebsocketConnection *connection,
                                            HearthConnection        *below,
                                            const char              *workflow_id);
/* To every connection; @payload is taken. */
void             hearth_hub_broadcast      (HearthHub               *self,
                                            const char              *type,
                                            HearthValue             *payload);
/* Tells every page that the catalogue is another (NODES_RELOADED); the number of types. */
guint            hearth_hub_tell_nodes     (HearthHub               *self);
/* Runs what a client asked for: the accept message goes out first, then all that happens. @payload
 * may be anything. @older: also in the words of earlier versions. */
void             hearth_hub_submit         (HearthHub               *self,
                                            HearthClient            *client,
                                            HearthValue             *payload,
                                            gboolean                 older);
/* The same with a workflow as it is stored. @graph: made of it; NULL: it cannot be, as @error (taken) says. @project_id
 * and @inputs may be NULL. */
void             hearth_hub_submit_stored  (HearthHub               *self,
                                            HearthClient            *client,
                                            HearthGraph             *graph,
                                            GError                  *error,
                                            HearthValue             *workflow,
                                            const char              *project_id,
                                            HearthValue             *inputs);
/* Sends a close frame to every connection. */
void             hearth_hub_close          (HearthHub               *self);

/* --- for clients ---------------------------------------------------------------------------- */

/* By its serial number; NULL when it is gone. */
HearthClient    *hearth_hub_lookup         (HearthHub               *self,
                                            guint                    serial);
/* The connection is gone: forget it, and leave its runs to those who come. */
void             hearth_hub_remove         (HearthHub               *self,
                                            HearthClient            *client);

G_END_DECLS

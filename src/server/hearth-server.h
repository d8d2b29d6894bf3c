/* hearth-server.h: the REST and WebSocket door on the loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

G_BEGIN_DECLS

#define HEARTH_SERVER_DEFAULT_PORT 3233

#define HEARTH_TYPE_SERVER (hearth_server_get_type ())
G_DECLARE_FINAL_TYPE (HearthServer, hearth_server, HEARTH, SERVER, GObject)

/**
 * HearthServerLimits:
 * @head_ms: from the first byte of a request to the end of its head
 * @body_ms: a body may take this long, and longer when…
 * @body_rate: …so many bytes of it come in each second from then on
 * @idle_ms: between two requests
 * @max_idle: connections over which nothing is asked; with one more the oldest is closed
 * @max_connections: of all kinds
 */
typedef struct
{
  guint head_ms;
  guint body_ms;
  guint body_rate;
  guint idle_ms;
  guint max_idle;
  guint max_connections;
} HearthServerLimits;

extern const HearthServerLimits hearth_server_default_limits;

/* Properties, with notify: "n-clients" (uint): open WebSocket connections; "running" (boolean);
 * "allow-other-devices" (boolean, writable). */

HearthServer *hearth_server_new              (HearthWorkspace    *workspace);
/* A folder with a built web frontend, served at `/`; NULL: our own page is. */
void          hearth_server_set_frontend_dir (HearthServer       *self,
                                              const char         *directory);
/* More web origins that may talk to us, besides our own and http://localhost:5573. */
void          hearth_server_set_allowed_origins (HearthServer    *self,
                                              const char *const  *origins);
/* Before listening: on all addresses of the machine and not on the loopback alone. Who comes from
 * another device needs an access token (hearth-access-operations.h). Never decided by anything in the
 * data folder, which may come from somebody else. */
void          hearth_server_set_allow_other_devices (HearthServer *self,
                                              gboolean            allow);
gboolean      hearth_server_get_allow_other_devices (HearthServer *self);
/* "http://192.168.1.5:3233/"; NULL when not listening for others, or when the machine has no other address than
 * the loopback. */
char         *hearth_server_dup_network_address (HearthServer  *self);
/* Where another device finds us, "http://192.168.1.5:3233/?token=…"; as text and as QR code
 * (hearth-qr-code.h) for people to take over. NULL as above. */
char         *hearth_server_dup_share_address (HearthServer      *self,
                                              const char         *token);
/* Before listening; without it hearth_server_default_limits. */
void          hearth_server_set_limits       (HearthServer       *self,
                                              const HearthServerLimits *limits);
/* On 127.0.0.1 and, where there is one, ::1, unless other devices are allowed. Port 0: any free one. G_IO_ERROR_ADDRESS_IN_USE when
 * somebody else has it. */
gboolean      hearth_server_listen           (HearthServer       *self,
                                              guint16             port,
                                              GError            **error);
guint16       hearth_server_get_port         (HearthServer       *self); /* 0 when not listening */
char         *hearth_server_dup_address      (HearthServer       *self); /* "http://localhost:3233/" */
guint         hearth_server_get_n_clients    (HearthServer       *self);
/* For who changes packs by other ways than a request: tells every page. @before, @after: of the answer of
 * hearth_operation_set_plugin_state. */
void          hearth_server_tell_plugin_state (HearthServer      *self,
                                              HearthValue        *before,
                                              HearthValue        *after);
/* All packs were read again; pages load themselves anew. Returns a sentence about it. */
char         *hearth_server_tell_plugins_reloaded (HearthServer  *self);
/* Closes every connection with a close frame. */
void          hearth_server_stop             (HearthServer       *self);

G_END_DECLS

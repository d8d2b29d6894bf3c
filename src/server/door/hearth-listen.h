/* hearth-listen.h: the sockets we are called on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Listening sockets on 127.0.0.1 and, where the machine has it, ::1, both on one port; @everywhere: on
 * all its addresses. @port 0: any free one, which is then filled in. */
GPtrArray *hearth_listen     (gboolean   everywhere,
                              guint16   *port,
                              GError   **error);

/* The address by which another device most likely reaches this machine, as in a URI; NULL: none. */
char      *hearth_listen_dup_machine (void);

G_END_DECLS

/* hearth-tries.h: how often an address was wrong, and how long it has to wait for that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HearthTries HearthTries;

HearthTries *hearth_tries_new         (void);
void         hearth_tries_free        (HearthTries  *self);
/* Seconds until @address may try again; 0: now. @now: monotonic µs. */
guint        hearth_tries_get_wait    (HearthTries  *self,
                                       GInetAddress *address,
                                       gint64        now);
/* After the fifth time in a row there is a wait: 1 s, 2 s, 4 s… up to 15 minutes. */
void         hearth_tries_add_wrong   (HearthTries  *self,
                                       GInetAddress *address,
                                       gint64        now);
/* It was right: all is forgotten. */
void         hearth_tries_forget      (HearthTries  *self,
                                       GInetAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthTries, hearth_tries_free)

G_END_DECLS

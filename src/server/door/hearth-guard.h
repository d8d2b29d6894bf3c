/* hearth-guard.h: who may talk to us, and how much they may say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"

G_BEGIN_DECLS

typedef struct _HearthGuard HearthGuard;

HearthGuard *hearth_guard_new              (void);
void         hearth_guard_free             (HearthGuard       *self);
void         hearth_guard_set_port         (HearthGuard       *self,
                                            guint16            port);
/* Besides our own and http://localhost:5573; each "scheme://host[:port]". */
void         hearth_guard_set_origins      (HearthGuard       *self,
                                            const char *const *origins);

/* @connection NULL: as from this computer. "localhost:3233"; NULL when the header was not sent. */
gboolean     hearth_guard_accepts_host     (HearthGuard       *self,
                                            HearthConnection  *connection,
                                            const char        *host);
/* The value of an Origin header that was sent. */
gboolean     hearth_guard_accepts_origin   (HearthGuard       *self,
                                            HearthConnection  *connection,
                                            const char        *origin);

/* When a request is expected: what every answer says, those as well that libsoup gives by itself. */
void         hearth_guard_begin            (SoupServerMessage *message);
/* Judges by the request's head alone; TRUE: it may go on. Otherwise, and for OPTIONS, the message
 * has its answer. */
gboolean     hearth_guard_check            (HearthGuard       *self,
                                            SoupServerMessage *message);
/* For @taken: whatever comes with an Authorization header, whatever that says. */
#define HEARTH_GUARD_ANY_TYPE "*"

/* Of what changes something, 415 to the types of body that need no permission to be sent. @taken: the
 * one of them that is wanted here, HEARTH_GUARD_ANY_TYPE, or NULL. */
void         hearth_guard_refuse_forms     (SoupServerMessage *message,
                                            const char        *taken);
/* Counts the body of @message while it comes: more than @limit gets 413. */
void         hearth_guard_limit_body       (SoupServerMessage *message,
                                            gsize              limit);
/* Ends @message with a status and {"error": text}; what follows of its body is thrown away. */
void         hearth_guard_refuse           (SoupServerMessage *message,
                                            guint              status,
                                            const char        *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthGuard, hearth_guard_free)

G_END_DECLS

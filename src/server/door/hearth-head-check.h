/* hearth-head-check.h: whether what comes over a connection is HTTP that can be read in one way only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup reads generously: it passes over lines it does not understand, takes a bare line feed for
 * an end of line and one of two lengths that contradict each other. Where two programs in a row
 * read such a request differently, a second one hides in its body. So every byte is looked at before
 * libsoup gets it, and a request that is not exactly of the form of RFC 9112 is refused.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_HEAD_IDLE, /* between two requests */
  HEARTH_HEAD_HEAD,
  HEARTH_HEAD_BODY,
  HEARTH_HEAD_RAW,  /* no HTTP any more */
} HearthHeadPlace;

typedef struct _HearthHeadCheck HearthHeadCheck;

HearthHeadCheck *hearth_head_check_new       (void);
void             hearth_head_check_free      (HearthHeadCheck *self);
/* The next bytes that came. Returns how many of them may be handed on: never beyond the end of a
 * request; the rest is to be shown again when the next one is wanted. 0: the request is bad, and
 * *@status is what to answer to it: 400, 414, 431. */
gsize            hearth_head_check_feed      (HearthHeadCheck *self,
                                              const char      *bytes,
                                              gsize            length,
                                              guint           *status);
HearthHeadPlace  hearth_head_check_get_place (HearthHeadCheck *self);
/* The connection became something else, a WebSocket: everything may pass. */
void             hearth_head_check_end       (HearthHeadCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHeadCheck, hearth_head_check_free)

G_END_DECLS

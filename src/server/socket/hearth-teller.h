/* hearth-teller.h: the messages of one run, in their order; large ones are written on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run.h"

G_BEGIN_DECLS

typedef struct _HearthTeller HearthTeller;

/* @whole: the same text, for who keeps it to hold instead of a copy; NULL: it is small. @is_final: the run has ended,
 * nothing follows, and the teller may be freed. */
typedef void (*HearthTellerFunc) (const char *text,
                                  GBytes     *whole,
                                  gboolean    is_final,
                                  gpointer    user_data);

HearthTeller *hearth_teller_new       (HearthTellerFunc      func,
                                       gpointer              user_data);
/* What has not been told by now will not be. */
void          hearth_teller_free      (HearthTeller         *self);
/* What goes over the wire of @event (hearth-event-json.h) is told at once, or, if it or something before it is large,
 * later. */
void          hearth_teller_tell      (HearthTeller         *self,
                                       const HearthRunEvent *event);
void          hearth_teller_tell_text (HearthTeller         *self,
                                       const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthTeller, hearth_teller_free)

G_END_DECLS

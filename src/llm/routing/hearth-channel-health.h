/* hearth-channel-health.h: which channels can be asked now (circuit breaker)
 *
 * A channel that fails again and again rests: it is not asked, at first for seconds, then for minutes. When that is
 * over a single call tries it. One that takes no more requests waits as long as it said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-clock.h"

#include "hearth-model-error.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_CHANNEL_READY,
  HEARTH_CHANNEL_WAITING, /* it said for how long */
  HEARTH_CHANNEL_RESTING, /* it has failed too often; or it is tried again at this moment */
} HearthChannelState;

typedef struct _HearthChannelHealth HearthChannelHealth;

HearthChannelHealth *hearth_channel_health_new       (HearthClock         *clock);
void                 hearth_channel_health_free      (HearthChannelHealth *self);
/* Of what was never heard of: ready. @ready_in_ms: 0 when ready, -1 when nobody knows; or NULL. */
HearthChannelState   hearth_channel_health_get_state (HearthChannelHealth *self,
                                                      const char          *id,
                                                      gint64              *ready_in_ms);
/* The last failure, while it counts; borrowed, or NULL. */
const GError        *hearth_channel_health_get_error (HearthChannelHealth *self,
                                                      const char          *id);
/* A call to a channel that is ready begins. TRUE: it is the one that tries a resting channel again. */
gboolean             hearth_channel_health_begin     (HearthChannelHealth *self,
                                                      const char          *id);
/* How it ended. @is_probe: what begin said. @error NULL: it was answered. */
void                 hearth_channel_health_end       (HearthChannelHealth *self,
                                                      const char          *id,
                                                      gboolean             is_probe,
                                                      const GError        *error);
/* It ended without a verdict: somebody did not want it any more. */
void                 hearth_channel_health_give_up   (HearthChannelHealth *self,
                                                      const char          *id,
                                                      gboolean             is_probe);
/* The channel is another one now; what it did before does not count. */
void                 hearth_channel_health_forget    (HearthChannelHealth *self,
                                                      const char          *id);
/* {"id", "state": "ready", "waiting" or "resting", "until"? (Unix ms), "failures" (in a row), "message"?} */
HearthValue         *hearth_channel_health_to_value  (HearthChannelHealth *self,
                                                      const char          *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthChannelHealth, hearth_channel_health_free)

G_END_DECLS

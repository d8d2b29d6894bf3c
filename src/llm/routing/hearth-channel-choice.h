/* hearth-channel-choice.h: which channel is asked for a model, and which one after it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-channel-health.h"
#include "hearth-channel.h"

G_BEGIN_DECLS

/* Remembers whose turn it is. */
typedef struct _HearthChannelChoice HearthChannelChoice;

HearthChannelChoice *hearth_channel_choice_new   (void);
void                 hearth_channel_choice_free  (HearthChannelChoice *self);
/* Those of @channels that have @model and are not disabled (nodes.md 5.3, step 6), in the order in which they are to be
 * asked: first @preferred (an id, or NULL), then by turns in the proportion of their weights, then the heavier, then
 * the older one; where none has a weight of its own that is simply the oldest. Those that cannot be asked now are at
 * the end. Of #HearthChannel, owned. */
GPtrArray           *hearth_channel_choice_order (HearthChannelChoice *self,
                                                  GPtrArray           *channels,
                                                  const char          *model,
                                                  const char          *preferred,
                                                  HearthChannelHealth *health);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthChannelChoice, hearth_channel_choice_free)

G_END_DECLS

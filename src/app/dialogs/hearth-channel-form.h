/* hearth-channel-form.h: what is entered of a service of language models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_CHANNEL_FORM (hearth_channel_form_get_type ())
G_DECLARE_FINAL_TYPE (HearthChannelForm, hearth_channel_form, HEARTH, CHANNEL_FORM, AdwPreferencesGroup)

/* Property "complete", boolean: there is enough of it to be saved. */

/* Once. Shows @channel, as far as it has members. */
void         hearth_channel_form_set_channel  (HearthChannelForm *self,
                                               HearthWorkspace   *workspace,
                                               HearthValue       *channel);
/* The members that http-api.md 12.2 has for a new or changed one; "apiKey" only when one was typed, and its memory is
 * wiped. */
HearthValue *hearth_channel_form_dup_channel  (HearthChannelForm *self);
/* Ids of models its service has, to be taken over. */
void         hearth_channel_form_offer_models (HearthChannelForm *self,
                                               HearthValue       *models);

G_END_DECLS

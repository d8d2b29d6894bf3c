/* hearth-channel-page.h: one service of language models: its address, its key, its models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_CHANNEL_PAGE (hearth_channel_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthChannelPage, hearth_channel_page, HEARTH, CHANNEL_PAGE, GtkBox)

/* @channel: what is known of it; without an "id" it is a new one. */
GtkWidget *hearth_channel_page_new (HearthWorkspace *workspace,
                                    HearthValue     *channel);

G_END_DECLS

/* hearth-ask-bar.h: what a running workflow asks the person in front of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A bar, not a dialog: the graph stays in reach, because the answer may lie in it. Several
 * questions come one after the other. */
#define HEARTH_TYPE_ASK_BAR (hearth_ask_bar_get_type ())
G_DECLARE_FINAL_TYPE (HearthAskBar, hearth_ask_bar, HEARTH, ASK_BAR, AdwBin)

void        hearth_ask_bar_set_document (HearthAskBar   *self,
                                         HearthDocument *document);
/* The node whose question is shown, or NULL. */
const char *hearth_ask_bar_get_node_id  (HearthAskBar   *self);

G_END_DECLS

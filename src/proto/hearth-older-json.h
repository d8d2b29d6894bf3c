/* hearth-older-json.h: what happens in a run, in the words of earlier versions (websocket.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run.h"

G_BEGIN_DECLS

/* A `workflow_status_update` or `node_status_update`; NULL for events that had no such message. */
char *hearth_event_to_older_json (const HearthRunEvent *event);

G_END_DECLS

/* hearth-event-json.h: what happens in a run, in the words of the WebSocket (websocket.md 5, 6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-queue.h"

G_BEGIN_DECLS

/* Appends `{"type":…,"payload":…}`; FALSE, and nothing appended, for events that never go over
 * the wire. Written without building a HearthValue: it runs three times a node. */
gboolean  hearth_event_append_json        (GString              *out,
                                           const HearthRunEvent *event);
/* The same, but for event->value: nothing stands in its place, which is *@gap; 0: it has none. So a large value can be
 * written elsewhere. */
gboolean  hearth_event_append_json_around (GString              *out,
                                           const HearthRunEvent *event,
                                           gsize                *gap);
void      hearth_message_append_accepted  (GString              *out,
                                           const char           *prompt_id);
void      hearth_message_append_queue     (GString              *out,
                                           HearthQueue          *queue);
/* `{"type":"error","payload":{"message":…}}`, without promptId (websocket.md 2 [want]). */
void      hearth_message_append_error     (GString              *out,
                                           const char           *message);
/* {promptId, status, submittedAt} (http-api.md 11.2), plus for 11.5 the optional fields
 * nodeStatus, outputs, errorInfo, completedAt and durationMs when @full. */
HearthValue *hearth_run_to_json           (HearthRun            *run,
                                           gboolean              full);
/* {"promptId","status","outputs","durationMs","error"?}: what `hearthctl run` prints. */
HearthValue *hearth_run_to_result         (HearthRun            *run);

G_END_DECLS

/* hearth-run-stream.h: the news of one run as the answer to a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/**
 * HearthRunStreamForm:
 * @HEARTH_RUN_STREAM_LINES: a line of JSON for each message, application/x-ndjson
 * @HEARTH_RUN_STREAM_EVENTS: server-sent events, text/event-stream
 * @HEARTH_RUN_STREAM_RESULT: nothing until the end, and then one object: promptId, status, outputs
 */
typedef enum
{
  HEARTH_RUN_STREAM_LINES,
  HEARTH_RUN_STREAM_EVENTS,
  HEARTH_RUN_STREAM_RESULT,
} HearthRunStreamForm;

/* Starts the run and answers with the messages of the WebSocket (websocket.md 5, 6), the accept first
 * and the final status last. A client that hangs up does not stop the run: the history has it. */
void hearth_run_stream_start (HearthRequest          *request,
                              const HearthRunRequest *run,
                              HearthRunStreamForm     form);

G_END_DECLS

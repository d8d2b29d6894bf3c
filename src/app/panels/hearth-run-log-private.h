/* hearth-run-log-private.h: what the files of the run log share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run-log.h"

G_BEGIN_DECLS

struct _HearthRunLog
{
  GObject         parent_instance;

  /* owned */
  HearthDocument *document;
  HearthRun      *run;
  GListStore     *lines;
  GHashTable     *outputs; /* key -> GString: streamed text */
  GHashTable     *traces;  /* node id -> HearthNodeTrace */
  char           *failed_node;
};

/* Adds the line that says what happened, if it is worth one. @trace: of the event's node, or NULL. */
void _hearth_run_log_tell (HearthRunLog          *self,
                           const HearthRunEvent  *event,
                           const HearthNodeTrace *trace);

G_END_DECLS

/* hearth-hub-private.h: what the files of the hub share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-feed.h"
#include "hearth-watch.h"

G_BEGIN_DECLS

struct _HearthHub
{
  GObject parent_instance;

  HearthWorkspace *workspace;
  GPtrArray *clients; /* of HearthClient, owned, in the order they came */
  GHashTable *feeds;  /* run id (theirs) -> HearthFeed, owned */
  GHashTable *watches; /* HearthRun (theirs) -> HearthWatch, owned */
  guint serial;

  guint ping_id;
  guint second; /* of the round of pings */
  guint close_id;
  guint close_until; /* the serial up to which clients are being closed */

  /* while a submission is under way */
  HearthClient *submitter;
  HearthValue *submitted_metadata;
  gboolean submitted_older;
};

/* hearth-hub-submit.c: of the queue's ::run-added. */
void _hearth_hub_run_added_cb (HearthQueue *queue,
                               HearthRun   *run,
                               HearthHub   *self);

/* hearth-hub-rounds.c */
void _hearth_hub_begin_rounds (HearthHub   *self);
void _hearth_hub_end_rounds   (HearthHub   *self);

/* hearth-hub-watch.c: @run is told to those who watch its workflow, if anybody does. */
void _hearth_hub_watch        (HearthHub   *self,
                               HearthRun   *run);

G_END_DECLS

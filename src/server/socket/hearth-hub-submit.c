/* hearth-hub-submit.c: the runs that clients of the hub ask for (websocket.md 3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-hub-private.h"

#include "hearth-payload.h"
#include "hearth-run-metadata.h"
#include "hearth-i18n.h"

/* Of one client, waiting ones included: a page that asks for more does so by mistake. */
#define MAX_RUNS 1000

/* --- feeds --------------------------------------------------------------------------------- */

static HearthFeed *
ensure_feed (HearthHub    *self,
             HearthClient *client,
             const char   *id,
             HearthValue  *metadata)
{
  HearthFeed *feed = g_hash_table_lookup (self->feeds, id);

  if (feed != NULL)
    return feed;
  feed = hearth_feed_new (self, client, id, metadata, self->submitted_older);
  g_hash_table_insert (self->feeds, (gpointer) hearth_feed_get_id (feed), feed);
  return feed;
}

void
hearth_hub_end_feed (HearthHub  *self,
                     HearthFeed *feed)
{
  g_return_if_fail (HEARTH_IS_HUB (self) && feed != NULL);

  g_hash_table_remove (self->feeds, hearth_feed_get_id (feed));
}

/* A run of a client of ours may be added while it is submitted or later; either way the accept
 * message comes first. Runs from elsewhere are none of a page's business: it would keep their
 * messages for ever. */
void
_hearth_hub_run_added_cb (HearthQueue *queue,
                          HearthRun   *run,
                          HearthHub   *self)
{
  const char *id = hearth_run_get_id (run);
  HearthFeed *feed = g_hash_table_lookup (self->feeds, id);

  if (feed == NULL && self->submitter != NULL)
    feed = ensure_feed (self, self->submitter, id, self->submitted_metadata);
  if (feed != NULL)
    hearth_feed_follow (feed, run);
  _hearth_hub_watch (self, run);
}

/* --- submitting ------------------------------------------------------------------------------ */

static void
submit_request (HearthHub              *self,
                HearthClient           *client,
                const HearthRunRequest *request)
{
  g_autofree char *id = NULL;

  self->submitter = client;
  self->submitted_metadata = request->metadata;
  id = hearth_workspace_submit (self->workspace, request);
  self->submitter = NULL;
  self->submitted_metadata = NULL;
  ensure_feed (self, client, id, request->metadata);
}

static void
submit_graph (HearthHub    *self,
              HearthClient *client,
              HearthGraph  *graph,
              HearthValue  *payload)
{
  HearthRunRequest request = { 0 };

  request.graph = graph;
  request.is_final = TRUE;
  request.mappings = hearth_payload_get_mappings (payload);
  request.metadata = hearth_payload_get_metadata (payload);
  request.project_id = hearth_value_get_member_string (request.metadata, "projectId", NULL);
  request.preview = hearth_value_get_member_boolean (request.metadata, "isPreviewRun", FALSE);
  submit_request (self, client, &request);
}

/* Even nonsense gets its accept: the page waits for one, and then for a final status. */
static void
submit_failed (HearthHub    *self,
               HearthClient *client,
               GError       *error,
               HearthValue  *metadata)
{
  g_autoptr (HearthRun) run = hearth_run_new_failed (error, metadata);

  ensure_feed (self, client, hearth_run_get_id (run), metadata);
  hearth_queue_submit (hearth_workspace_get_queue (self->workspace), run);
}

/* In place of the queue, in which it would have to wait for those before it. */
static void
submit_too_many (HearthHub    *self,
                 HearthClient *client,
                 HearthValue  *metadata)
{
  g_autoptr (HearthRun) run = NULL;
  HearthFeed *feed;

  run = hearth_run_new_failed (g_error_new (HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE,
                                            _("%u runs of this page wait already. Stop some of them first."), MAX_RUNS),
                               metadata);
  feed = ensure_feed (self, client, hearth_run_get_id (run), metadata);
  hearth_feed_follow (feed, run);
  hearth_run_start (run);
}

void
hearth_hub_submit (HearthHub    *self,
                   HearthClient *client,
                   HearthValue  *payload,
                   gboolean      older)
{
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HEARTH_IS_HUB (self) && client != NULL);

  self->submitted_older = older;
  if (hearth_client_get_n_runs (client) >= MAX_RUNS)
    {
      submit_too_many (self, client, hearth_payload_get_metadata (payload));
      return;
    }
  if (!hearth_client_take_graph (client, &graph, &error))
    graph = hearth_payload_to_graph (payload, hearth_workspace_get_catalog (self->workspace), &error);
  if (graph != NULL)
    submit_graph (self, client, graph, payload);
  else
    submit_failed (self, client, g_steal_pointer (&error), hearth_payload_get_metadata (payload));
}

void
hearth_hub_submit_stored (HearthHub    *self,
                          HearthClient *client,
                          HearthGraph  *graph,
                          GError       *error,
                          HearthValue  *workflow,
                          const char   *project_id,
                          HearthValue  *inputs)
{
  g_autoptr (HearthValue) metadata = NULL;
  HearthRunRequest request = { .graph = graph, .project_id = project_id, .inputs = inputs, .is_final = TRUE };

  g_return_if_fail (HEARTH_IS_HUB (self) && client != NULL);
  g_return_if_fail ((graph == NULL) != (error == NULL));

  self->submitted_older = FALSE;
  request.metadata = metadata = hearth_run_metadata_new (workflow, project_id);
  if (graph != NULL)
    submit_request (self, client, &request);
  else
    submit_failed (self, client, error, metadata);
}

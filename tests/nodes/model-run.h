/* model-run.h: a real run of one node with a real router, whose only channel is the written-down model of
 * tests/llm/peer_script.py
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-hub.h"
#include "hearth-model-router.h"
#include "hearth-run.h"
#include "hearth-stand-ins.h"
#include "nodes.h"

#include "headless/await.h"
#include "headless/parse.h"
#include "llm/peer-talk.h"

typedef struct
{
  Peer               peer;
  HearthOutside     *outside;
  HearthLedger      *ledger;
  HearthModelRouter *router;
  HearthMcpHub      *hub;
  GPtrArray         *channels;
} Models;

/* One run, and what it told. */
typedef struct
{
  HearthRun *run;
  GString   *chunks;  /* "text_chunk:…|" */
  guint      n_retries;
  guint      n_chunks;
  gboolean   is_over;
} Told;

/* --- channels ------------------------------------------------------------------------------------------- */

typedef struct
{
  Models            *models;
  HearthChannelsFunc done;
  gpointer           user_data;
} Loading;

static inline gboolean
loaded_cb (gpointer data)
{
  g_autofree Loading *self = data;

  self->done (self->models->channels, NULL, NULL, self->user_data);
  return G_SOURCE_REMOVE;
}

static inline void
load_channels (gpointer           owner,
               const char        *model,
               HearthChannelsFunc done,
               gpointer           user_data)
{
  Loading loading = { owner, done, user_data };

  g_idle_add (loaded_cb, g_memdup2 (&loading, sizeof loading));
}

static inline void
load_key (gpointer      owner,
          const char   *channel_id,
          HearthKeyFunc done,
          gpointer      user_data)
{
  g_assert_not_reached (); /* the channel says it has none */
}

/* A test that has some sets them before. */
static inline void
load_servers (gpointer owner)
{
  g_assert_not_reached ();
}

static inline void
load_secrets (gpointer             owner,
              HearthValue         *server,
              HearthMcpSecretsFunc done,
              gpointer             user_data)
{
  g_assert_not_reached ();
}

static inline void
models_set_up (Models       *self,
               gconstpointer unused)
{
  static const HearthChannelSource source = { load_channels, load_key };
  static const HearthMcpSource servers = { load_servers, load_secrets };
  g_autofree char *base = NULL;
  HearthChannel *channel;

  peer_start (&self->peer, NULL);
  self->outside = hearth_outside_new ();
  self->ledger = hearth_ledger_new ();
  self->router = hearth_model_router_new (self->outside, self->ledger, &source, self);
  self->hub = hearth_mcp_hub_new (self->outside, &servers, self);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);
  base = g_strconcat (self->peer.base, "/s/v1", NULL);
  channel = hearth_channel_new (hearth_providers_lookup ("openai"), base);
  channel->id = g_strdup ("s");
  channel->label = g_strdup ("Script");
  channel->models = g_strsplit ("m n", " ", -1);
  g_ptr_array_add (self->channels, channel);
}

static inline void
models_tear_down (Models       *self,
                  gconstpointer unused)
{
  await_idle ();
  g_assert_finalize_object (self->router);
  g_object_unref (self->hub);
  g_object_unref (self->ledger);
  g_object_unref (self->outside);
  g_ptr_array_unref (self->channels);
  peer_stop (&self->peer);
}

/* --- talking with the peer itself --------------------------------------------------------------------------- */

static inline HearthValue *
models_talk (Models     *self,
             const char *path,
             const char *body)
{
  return peer_talk (&self->peer, self->outside, path, body);
}

static inline void
models_say (Models     *self,
            const char *lines)
{
  g_autoptr (HearthValue) nothing = models_talk (self, "/lines", lines);

  g_assert_nonnull (nothing);
}

/* --- runs -------------------------------------------------------------------------------------------------- */

static inline void
told_cb (const HearthRunEvent *event,
         gpointer              user_data)
{
  Told *self = user_data;

  if (event->kind == HEARTH_EVENT_NODE_RETRY)
    self->n_retries++;
  if (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status))
    self->is_over = TRUE;
  if (event->kind == HEARTH_EVENT_NODE_YIELD)
    {
      HearthValue *content = hearth_value_get (event->value, "content");
      g_autofree char *text = hearth_value_is (content, STRING) ? hearth_value_to_text (content) : hearth_json_print (content);

      self->n_chunks++;
      g_string_append_printf (self->chunks, "%s:%s|", hearth_value_get_member_string (event->value, "type", ""), text);
    }
}

static inline HearthGraph *
read_graph (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr (HearthValue) value = parse (json);
  HearthGraph *graph;
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  hearth_catalog_add_all (catalog, decls, n);
  graph = hearth_graph_new_from_value (catalog, value, &error);
  g_assert_no_error (error);
  return graph;
}

/* A workflow "double" that tools may call: {n} -> {out}; it has a "sum" that is no number. */
#define DOUBLE \
  "{\"id\":\"double\",\"name\":\"double\",\"description\":\"Doubles a number.\",\"nodes\":[" \
  "{\"id\":\"in\",\"type\":\"core:GroupInput\",\"position\":{\"x\":0,\"y\":0}}," \
  "{\"id\":\"times\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0}," \
  "\"configValues\":{\"operationMode\":\"multiply\"},\"inputValues\":{\"b\":2}}," \
  "{\"id\":\"out\",\"type\":\"core:GroupOutput\",\"position\":{\"x\":0,\"y\":0}}]," \
  "\"edges\":[{\"id\":\"1\",\"source\":\"in\",\"sourceHandle\":\"n\",\"target\":\"times\",\"targetHandle\":\"a\"}," \
  "{\"id\":\"2\",\"source\":\"times\",\"sourceHandle\":\"result\",\"target\":\"out\",\"targetHandle\":\"out\"}]," \
  "\"interfaceInputs\":{\"n\":{\"key\":\"n\",\"displayName\":\"n\",\"dataFlowType\":\"FLOAT\"}}," \
  "\"interfaceOutputs\":{\"out\":{\"key\":\"out\",\"displayName\":\"out\",\"dataFlowType\":\"FLOAT\"}}}"

/* @nodes, @edges: JSON without the brackets. */
static inline void
told_start (Told       *self,
            Models     *models,
            const char *nodes,
            const char *edges)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf ("{\"name\":\"test\",\"nodes\":[%s],\"edges\":[%s],\"interfaceInputs\":{},"
                                           "\"interfaceOutputs\":{}}", nodes, edges);
  g_autoptr (HearthGraph) graph = read_graph (json);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (HearthStandIns) stand_ins = hearth_stand_ins_new ();
  g_autoptr (HearthPlan) plan = NULL;

  g_hash_table_insert (groups, (gpointer) "double", read_graph (DOUBLE));
  plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  g_assert_no_error (error);
  self->chunks = g_string_new (NULL);
  self->run = hearth_run_new (plan, NULL);
  hearth_run_set_keep_outputs (self->run, TRUE);
  hearth_run_add_service (self->run, G_OBJECT (models->router));
  hearth_run_add_service (self->run, G_OBJECT (models->outside));
  hearth_run_add_service (self->run, G_OBJECT (models->ledger));
  hearth_run_add_service (self->run, G_OBJECT (models->hub));
  hearth_run_add_service (self->run, G_OBJECT (stand_ins));
  hearth_run_add_observer (self->run, told_cb, self, NULL);
  hearth_run_start (self->run);
}

static inline void
told_run (Told       *self,
          Models     *models,
          const char *nodes,
          const char *edges)
{
  told_start (self, models, nodes, edges);
  AWAIT (self->is_over);
}

static inline void
told_clear (Told *self)
{
  await_idle ();
  g_clear_object (&self->run);
  if (self->chunks != NULL)
    g_string_free (self->chunks, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

#define NODE(id, type, inputs, config) \
  "{\"id\":\"" id "\",\"type\":\"core:" type "\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":" inputs \
  ",\"configValues\":" config "}"

/* Output @key of node "n", as JSON. */
#define assert_output(told, key, expected) \
  G_STMT_START \
  { \
    HearthValue *value_ = hearth_value_get (hearth_run_get_step_output ((told)->run, "n"), key); \
    g_autofree char *json_ = value_ != NULL ? hearth_json_print (value_) : g_strdup ("nothing"); \
\
    g_assert_cmpstr (json_, ==, expected); \
  } \
  G_STMT_END

#define assert_says(told, text) \
  G_STMT_START \
  { \
    const char *error_ = hearth_run_get_step_error ((told)->run, "n"); \
\
    g_test_message ("%s", error_); \
    g_assert_nonnull (error_); \
    g_assert_nonnull (strstr (error_, text)); \
  } \
  G_STMT_END

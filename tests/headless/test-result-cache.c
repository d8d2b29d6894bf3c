/* test-result-cache.c: results of earlier runs, also of those before the program was started
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "runs.h"

#include "hearth-cache.h"

#define N_CHAIN 1000

static HearthRun *
run_chain (Runs *self,
           guint n,
           guint start)
{
  g_autoptr (HearthValue) chain = runs_chain (n, start);
  HearthRun *run = runs_run_workflow (self, chain);

  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  return run;
}

static void
test_again (Runs         *self,
            gconstpointer data)
{
  run_chain (self, N_CHAIN, 1);
  g_assert_cmpuint (self->n_ran, ==, N_CHAIN);
  run_chain (self, N_CHAIN, 1);
  g_assert_cmpuint (self->n_reused, ==, N_CHAIN);
  /* Results go by what they are made of, not by where: the first 999 are those of the nodes behind. */
  run_chain (self, N_CHAIN, 2);
  g_assert_cmpuint (self->n_ran, ==, 1);
  run_chain (self, N_CHAIN, 100000);
  g_assert_cmpuint (self->n_ran, ==, N_CHAIN);
}

static void
test_after_restart (Runs         *self,
                    gconstpointer data)
{
  run_chain (self, N_CHAIN, 1);
  runs_reopen (self);
  run_chain (self, N_CHAIN, 1);
  g_assert_cmpuint (self->n_reused, ==, N_CHAIN);
  g_assert_cmpuint (self->n_ran, ==, 0);
}

/* What was changed and changed back was made by an older run than the last that made anything. */
static void
test_undone_and_restarted (Runs         *self,
                           gconstpointer data)
{
  run_chain (self, 20, 1);
  run_chain (self, 20, 1000);
  g_assert_cmpuint (self->n_ran, ==, 20);
  run_chain (self, 20, 1);
  g_assert_cmpuint (self->n_reused, ==, 20);
  runs_reopen (self);
  run_chain (self, 20, 1);
  g_assert_cmpuint (self->n_reused, ==, 20);
}

#define PAIR(text) \
  "{\"nodes\":[{\"id\":\"a\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"separator\":\"-\"," \
  "\"text_inputs\":[\"" text "\",\"x\"]}},{\"id\":\"b\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0}," \
  "\"inputValues\":{\"text_inputs\":[\"y\",\"z\"]}}],\"edges\":[]}"

static const char *
get_why (HearthValue *run,
         const char  *node_id)
{
  return hearth_value_get_member_string (hearth_value_get (hearth_value_get (run, "nodes"), node_id), "why", "");
}

static void
test_why (Runs         *self,
          gconstpointer data)
{
  g_autoptr (HearthValue) run = NULL;

  runs_run_text (self, PAIR ("one"));
  runs_reopen (self);
  runs_run_text (self, PAIR ("two"));
  g_assert_cmpstr (self->told->str, ==, "a:ran b:reused ");
  run = runs_read (self, hearth_run_get_id (self->run));
  g_assert_nonnull (strstr (get_why (run, "a"), "text_inputs"));
  g_assert_true (g_str_has_prefix (get_why (run, "b"), "same as in the run of "));
}

static void
test_anew (Runs         *self,
           gconstpointer data)
{
  g_autoptr (HearthValue) chain = runs_chain (5, 1);
  g_autoptr (HearthGraph) graph = runs_graph (self, chain);
  const char *anew[] = { "n3", NULL };
  HearthRunRequest request = { .graph = graph };

  runs_run (self, &request);
  request.anew = anew;
  runs_run (self, &request);
  g_assert_cmpstr (self->told->str, ==, "n0:reused n1:reused n2:reused n3:ran n4:ran ");
  request.anew = NULL;
  request.reuse = HEARTH_RUN_REUSE_NOTHING;
  runs_run (self, &request);
  g_assert_cmpuint (self->n_ran, ==, 5);
}

static void
test_only (Runs         *self,
           gconstpointer data)
{
  g_autoptr (HearthValue) chain = runs_chain (5, 1);
  g_autoptr (HearthGraph) graph = runs_graph (self, chain);
  const char *only[] = { "n1", "nobody", NULL };
  HearthRunRequest request = { .graph = graph, .only = only };

  runs_run (self, &request);
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (self->told->str, ==, "n0:ran n1:ran ");
  g_assert_cmpuint (hearth_graph_get_n_nodes (graph), ==, 5);
}

/* Of a workflow nobody ever ran nothing is looked for; with no room nothing is kept. */
static void
test_no_room (Runs         *self,
              gconstpointer data)
{
  g_autofree char *config = g_build_filename (self->base.path, "config.json", NULL);

  g_assert_true (g_file_set_contents (config, "{\"execution\":{\"cache_max_mb\":0}}", -1, NULL));
  runs_reopen (self);
  run_chain (self, 3, 1);
  run_chain (self, 3, 1);
  g_assert_cmpuint (self->n_ran, ==, 3);
}

/* --- the cache by itself ---------------------------------------------------------------------------- */

static HearthValue *
make_outputs (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return hearth_value_object ("text", hearth_value_string (text), NULL);
}

static gboolean
is_in (HearthCache *cache,
       guint        number)
{
  const HearthResultKey key = { 1, number };
  g_autoptr (HearthValue) origin = NULL;
  g_autoptr (HearthValue) outputs = hearth_result_cache_lookup (HEARTH_RESULT_CACHE (cache), &key, &origin);

  return outputs != NULL;
}

static void
keep (HearthCache *cache,
      guint        number,
      gsize        length)
{
  const HearthResultKey key = { 1, number };
  g_autoptr (HearthValue) outputs = make_outputs (length);

  hearth_result_cache_store (HEARTH_RESULT_CACHE (cache), &key, "t", "run", outputs);
}

static void
test_memory (Runs         *self,
             gconstpointer data)
{
  HearthStorage *storage = _hearth_storage_new (self->base.path);
  GThreadPool *pool = _hearth_job_pool_new (1);
  HearthCache *cache = _hearth_cache_new (storage, pool, 1000000);

  storage->max_results_bytes = (gsize) 256 << 20;
  for (guint i = 0; i < 9; i++)
    keep (cache, i, 100000);
  g_assert_true (is_in (cache, 0));
  for (guint i = 9; i < 17; i++)
    keep (cache, i, 100000);
  g_assert_cmpuint (_hearth_cache_get_memory_bytes (cache), <=, 1000000);
  g_assert_true (is_in (cache, 0)); /* used since */
  g_assert_false (is_in (cache, 1));
  g_assert_true (is_in (cache, 16));
  keep (cache, 99, 9000000); /* larger than any result that is kept */
  g_assert_false (is_in (cache, 99));
  g_assert_true (is_in (cache, 16));

  _hearth_cache_close (cache);
  g_thread_pool_free (pool, FALSE, TRUE);
  keep (cache, 100, 10); /* a run may outlive the workspace */
  g_assert_true (is_in (cache, 100));
  g_assert_finalize_object (cache);
  _hearth_storage_unref (storage);
}

/* More than memory takes: what was evicted is loaded again from the disk. */
static void
test_more_than_memory (Runs         *self,
                       gconstpointer data)
{
  g_autoptr (GString) workflow = g_string_new ("{\"edges\":[],\"nodes\":[");
  g_autofree char *text = g_strnfill (4000000, 'm');

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (workflow,
                            "%s{\"id\":\"n%u\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0},"
                            "\"inputValues\":{\"text_inputs\":[\"%s\",\"%u\"]}}",
                            i > 0 ? "," : "", i, text, i);
  g_string_append (workflow, "]}");
  runs_run_text (self, workflow->str);
  g_assert_cmpuint (self->n_ran, ==, 20);
  runs_run_text (self, workflow->str);
  g_assert_cmpuint (self->n_reused, >, 0);
  g_assert_cmpuint (self->n_reused + self->n_ran, ==, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUNS_TEST ("/result-cache/again", test_again);
  RUNS_TEST ("/result-cache/after-restart", test_after_restart);
  RUNS_TEST ("/result-cache/undone-and-restarted", test_undone_and_restarted);
  RUNS_TEST ("/result-cache/why", test_why);
  RUNS_TEST ("/result-cache/anew", test_anew);
  RUNS_TEST ("/result-cache/only", test_only);
  RUNS_TEST ("/result-cache/no-room", test_no_room);
  RUNS_TEST ("/result-cache/memory", test_memory);
  RUNS_TEST ("/result-cache/more-than-memory", test_more_than_memory);
  return g_test_run ();
}

/* test-reuse.c: only what changed runs again, says why, and outputs are let go of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"
#include "memory-cache.h"

#include "hearth-json.h"
#include "hearth-result-hash.h"

#include <string.h>

#define T(id, type, more) N (id, "test:" type, more)
/* Three nodes that differ in what they work on: results are found by that alone. */
#define CHAIN(first, last)                                                                                             \
  W (T ("a", "count", V ("'v':'" first "'")) "," T ("b", "count", V ("'k':2")) "," T ("c", "count", V ("'w':'" last "'")), \
     E ("1", "a", "out", "b", "v") "," E ("2", "b", "out", "c", "v"))

typedef struct
{
  MemoryCache *cache;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->cache = memory_cache_new ();
  engine_nodes_reset ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->cache);
}

static Recorder *
run_with (Fixture           *fixture,
          const char        *json,
          HearthRunReuse     reuse,
          const char *const *anew,
          GHashTable        *groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  Recorder *recorder;

  g_assert_no_error (error);
  recorder = recorder_new (hearth_run_new (plan, NULL));
  hearth_run_set_cache (recorder->run, HEARTH_RESULT_CACHE (fixture->cache), reuse);
  if (anew)
    hearth_run_set_anew (recorder->run, anew);
  hearth_run_set_keep_outputs (recorder->run, TRUE);
  engine_nodes_reset ();
  recorder_run (recorder);
  return recorder;
}

static Recorder *
run (Fixture    *fixture,
     const char *json)
{
  return run_with (fixture, json, HEARTH_RUN_REUSE_PURE, NULL, NULL);
}

static void
test_chain (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (Recorder) first = run (fixture, CHAIN ("x", "1"));
  g_autofree char *reason = g_strdup_printf ("a: reused, same as in the run of 1 January 1970, 00:00 (%s)\n",
                                             hearth_run_get_id (first->run));
  g_autoptr (Recorder) again = NULL;
  g_autoptr (Recorder) end = NULL;
  g_autoptr (Recorder) begin = NULL;

  g_assert_cmpuint (fixture->cache->n_stored, ==, 3);
  g_assert_cmpstr (fixture->cache->run_id, ==, hearth_run_get_id (first->run));
  g_assert_cmpstr (first->notes->str, ==, "a: first run\nb: first run\nc: first run\n");

  again = run (fixture, CHAIN ("x", "1"));
  g_assert_cmpuint (engine_log.n_runs, ==, 0);
  g_assert_cmpstr (again->text->str, ==, first->text->str);
  g_assert_true (g_str_has_prefix (again->notes->str, reason));

  end = run (fixture, CHAIN ("x", "2"));
  g_assert_cmpuint (engine_log.n_runs, ==, 1);
  g_assert_nonnull (strstr (end->notes->str, "c: input “w” changed\n"));

  begin = run (fixture, CHAIN ("y", "2"));
  g_assert_cmpuint (engine_log.n_runs, ==, 3);
  g_assert_cmpstr (begin->notes->str, ==, "a: input “v” changed\nb: input “v” changed\nc: input “v” changed\n");
}

/* What comes out the same stops the wave. */
static void
test_early_cut (Fixture      *fixture,
                gconstpointer data)
{
#define CUT(take)                                                                                                      \
  W (T ("f", "pure-fork", V ("'v':'same','take':'" take "'")) "," T ("b", "count", ""), E ("1", "f", "x", "b", "v"))
  g_autoptr (Recorder) first = run (fixture, CUT ("x"));
  g_autoptr (Recorder) second = run (fixture, CUT ("xx"));

  g_assert_cmpuint (engine_log.n_runs, ==, 0);
  g_assert_nonnull (strstr (second->notes->str, "f: input “take” changed\nb: reused"));
}

static void
test_branch (Fixture      *fixture,
             gconstpointer data)
{
  const char *json = W (T ("f", "pure-fork", V ("'v':'go','take':'x'")) "," T ("b", "count", ""), E ("1", "f", "y", "b", "v"));
  g_autoptr (Recorder) first = run (fixture, json);
  g_autoptr (Recorder) second = run (fixture, json);

  g_assert_cmpint (hearth_run_get_step_state (second->run, "b"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpuint (fixture->cache->n_hits, ==, 1);
  g_assert_cmpstr (first->text->str, ==, second->text->str);
}

static void
test_config (Fixture      *fixture,
             gconstpointer data)
{
#define WITH(config) W (T ("a", "count", V ("'v':1") ",'configValues':{" config "}"), "")
  g_autoptr (Recorder) first = run (fixture, WITH ("'k':1"));
  g_autoptr (Recorder) policy = run (fixture, WITH ("'k':1,'_policy':{'timeoutMs':5000}"));
  g_autoptr (Recorder) changed = NULL;
  g_autoptr (Recorder) evicted = NULL;

  g_assert_cmpuint (engine_log.n_runs, ==, 0); /* how failures are met does not change a result */
  changed = run (fixture, WITH ("'k':2"));
  g_assert_cmpstr (changed->notes->str, ==, "a: configuration changed\n");
  memory_cache_forget (fixture->cache);
  evicted = run (fixture, WITH ("'k':2"));
  g_assert_cmpstr (evicted->notes->str, ==, "a: its earlier result was not kept\n");
}

/* What comes and goes is named, but for what only stands in for a result. */
static void
test_inputs (Fixture      *fixture,
             gconstpointer data)
{
#define FROM(type, edges) W (T ("s", type, V ("'v':'x'")) "," T ("a", "count", V ("'k':2")), edges)
  g_autoptr (Recorder) first = run (fixture, FROM ("count", E ("1", "s", "out", "a", "v") "," E ("2", "s", "out", "a", "extra")));
  g_autoptr (Recorder) less = run (fixture, FROM ("count", E ("1", "s", "out", "a", "v")));
  g_autoptr (Recorder) fallback = NULL;

  g_assert_nonnull (strstr (less->notes->str, "a: input “extra” changed\n"));
  fallback = run (fixture, FROM ("count", E ("1", "s", "out", "a", "v") "," E ("2", "s", "out", "a", "_fallback")));
  g_assert_cmpuint (engine_log.n_runs, ==, 0);
}

static void
test_modes (Fixture      *fixture,
            gconstpointer data)
{
  const char *json = W (T ("o", "outside", V ("'v':1")) "," T ("p", "count", ""), E ("1", "o", "out", "p", "v"));
  g_autoptr (Recorder) first = run (fixture, json);
  g_autoptr (Recorder) pure = run (fixture, json);
  g_autoptr (Recorder) all = NULL;
  g_autoptr (Recorder) nothing = NULL;

  g_assert_cmpuint (engine_log.n_runs, ==, 1);
  g_assert_nonnull (strstr (pure->notes->str, "o: depends on something outside\n"));
  all = run_with (fixture, json, HEARTH_RUN_REUSE_ALL, NULL, NULL);
  g_assert_cmpuint (engine_log.n_runs, ==, 0);
  nothing = run_with (fixture, json, HEARTH_RUN_REUSE_NOTHING, NULL, NULL);
  g_assert_cmpuint (engine_log.n_runs, ==, 2);
  g_assert_cmpstr (nothing->notes->str, ==, "o: asked to run anew\np: asked to run anew\n");
}

static void
test_anew (Fixture      *fixture,
           gconstpointer data)
{
  const char *const ids[] = { "b", NULL };
  g_autoptr (Recorder) first = run (fixture, CHAIN ("x", "1"));
  g_autoptr (Recorder) again = run_with (fixture, CHAIN ("x", "1"), HEARTH_RUN_REUSE_PURE, ids, NULL);

  g_assert_cmpuint (engine_log.n_runs, ==, 2);
  g_assert_nonnull (strstr (again->notes->str, "\nb: asked to run anew\nc: asked to run anew\n"));
}

/* Failures and what stood in for them are not kept; streams and effects are not reused. */
static void
test_not_kept (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (Recorder) r = run (
      fixture, W (T ("t", "text", V ("'v':1")) "," T ("s", "source", V ("'count':2,'text':'w'")) "," T ("r", "relay", ""),
                  E ("1", "s", "stream_output", "r", "in")));

  g_assert_cmpuint (fixture->cache->n_stored, ==, 0);
  g_assert_cmpuint (fixture->cache->n_misses, ==, 0);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

static void
test_multi (Fixture      *fixture,
            gconstpointer data)
{
#define MULTI(a, b)                                                                                                    \
  W (T ("a", "count", V ("'v':'" a "'")) "," T ("b", "count", V ("'v':'" b "'")) "," T ("m", "count-list", ""),       \
     E ("1", "a", "out", "m", "v__0") "," E ("2", "b", "out", "m", "v__1"))
  g_autoptr (Recorder) first = run (fixture, MULTI ("1", "2"));
  g_autoptr (Recorder) swapped = run (fixture, MULTI ("2", "1"));

  g_assert_cmpuint (engine_log.n_runs, ==, 1); /* a and b changed places, m sees the other one */
  g_assert_nonnull (strstr (swapped->notes->str, "m: input “v” changed\n"));
}

/* Inner nodes of called workflows are reused one by one. */
static void
test_calls (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "e", WI ("e", I ("v", "STRING", ""), I ("o", "STRING", ""),
               N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", "") "," T ("t", "count", ""),
               E ("1", "gi", "v", "t", "v") "," E ("2", "t", "out", "go", "o")), NULL);
  const char *json = W (T ("c", "call", V ("'v':'hi'") ",'configValues':{'referencedWorkflowId':'e'}"), "");
  g_autoptr (Recorder) first = run_with (fixture, json, HEARTH_RUN_REUSE_PURE, NULL, groups);
  g_autoptr (Recorder) second = run_with (fixture, json, HEARTH_RUN_REUSE_PURE, NULL, groups);

  g_assert_cmpuint (engine_log.n_runs, ==, 0);
  g_assert_cmpuint (fixture->cache->n_hits, ==, 2);
  g_assert_nonnull (strstr (second->notes->str, "c/0/t: reused"));
}

static HearthResultKey
hash_json (const char *json)
{
  g_autofree char *text = g_strdup (json);
  g_autoptr (HearthValue) value = hearth_json_parse (g_strdelimit (text, "'", '"'), -1, NULL);
  g_autoptr (GByteArray) hash = hearth_hash_input_new ();

  g_assert_nonnull (value);
  hearth_hash_add_value (hash, value);
  return hearth_hash_finish (hash);
}

/* What was made with the time or with chance is made again; what could have been is not. */
static void
test_once (Fixture      *fixture,
           gconstpointer data)
{
#define ONCE(v) W (T ("a", "once", V ("'v':" v)) "," T ("b", "once", V ("'v':" v)), "")
  g_autoptr (Recorder) first = run (fixture, ONCE ("true"));
  g_autoptr (Recorder) second = run (fixture, ONCE ("true"));
  g_autoptr (Recorder) without = run (fixture, ONCE ("false"));
  g_autoptr (Recorder) again = NULL;
  const char *one = hearth_value_get_member_string (hearth_run_get_step_output (first->run, "a"), "seed", "");
  const char *other = hearth_value_get_member_string (hearth_run_get_step_output (second->run, "a"), "seed", "");
  const char *node = hearth_value_get_member_string (hearth_run_get_step_output (first->run, "b"), "seed", "");

  g_assert_cmpstr (second->notes->str, ==, "a: its earlier result was not kept\nb: its earlier result was not kept\n");
  g_assert_cmpuint (fixture->cache->n_stored, ==, 2);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, !=, node);
  g_assert_cmpint (hearth_value_get_member_integer (hearth_run_get_step_output (first->run, "a"), "time", 0), >, 0);

  again = run (fixture, ONCE ("false"));
  g_assert_nonnull (strstr (again->notes->str, "a: reused"));
}

static void
test_hash (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const different[] = { "null", "false", "true", "0", "-0.0", "1", "1.5", "'1'", "''", "[]", "{}", "[1]", "[[1]]",
                                           "[1,null]", "{'a':1}", "{'a':1,'b':2}", "{'b':2,'a':1}", "{'a':'1'}", "['a',1]",
                                           "123456789012345678901234567890", "'ab'", "['a','b']", "['ab','']" };
  HearthResultKey one = hash_json ("1"), same = hash_json ("1.0");

  g_assert_true (one.low == same.low && one.high == same.high);
  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    for (guint j = 0; j < i; j++)
      {
        HearthResultKey a = hash_json (different[i]), b = hash_json (different[j]);

        g_assert_false (a.low == b.low && a.high == b.high);
      }
}

/* --- outputs ----------------------------------------------------------------------- */

static void
test_let_go (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (HearthPlan) plan = engine_plan (
      WI ("w", "", I ("o", "STRING", ""),
          T ("a", "text", V ("'v':'x'")) "," T ("b", "text", "") "," T ("c", "slow", V ("'ms':30")) ","
          N ("go", "core:GroupOutput", ""),
          E ("1", "a", "out", "b", "v") "," E ("2", "b", "out", "c", "v") "," E ("3", "b", "out", "go", "o")));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_start (r->run);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_step_state (r->run, "c"), ==, HEARTH_STEP_RUNNING);
  g_assert_null (hearth_run_get_step_output (r->run, "a"));
  g_assert_nonnull (hearth_run_get_step_output (r->run, "b")); /* the workflow's own output */
  recorder_run (r);
  g_assert_null (hearth_run_get_step_output (r->run, "b"));
  g_assert_cmpint (recorder_find (r, "OUTPUTS {\"o\":\"x\"}"), >=, 0);
}

static void
test_keep (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (Recorder) r = record_workflow (CHAIN ("x", "1"));

  g_assert_nonnull (hearth_run_get_step_output (r->run, "a"));
}

/* --- files ---------------------------------------------------------------------------------- */

static char *
read_files (Fixture    *fixture,
            const char *path,
            const char *states)
{
  g_autofree char *json = g_strdup_printf ("{'nodes':[{'id':'r','type':'test:file-reader','configValues':{'file':'%s'}}],'edges':[]}", path);
  g_autoptr (HearthValue) value = states != NULL ? hearth_json_parse (states, -1, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);
  g_auto (GStrv) files = hearth_plan_list_files (plan);
  g_autoptr (Recorder) recorder = recorder_new (hearth_run_new (plan, NULL));

  g_assert_no_error (error);
  g_assert_cmpstr (files[0], ==, *path != '\0' ? path : NULL);
  hearth_run_set_cache (recorder->run, HEARTH_RESULT_CACHE (fixture->cache), HEARTH_RUN_REUSE_PURE);
  if (value != NULL)
    hearth_run_set_file_states (recorder->run, value);
  recorder_run (recorder);
  return g_strdup (strstr (recorder->notes->str, "reused") != NULL ? "reused" : recorder->notes->str);
}

static void
test_files (Fixture      *fixture,
            gconstpointer data)
{
  static const struct { const char *path, *states, *why; } runs[] = {
    { "a.json", "{\"a.json\":\"1\"}", "r: first run\n" },
    { "a.json", "{\"a.json\":\"1\"}", "reused" },
    { "a.json", "{\"a.json\":\"2\"}", "r: the file “a.json” changed\n" },
    { "a.json", "{\"a.json\":\"none\"}", "r: the file “a.json” changed\n" },
    { "a.json", "{\"a.json\":\"2\",\"b.json\":\"7\"}", "reused" },
    { "a.json", NULL, "r: depends on something outside\n" },
    { "a.json", "{\"b.json\":\"2\"}", "r: depends on something outside\n" },
    { "b.json", "{\"b.json\":\"2\"}", "r: configuration changed\n" },
    { "", NULL, "r: configuration changed\n" },
    { "", NULL, "reused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *why = read_files (fixture, runs[i].path, runs[i].states);

      g_test_message ("run %u", i);
      g_assert_cmpstr (why, ==, runs[i].why);
    }
}

#define ADD(name, func) g_test_add ("/reuse/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("chain", test_chain);
  ADD ("early-cut", test_early_cut);
  ADD ("branch", test_branch);
  ADD ("config", test_config);
  ADD ("inputs", test_inputs);
  ADD ("modes", test_modes);
  ADD ("anew", test_anew);
  ADD ("not-kept", test_not_kept);
  ADD ("multi", test_multi);
  ADD ("calls", test_calls);
  ADD ("once", test_once);
  ADD ("hash", test_hash);
  ADD ("files", test_files);
  ADD ("let-go", test_let_go);
  ADD ("keep", test_keep);

  return g_test_run ();
}

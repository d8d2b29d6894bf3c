/* test-reuse-streams.c: the result of a node that streams is kept and told again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"
#include "memory-cache.h"

#include "hearth-json.h"

#include <string.h>

#define T(id, type, more) N (id, "test:" type, more)
#define GO N ("go", "core:GroupOutput", "")
#define TEXT(t) "{\"type\":\"text_chunk\",\"content\":\"" t "\"}"
#define FIN "{\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last\n"
#define STOP "{\"type\":\"finish_reason_chunk\",\"content\":\"stop\"}"

/* --- a node that streams, as fast as it may ------------------------------------------------ */

typedef struct
{
  gint64   sent, count, size;
  gboolean numbered; /* chunks with a member of their own, which cannot be told as one */
} Talk;

static guint n_started;

static gint64
get_integer (HearthStep *step,
             const char *key)
{
  HearthValue *value = hearth_step_get_input (step, key);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : 0;
}

static HearthValue *
make_chunk (Talk *talk)
{
  g_autofree char *text = talk->size > 0 ? g_strnfill (talk->size, 'a' + talk->sent % 26)
                                         : g_strdup_printf ("%d ", (int) talk->sent);

  if (!talk->numbered)
    return hearth_chunk_new_text (text);
  return hearth_value_object ("type", hearth_value_string ("text_chunk"), "content", hearth_value_string (text), "number",
                              hearth_value_integer (talk->sent), NULL);
}

static void
talk_on (HearthStep *step)
{
  Talk *talk = hearth_step_get_data (step);

  while (talk->sent < talk->count)
    {
      HearthValue *chunk = make_chunk (talk);

      talk->sent++;
      if (!hearth_step_yield (step, chunk) && talk->sent < talk->count)
        return;
    }
  hearth_step_yield (step, hearth_chunk_new_finish ("stop"));
  hearth_step_set_output (step, "n", hearth_value_integer (talk->count));
  hearth_step_complete (step);
}

static void
talk_start (HearthStep *step)
{
  Talk *talk = g_new0 (Talk, 1);

  n_started++;
  talk->count = get_integer (step, "count");
  talk->size = get_integer (step, "size");
  talk->numbered = get_integer (step, "numbered") != 0;
  hearth_step_set_data (step, talk, g_free);
  if (n_started <= get_integer (step, "fails"))
    hearth_step_fail (step, hearth_error_new_class ("network", 0, "not yet"));
  else
    talk_on (step);
}

static void
deaf_cb (HearthStep *step,
         gpointer    user_data)
{
  hearth_step_complete (step);
}

/* Reads nothing until it is cancelled. */
static void
deaf_start (HearthStep *step)
{
  hearth_step_add_timeout (step, G_MAXINT, deaf_cb, NULL);
}

#define SLOT(key_, type_, ...) { .key = key_, .type = HEARTH_DATA_##type_, __VA_ARGS__ }
#define SLOTS(...) ((const HearthSlotDecl[]) { __VA_ARGS__, { 0 } })
#define NODE(name_, ...)                                                                                               \
  { .type = name_, .space = "test", .category = "t", .name = name_, .title = name_, .description = name_, .version = 1, \
    __VA_ARGS__ }

static const HearthNodeDecl decls[] = {
  NODE ("talk", .inputs = SLOTS (SLOT ("count", INTEGER), SLOT ("size", INTEGER), SLOT ("numbered", INTEGER), SLOT ("fails", INTEGER)),
        .outputs = SLOTS (SLOT ("s", STRING, .flags = HEARTH_SLOT_STREAM), SLOT ("n", INTEGER)), .start = talk_start,
        .resume = talk_on, .reuse = HEARTH_REUSE_OUTSIDE),
  NODE ("deaf", .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM)), .outputs = SLOTS (SLOT ("out", STRING)),
        .start = deaf_start),
};

/* --- runs ---------------------------------------------------------------------------------- */

typedef struct
{
  MemoryCache *cache;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->cache = memory_cache_new ();
  n_started = 0;
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->cache);
}

static Recorder *
prepare (Fixture       *fixture,
         const char    *json,
         HearthRunReuse reuse,
         GHashTable    *groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  Recorder *recorder;

  g_assert_no_error (error);
  recorder = recorder_new (hearth_run_new (plan, NULL));
  hearth_run_set_cache (recorder->run, HEARTH_RESULT_CACHE (fixture->cache), reuse);
  hearth_run_set_keep_outputs (recorder->run, TRUE);
  engine_nodes_reset ();
  return recorder;
}

static Recorder *
run (Fixture       *fixture,
     const char    *json,
     HearthRunReuse reuse)
{
  Recorder *recorder = prepare (fixture, json, reuse, NULL);

  recorder_run (recorder);
  return recorder;
}

static const char *
member (Recorder   *recorder,
        const char *id,
        const char *key)
{
  return hearth_value_get_member_string (hearth_run_get_step_output (recorder->run, id), key, NULL);
}

/* Everybody who hears of the stream gets all of its text: observers, the interface, readers, plain slots. */
static void
test_told_again (Fixture      *fixture,
                 gconstpointer data)
{
  const char *json = WI ("wf", "", I ("s", "STRING", ",'isStream':true"),
                         T ("src", "talk", V ("'count':3")) "," T ("end", "reader", "") "," T ("t", "text", "") "," GO,
                         E ("1", "src", "s", "go", "s") "," E ("2", "src", "s", "end", "in") "," E ("3", "src", "s", "t", "v"));
  g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_PURE);
  g_autoptr (Recorder) again = run (fixture, json, HEARTH_RUN_REUSE_ALL);

  g_assert_cmpuint (n_started, ==, 1);
  g_assert_nonnull (strstr (first->text->str, "YIELD src " TEXT ("0 ") "\n"));
  g_assert_nonnull (strstr (again->notes->str, "src: reused, same as in the run of "));
  g_assert_true (g_str_has_prefix (again->text->str, "running\nEXECUTING src\nYIELD src " TEXT ("0 1 2 ") "\nIYIELD s () " TEXT ("0 1 2 ") "\n"));
  g_assert_nonnull (strstr (again->text->str, "YIELD src " STOP " last\nIYIELD s () " STOP "\nCOMPLETE src {\"n\":3}\nIYIELD s () " FIN));
  g_assert_cmpstr (member (again, "end", "text"), ==, "0 1 2 ");
  g_assert_cmpstr (member (again, "t", "out"), ==, "0 1 2 ");
  g_assert_cmpint (recorder_find (again, "OUTPUTS {\"s\":\"0 1 2 \"}"), >=, 0);
}

static void
test_modes (Fixture      *fixture,
            gconstpointer data)
{
  const char *json = W (T ("src", "talk", V ("'count':3")), "");
  g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_NOTHING);
  g_autoptr (Recorder) pure = run (fixture, json, HEARTH_RUN_REUSE_PURE);
  g_autoptr (Recorder) all = run (fixture, json, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) changed = run (fixture, W (T ("src", "talk", V ("'count':4")), ""), HEARTH_RUN_REUSE_ALL);

  g_assert_cmpuint (n_started, ==, 3);
  g_assert_cmpstr (first->notes->str, ==, "src: asked to run anew\n");
  g_assert_cmpstr (pure->notes->str, ==, "src: depends on something outside\n");
  g_assert_cmpstr (changed->notes->str, ==, "src: input “count” changed\n");
}

/* Through the wall of a group, to who reads the instance's output. */
static void
test_group (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "g", WI ("g", "", I ("o", "STRING", ",'isStream':true"), T ("src", "talk", V ("'count':3")) "," GO, E ("1", "src", "s", "go", "o")),
      NULL);
  const char *json = W (N ("g", "core:NodeGroup", ",'configValues':{'referencedWorkflowId':'g'}") "," T ("end", "reader", ""),
                        E ("1", "g", "o", "end", "in"));

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Recorder) r = prepare (fixture, json, HEARTH_RUN_REUSE_ALL, groups);

      recorder_run (r);
      g_assert_cmpuint (n_started, ==, 1);
      g_assert_cmpint (recorder_find (r, "COMPLETE g {\"o\":\"0 1 2 \"}"), >=, 0);
      g_assert_cmpstr (member (r, "end", "text"), ==, "0 1 2 ");
    }
}

/* --- much -------------------------------------------------------------------------------------- */

typedef struct
{
  guint n_yields, max_waiting;
} Waiting;

static void
count_waiting_cb (const HearthRunEvent *event,
                  gpointer              user_data)
{
  Waiting *waiting = user_data;

  if (event->kind != HEARTH_EVENT_NODE_YIELD || g_strcmp0 (event->node_id, "src") != 0 || event->last)
    return;
  waiting->n_yields++;
  waiting->max_waiting = MAX (waiting->max_waiting, waiting->n_yields - engine_log.n_read);
}

static void
test_slow_reader (Fixture      *fixture,
                  gconstpointer data)
{
  const char *json = W (T ("src", "talk", V ("'count':1000,'numbered':1")) "," T ("end", "reader", V ("'every':3")),
                        E ("1", "src", "s", "end", "in"));
  g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) again = prepare (fixture, json, HEARTH_RUN_REUSE_ALL, NULL);
  Waiting waiting = { 0, 0 };

  hearth_run_add_observer (again->run, count_waiting_cb, &waiting, NULL);
  recorder_run (again);
  g_assert_cmpuint (n_started, ==, 1);
  g_assert_cmpuint (waiting.n_yields, ==, 1000);
  g_assert_cmpuint (waiting.max_waiting, <=, HEARTH_STREAM_QUEUE_LENGTH + 1);
  g_assert_cmpstr (member (again, "end", "text"), ==, member (first, "end", "text"));
  g_assert_true (g_str_has_suffix (member (again, "end", "text"), " 998 999 "));
}

static void
look_at_size_cb (const HearthRunEvent *event,
                 gpointer              user_data)
{
  const char *text = event->kind == HEARTH_EVENT_NODE_YIELD ? hearth_chunk_get_text (event->value) : NULL;
  gsize *longest = user_data;

  if (text)
    *longest = MAX (*longest, strlen (text));
}

/* A long text comes in pieces that the main loop can tell in no time. */
static void
test_long_text (Fixture      *fixture,
                gconstpointer data)
{
  const char *json = W (T ("src", "talk", V ("'count':2000,'size':1000")) "," T ("t", "text", ""), E ("1", "src", "s", "t", "v"));
  g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) again = prepare (fixture, json, HEARTH_RUN_REUSE_ALL, NULL);
  gsize longest = 0;

  hearth_run_add_observer (again->run, look_at_size_cb, &longest, NULL);
  recorder_run (again);
  g_assert_cmpuint (n_started, ==, 1);
  g_assert_cmpuint (longest, ==, 16000);
  g_assert_cmpuint (again->lines->len, <, 150);
  g_assert_cmpuint (strlen (member (first, "t", "out")), ==, 2000000);
  g_assert_cmpstr (member (again, "t", "out"), ==, member (first, "t", "out"));
}

static void
test_too_long (Fixture      *fixture,
               gconstpointer data)
{
  const char *kinds[] = { "'count':100,'size':1000", "'count':1000,'numbered':1" };

  fixture->cache->max_bytes = 50000;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'nodes':[{'id':'src','type':'test:talk','inputValues':{%s}}],'edges':[]}", kinds[i]);
      g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_ALL);
      g_autoptr (Recorder) again = run (fixture, json, HEARTH_RUN_REUSE_ALL);

      g_assert_cmpuint (n_started, ==, 2 * (i + 1));
      g_assert_cmpuint (fixture->cache->n_stored, ==, 0);
      g_assert_cmpstr (again->notes->str, ==, "src: its earlier result was not kept\n");
    }
}

/* --- what is kept ---------------------------------------------------------------------------- */

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  const char *json = W (T ("src", "talk", V ("'count':1000,'numbered':1")) "," T ("end", "deaf", ""), E ("1", "src", "s", "end", "in"));
  g_autoptr (Recorder) first = run (fixture, W (T ("src", "talk", V ("'count':1000,'numbered':1")), ""), HEARTH_RUN_REUSE_ALL);

  /* Inside the event of a chunk, and when the stream is held up. */
  for (int at = 10; at <= 1000; at += 990)
    {
      g_autoptr (Recorder) r = prepare (fixture, json, HEARTH_RUN_REUSE_ALL, NULL);

      r->cancel_at = at;
      hearth_run_start (r->run);
      iterate_idle ();
      if (at == 1000)
        {
          g_assert_cmpint (recorder_find (r, "COMPLETE src {\"n\":1000}"), ==, -1);
          g_assert_cmpuint (r->lines->len, ==, 3 + HEARTH_STREAM_QUEUE_LENGTH);
          hearth_run_cancel (r->run);
        }
      g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_INTERRUPTED); /* nobody had to wait for it */
      g_assert_cmpint (recorder_find (r, "ERROR src Execution interrupted by user."), >=, 0);
      g_assert_cmpuint (r->n_after, ==, 0);
    }
  g_assert_cmpuint (n_started, ==, 1);
}

/* The one who reads may have ended early, and the first try may have failed. */
static void
test_kept (Fixture      *fixture,
           gconstpointer data)
{
  const char *json = W (T ("src", "talk", V ("'count':3,'fails':1") ",'configValues':{'_policy':{'retry':{'count':1,'delayMs':0}}}") ","
                        T ("end", "lazy", ""), E ("1", "src", "s", "end", "in"));
  g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) again = run (fixture, json, HEARTH_RUN_REUSE_ALL);

  g_assert_nonnull (strstr (first->text->str, "RETRY src 2"));
  g_assert_cmpuint (n_started, ==, 2);
  g_assert_null (strstr (again->text->str, "RETRY"));
  g_assert_cmpint (recorder_find (again, "YIELD src " TEXT ("0 1 2 ")), >, 0);
}

static void
test_not_kept (Fixture      *fixture,
               gconstpointer data)
{
  const char *fails = W (T ("src", "talk", V ("'count':3,'fails':9")), "");
  const char *falls_back = W (T ("src", "talk", V ("'count':3,'fails':9") ",'configValues':{'_policy':{'onFailure':'value','value':{'s':'x'}}}"), "");
  g_autoptr (Recorder) failed = run (fixture, fails, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) fell_back = run (fixture, falls_back, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) cancelled = prepare (fixture, W (T ("src", "talk", V ("'count':3")), ""), HEARTH_RUN_REUSE_ALL, NULL);

  cancelled->cancel_at = 2;
  recorder_run (cancelled);
  g_assert_cmpint (hearth_run_get_status (failed->run), ==, HEARTH_RUN_ERROR);
  g_assert_cmpint (hearth_run_get_status (fell_back->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpint (hearth_run_get_status (cancelled->run), ==, HEARTH_RUN_INTERRUPTED);
  g_assert_cmpuint (fixture->cache->n_stored, ==, 0);
}

/* What somebody kept who knew nothing of chunks is no result of such a node. */
static void
test_without_chunks (Fixture      *fixture,
                     gconstpointer data)
{
  const char *json = W (T ("src", "talk", V ("'count':3")), "");
  g_autoptr (Recorder) first = run (fixture, json, HEARTH_RUN_REUSE_ALL);
  g_autoptr (Recorder) again = NULL;
  GHashTableIter iter;
  gpointer kept;

  g_hash_table_iter_init (&iter, fixture->cache->results);
  g_assert_true (g_hash_table_iter_next (&iter, NULL, &kept));
  g_hash_table_iter_replace (&iter, hearth_value_object ("outputs", hearth_value_object ("n", hearth_value_integer (3), NULL),
                                                         "promptId", hearth_value_string ("old"), NULL));
  again = run (fixture, json, HEARTH_RUN_REUSE_ALL);
  g_assert_cmpuint (n_started, ==, 2);
  g_assert_cmpstr (again->notes->str, ==, "src: its earlier result was not kept\n");
}

#define ADD(name, func) g_test_add ("/reuse-streams/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (decls); i++)
    hearth_catalog_add (engine_catalog (), &decls[i]);

  ADD ("told-again", test_told_again);
  ADD ("modes", test_modes);
  ADD ("group", test_group);
  ADD ("slow-reader", test_slow_reader);
  ADD ("long-text", test_long_text);
  ADD ("too-long", test_too_long);
  ADD ("cancel", test_cancel);
  ADD ("kept", test_kept);
  ADD ("not-kept", test_not_kept);
  ADD ("without-chunks", test_without_chunks);

  return g_test_run ();
}

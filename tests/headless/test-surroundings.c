/* test-surroundings.c: runs that are recorded and replayed while others go on beside them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "await.h"
#include "hearth-before-run.h"
#include "hearth-event-json.h"
#include "hearth-graph.h"
#include "hearth-json.h"
#include "hearth-llm-operations.h"
#include "hearth-operation.h"
#include "hearth-project-store.h"
#include "hearth-surroundings.h"
#include "peer.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  Peer peer;
  HearthWorkspace *workspace;
  char *path; /* of the recording */
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  temporary_set_up (&self->base, data);
  peer_start (&self->peer, NULL);
  self->workspace = hearth_workspace_new (self->base.path);
  self->path = g_build_filename (self->base.path, "cassette.jsonl", NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->workspace);
  if (self->peer.process != NULL)
    peer_stop (&self->peer);
  g_free (self->path);
  temporary_tear_down (&self->base, data);
}

static void
reopen (Fixture *self)
{
  g_assert_finalize_object (self->workspace);
  self->workspace = hearth_workspace_new (self->base.path);
}

/* --- runs ------------------------------------------------------------------------------------------------- */

/* One on its way, and what it told. */
typedef struct
{
  HearthSurroundings *surroundings;
  char *id;
  HearthRun *run;
  GString *told; /* lines of JSON */
  guint n_over;
} Told;

static void
told_clear (Told *self)
{
  g_clear_object (&self->surroundings);
  g_clear_object (&self->run);
  g_free (self->id);
  if (self->told != NULL)
    g_string_free (self->told, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Told *self = user_data;

  if (hearth_event_append_json (self->told, event))
    g_string_append_c (self->told, '\n');
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              Told        *self)
{
  if (self->run != NULL || g_strcmp0 (hearth_run_get_id (run), self->id) != 0)
    return;
  self->run = g_object_ref (run);
  hearth_run_add_observer (run, event_cb, self, NULL);
}

static void
over_cb (HearthSurroundings *surroundings,
         Told               *self)
{
  self->n_over++;
}

/* @surroundings: taken; or NULL. */
static void
start (Fixture            *self,
       Told               *told,
       const char         *text,
       HearthSurroundings *surroundings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) workflow = hearth_json_parse (text, -1, &error);
  g_autoptr (HearthGraph) graph = NULL;
  HearthRunRequest request = { .surroundings = surroundings };
  HearthEdit *edit;

  g_assert_no_error (error);
  graph = hearth_graph_new_from_value (hearth_workspace_get_catalog (self->workspace), workflow, &error);
  g_assert_no_error (error);
  edit = hearth_edit_new (graph, "Prepare");
  if (surroundings != NULL)
    hearth_surroundings_prepare (surroundings, edit, graph);
  else
    hearth_before_run_apply (edit, graph, hearth_chance_get_default ());
  hearth_edit_free (edit);
  request.graph = graph;
  told->told = g_string_new (NULL);
  told->surroundings = surroundings;
  if (surroundings != NULL)
    g_signal_connect (surroundings, "over", G_CALLBACK (over_cb), told);
  g_signal_connect (hearth_workspace_get_queue (self->workspace), "run-added", G_CALLBACK (run_added_cb), told);
  told->id = hearth_workspace_submit (self->workspace, &request);
}

static gboolean
is_final (Told *told)
{
  return told->run != NULL && hearth_run_status_is_final (hearth_run_get_status (told->run));
}

static void
finish (Fixture *self,
        Told    *told)
{
  AWAIT (is_final (told));
  if (told->surroundings != NULL)
    AWAIT (hearth_surroundings_is_over (told->surroundings));
  g_signal_handlers_disconnect_by_data (hearth_workspace_get_queue (self->workspace), told);
  g_assert_cmpuint (told->n_over, ==, told->surroundings != NULL);
}

static HearthSurroundings *
make_recorded (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HearthSurroundings *surroundings;

  hearth_workspace_record_async (self->workspace, self->path, NULL, await_cb, &result);
  AWAIT (result != NULL);
  surroundings = hearth_workspace_surroundings_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hearth_surroundings_get_kind (surroundings), ==, HEARTH_SURROUNDINGS_RECORDED);
  return surroundings;
}

static HearthSurroundings *
make_replayed (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HearthSurroundings *surroundings;

  hearth_workspace_replay_async (self->workspace, self->path, NULL, await_cb, &result);
  AWAIT (result != NULL);
  surroundings = hearth_workspace_surroundings_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hearth_surroundings_get_kind (surroundings), ==, HEARTH_SURROUNDINGS_REPLAYED);
  return surroundings;
}

#define NODE(id, type, inputs) \
  "{\"id\":\"" id "\",\"type\":\"core:" type "\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{" inputs "}}"
#define EDGE(a, out, b, in) \
  "{\"id\":\"" a b in "\",\"source\":\"" a "\",\"sourceHandle\":\"" out "\",\"target\":\"" b "\",\"targetHandle\":\"" in "\"}"
#define TEXT_OUT(key) "\"" key "\":{\"key\":\"" key "\",\"dataFlowType\":\"STRING\"}"

/* Asks the peer for @said, waits for an hour unless it is quick, and says a number by chance. */
static char *
make_workflow (Fixture    *self,
               const char *said,
               gboolean    is_quick)
{
  g_autofree char *url = self->peer.base != NULL ? g_strconcat (self->peer.base, "/play", NULL) : g_strdup ("http://nowhere.example/play");

  return g_strdup_printf (
      "{\"nodes\":[" NODE ("ask", "HttpRequest", "\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"steps\":[{\"send\":\"%s \"},{\"wait\":0.02},{\"send\":\"!\"}]}") ","
      NODE ("wait", "Delay", "\"milliseconds\":%d") "," NODE ("chance", "RandomNumber", "\"mode\":\"随机\",\"value\":0") ","
      NODE ("all", "TextMerge", "\"separator\":\"|\"") "," NODE ("regex", "ApplyRegex", "") ","
      NODE ("stream", "TextStream", "\"chunkSize\":1,\"delayMs\":%d") "," NODE ("out", "GroupOutput", "") "],"
      "\"edges\":[" EDGE ("ask", "text", "wait", "value") "," EDGE ("wait", "value", "all", "text_inputs") ","
      EDGE ("chance", "number", "all", "text_inputs") "," EDGE ("ask", "text", "regex", "text") ","
      EDGE ("ask", "text", "stream", "text") ","
      EDGE ("all", "merged_text", "out", "text") "],\"interfaceOutputs\":{" TEXT_OUT ("text") "}}",
      url, said, is_quick ? 1 : 3600 * 1000, is_quick ? 1 : 60 * 1000);
}

/* Its value waits for a person. */
#define ASKS "{\"nodes\":[" NODE ("person", "HumanInput", "\"prompt\":\"Well?\"") "],\"edges\":[]}"

static void
assert_complete (Told *told)
{
  g_assert_cmpint (hearth_run_get_status (told->run), ==, HEARTH_RUN_COMPLETE);
}

static const char *
get_text (Told *told)
{
  return hearth_value_get_member_string (hearth_run_get_outputs (told->run), "text", "");
}

static char *
read_recording (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (self->path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static guint
count (const char *text,
       const char *part)
{
  g_auto (GStrv) parts = g_strsplit (text, part, -1);

  return g_strv_length (parts) - 1;
}

/* As it runs when it waits for a moment only. */
static void
record (Fixture    *self,
        const char *workflow)
{
  g_auto (Told) told = { 0 };

  start (self, &told, workflow, make_recorded (self));
  finish (self, &told);
  assert_complete (&told);
  g_assert_no_error (hearth_surroundings_get_error (told.surroundings));
}

/* Goes up by one before each run. */
static char *
make_counter (guint from)
{
  return g_strdup_printf (
      "{\"nodes\":[" NODE ("count", "RandomNumber", "\"mode\":\"增加\",\"value\":%u") ","
      NODE ("one", "TextMerge", "\"separator\":\"\"") "," NODE ("out", "GroupOutput", "") "],"
      "\"edges\":[" EDGE ("count", "number", "one", "text_inputs") "," EDGE ("one", "merged_text", "out", "text") "],"
      "\"interfaceOutputs\":{" TEXT_OUT ("text") "}}", from);
}

static void
open_workspace (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hearth_workspace_open_async (self->workspace, FALSE, NULL, await_cb, &result);
  AWAIT (result != NULL);
  hearth_workspace_open_finish (self->workspace, result, &error);
  g_assert_no_error (error);
}

static HearthValue *
ask (Fixture               *self,
     const HearthOperation *operation,
     HearthValue           *arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HearthValue *answer;

  hearth_workspace_perform (self->workspace, operation, arguments, NULL, await_cb, &result);
  AWAIT (result != NULL);
  answer = hearth_workspace_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  return answer;
}

/* --- tests -------------------------------------------------------------------------------------------------- */

/* What another run asks meanwhile is not in the recording, and the other's chance is not that of the one. */
static void
test_recorded_beside_live (Fixture      *self,
                           gconstpointer data)
{
  g_autofree char *workflow = make_workflow (self, "mine", TRUE);
  g_autofree char *others = make_workflow (self, "other", TRUE);
  g_autofree char *recording = NULL;
  g_auto (Told) one = { 0 }, live = { 0 }, again = { 0 };
  GStatBuf status;

  start (self, &one, workflow, make_recorded (self));
  start (self, &live, others, NULL);
  finish (self, &one);
  finish (self, &live);
  assert_complete (&one);
  assert_complete (&live);
  g_assert_cmpuint (hearth_surroundings_get_n_calls (one.surroundings), ==, 1);
  recording = read_recording (self);
  g_assert_cmpuint (count (recording, "\n"), ==, 3);
  g_assert_cmpuint (count (recording, "\"request\""), ==, 1);
  g_assert_nonnull (strstr (recording, "mine"));
  g_assert_null (strstr (recording, "other"));
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 077, ==, 0);

  peer_stop (&self->peer);
  start (self, &again, workflow, make_replayed (self));
  finish (self, &again);
  assert_complete (&again);
  g_assert_cmpstr (get_text (&again), ==, get_text (&one));
  g_assert_true (g_str_has_prefix (get_text (&one), "mine !|"));
  g_assert_cmpstr (get_text (&live), !=, get_text (&one));
}

/* Time flies for the one, while the other waits for its owner and a third one really waits. */
static void
test_replayed_beside_live (Fixture      *self,
                           gconstpointer data)
{
  g_autofree char *quick = make_workflow (self, "mine", TRUE);
  g_autofree char *slow = make_workflow (self, "mine", FALSE);
  g_autofree char *others = make_workflow (self, "other", TRUE);
  g_auto (Told) asks = { 0 }, one = { 0 }, two = { 0 }, live = { 0 };
  gint64 began_us = g_get_monotonic_time ();

  record (self, quick);
  start (self, &asks, ASKS, NULL);
  start (self, &one, slow, make_replayed (self));
  start (self, &live, others, NULL);
  start (self, &two, slow, make_replayed (self));
  finish (self, &one);
  finish (self, &two);
  finish (self, &live);
  assert_complete (&one);
  assert_complete (&two);
  assert_complete (&live);
  g_assert_cmpfloat (hearth_run_get_duration_ms (one.run), >=, 3600 * 1000);
  g_assert_cmpfloat (hearth_run_get_duration_ms (one.run), ==, hearth_run_get_duration_ms (two.run));
  g_assert_cmpfloat (hearth_run_get_duration_ms (live.run), <=, (double) (g_get_monotonic_time () - began_us) / 1000);
  g_assert_true (g_str_has_prefix (get_text (&live), "other !|"));
  g_assert_cmpstr (get_text (&one), ==, get_text (&two));
  g_assert_cmpstr (one.id, !=, two.id); /* two runs that are remembered at the same time */
  g_assert_cmpint (hearth_run_get_status (asks.run), ==, HEARTH_RUN_RUNNING);
  hearth_workspace_cancel (self->workspace, asks.id);
  finish (self, &asks);
}

/* Also with calls of others between, and whatever ran before in the same program. */
static void
test_same_bytes (Fixture      *self,
                 gconstpointer data)
{
  g_autofree char *quick = make_workflow (self, "mine", TRUE);
  g_autofree char *slow = make_workflow (self, "mine", FALSE);
  g_autofree char *others = make_workflow (self, "other", TRUE);
  g_autofree char *first = NULL;

  record (self, quick);
  for (guint i = 0; i < 3; i++)
    {
      g_auto (Told) told = { 0 }, live = { 0 };

      reopen (self);
      if (i == 1)
        start (self, &live, others, NULL);
      start (self, &told, slow, make_replayed (self));
      finish (self, &told);
      assert_complete (&told);
      if (i == 1)
        finish (self, &live);
      if (first == NULL)
        first = g_strdup (told.told->str);
      g_assert_cmpstr (told.told->str, ==, first);
    }
  g_assert_cmpuint (count (first, "\n"), >, 10);
}

/* Where a counter stood then, not where it stands now. */
static void
test_counter (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *then = make_counter (5);
  g_autofree char *now = make_counter (9);
  g_auto (Told) live = { 0 }, replayed = { 0 };

  record (self, then);
  start (self, &replayed, now, make_replayed (self));
  start (self, &live, now, NULL);
  finish (self, &replayed);
  finish (self, &live);
  g_assert_cmpstr (get_text (&replayed), ==, "6");
  g_assert_cmpstr (get_text (&live), ==, "10");
}

/* A call that is not in it fails, and no call of a replay ever leaves. */
static void
test_missing (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *workflow = make_workflow (self, "mine", TRUE);
  g_autofree char *changed = make_workflow (self, "yours", TRUE);
  g_auto (Told) told = { 0 };
  const char *problem;

  record (self, workflow);
  start (self, &told, changed, make_replayed (self));
  finish (self, &told);
  g_assert_cmpint (hearth_run_get_status (told.run), ==, HEARTH_RUN_ERROR);
  problem = hearth_run_get_step_error (told.run, "ask");
  g_assert_nonnull (strstr (problem, "The nearest is call 1"));
}

/* Of a channel, as ordinary runs know it. */
static gint64
get_failures (Fixture    *self,
              const char *channel_id)
{
  g_autoptr (HearthValue) arguments = hearth_value_object ("channelId", hearth_value_string (channel_id), NULL);
  g_autoptr (HearthValue) health = ask (self, &hearth_operation_read_channel_health, arguments);

  return hearth_value_get_member_integer (health, "failures", -1);
}

/* A channel that failed while it was recorded fails again in every replay, and is none the worse for it. */
static void
test_health (Fixture      *self,
             gconstpointer data)
{
  static const char workflow[] = "{\"nodes\":[" NODE ("ask", "SimpleCompletion", "\"model\":\"nobody\",\"prompt\":\"Hello\"") "],\"edges\":[]}";
  g_autoptr (HearthValue) arguments = hearth_json_parse (
      "{\"label\":\"Nobody\",\"baseUrl\":\"http://127.0.0.1:1/v1\",\"apiKey\":\"\",\"supportedModels\":[\"nobody\"]}", -1, NULL);
  g_autoptr (HearthValue) channel = NULL;
  g_autofree char *problem = NULL;
  g_auto (Told) live = { 0 };
  const char *id;

  open_workspace (self);
  channel = ask (self, &hearth_operation_create_channel, arguments);
  id = hearth_value_get_member_string (channel, "id", NULL);
  for (guint i = 0; i < 8; i++)
    {
      g_auto (Told) told = { 0 };

      start (self, &told, workflow, i == 0 ? make_recorded (self) : make_replayed (self));
      finish (self, &told);
      g_assert_cmpint (hearth_run_get_status (told.run), ==, HEARTH_RUN_ERROR);
      if (problem == NULL)
        problem = g_strdup (hearth_run_get_step_error (told.run, "ask"));
      g_assert_cmpstr (hearth_run_get_step_error (told.run, "ask"), ==, problem);
      g_assert_cmpint (get_failures (self, id), ==, 0);
    }
  g_assert_nonnull (strstr (problem, "127.0.0.1"));
  start (self, &live, workflow, NULL);
  finish (self, &live);
  g_assert_cmpint (get_failures (self, id), ==, 1);
}

static void
assert_refused (Fixture      *self,
                GAsyncResult *result,
                const char   *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_workspace_surroundings_finish (self->workspace, result, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (self->base.path, "none", "c.jsonl", NULL);
  g_autofree char *workflow = make_workflow (self, "mine", TRUE);
  g_autoptr (GAsyncResult) one = NULL, two = NULL, three = NULL, four = NULL;
  g_auto (Told) told = { 0 };

  hearth_workspace_record_async (self->workspace, nowhere, NULL, await_cb, &one);
  hearth_workspace_replay_async (self->workspace, nowhere, NULL, await_cb, &two);
  AWAIT (one != NULL && two != NULL);
  assert_refused (self, one, "cannot be written");
  assert_refused (self, two, "c.jsonl");
  g_file_set_contents (self->path, "{}", -1, NULL);
  hearth_workspace_replay_async (self->workspace, self->path, NULL, await_cb, &three);
  hearth_workspace_record_in_project_async (self->workspace, "nobody", "Title", NULL, await_cb, &four);
  AWAIT (three != NULL && four != NULL);
  assert_refused (self, three, "is no recording");
  assert_refused (self, four, "There is no project");

  /* A disk that is full is noticed later. */
  g_free (self->path);
  self->path = g_strdup ("/dev/full");
  start (self, &told, workflow, make_recorded (self));
  finish (self, &told);
  assert_complete (&told);
  g_assert_nonnull (strstr (hearth_surroundings_get_error (told.surroundings)->message, "cannot be written"));
}

/* A file of its own for each, whatever the workflow is called. */
static void
test_in_project (Fixture      *self,
                 gconstpointer data)
{
  static const char *const titles[] = { "Weather: Oslo/Paris", "Weather: Oslo/Paris", "", "天气" };
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (HearthValue) project = hearth_project_store_create (hearth_workspace_get_data_dir (self->workspace), "P", "d", NULL);
  g_autofree char *folder = g_build_filename (self->base.path, "userData", "default_user", "projects", "P", "recordings", NULL);

  g_assert_nonnull (project);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (HearthSurroundings) surroundings = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *parent = NULL;
      const char *path;

      hearth_workspace_record_in_project_async (self->workspace, "P", titles[i], NULL, await_cb, &result);
      AWAIT (result != NULL);
      surroundings = hearth_workspace_surroundings_finish (self->workspace, result, &error);
      g_assert_no_error (error);
      path = hearth_surroundings_get_path (surroundings);
      parent = g_path_get_dirname (path);
      g_assert_cmpstr (parent, ==, folder);
      g_assert_true (g_str_has_suffix (path, ".jsonl"));
      g_assert_true (g_hash_table_add (paths, g_strdup (path)));
    }
}

/* The workspace goes while a run is recorded: what there is, is on the disk. */
static void
test_closed (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *workflow = make_workflow (self, "mine", FALSE);
  g_autofree char *recording = NULL;
  g_auto (Told) told = { 0 };

  start (self, &told, workflow, make_recorded (self));
  AWAIT (told.run != NULL && hearth_run_get_step_state (told.run, "wait") == HEARTH_STEP_RUNNING);
  g_signal_handlers_disconnect_by_data (hearth_workspace_get_queue (self->workspace), &told);
  reopen (self);
  recording = read_recording (self);
  g_assert_cmpuint (count (recording, "\n"), ==, 3);
  AWAIT (is_final (&told));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name, function) g_test_add ("/surroundings/" name, Fixture, NULL, set_up, function, tear_down)
  TEST ("recorded-beside-live", test_recorded_beside_live);
  TEST ("replayed-beside-live", test_replayed_beside_live);
  TEST ("same-bytes", test_same_bytes);
  TEST ("counter", test_counter);
  TEST ("missing", test_missing);
  TEST ("health", test_health);
  TEST ("refused", test_refused);
  TEST ("in-project", test_in_project);
  TEST ("closed", test_closed);

  return g_test_run ();
}

/* test-window-recording.c: runs are recorded with the switch in the run menu, and replayed when nobody answers any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include <string.h>

#include <glib/gstdio.h>

#include "hearth-output-view.h"
#include "hearth-surroundings.h"
#include "peer.h"

static Peer peer;

/* A call, a moment, and a number by chance. */
static char *
make_workflow (void)
{
  return g_strdup_printf (
    "{\"name\":\"Weather\",\"nodes\":["
    "{\"id\":\"ask\",\"type\":\"core:HttpRequest\",\"position\":{\"x\":60,\"y\":80},\"inputValues\":"
    "{\"method\":\"POST\",\"url\":\"%s/play\",\"body\":{\"steps\":[{\"send\":\"It rains.\"}]}}},"
    "{\"id\":\"wait\",\"type\":\"core:Delay\",\"position\":{\"x\":420,\"y\":80},\"inputValues\":{\"milliseconds\":30}},"
    "{\"id\":\"chance\",\"type\":\"core:RandomNumber\",\"position\":{\"x\":60,\"y\":420},\"inputValues\":{\"mode\":\"随机\",\"value\":0}},"
    "{\"id\":\"out\",\"type\":\"core:GroupOutput\",\"position\":{\"x\":780,\"y\":80}}],"
    "\"edges\":[{\"id\":\"1\",\"source\":\"ask\",\"sourceHandle\":\"text\",\"target\":\"wait\",\"targetHandle\":\"value\"},"
    "{\"id\":\"2\",\"source\":\"wait\",\"sourceHandle\":\"value\",\"target\":\"out\",\"targetHandle\":\"text\"},"
    "{\"id\":\"3\",\"source\":\"chance\",\"sourceHandle\":\"number\",\"target\":\"out\",\"targetHandle\":\"number\"}],"
    "\"interfaceOutputs\":{\"text\":{\"key\":\"text\",\"dataFlowType\":\"STRING\"},"
    "\"number\":{\"key\":\"number\",\"dataFlowType\":\"INTEGER\"}}}", peer.base);
}

static HearthRun *
get_run (void)
{
  return hearth_run_log_get_run (session_get_log ());
}

static HearthSurroundings *
get_surroundings (void)
{
  return get_run () != NULL ? hearth_run_get_service (get_run (), HEARTH_TYPE_SURROUNDINGS) : NULL;
}

/* The run that was started since @before has ended, and so has its recording. */
static gboolean
is_over (HearthRun *before)
{
  return get_run () != NULL && get_run () != before && hearth_run_status_is_final (hearth_run_get_status (get_run ()))
         && (hearth_surroundings_get_path (get_surroundings ()) == NULL || hearth_surroundings_is_over (get_surroundings ()));
}

static GtkWidget *
get_output_part (const char *name)
{
  return session_get_part (GTK_WIDGET (session.window), HEARTH_TYPE_OUTPUT_VIEW, name);
}

static const char *
get_recording_text (void)
{
  return gtk_widget_get_visible (get_output_part ("recording")) ? gtk_label_get_label (GTK_LABEL (get_output_part ("recording_label"))) : "";
}

static gboolean
says (const char *part)
{
  return strstr (gtk_label_get_label (session.window->status), part) != NULL;
}

static char *
get_outputs (void)
{
  g_autofree char *text = hearth_run_log_dup_output (session_get_log (), "text");
  g_autofree char *number = hearth_run_log_dup_output (session_get_log (), "number");

  return g_strdup_printf ("%s %s", text, number);
}

static void
set_recording (gboolean records)
{
  g_action_group_change_action_state (G_ACTION_GROUP (session.window), "record-calls", g_variant_new_boolean (records));
}

static char *recorded;      /* what came out of it */
static char *recorded_path;

/* Off, a run is as always; on, the button says so, and the calls of the run stand in a file that only its owner can read. */
static void
test_record (void)
{
  g_autofree char *workflow = make_workflow ();
  g_autofree char *folder = NULL;
  g_autoptr (HearthRun) plain = NULL;
  GStatBuf status;

  wait_until (session_get_document () != NULL);
  session_import ("Weather", workflow);
  g_assert_cmpstr (gtk_label_get_label (session.window->run_label), ==, "Run");
  session_activate ("run");
  wait_until (is_over (NULL));
  plain = g_object_ref (get_run ());
  g_assert_cmpstr (get_recording_text (), ==, "");

  set_recording (TRUE);
  g_assert_cmpstr (gtk_label_get_label (session.window->run_label), ==, "Record");
  session_activate ("run");
  session_activate ("run"); /* pressed twice, it is run once */
  wait_until (is_over (plain));
  g_assert_cmpint (hearth_run_get_status (get_run ()), ==, HEARTH_RUN_COMPLETE);
  wait_until (says ("1 call recorded"));
  recorded = get_outputs ();
  g_assert_true (g_str_has_prefix (recorded, "It rains. "));
  recorded_path = g_strdup (hearth_surroundings_get_path (get_surroundings ()));
  folder = hearth_workspace_dup_recordings (session.window->workspace, session.window->project_id);
  g_assert_true (g_str_has_prefix (recorded_path, folder));
  g_assert_nonnull (strstr (recorded_path, "Weather"));
  g_assert_cmpint (g_stat (recorded_path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 077, ==, 0);
  g_assert_true (g_str_has_prefix (get_recording_text (), "1 call is recorded in “Weather "));
  set_recording (FALSE);
  g_assert_cmpstr (gtk_label_get_label (session.window->run_label), ==, "Run");
}

static void
assert_replayed (HearthRun *before)
{
  g_autofree char *outputs = NULL;

  wait_until (is_over (before));
  outputs = get_outputs ();
  g_assert_cmpint (hearth_run_get_status (get_run ()), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (outputs, ==, recorded);
  g_assert_true (says ("replayed"));
  g_assert_true (g_str_has_prefix (get_recording_text (), "No call left: 1 answer comes from “Weather "));
}

/* That the workflow has, for the next run. */
static gint64
get_number (void)
{
  return hearth_value_get_member_integer (hearth_graph_get_node (session_get_graph (), "chance")->inputs, "value", 0);
}

/* With its button below the outputs, when the service is gone; what is open does not change by it. */
static void
test_replay (void)
{
  g_autoptr (HearthRun) before = g_object_ref (get_run ());
  g_autoptr (HearthRun) first = NULL;
  gint64 number = get_number ();

  peer_stop (&peer);
  g_assert_true (hearth_history_undo (hearth_document_get_history (session_get_document ())));
  g_assert_cmpint (get_number (), !=, number);
  number = get_number ();
  g_signal_emit_by_name (get_output_part ("replay_button"), "clicked");
  assert_replayed (before);
  g_assert_cmpint (get_number (), ==, number);
  first = g_object_ref (get_run ());
  g_assert_cmpstr (hearth_run_get_id (first), !=, hearth_run_get_id (before));
  g_action_group_activate_action (G_ACTION_GROUP (session.window), "replay-file", g_variant_new_string (recorded_path));
  assert_replayed (first);
}

/* What is no recording is told, and nothing runs. */
static void
test_wrong_file (void)
{
  g_autofree char *path = g_build_filename (session.data_dir, "no.jsonl", NULL);
  HearthRun *before = get_run ();

  g_file_set_contents (path, "{}", -1, NULL);
  g_action_group_activate_action (G_ACTION_GROUP (session.window), "replay-file", g_variant_new_string (path));
  wait_until (!session.window->is_preparing);
  session_settle (50);
  g_assert_true (get_run () == before);
  g_assert_true (session_is_enabled ("replay"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  peer_start (&peer, NULL);
  g_test_add_func ("/window-recording/record", test_record);
  g_test_add_func ("/window-recording/replay", test_replay);
  g_test_add_func ("/window-recording/wrong-file", test_wrong_file);
  status = g_test_run ();
  session_end ();
  g_free (recorded);
  g_free (recorded_path);
  return status;
}

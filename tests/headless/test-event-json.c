/* test-event-json.c: events and runs in the words of the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"
#include "hearth-event-json.h"
#include "hearth-json.h"

static HearthRun *
make_run (void)
{
  HearthRun *run = hearth_run_new_failed (g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE, "no"), NULL);

  hearth_run_set_id (run, "P");
  return run;
}

static HearthValue *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  HearthValue *value = hearth_json_parse (quoted, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
assert_event (HearthRunEvent event,
              const char    *wanted)
{
  g_autoptr (HearthRun) run = make_run ();
  g_autoptr (GString) out = g_string_new ("before");
  g_autofree char *text = g_strdelimit (g_strconcat ("before", wanted, NULL), "'", '"');

  event.run = run;
  g_assert_cmpint (hearth_event_append_json (out, &event), ==, wanted != NULL);
  g_assert_cmpstr (out->str, ==, text);
}

#define EVENT(...) ((HearthRunEvent){ __VA_ARGS__ })

static void
test_status (void)
{
  assert_event (EVENT (.kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_RUNNING),
                "{'type':'EXECUTION_STATUS_UPDATE','payload':{'promptId':'P','status':'running'}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_ERROR, .message = "a \"b\"\n"),
                "{'type':'EXECUTION_STATUS_UPDATE','payload':{'promptId':'P','status':'error',"
                "'errorInfo':{'message':'a \\'b\\'\\n'}}}");
  /* Only an error has one. */
  assert_event (EVENT (.kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_COMPLETE, .message = "x"),
                "{'type':'EXECUTION_STATUS_UPDATE','payload':{'promptId':'P','status':'complete'}}");
}

static void
test_node (void)
{
  g_autoptr (HearthValue) output = json ("{'out':[1,2.5,null]}");

  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "组/n\"1"),
                "{'type':'NODE_EXECUTING','payload':{'promptId':'P','nodeId':'组/n\\'1'}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n", .value = output),
                "{'type':'NODE_COMPLETE','payload':{'promptId':'P','nodeId':'n','output':{'out':[1,2.5,null]}}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n"),
                "{'type':'NODE_COMPLETE','payload':{'promptId':'P','nodeId':'n','output':{}}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_ERROR, .node_id = "n", .message = "boom"),
                "{'type':'NODE_ERROR','payload':{'promptId':'P','nodeId':'n','errorDetails':{'message':'boom'}}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_BYPASSED, .node_id = "n", .value = output),
                "{'type':'NODE_BYPASSED','payload':{'promptId':'P','nodeId':'n','pseudoOutputs':{'out':[1,2.5,null]}}}");
}

/* Members and messages of ours, which the web frontend passes over. */
static void
test_extras (void)
{
  g_autoptr (HearthValue) output = json ("{'out':1}");

  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n", .value = output, .reused = TRUE,
                       .why = "same as before", .origin = "R"),
                "{'type':'NODE_COMPLETE','payload':{'promptId':'P','nodeId':'n','output':{'out':1},'reused':true,"
                "'reusedFrom':'R','why':'same as before'}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n", .value = output, .why = "first run",
                       .duration_us = 1500),
                "{'type':'NODE_COMPLETE','payload':{'promptId':'P','nodeId':'n','output':{'out':1},"
                "'why':'first run','durationMs':1.5}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n", .value = output, .usage = output),
                "{'type':'NODE_COMPLETE','payload':{'promptId':'P','nodeId':'n','output':{'out':1},'usage':{'out':1}}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_ERROR, .node_id = "n", .message = "boom", .usage = output),
                "{'type':'NODE_ERROR','payload':{'promptId':'P','nodeId':'n','errorDetails':{'message':'boom'},"
                "'usage':{'out':1}}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_COMPLETE, .usage = output),
                "{'type':'EXECUTION_STATUS_UPDATE','payload':{'promptId':'P','status':'complete','usage':{'out':1}}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_RETRY, .node_id = "n", .attempt = 2, .delay_ms = 500, .message = "busy"),
                "{'type':'NODE_RETRY','payload':{'promptId':'P','nodeId':'n','attempt':2,'delayMs':500,"
                "'message':'busy'}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_ASKS, .node_id = "n", .value = output),
                "{'type':'NODE_ASKS','payload':{'promptId':'P','nodeId':'n','question':{'out':1}}}");
}

static void
test_yield (void)
{
  g_autoptr (HearthValue) chunk = json ("{'type':'text_chunk','content':'Hi'}");

  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_YIELD, .node_id = "n", .value = chunk),
                "{'type':'NODE_YIELD','payload':{'promptId':'P','sourceNodeId':'n',"
                "'yieldedContent':{'type':'text_chunk','content':'Hi'},'isLastChunk':false}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_INTERFACE_YIELD, .key = "s", .display_name = "S out", .value = chunk,
                       .last = TRUE),
                "{'type':'WORKFLOW_INTERFACE_YIELD','payload':{'promptId':'P','interfaceOutputKey':'s',"
                "'interfaceOutputDisplayName':'S out','yieldedContent':{'type':'text_chunk','content':'Hi'},"
                "'isLastChunk':true}}");
  assert_event (EVENT (.kind = HEARTH_EVENT_INTERFACE_YIELD, .key = "s", .value = chunk),
                "{'type':'WORKFLOW_INTERFACE_YIELD','payload':{'promptId':'P','interfaceOutputKey':'s',"
                "'yieldedContent':{'type':'text_chunk','content':'Hi'},'isLastChunk':false}}");
}

static void
test_outputs (void)
{
  g_autoptr (HearthValue) outputs = json ("{'t':'Yo'}");

  assert_event (EVENT (.kind = HEARTH_EVENT_INTERFACE_OUTPUTS, .value = outputs),
                "{'type':'NODE_COMPLETE','payload':{'promptId':'P','nodeId':'__WORKFLOW_INTERFACE_OUTPUTS__',"
                "'output':{'t':'Yo'}}}");
}

static void
test_not_on_the_wire (void)
{
  assert_event (EVENT (.kind = HEARTH_EVENT_NODE_SKIPPED, .node_id = "n", .message = "x"), NULL);
  assert_event (EVENT (.kind = HEARTH_EVENT_LOG, .node_id = "n", .message = "x"), NULL);
}

static void
test_messages (void)
{
  g_autoptr (HearthQueue) queue = hearth_queue_new (1);
  g_autoptr (GString) out = g_string_new (NULL);

  hearth_message_append_accepted (out, "P");
  g_assert_cmpstr (out->str, ==, "{\"type\":\"PROMPT_ACCEPTED_RESPONSE\",\"payload\":{\"promptId\":\"P\"}}");
  g_string_truncate (out, 0);
  hearth_message_append_queue (out, queue);
  g_assert_cmpstr (out->str, ==,
                   "{\"type\":\"SYSTEM_QUEUE_UPDATE\",\"payload\":{\"runningExecutions\":0,\"pendingExecutions\":0}}");
  g_string_truncate (out, 0);
  hearth_message_append_error (out, "no\tway");
  g_assert_cmpstr (out->str, ==, "{\"type\":\"error\",\"payload\":{\"message\":\"no\\tway\"}}");
}

/* --- runs ------------------------------------------------------------------------------- */

static void
assert_member (HearthValue *object,
               const char  *key,
               const char  *text)
{
  HearthValue *value = hearth_value_get (object, key);
  g_autofree char *got = value != NULL ? hearth_json_print (value) : NULL;
  g_autofree char *wanted = text != NULL ? g_strdelimit (g_strdup (text), "'", '"') : NULL;

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_waiting_run (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (N ("a", "test:add", V ("'a':1")), ""));
  g_autoptr (HearthValue) metadata = json ("{'workflowName':'Flow'}");
  g_autoptr (HearthRun) run = hearth_run_new (plan, metadata);
  g_autoptr (HearthValue) value = NULL;

  hearth_run_set_id (run, "P");
  value = hearth_run_to_json (run, FALSE);
  g_assert_cmpuint (hearth_value_get_length (value), ==, 4);
  assert_member (value, "promptId", "'P'");
  assert_member (value, "status", "'queued'");
  assert_member (value, "workflowName", "'Flow'");
  g_assert_cmpint (hearth_value_get_member_integer (value, "submittedAt", 0), ==, hearth_run_get_submitted_ms (run));
}

static void
test_finished_run (void)
{
  g_autoptr (Recorder) recorder = record_workflow (W (N ("a", "test:add", V ("'a':1")), ""));
  g_autoptr (HearthValue) value = hearth_run_to_json (recorder->run, TRUE);
  g_autoptr (HearthValue) result = hearth_run_to_result (recorder->run);

  assert_member (value, "status", "'complete'");
  assert_member (value, "errorInfo", NULL);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_get (hearth_value_get (value, "nodeStatus"), "a"),
                                                   "status", NULL), ==, "complete");
  g_assert_nonnull (hearth_value_get (hearth_value_get (hearth_value_get (value, "nodeStatus"), "a"), "output"));
  g_assert_true (hearth_value_is (hearth_value_get (value, "completedAt"), INTEGER));
  g_assert_true (hearth_value_is_number (hearth_value_get (value, "durationMs")));
  assert_member (result, "status", "'complete'");
  assert_member (result, "outputs", "{}");
  assert_member (result, "error", NULL);
}

static void
test_failed_run (void)
{
  g_autoptr (HearthRun) run = make_run ();
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (HearthValue) result = NULL;

  hearth_run_start (run);
  iterate_until_final (run);
  value = hearth_run_to_json (run, TRUE);
  result = hearth_run_to_result (run);
  assert_member (value, "status", "'error'");
  assert_member (value, "errorInfo", "{'message':'no'}");
  assert_member (value, "nodeStatus", "{}");
  assert_member (result, "promptId", "'P'");
  assert_member (result, "error", "'no'");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-json/status", test_status);
  g_test_add_func ("/event-json/node", test_node);
  g_test_add_func ("/event-json/extras", test_extras);
  g_test_add_func ("/event-json/yield", test_yield);
  g_test_add_func ("/event-json/outputs", test_outputs);
  g_test_add_func ("/event-json/not-on-the-wire", test_not_on_the_wire);
  g_test_add_func ("/event-json/messages", test_messages);
  g_test_add_func ("/event-json/waiting-run", test_waiting_run);
  g_test_add_func ("/event-json/finished-run", test_finished_run);
  g_test_add_func ("/event-json/failed-run", test_failed_run);
  return g_test_run ();
}

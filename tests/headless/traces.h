/* traces.h: runs of workflows, and everything they tell as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "engine-nodes.h"

#include <string.h>

#define T(id, type, more) N (id, "test:" type, more)
#define FIN "{\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last\n"
#define FAILED "error: One or more nodes failed during execution.\n"
#define BYPASSED ",'bypassed':true"
#define REF(id) ",'configValues':{'referencedWorkflowId':'" id "'}"
#define GI N ("gi", "core:GroupInput", "")
#define GO N ("go", "core:GroupOutput", "")
#define ABC                                                                                                            \
  T ("a", "text", V ("'v':'a'")) "," T ("b", "text", V ("'v':'b'")) "," T ("c", "text", V ("'v':'c'")) ","

static inline void
assert_trace (const char *json,
              const char *trace)
{
  g_autoptr (Recorder) recorder = record_workflow (json);

  g_assert_cmpstr (recorder->text->str, ==, trace);
}

static inline Recorder *
record_groups (const char *json,
               GHashTable *groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  Recorder *recorder = NULL;

  g_assert_no_error (error);
  recorder = recorder_new (hearth_run_new (plan, NULL));
  hearth_run_set_keep_outputs (recorder->run, TRUE);
  recorder_run (recorder);
  return recorder;
}

static inline void
assert_output (HearthRun  *run,
               const char *id,
               const char *json)
{
  HearthValue *output = hearth_run_get_step_output (run, id);
  g_autofree char *text = output ? hearth_json_print (output) : NULL;

  g_assert_cmpstr (text, ==, json);
}

/* compare.c: holds a run to what the reference says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "compare.h"

#include "hearth-json.h"
#include "kinds.h"
#include "reference.h"
#include "trace.h"

#include <string.h>

#define INTERRUPTED "Execution interrupted by user."
#define FINISH "{\"content\":\"Stream ended\",\"type\":\"finish_reason_chunk\"} last\n"

/* What the run told of one node or one interface output. */
typedef struct
{
  GString *text; /* its events, one per line */
  int      began, ended, skipped;
  guint    n_chunks;
} Told;

typedef struct
{
  RefCase    *given;
  RefTrace   *trace;
  Reference  *reference;
  GHashTable *nodes;      /* id -> Told */
  GHashTable *interfaces; /* key -> Told */
  GString    *wrong;
  gboolean    cancelled;  /* it ended so */
} Check;

static void G_GNUC_PRINTF (2, 3)
complain (Check      *self,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->wrong, format, args);
  va_end (args);
  g_string_append_c (self->wrong, '\n');
}

static void
told_free (Told *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

static Told *
get_told (GHashTable *table,
          const char *id)
{
  Told *told = g_hash_table_lookup (table, id);

  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      told->text = g_string_new (NULL);
      told->began = told->ended = told->skipped = -1;
      g_hash_table_insert (table, g_strdup (id), told);
    }

  return told;
}

/* --- sorting the events ---------------------------------------------------------------- */

static void
note_times (Told           *told,
            const RefEvent *event,
            int             number)
{
  gboolean cut = event->kind == HEARTH_EVENT_NODE_ERROR && g_strcmp0 (event->message, INTERRUPTED) == 0;

  if (event->kind == HEARTH_EVENT_NODE_SKIPPED)
    told->skipped = number;
  else if (told->began < 0)
    told->began = number;
  if (event->kind == HEARTH_EVENT_NODE_COMPLETE || (event->kind == HEARTH_EVENT_NODE_ERROR && !cut))
    told->ended = number;
  told->n_chunks += event->kind == HEARTH_EVENT_NODE_YIELD;
}

static void
note_event (Check          *self,
            const RefEvent *event,
            int             number)
{
  g_autofree char *line = ref_event_print (event);
  Told *told;

  if (event->kind == HEARTH_EVENT_STATUS || event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS)
    return;

  if (event->kind == HEARTH_EVENT_INTERFACE_YIELD)
    {
      Told *node = get_told (self->nodes, event->node_id);

      told = get_told (self->interfaces, event->key);
      if (event->last && node->ended < 0)
        complain (self, "interface output %s was closed before node %s had ended", event->key, event->node_id);
      if (!event->last && ++told->n_chunks > node->n_chunks)
        complain (self, "a chunk of node %s came to interface output %s first", event->node_id, event->key);
    }
  else
    told = get_told (self->nodes, event->node_id);
  if (event->kind == HEARTH_EVENT_LOG)
    {
      if (told->began < 0 || told->ended >= 0)
        complain (self, "node %s logged while it did not run", event->node_id);
      return;
    }
  if (event->kind != HEARTH_EVENT_INTERFACE_YIELD)
    note_times (told, event, number);
  g_string_append_printf (told->text, "%s\n", line);
}

/* Rules 36 and 35: how it begins and how it ends. */
static void
check_frame (Check *self)
{
  GPtrArray *events = self->trace->events;
  HearthRunStatus status = hearth_run_get_status (self->trace->run);
  guint first_node = 0, n_outputs = 0;

  if (self->trace->n_final != 1 || ref_trace_at (self->trace, events->len - 1)->kind != HEARTH_EVENT_STATUS
      || ref_trace_at (self->trace, events->len - 1)->status != status || !hearth_run_status_is_final (status))
    complain (self, "the final status is not the one last event");
  while (first_node < events->len && ref_trace_at (self->trace, first_node)->kind == HEARTH_EVENT_STATUS)
    first_node++;
  for (guint i = first_node; i + 1 < events->len; i++)
    {
      RefEvent *event = ref_trace_at (self->trace, i);

      if (event->kind == HEARTH_EVENT_STATUS)
        complain (self, "a status between the events of nodes");
      n_outputs += event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS;
      if (event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS && i + 2 != events->len)
        complain (self, "interface outputs before the last event of a node");
    }
  if (n_outputs != (status != HEARTH_RUN_INTERRUPTED && self->reference->outputs != NULL))
    complain (self, "interface outputs were told %u times", n_outputs);
}

/* --- nodes -------------------------------------------------------------------------------- */

static void
append_event (GString           *text,
              HearthRunEventKind kind,
              const char        *id,
              HearthValue       *value,
              const char        *message,
              gboolean           last)
{
  g_autoptr (HearthValue) none = hearth_value_empty_object ();
  gboolean has_outputs = kind == HEARTH_EVENT_NODE_COMPLETE || kind == HEARTH_EVENT_NODE_BYPASSED;
  RefEvent event = { .kind = kind, .node_id = (char *) id, .key = (char *) id, .last = last, .message = (char *) message };
  g_autofree char *line = NULL;

  event.value = value ? value : has_outputs ? none : NULL;
  line = ref_event_print (&event);
  g_string_append_printf (text, "%s\n", line);
}

static gboolean
is_last (HearthValue *chunk)
{
  const char *type = hearth_value_get_member_string (chunk, "type", "");

  return strcmp (type, "finish_reason_chunk") == 0 || strcmp (type, "error_chunk") == 0;
}

static void
append_chunks (GString   *text,
               GPtrArray *chunks,
               const char *id)
{
  for (guint i = 0; chunks && i < chunks->len; i++)
    append_event (text, HEARTH_EVENT_NODE_YIELD, id, g_ptr_array_index (chunks, i), NULL,
                  is_last (g_ptr_array_index (chunks, i)));
}

/* The events of one node, as the table in docs/scheduler.md has them. */
static GString *
expect_events (RefNode *node)
{
  GString *text = g_string_new (NULL);

  if (node->starts)
    append_event (text, HEARTH_EVENT_NODE_EXECUTING, node->id, NULL, NULL, FALSE);
  if (node->starts)
    append_chunks (text, node->chunks, node->id);
  switch (node->fate)
    {
    case REF_BYPASSED:
      append_event (text, HEARTH_EVENT_NODE_BYPASSED, node->id, node->outputs, NULL, FALSE);
      append_event (text, HEARTH_EVENT_NODE_COMPLETE, node->id, node->outputs, NULL, FALSE);
      break;
    case REF_DONE:
      append_event (text, HEARTH_EVENT_NODE_COMPLETE, node->id, node->outputs, NULL, FALSE);
      if (!node->streams)
        g_string_append_printf (text, "YIELD %s " FINISH, node->id);
      break;
    case REF_FAILED:
    case REF_CUT:
      append_event (text, HEARTH_EVENT_NODE_ERROR, node->id, NULL, node->error, FALSE);
      break;
    case REF_SKIPPED:
      append_event (text, HEARTH_EVENT_NODE_SKIPPED, node->id, NULL, NULL, FALSE);
      break;
    case REF_OPEN:
    case REF_UNKNOWN:
    default:
      break;
    }

  return text;
}

/* A node that was cut short may have told only some of its chunks. */
static gboolean
is_shorter (const char *expected,
            const char *got,
            const char *error)
{
  gsize length = strlen (got);
  gsize tail = strlen (error);

  if (length < tail || strcmp (got + length - tail, error) != 0)
    return FALSE;
  return strncmp (expected, got, length - tail) == 0;
}

static void
check_events (Check   *self,
              RefNode *node,
              Told    *told)
{
  GString *expected = expect_events (node);
  g_autofree char *error = g_strdup_printf ("ERROR %s " INTERRUPTED "\n", node->id);

  if (strcmp (expected->str, told->text->str) != 0
      && !(node->fate == REF_CUT && is_shorter (expected->str, told->text->str, error)))
    complain (self, "--- node %s, expected:\n%s--- got:\n%s---", node->id, expected->str, told->text->str);
  g_string_free (expected, TRUE);
}

static const HearthStepState states[] = {
  [REF_UNKNOWN] = HEARTH_STEP_WAITING,   [REF_DONE] = HEARTH_STEP_DONE,       [REF_BYPASSED] = HEARTH_STEP_BYPASSED,
  [REF_FAILED] = HEARTH_STEP_FAILED,     [REF_SKIPPED] = HEARTH_STEP_SKIPPED, [REF_CUT] = HEARTH_STEP_CANCELLED,
  [REF_OPEN] = HEARTH_STEP_CANCELLED,
};

static void
check_getters (Check       *self,
               const char  *id,
               RefFate      fate,
               HearthValue *outputs,
               const char  *error)
{
  HearthRun *run = self->trace->run;
  HearthValue *output = hearth_run_get_step_output (run, id);
  g_autoptr (HearthValue) none = hearth_value_empty_object ();
  gboolean well = fate == REF_DONE || fate == REF_BYPASSED;

  if (hearth_run_get_step_state (run, id) != states[fate])
    complain (self, "node %s should be in state %d and is in %d", id, states[fate], hearth_run_get_step_state (run, id));
  /* A run may have let go of outputs that nobody needs any more. */
  if (well && output && !hearth_value_equal (output, outputs ? outputs : none))
    complain (self, "node %s has other outputs than it told", id);
  if (!well && output)
    complain (self, "node %s has outputs although it did not end well", id);
  if (g_strcmp0 (hearth_run_get_step_error (run, id), error) != 0)
    complain (self, "node %s should have the error “%s” and has “%s”", id, error, hearth_run_get_step_error (run, id));
}

/* Rule 32, and 24 as far as it is about time. */
static void
check_order (Check   *self,
             RefNode *node,
             Told    *told)
{
  for (guint i = 0; told->began >= 0 && i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);
      Told *other = get_told (self->nodes, before->node->id);
      int since = before->streams ? other->began : other->ended;

      if (since < 0 || since > told->began)
        complain (self, "node %s started before node %s had %s", node->id, before->node->id,
                  before->streams ? "started" : "ended");
    }
}

static void
check_node (Check   *self,
            RefNode *node)
{
  Told *told = get_told (self->nodes, node->id);

  check_events (self, node, told);
  check_getters (self, node->id, node->fate, node->outputs, node->error);
  check_order (self, node, told);
}

/* --- groups (rule 10) --------------------------------------------------------------------- */

static RefNode *
find_first_failed (Check    *self,
                   RefGroup *group)
{
  RefNode *first = NULL;

  for (guint i = 0; i < group->failed->len; i++)
    {
      RefNode *node = g_ptr_array_index (group->failed, i);

      if (first == NULL || get_told (self->nodes, node->id)->ended < get_told (self->nodes, first->id)->ended)
        first = node;
    }

  return first;
}

static char *
dup_group_error (Check    *self,
                 RefGroup *group)
{
  RefNode *failed = find_first_failed (self, group);

  if (group->fate == REF_CUT)
    return g_strdup (INTERRUPTED);
  if (group->fate != REF_FAILED)
    return NULL;
  if (failed)
    return g_strdup_printf ("The node “%s” inside this group failed.", failed->id);
  return g_strdup ("The group could not finish, because a node before it failed.");
}

static void
check_group_times (Check    *self,
                   RefGroup *group,
                   Told     *told)
{
  if (group->parent && told->began >= 0)
    {
      Told *outer = get_told (self->nodes, group->parent->id);

      if (told->began < outer->began || (outer->ended >= 0 && outer->ended < MAX (told->ended, told->skipped)))
        complain (self, "group %s began before the one around it, or ended after it", group->id);
    }
  for (guint i = 0; i < self->reference->nodes->len; i++)
    {
      RefNode *node = reference_node (self->reference, i);
      Told *inner = get_told (self->nodes, node->id);

      if (!reference_is_inside (node, group))
        continue;
      if (inner->began >= 0 && inner->began < told->began)
        complain (self, "node %s began before the group %s around it", node->id, group->id);
      if (told->ended >= 0 && MAX (inner->ended, inner->skipped) > told->ended)
        complain (self, "group %s ended before its node %s", group->id, node->id);
    }
}

static void
check_group (Check    *self,
             RefGroup *group)
{
  Told *told = get_told (self->nodes, group->id);
  g_autofree char *error = dup_group_error (self, group);
  GString *expected = g_string_new (NULL);

  if (group->starts)
    append_event (expected, HEARTH_EVENT_NODE_EXECUTING, group->id, NULL, NULL, FALSE);
  if (group->fate == REF_DONE)
    append_event (expected, HEARTH_EVENT_NODE_COMPLETE, group->id, group->outputs, NULL, FALSE);
  else if (error)
    append_event (expected, HEARTH_EVENT_NODE_ERROR, group->id, NULL, error, FALSE);
  else if (group->fate == REF_SKIPPED)
    append_event (expected, HEARTH_EVENT_NODE_SKIPPED, group->id, NULL, NULL, FALSE);
  if (strcmp (expected->str, told->text->str) != 0)
    complain (self, "--- group %s, expected:\n%s--- got:\n%s---", group->id, expected->str, told->text->str);
  g_string_free (expected, TRUE);
  check_getters (self, group->id, group->fate, group->outputs, error);
  check_group_times (self, group, told);
}

/* --- the interface ---------------------------------------------------------------------------- */

static void
check_interface (Check     *self,
                 RefResult *result)
{
  RefNode *node = result->streamer;
  Told *told = get_told (self->interfaces, result->key);
  GString *expected = g_string_new (NULL);
  gboolean whole = node && node->fate != REF_CUT;

  for (guint i = 0; result->streams && node->starts && node->chunks && i < node->chunks->len; i++)
    append_event (expected, HEARTH_EVENT_INTERFACE_YIELD, result->key, g_ptr_array_index (node->chunks, i), NULL, FALSE);
  if (result->streams && node->starts && whole)
    g_string_append_printf (expected, "INTERFACE %s " FINISH, result->key);
  if (strcmp (expected->str, told->text->str) != 0
      && (whole || !is_shorter (expected->str, told->text->str, "")))
    complain (self, "--- interface output %s, expected:\n%s--- got:\n%s---", result->key, expected->str, told->text->str);
  if (told->n_chunks > 0 && node && !whole && told->n_chunks != get_told (self->nodes, node->id)->n_chunks)
    complain (self, "interface output %s and node %s had different chunks", result->key, node->id);
  g_string_free (expected, TRUE);
}

static void
check_outputs (Check *self)
{
  HearthValue *expected = self->cancelled ? NULL : self->reference->outputs;
  HearthValue *got = hearth_run_get_outputs (self->trace->run);
  g_autofree char *left = expected ? hearth_json_print (expected) : NULL;
  g_autofree char *right = got ? hearth_json_print (got) : NULL;

  if (!hearth_value_equal (expected, got))
    complain (self, "--- outputs, expected: %s\n--- got:      %s", left, right);
  for (guint i = 0; i < self->trace->events->len; i++)
    if (ref_trace_at (self->trace, i)->kind == HEARTH_EVENT_INTERFACE_OUTPUTS
        && !hearth_value_equal (ref_trace_at (self->trace, i)->value, got))
      complain (self, "the run told other outputs than it has");
}

/* --- the run ---------------------------------------------------------------------------------- */

/* A cancel counts if it came before the run had nothing left to tell but its outputs. */
static gboolean
had_to_stop (Check *self)
{
  if (self->trace->cancelled < 0)
    return FALSE;
  for (int i = 0; i <= self->trace->cancelled; i++)
    {
      RefEvent *event = ref_trace_at (self->trace, i);

      if (event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS
          || (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status)))
        return FALSE;
    }

  return TRUE;
}

static void
check_status (Check *self)
{
  HearthRunStatus got = hearth_run_get_status (self->trace->run);
  HearthRunStatus expected = had_to_stop (self)         ? HEARTH_RUN_INTERRUPTED
                             : self->reference->error   ? HEARTH_RUN_ERROR
                             : self->reference->fails   ? HEARTH_RUN_ERROR
                                                        : HEARTH_RUN_COMPLETE;
  const char *message = NULL;

  if (expected == HEARTH_RUN_ERROR && !self->reference->error)
    message = "One or more nodes failed during execution.";
  if (got != expected)
    complain (self, "the run should be %s and is %s", hearth_run_status_to_string (expected), hearth_run_status_to_string (got));
  if (!self->reference->error && g_strcmp0 (message, hearth_run_get_message (self->trace->run)) != 0)
    complain (self, "the run says “%s” at its end", hearth_run_get_message (self->trace->run));
}

static RefTimes
clock_cb (const char *id,
          gpointer    user_data)
{
  Told *told = get_told (((Check *) user_data)->nodes, id);

  return (RefTimes) { told->began, told->ended };
}

/* Nothing may be told of what is not there. */
static void
check_strangers (Check *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < self->reference->nodes->len; i++)
    g_hash_table_add (known, reference_node (self->reference, i)->id);
  for (guint i = 0; i < self->reference->groups->len; i++)
    g_hash_table_add (known, reference_group (self->reference, i)->id);
  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (known, id))
      complain (self, "there is no node %s, but the run told of it", (char *) id);
}

static void
check_plan_error (Check  *self,
                  GError *error)
{
  GError *expected = self->reference->error;

  if (error == NULL || expected == NULL)
    {
      complain (self, "the plan: expected %s, got %s", expected ? expected->message : "one", error ? error->message : "one");
      return;
    }
  /* A ring of pass-throughs that forks is found by its size. */
  if (expected->code == HEARTH_ENGINE_ERROR_CYCLE && *expected->message == '\0' && error->code == HEARTH_ENGINE_ERROR_GROUP)
    return;
  if (!g_error_matches (error, HEARTH_ENGINE_ERROR, expected->code) || strstr (error->message, expected->message) == NULL)
    complain (self, "the plan was refused with “%s” instead of “%s”", error->message, expected->message);
}

static void
check_run (Check *self)
{
  self->cancelled = hearth_run_get_status (self->trace->run) == HEARTH_RUN_INTERRUPTED;
  for (guint i = 0; i < self->trace->events->len; i++)
    note_event (self, ref_trace_at (self->trace, i), i);
  if (self->reference->error)
    {
      check_frame (self);
      check_status (self);
      return;
    }
  if (self->cancelled && hearth_run_get_started_ms (self->trace->run) == 0)
    {
      check_frame (self); /* it never left the queue */
      return;
    }

  reference_evaluate (self->reference, self->cancelled, clock_cb, self);
  check_frame (self);
  check_status (self);
  for (guint i = 0; i < self->reference->nodes->len; i++)
    check_node (self, reference_node (self->reference, i));
  for (guint i = 0; i < self->reference->groups->len; i++)
    check_group (self, reference_group (self->reference, i));
  for (guint i = 0; i < self->reference->results->len; i++)
    if (reference_result (self->reference, i)->group == NULL)
      check_interface (self, reference_result (self->reference, i));
  check_outputs (self);
  check_strangers (self);
}

/* --- cases ------------------------------------------------------------------------------------ */

static HearthGraph *
make_graph (HearthValue *workflow)
{
  g_autoptr (GError) error = NULL;
  HearthGraph *graph = hearth_graph_new_from_value (ref_kinds_catalog (), workflow, &error);

  g_assert_no_error (error);
  return graph;
}

static GHashTable *
make_graphs (HearthValue *groups)
{
  GHashTable *graphs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (gsize i = 0; i < hearth_value_get_length (groups); i++)
    g_hash_table_insert (graphs, g_strdup (hearth_value_key_at (groups, i)), make_graph (hearth_value_member_at (groups, i)));
  return graphs;
}

static Check *
check_new (RefCase *given)
{
  Check *self = g_new0 (Check, 1);
  g_autoptr (HearthGraph) graph = make_graph (given->workflow);
  GHashTable *graphs = make_graphs (given->groups);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, graphs, given->values, given->mappings, &error);

  self->given = given;
  self->wrong = g_string_new (NULL);
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) told_free);
  self->interfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) told_free);
  self->reference = reference_new (graph, graphs, given->values, given->mappings);
  g_object_set_data_full (G_OBJECT (graph), "graphs", graphs, (GDestroyNotify) g_hash_table_unref);
  if (error || self->reference->error)
    check_plan_error (self, error);
  self->trace = ref_trace_new (plan ? hearth_run_new (plan, NULL) : hearth_run_new_failed (g_steal_pointer (&error), NULL));
  self->trace->cancel_at = given->cancel_at;
  self->trace->cancel_later = given->cancel_later;

  return self;
}

static void
check_free (Check *self)
{
  ref_trace_free (self->trace);
  reference_free (self->reference);
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->interfaces);
  g_string_free (self->wrong, TRUE);
  g_free (self);
}

static void
append_trace (GString  *text,
              RefTrace *trace)
{
  for (guint i = 0; i < trace->events->len; i++)
    {
      g_autofree char *line = ref_event_print (ref_trace_at (trace, i));

      g_string_append_printf (text, "  %3u %s%s\n", i, line, (int) i == trace->cancelled ? "   <- cancel" : "");
    }
}

char *
ref_check_cases (RefCase *const *cases,
                 guint           n_cases,
                 guint           limit,
                 guint           timeout_ms)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) check_free);
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();
  g_autofree char *complaint = NULL;
  GString *wrong = g_string_new (NULL);
  gboolean ended;

  for (guint i = 0; i < n_cases; i++)
    {
      Check *check = check_new (cases[i]);

      g_ptr_array_add (checks, check);
      g_ptr_array_add (traces, check->trace);
    }
  ended = ref_traces_run (traces, limit, timeout_ms, &complaint);
  if (complaint)
    g_string_append_printf (wrong, "%s\n", complaint);
  for (guint i = 0; i < n_cases; i++)
    {
      Check *check = g_ptr_array_index (checks, i);

      if (ended)
        check_run (check);
      if (check->wrong->len == 0 && (ended || check->trace->n_final > 0))
        continue;
      g_string_append (wrong, check->wrong->str);
      g_string_append (wrong, "All events:\n");
      append_trace (wrong, check->trace);
    }

  return g_string_free (wrong, wrong->len == 0);
}

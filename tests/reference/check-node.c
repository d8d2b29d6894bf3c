/* check-node.c: holds what a run told of a node or a group to what the reference says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "check.h"

#include <string.h>

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
    told_append_event (text, HEARTH_EVENT_NODE_YIELD, id, g_ptr_array_index (chunks, i), NULL,
                  is_last (g_ptr_array_index (chunks, i)));
}

/* The events of one node, as the table in docs/scheduler.md has them. */
static GString *
expect_events (RefNode *node)
{
  GString *text = g_string_new (NULL);

  if (node->starts)
    told_append_event (text, HEARTH_EVENT_NODE_EXECUTING, node->told_id, NULL, NULL, FALSE);
  for (guint i = 0; i < node->tries->len && !node->reused; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (node->tries, i));
  if (node->starts)
    append_chunks (text, node->chunks, node->told_id);
  switch (node->fate)
    {
    case REF_BYPASSED:
      told_append_event (text, HEARTH_EVENT_NODE_BYPASSED, node->told_id, node->outputs, NULL, FALSE);
      told_append_event (text, HEARTH_EVENT_NODE_COMPLETE, node->told_id, node->outputs, NULL, FALSE);
      break;
    case REF_DONE:
      told_append_event (text, HEARTH_EVENT_NODE_COMPLETE, node->told_id, node->outputs, NULL, FALSE);
      if (!node->streams)
        g_string_append_printf (text, "YIELD %s " FINISH, node->told_id);
      break;
    case REF_FAILED:
    case REF_CUT:
      told_append_event (text, HEARTH_EVENT_NODE_ERROR, node->told_id, NULL, node->error, FALSE);
      break;
    case REF_SKIPPED:
      told_append_event (text, HEARTH_EVENT_NODE_SKIPPED, node->told_id, NULL, NULL, FALSE);
      break;
    case REF_OPEN:
    case REF_UNKNOWN:
    default:
      break;
    }

  return text;
}

static void
check_events (Check   *self,
              RefNode *node,
              Told    *told)
{
  GString *expected = expect_events (node);
  g_autofree char *error = g_strdup_printf ("ERROR %s " INTERRUPTED "\n", node->told_id);

  if (strcmp (expected->str, told->text->str) != 0
      && !(node->fate == REF_CUT && told_is_shorter (expected->str, told->text->str, error)))
    check_complain (self, "--- node %s, expected:\n%s--- got:\n%s---", node->id, expected->str, told->text->str);
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
    check_complain (self, "node %s should be in state %d and is in %d", id, states[fate], hearth_run_get_step_state (run, id));
  /* A run may have let go of outputs that nobody needs any more. */
  if (well && output && !hearth_value_equal (output, outputs ? outputs : none))
    check_complain (self, "node %s has other outputs than it told", id);
  if (!well && output)
    check_complain (self, "node %s has outputs although it did not end well", id);
  if (g_strcmp0 (hearth_run_get_step_error (run, id), error) != 0)
    check_complain (self, "node %s should have the error “%s” and has “%s”", id, error, hearth_run_get_step_error (run, id));
}

/* One that joins waits for what it sees; what is dead or ignored comes when it likes. */
static gboolean
is_waited_for (RefNode   *node,
               RefBefore *before)
{
  gboolean unseen = before->input && g_array_index (before->input->sources, RefSource, before->source).unseen;

  if (before->ignored || unseen || (before->fallback && before->node->fate == REF_FAILED))
    return FALSE;

  return node->join == HEARTH_JOIN_ALL || (before->input != NULL && !before->streams);
}

static void
check_before (Check     *self,
              RefNode   *node,
              RefBefore *before,
              Told      *told)
{
  Told *other = told_get (self->nodes, before->node->told_id);
  int since = before->streams ? other->began : other->ended;

  if (since < 0 || since > told->began)
    check_complain (self, "node %s started before node %s had %s", node->told_id, before->node->told_id,
                    before->streams ? "started" : "ended");
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

      if (!is_waited_for (node, before))
        continue;
      check_before (self, node, before, told);
    }
}

/* Why it was skipped. */
static void
check_reasons (Check   *self,
               RefNode *node,
               Told    *told)
{
  gboolean found = node->fate != REF_SKIPPED;

  for (guint i = 0; i < node->causes->len && !found; i++)
    found = g_strcmp0 (g_ptr_array_index (node->causes, i), told->skip_why) == 0;
  if (!found)
    check_complain (self, "node %s says of being skipped: %s", node->told_id, told->skip_why);
}

void
check_node (Check   *self,
            RefNode *node)
{
  Told *told = told_get (self->nodes, node->told_id);

  check_events (self, node, told);
  if (strcmp (node->id, node->told_id) == 0) /* runs that were called are gone by now */
    check_getters (self, node->id, node->fate, node->outputs, node->error);
  check_order (self, node, told);
  check_reasons (self, node, told);
  check_reuse (self, node, told);
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

      if (first == NULL || told_get (self->nodes, node->told_id)->ended < told_get (self->nodes, first->told_id)->ended)
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
check_group_times (Check     *self,
                   Reference *reference,
                   RefGroup  *group,
                   Told      *told)
{
  if (group->parent && told->began >= 0)
    {
      Told *outer = told_get (self->nodes, group->parent->told_id);

      if (told->began < outer->began || (outer->ended >= 0 && outer->ended < MAX (told->ended, told->skipped)))
        check_complain (self, "group %s began before the one around it, or ended after it", group->id);
    }
  for (guint i = 0; i < reference->nodes->len; i++)
    {
      RefNode *node = reference_node (reference, i);
      Told *inner = told_get (self->nodes, node->told_id);

      if (!reference_is_inside (node, group))
        continue;
      if (inner->began >= 0 && inner->began < told->began)
        check_complain (self, "node %s began before the group %s around it", node->id, group->id);
      if (told->ended >= 0 && MAX (inner->ended, inner->skipped) > told->ended)
        check_complain (self, "group %s ended before its node %s", group->id, node->id);
    }
}

void
check_group (Check     *self,
             Reference *reference,
             RefGroup  *group)
{
  Told *told = told_get (self->nodes, group->told_id);
  g_autofree char *error = dup_group_error (self, group);
  GString *expected = g_string_new (NULL);

  if (group->starts)
    told_append_event (expected, HEARTH_EVENT_NODE_EXECUTING, group->told_id, NULL, NULL, FALSE);
  if (group->fate == REF_DONE)
    told_append_event (expected, HEARTH_EVENT_NODE_COMPLETE, group->told_id, group->outputs, NULL, FALSE);
  else if (error)
    told_append_event (expected, HEARTH_EVENT_NODE_ERROR, group->told_id, NULL, error, FALSE);
  else if (group->fate == REF_SKIPPED)
    told_append_event (expected, HEARTH_EVENT_NODE_SKIPPED, group->told_id, NULL, NULL, FALSE);
  if (strcmp (expected->str, told->text->str) != 0)
    check_complain (self, "--- group %s, expected:\n%s--- got:\n%s---", group->id, expected->str, told->text->str);
  g_string_free (expected, TRUE);
  if (strcmp (group->id, group->told_id) == 0)
    check_getters (self, group->id, group->fate, group->outputs, error);
  check_group_times (self, reference, group, told);
}

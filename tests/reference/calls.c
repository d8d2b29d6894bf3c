/* calls.c: rules 50 to 54 of docs/scheduler.md: the runs inside a node that calls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include "kinds.h"

#include <limits.h>
#include <string.h>

static HearthValue *
call_input (RefCall    *call,
            const char *key)
{
  return ref_node_get_input (call->source, key);
}

/* Runs it once. What it lacks is no matter if it may have been @cut short. */
static Reference *
call_once (Evaluation  *self,
           RefNode     *node,
           guint        number,
           HearthValue *value,
           gboolean     cut)
{
  g_autofree char *retry = node->attempt > 1 ? g_strdup_printf ("#%u", node->attempt - 1) : g_strdup ("");
  g_autofree char *prefix = g_strdup_printf ("%s%s/%u/", node->told_id, retry, number);
  g_autofree char *name = hearth_node_dup_reference (node->node);
  HearthValue *interface = hearth_graph_get_property (node->callee->graph, "interfaceInputs");
  g_autoptr (HearthValue) values = NULL;
  Reference *called;

  if (value && hearth_value_is (interface, OBJECT) && hearth_value_get_length (interface) > 0)
    values = hearth_value_object (hearth_value_key_at (interface, 0), hearth_value_ref (value), NULL);
  called = reference_new_call (self->reference, node->scope, name, prefix, values);
  called->run_id = self->reference->run_id;
  called->anew = self->reference->anew || node->anew;
  reference_evaluate (called, cut, self->clock, self->user_data);
  g_ptr_array_add (node->calls, called);
  return called;
}

/* Rule 54: by the clock of the run. */
static RefNode *
find_failed (Reference *called)
{
  RefNode *first = NULL;

  for (guint i = 0; i < called->nodes->len; i++)
    {
      RefNode *node = reference_node (called, i);

      if (node->fate == REF_FAILED && (first == NULL || node->ended < first->ended))
        first = node;
    }

  return first;
}

/* The first error, or the one that was @told. */
static void
take_error (RefNode    *node,
            Reference  *called,
            const char *told)
{
  RefNode *failed = find_failed (called);
  g_autofree char *error = failed ? g_strdup_printf ("The node “%s” failed: %s", failed->id, failed->error) : NULL;

  if (error == NULL || (node->error && g_strcmp0 (told, error) != 0))
    return;
  g_free (node->error);
  node->error = g_steal_pointer (&error);
  node->error_class = failed->error_class;
  node->retry_after = failed->retry_after;
}

static gboolean
has_ended (Reference *called)
{
  for (guint i = 0; i < called->nodes->len; i++)
    {
      RefFate fate = reference_node (called, i)->fate;

      if (fate == REF_CUT || fate == REF_OPEN)
        return FALSE;
    }

  return TRUE;
}

/* Rule 53: the next one in turn is not called once its caller is to end, and then it tells of nothing, not
 * even of the groups that need no node. */
static gboolean
was_called (Evaluation *self,
            Reference  *called)
{
  for (guint i = 0; i < called->nodes->len + called->groups->len; i++)
    {
      const char *id = i < called->nodes->len ? reference_node (called, i)->told_id
                                              : reference_group (called, i - called->nodes->len)->told_id;
      RefTimes times = self->clock (id, self->user_data);

      if (MAX (times.began, MAX (times.ended, times.skipped)) >= 0)
        return TRUE;
    }

  return FALSE;
}

static HearthValue *
dup_outputs (Reference *called)
{
  return called->outputs ? hearth_value_ref (called->outputs) : hearth_value_empty_object ();
}

static void
set_outputs (RefNode *node,
             guint    first)
{
  g_auto (HearthBuilder) results = HEARTH_BUILDER_INIT;

  for (guint i = first; i < node->calls->len; i++)
    hearth_builder_add (&results, NULL, dup_outputs (g_ptr_array_index (node->calls, i)));
  node->outputs = hearth_value_object ("results", hearth_builder_end_array (&results), "n",
                                       hearth_value_integer (node->calls->len - first), NULL);
}

static void
call_in_turn (Evaluation *self,
              RefNode    *node,
              guint       n_calls,
              gboolean    cut)
{
  g_autoptr (HearthValue) value = hearth_value_ref_or_null (ref_node_get_input (node, "v"));

  for (guint i = 0; i < n_calls && node->error == NULL; i++)
    {
      Reference *called = call_once (self, node, i, value, cut);

      if (cut && i > 0 && !was_called (self, called))
        {
          g_ptr_array_set_size (node->calls, (int) node->calls->len - 1);
          break;
        }
      if (!has_ended (called))
        break;
      take_error (node, called, NULL);
      if (called->outputs && hearth_value_get_length (called->outputs) > 0)
        {
          g_clear_pointer (&value, hearth_value_unref);
          value = hearth_value_ref (hearth_value_member_at (called->outputs, 0));
        }
    }
}

static void
call_at_once (Evaluation *self,
              RefNode    *node,
              guint       n_calls,
              gboolean    cut,
              const char *told)
{
  for (guint i = 0; i < n_calls; i++)
    {
      Reference *called = call_once (self, node, i, ref_node_get_input (node, "v"), cut || told);

      /* Which of several failures a hasty one heard of first is between the runs. */
      take_error (node, called, told);
    }
}

void
ref_node_call (Evaluation     *self,
               RefNode        *node,
               const RefTimes *times)
{
  RefCalls kind = ref_kinds_lookup (node->node->type_id)->calls;
  RefCall call = { .get_input = call_input, .source = node };
  guint n_calls = CLAMP (ref_call_get_integer (&call, "times", 0), 0, REF_MAX_CALLS);
  gboolean cut = self->cancelled && times->ended < 0;
  guint first = node->calls->len;

  node->error_class = NULL;
  node->retry_after = 0;
  if (n_calls > 0 && node->call_error)
    node->error = g_strdup (times->error && strstr (times->error, node->call_error) ? times->error : node->call_error);
  else if (kind == REF_CALLS_IN_TURN)
    call_in_turn (self, node, n_calls, cut);
  else
    call_at_once (self, node, n_calls, cut, kind == REF_CALLS_HASTY ? times->error : NULL);
  if (node->error == NULL)
    set_outputs (node, first);
}

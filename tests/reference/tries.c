/* tries.c: rules 15, 18, 23, 26, 58 to 62 and 65 of docs/scheduler.md: what comes of a node when its turn comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include "models.h"
#include "trace.h"

#include <string.h>

static HearthValue *
call_input (RefCall    *call,
            const char *key)
{
  RefInput *input = reference_find_input (call->source, key);

  return input ? input->value : NULL;
}

static HearthValue *
call_config (RefCall    *call,
             const char *key)
{
  HearthNode *node = ((RefNode *) call->source)->node;
  HearthValue *value = node->config ? hearth_value_get (node->config, key) : NULL;
  HearthSlot *slot = value ? NULL : hearth_slots_find (node->type->config, key);

  return value ? value : slot ? slot->default_value : NULL;
}

static GPtrArray *
call_stream (RefCall    *call,
             const char *key)
{
  static GPtrArray *none;
  RefInput *input = reference_find_input (call->source, key);

  if (none == NULL)
    none = g_ptr_array_new ();
  if (input == NULL || input->stream == NULL)
    return NULL;
  return input->stream->chunks ? input->stream->chunks : none;
}

HearthValue *
ref_node_get_input (RefNode    *node,
                    const char *key)
{
  RefInput *input = reference_find_input (node, key);

  return input ? input->value : NULL;
}

/* --- running -------------------------------------------------------------------------- */

static char *
dup_chunk_error (HearthValue *chunk)
{
  HearthValue *content = hearth_value_get (chunk, "content");

  if (hearth_value_is (content, STRING))
    return g_strdup (hearth_value_get_string (content, NULL));
  return g_strdup (hearth_value_get_member_string (content, "message", "Node yielded an error chunk."));
}

static gboolean
is_error_chunk (RefCall *call,
                guint    index)
{
  return call->chunks && index < call->chunks->len
         && strcmp (hearth_value_get_member_string (g_ptr_array_index (call->chunks, index), "type", ""), "error_chunk") == 0;
}

/* Rules 26 and 62. */
static void
find_chunk_error (RefNode *node,
                  RefCall *call)
{
  for (guint i = 0; call->error == NULL && call->chunks && i < call->chunks->len; i++)
    if (is_error_chunk (call, i))
      {
        g_assert (i == call->chunks->len - 1);
        call->error = dup_chunk_error (g_ptr_array_index (call->chunks, i));
      }
  if (!hearth_value_is (ref_node_get_config (node, "_policy"), OBJECT) || !is_error_chunk (call, 0))
    return;

  g_clear_pointer (&call->chunks, g_ptr_array_unref);
  node->opened = TRUE; /* its function returns before the failure counts */
}

static void
give_values (Reference *self,
             RefCall   *call)
{
  HearthValue *interface = hearth_graph_get_property (self->graph, "interfaceInputs");

  for (gsize i = 0; interface && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);
      HearthValue *value = self->values ? hearth_value_get (self->values, key) : NULL;

      if (value == NULL)
        value = hearth_value_get (hearth_value_get (hearth_value_member_at (interface, i), "config"), "default");
      ref_call_set (call, key, hearth_value_ref_or_null (value));
    }
}

/* Rule 61: what takes longer than it may has failed, whatever it says. */
static void
time_out (RefNode       *node,
          const RefKind *kind,
          RefCall       *call)
{
  double limit = ref_policy_get_number (ref_node_get_config (node, "_policy"), "timeoutMs", 0, 86400000);

  if (kind->lasts == NULL || limit == 0 || kind->lasts (call) <= limit)
    return;
  g_free (call->error);
  call->error = g_strdup_printf ("The node did not end within the %g seconds it may take.", limit / 1000);
  call->error_class = "timeout";
  call->retry_after = 0;
}

static void
add_retry (Evaluation *self,
           RefNode    *node,
           RefCall    *call)
{
  guint delay = ref_node_get_delay (node, self->reference->run_id, call);

  g_ptr_array_add (node->tries, g_strdup_printf ("RETRY %s %u %u %s", node->told_id, call->attempt + 1, delay, call->error));
}

/* Rule 55. */
static void
add_questions (RefNode *node,
               RefCall *call)
{
  double limit = ref_policy_get_number (ref_node_get_config (node, "_policy"), "timeoutMs", 0, 86400000);
  guint n_asks = ref_call_count_asks (call, limit > 0 ? limit : G_MAXDOUBLE);

  for (guint i = 0; i < n_asks; i++)
    {
      g_autoptr (HearthValue) question = ref_call_make_question (call, i);
      RefEvent event = { .kind = HEARTH_EVENT_NODE_ASKS, .node_id = node->told_id, .value = question };

      g_ptr_array_add (node->tries, ref_event_print (&event));
    }
}

static void
try_until_done (Evaluation    *self,
                RefNode       *node,
                const RefKind *kind,
                RefCall       *call)
{
  guint attempt = node->reused ? 1000000 : 1;

  for (;; attempt++)
    {
      *call = (RefCall) { .get_input = call_input, .get_config = call_config, .get_stream = call_stream, .source = node,
                          .attempt = attempt };
      kind->model (call);
      if (kind->asks)
        add_questions (node, call);
      if (strcmp (node->node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0)
        give_values (self->reference, call);
      find_chunk_error (node, call);
      if (!node->reused)
        time_out (node, kind, call);
      if (call->error == NULL || !ref_node_may_retry (node, call))
        break;
      add_retry (self, node, call);
      ref_call_clear (call);
    }
  if (call->error)
    ref_node_fall_back (node, call);
}

/* One try of a node that calls: first what it calls fails, then itself. */
static void
call_and_fail (Evaluation     *self,
               RefNode        *node,
               const RefTimes *times,
               RefCall        *call)
{
  *call = (RefCall) { .get_input = call_input, .get_config = call_config, .source = node, .attempt = node->attempt };
  ref_node_call (self, node, times);
  if (node->error == NULL)
    ref_model_flaky (call);
  else
    {
      call->error = g_steal_pointer (&node->error);
      call->error_class = node->error_class;
      call->retry_after = node->retry_after;
    }
  g_clear_pointer (&call->outputs, hearth_value_unref);
  call->outputs = g_steal_pointer (&node->outputs);
}

/* What came of each try that was repeated is in the run. */
static void
call_until_done (Evaluation     *self,
                 RefNode        *node,
                 const RefTimes *times,
                 RefCall        *call)
{
  gboolean repeats = TRUE;

  for (node->attempt = 1; repeats; node->attempt++)
    {
      g_autofree char *id = g_strdup_printf ("%s!%u", node->told_id, node->attempt);
      RefTimes failed = self->clock (id, self->user_data);

      ref_call_clear (call);
      if (self->cancelled && times->ended < 0 && node->attempt > times->n_tries)
        return; /* it was cut short while it waited for this one */
      call_and_fail (self, node, node->attempt <= times->n_retries ? &failed : times, call);
      repeats = call->error && ref_node_may_retry (node, call);
      if (repeats)
        add_retry (self, node, call);
    }
  if (call->error)
    ref_node_fall_back (node, call);
}

static void
take_results (RefNode       *node,
              const RefKind *kind,
              RefCall       *call)
{
  gboolean mute = call->chunks == NULL || call->chunks->len == 0;

  node->opened = node->streams && (node->opened || !(kind->abrupt && call->error && mute));
  if (call->error && !is_error_chunk (call, call->chunks ? call->chunks->len - 1 : 0))
    ref_call_yield (call, hearth_chunk_new_error (call->error));
  if (node->streams && call->chunks == NULL)
    call->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  if (node->streams)
    node->chunks = node->reused ? ref_chunks_merge (call->chunks) : g_steal_pointer (&call->chunks);
  node->dead = g_steal_pointer (&call->dead);
  node->error = g_steal_pointer (&call->error);
  node->error_class = call->error_class;
  node->retry_after = call->retry_after;
  if (node->error == NULL)
    node->outputs = g_steal_pointer (&call->outputs);
  node->fate = node->error ? REF_FAILED : REF_DONE;
}

static void
run (Evaluation     *self,
     RefNode        *node,
     const RefTimes *times)
{
  const RefKind *kind = ref_kinds_lookup (node->node->type_id);
  HearthValue *pinned = ref_node_get_config (node, "_pinned");
  RefCall call = { .get_input = NULL };

  g_assert (kind != NULL);
  node->starts = TRUE;
  if (hearth_value_is (pinned, OBJECT))
    {
      node->why = g_strdup ("pinned");
      ref_node_use_outputs (node, pinned, &call);
    }
  else if (kind->calls)
    call_until_done (self, node, times, &call);
  else
    try_until_done (self, node, kind, &call);
  take_results (node, kind, &call);
  ref_call_clear (&call);
}

/* --- its turn ------------------------------------------------------------------------- */

static RefInput *
find_missing (RefNode *node)
{
  for (guint i = 0; i < node->inputs->len && strcmp (node->node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) != 0; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);

      if (input->slot && hearth_slot_is (input->slot, REQUIRED) && !input->value && !input->stream
          && !(node->join != HEARTH_JOIN_ALL && input->sources->len > 0))
        return input;
    }

  return NULL;
}

/* Rule 15. */
void
ref_node_start (Evaluation     *self,
                RefNode        *node,
                const RefTimes *times)
{
  HearthNode *graph_node = node->node;
  gboolean pinned = graph_node->config && hearth_value_is (hearth_value_get (graph_node->config, "_pinned"), OBJECT);
  RefInput *missing = pinned ? NULL : find_missing (node);
  g_autofree char *refusal = pinned ? NULL : reference_dup_refusal (node);

  node->fate = REF_FAILED;
  if (graph_node->type == NULL && graph_node->bypassed)
    node->error = g_strdup_printf ("Critical error: Node type %s not found in registry.", graph_node->type_id);
  else if (graph_node->type == NULL)
    node->error = g_strdup_printf ("Node type %s not found or not executable.", graph_node->type_id);
  else if (graph_node->bypassed)
    node->fate = REF_BYPASSED;
  else if (missing)
    node->error = g_strdup_printf ("Critical error: Missing required input '%s' for node %s (%s)", missing->key, node->id,
                                   graph_node->type_id);
  else if (refusal)
    node->error = g_steal_pointer (&refusal);
  else
    {
      if (!pinned)
        ref_node_make_key (node);
      run (self, node, times);
    }
}

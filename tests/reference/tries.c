/* tries.c: rules 15, 18, 23, 26 and 57 to 71 of docs/scheduler.md: what comes of a node when its turn comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include "hearth-json.h"
#include "kinds.h"

#include <math.h>
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

static HearthValue *
get_config (RefNode    *node,
            const char *key)
{
  return node->node->config ? hearth_value_get (node->node->config, key) : NULL;
}

/* --- policies ------------------------------------------------------------------------ */

static double
get_number (HearthValue *object,
            const char  *key,
            double       fallback,
            double       max)
{
  HearthValue *value = object ? hearth_value_get (object, key) : NULL;

  return hearth_value_is_number (value) ? CLAMP (hearth_value_get_double (value), 0, max) : fallback;
}

/* Rule 59; without jitter, which has tests of its own. */
static guint
get_delay (HearthValue *retry,
           guint        number)
{
  double delay = get_number (retry, "delayMs", 500, 3600000);

  for (guint i = 1; i < number; i++)
    delay *= MAX (1, get_number (retry, "factor", 2, 10));
  return (guint) (MIN (delay, get_number (retry, "maxDelayMs", 30000, 3600000)) + 0.5);
}

/* Rule 58. */
static gboolean
is_passing (HearthValue *retry,
            const char  *error_class)
{
  static const char *const passing[] = { "network", "timeout", "rate-limit", "server", NULL };
  HearthValue *on = hearth_value_get (retry, "on");

  if (on == NULL)
    return g_strv_contains (passing, error_class);
  for (gsize i = 0; i < hearth_value_get_length (on); i++)
    if (strcmp (hearth_value_get_string (hearth_value_at (on, i), NULL), error_class) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_read (RefNode *node)
{
  for (guint i = 0; i < node->inputs->len; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);

      if (input->stream && input->stream->chunks && input->stream->chunks->len > 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
may_retry (RefNode *node,
           RefCall *call)
{
  HearthValue *policy = get_config (node, "_policy");
  HearthValue *retry = policy ? hearth_value_get (policy, "retry") : NULL;

  if (retry == NULL || call->attempt > get_number (retry, "count", 3, 100))
    return FALSE;
  return !(call->chunks && call->chunks->len > 0) && !has_read (node)
         && is_passing (retry, call->error_class ? call->error_class : "node");
}

static gboolean
is_stream (RefNode    *node,
           const char *key)
{
  for (guint i = 0; i < node->slots_out->len; i++)
    if (strcmp (((HearthSlot *) g_ptr_array_index (node->slots_out, i))->key, key) == 0)
      return hearth_slot_is ((HearthSlot *) g_ptr_array_index (node->slots_out, i), STREAM);

  return FALSE;
}

/* Outputs from somewhere else: one chunk for a stream. */
static void
use_outputs (RefNode     *node,
             HearthValue *outputs,
             RefCall     *call)
{
  ref_call_clear (call);
  for (gsize i = 0; outputs && i < hearth_value_get_length (outputs); i++)
    {
      const char *key = hearth_value_key_at (outputs, i);
      HearthValue *value = hearth_value_member_at (outputs, i);
      g_autofree char *text = hearth_value_to_text (value);

      if (!is_stream (node, key))
        ref_call_set (call, key, hearth_value_ref (value));
      else if (call->chunks == NULL)
        ref_call_yield (call, hearth_chunk_new_text (text));
    }
}

/* Rules 63 and 64. */
static gboolean
fall_back (RefNode *node,
           RefCall *call)
{
  HearthValue *policy = get_config (node, "_policy");
  const char *what = policy ? hearth_value_get_member_string (policy, "onFailure", "stop") : "stop";
  HearthValue *value = strcmp (what, "input") == 0 ? ref_node_get_input (node, "_fallback") : NULL;
  g_autoptr (HearthValue) outputs = NULL;
  g_autoptr (GPtrArray) dead = NULL;

  if (strcmp (what, "value") == 0)
    outputs = hearth_value_get (policy, "value") ? hearth_value_ref (hearth_value_get (policy, "value"))
                                                 : hearth_value_empty_object ();
  else if (value && node->slots_out->len > 0)
    outputs = hearth_value_object (((HearthSlot *) g_ptr_array_index (node->slots_out, 0))->key, hearth_value_ref (value), NULL);
  if (outputs == NULL || (call->chunks && call->chunks->len > 0))
    return FALSE;

  node->why = g_strdup_printf ("used the fallback value: %s", call->error);
  node->fell_back = TRUE;
  dead = g_steal_pointer (&call->dead);
  use_outputs (node, outputs, call);
  for (guint i = 0; dead && i < dead->len; i++) /* rule 42: a stream's links stay what they are */
    if (is_stream (node, g_ptr_array_index (dead, i)))
      ref_call_kill (call, g_ptr_array_index (dead, i));
  return TRUE;
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
  if (!hearth_value_is (get_config (node, "_policy"), OBJECT) || !is_error_chunk (call, 0))
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
  double limit = get_number (get_config (node, "_policy"), "timeoutMs", 0, 86400000);
  gboolean timed = kind->decl.start == ref_driver_time || kind->decl.start == ref_driver_time_deaf;

  if (!timed || limit == 0 || ref_call_get_duration (call) <= limit)
    return;
  g_free (call->error);
  call->error = g_strdup_printf ("The node did not end within the %g seconds it may take.", limit / 1000);
  call->error_class = "timeout";
}

static void
add_retry (RefNode *node,
           RefCall *call)
{
  HearthValue *retry = hearth_value_get (get_config (node, "_policy"), "retry");

  g_ptr_array_add (node->retries, g_strdup_printf ("RETRY %s %u %u %s", node->told_id, call->attempt + 1,
                                                   get_delay (retry, call->attempt), call->error));
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
      if (strcmp (node->node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0)
        give_values (self->reference, call);
      find_chunk_error (node, call);
      if (!node->reused)
        time_out (node, kind, call);
      if (call->error == NULL || !may_retry (node, call))
        break;
      add_retry (node, call);
      ref_call_clear (call);
    }
  if (call->error)
    fall_back (node, call);
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
    node->chunks = g_steal_pointer (&call->chunks);
  node->dead = g_steal_pointer (&call->dead);
  node->error = g_steal_pointer (&call->error);
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
  HearthValue *pinned = get_config (node, "_pinned");
  RefCall call = { .get_input = NULL };

  g_assert (kind != NULL);
  node->starts = TRUE;
  if (hearth_value_is (pinned, OBJECT))
    {
      node->why = g_strdup ("pinned");
      use_outputs (node, pinned, &call);
    }
  else if (kind->calls)
    {
      ref_node_call (self, node, times);
      call.error = g_steal_pointer (&node->error);
      call.outputs = g_steal_pointer (&node->outputs);
      if (call.error)
        fall_back (node, &call);
    }
  else
    try_until_done (self, node, kind, &call);
  take_results (node, kind, &call);
  ref_call_clear (&call);
}

/* --- reuse ---------------------------------------------------------------------------- */

static gboolean
touches_stream (RefNode *node)
{
  for (guint i = 0; i < node->befores->len; i++)
    if (g_array_index (node->befores, RefBefore, i).streams)
      return TRUE;

  return node->streams;
}

/* Rules 68 and 69. */
static char *
dup_key (RefNode *node)
{
  HearthNodeType *type = node->node->type;
  GString *key = g_string_new (node->node->type_id);
  g_autoptr (HearthValue) bare = node->node->config ? hearth_value_with (node->node->config, "_policy", NULL) : NULL;
  g_autofree char *text = NULL;

  if (type->decl->reuse != HEARTH_REUSE_PURE || touches_stream (node))
    return g_string_free (key, TRUE);

  text = bare ? hearth_json_print (bare) : g_strdup ("{}");
  g_string_append_printf (key, "\n%s", text);
  for (guint i = 0; i < node->inputs->len; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);
      gboolean fallback = strcmp (input->key, "_fallback") == 0;
      gboolean gathered = !fallback && input->collects && input->sources->len > 0;
      HearthValue *value = fallback ? NULL : input->value;
      g_autofree char *json = value ? hearth_json_print (value) : g_strdup ("undefined");

      /* The same list may be one value or gathered from links; the engine does not find one for the other. */
      g_string_append_printf (key, "\n%s%s=%s", input->key, gathered ? "*" : "", json);
    }

  return g_string_free (key, FALSE);
}

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
  else
    {
      node->key = pinned ? NULL : dup_key (node);
      run (self, node, times);
    }
}

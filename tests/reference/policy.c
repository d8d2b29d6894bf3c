/* policy.c: rules 57 to 64 of docs/scheduler.md: when a node tries again, and what stands in for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

HearthValue *
ref_node_get_config (RefNode    *node,
                     const char *key)
{
  return node->node->config ? hearth_value_get (node->node->config, key) : NULL;
}

double
ref_policy_get_number (HearthValue *object,
                       const char  *key,
                       double       fallback,
                       double       max)
{
  HearthValue *value = object ? hearth_value_get (object, key) : NULL;

  return hearth_value_is_number (value) ? CLAMP (hearth_value_get_double (value), 0, max) : fallback;
}

/* Rule 59: r, that is. */
static double
get_random (const char *run_id,
            const char *node_id,
            guint       number)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%u", run_id, node_id, number);
  guint64 hash = XXH64 (text, strlen (text), 0);

  return (double) (hash / 2048) / 9007199254740992.0;
}

/* Rule 59. */
guint
ref_node_get_delay (RefNode    *node,
                    const char *run_id,
                    RefCall    *failed)
{
  HearthValue *retry = hearth_value_get (ref_node_get_config (node, "_policy"), "retry");
  double delay = ref_policy_get_number (retry, "delayMs", 500, 3600000);
  double max = ref_policy_get_number (retry, "maxDelayMs", 30000, 3600000);
  double jitter = ref_policy_get_number (retry, "jitter", 0.2, 1);
  g_autoptr (GRegex) retries = g_regex_new ("#[0-9]+", 0, 0, NULL);
  g_autofree char *node_id = g_regex_replace_literal (retries, node->told_id, -1, 0, "", 0, NULL);
  double asked = failed->error_class ? failed->retry_after : 0;

  for (guint i = 1; i < failed->attempt; i++)
    delay *= MAX (1, ref_policy_get_number (retry, "factor", 2, 10));
  delay = MIN (delay, max) * (1 - jitter * get_random (run_id, node_id, failed->attempt));
  return (guint) MAX (floor (delay + 0.5), MIN (asked, max));
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

/* --- what cannot be read ------------------------------------------------------------- */

static char *
refuse (const char *field,
        const char *wanted)
{
  return g_strdup_printf ("The node cannot run: “%s” in what is to happen on failure must be %s. Correct it in the node's settings.",
                          field, wanted);
}

/* The first of @keys that is not a number, or NULL. */
static const char *
find_text (HearthValue       *object,
           const char *const *keys)
{
  for (; *keys; keys++)
    if (hearth_value_get (object, *keys) && !hearth_value_is_number (hearth_value_get (object, *keys)))
      return *keys;

  return NULL;
}

static gboolean
is_strange (HearthValue    *object,
            const char     *key,
            HearthValueKind kind)
{
  return hearth_value_get (object, key) && hearth_value_get_member_kind (object, key, kind) == NULL;
}

char *
reference_dup_refusal (RefNode *node)
{
  HearthValue *policy = ref_node_get_config (node, "_policy");
  HearthValue *retry = policy ? hearth_value_get (policy, "retry") : NULL;
  const char *text = retry ? find_text (retry, (const char *const[]){ "count", "delayMs", "factor", "maxDelayMs", "jitter", NULL }) : NULL;
  const char *on = policy ? hearth_value_get_member_string (policy, "onFailure", "stop") : "stop";

  if (policy && !hearth_value_is (policy, OBJECT))
    return refuse ("_policy", "an object");
  if (retry && !hearth_value_is (retry, OBJECT))
    return refuse ("retry", "an object");
  if (text)
    return refuse (text, "a number");
  if (retry && is_strange (retry, "on", HEARTH_VALUE_ARRAY))
    return refuse ("on", "a list of kinds of errors");
  if (policy && find_text (policy, (const char *const[]){ "timeoutMs", NULL }))
    return refuse ("timeoutMs", "a number");
  if (policy && (is_strange (policy, "onFailure", HEARTH_VALUE_STRING)
                 || !g_strv_contains ((const char *const[]){ "stop", "value", "input", NULL }, on)))
    return refuse ("onFailure", "“stop”, “value” or “input”");
  if (policy && is_strange (policy, "value", HEARTH_VALUE_OBJECT))
    return refuse ("value", "an object with a value per output");

  return NULL;
}

/* --- trying again --------------------------------------------------------------------- */

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

gboolean
ref_node_may_retry (RefNode *node,
                    RefCall *call)
{
  HearthValue *policy = ref_node_get_config (node, "_policy");
  HearthValue *retry = policy ? hearth_value_get (policy, "retry") : NULL;

  if (retry == NULL || call->attempt > ref_policy_get_number (retry, "count", 3, 100))
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

void
ref_node_use_outputs (RefNode     *node,
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
gboolean
ref_node_fall_back (RefNode *node,
                    RefCall *call)
{
  HearthValue *policy = ref_node_get_config (node, "_policy");
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
  ref_node_use_outputs (node, outputs, call);
  for (guint i = 0; dead && i < dead->len; i++) /* rule 42: a stream's links stay what they are */
    if (is_stream (node, g_ptr_array_index (dead, i)))
      ref_call_kill (call, g_ptr_array_index (dead, i));
  return TRUE;
}

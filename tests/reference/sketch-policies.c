/* sketch-policies.c: how random nodes are to meet failures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sketch.h"

#include <string.h>

static HearthValue *
make_on (RefSketch *sketch)
{
  g_auto (HearthBuilder) kinds = HEARTH_BUILDER_INIT;

  if (chance (50))
    return NULL;
  hearth_builder_add_string (&kinds, NULL, chance (70) ? "node" : "refused");
  hearth_builder_add_string (&kinds, NULL, "timeout");
  return hearth_builder_end_array (&kinds);
}

static HearthValue *
make_retry (RefSketch *sketch)
{
  return hearth_value_object ("jitter", chance (70) ? hearth_value_double (below (5) * 0.25) : NULL, "count",
                              chance (80) ? hearth_value_integer (below (4)) : NULL, "delayMs",
                              chance (60) ? hearth_value_integer (below (3000)) : NULL, "factor",
                              chance (40) ? hearth_value_integer (1 + below (3)) : NULL, "maxDelayMs",
                              chance (40) ? hearth_value_integer (below (4000)) : NULL, "on", make_on (sketch), NULL);
}

/* Some of its outputs, and one it does not have. */
static HearthValue *
make_outputs (RefSketch *sketch,
              RefDraft  *draft)
{
  g_auto (HearthBuilder) outputs = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < draft->outs->len; i++)
    {
      RefPort *port = g_ptr_array_index (draft->outs, i);

      if (chance (75))
        hearth_builder_add (&outputs, port->key, ref_sketch_make_value (sketch, port->type));
    }
  if (chance (10))
    hearth_builder_add_string (&outputs, "unasked", "for");

  return hearth_builder_end_object (&outputs);
}

/* One of its fields is what it may not be, or out of its range. Takes @policy. A node that is not @timed
 * works while the clock is moved on, so it can be late whatever the limit is: it gets none. */
static HearthValue *
spoil (RefSketch   *sketch,
       HearthValue *policy,
       gboolean     timed)
{
  static const char *const keys[] = { "retry", "timeoutMs", "onFailure", "value", "count", "delayMs", "factor",
                                      "maxDelayMs", "jitter", "on" };
  guint which = below (G_N_ELEMENTS (keys) + 1);
  g_autoptr (HearthValue) owned = policy;
  g_autoptr (HearthValue) wrong = chance (50) ? hearth_value_string ("soon") : hearth_value_double (chance (50) ? -1 : 1e9);
  g_autoptr (HearthValue) retry = NULL;

  if (which == G_N_ELEMENTS (keys))
    return g_steal_pointer (&wrong);
  if (!timed && which < 4 && strcmp (keys[which], "timeoutMs") == 0)
    which = 0;
  if (which < 4)
    return hearth_value_with (owned, keys[which], wrong);

  retry = hearth_value_with (hearth_value_get (owned, "retry"), keys[which], wrong);
  return hearth_value_with (owned, "retry", retry);
}

void
ref_sketch_add_policy (RefSketch     *sketch,
                       RefMood       *mood,
                       RefDraft      *draft,
                       HearthBuilder *config)
{
  static const char *const endings[] = { "stop", "value", "input" };
  const RefKind *kind = ref_kinds_lookup (draft->type_id);
  gboolean timed = kind && kind->lasts;
  HearthValue *policy;

  if (!mood->policies || strcmp (draft->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0
      || strcmp (draft->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) == 0)
    return;
  if (chance (6))
    hearth_builder_add (config, "_pinned", make_outputs (sketch, draft));
  if (!chance (kind->failing || kind->calls || kind->asks || kind->guest ? 80 : 25))
    return;
  policy = hearth_value_object ("retry", chance (80) ? make_retry (sketch) : NULL, "timeoutMs",
                                timed && chance (60) ? hearth_value_integer (100 + below (3) * 400) : NULL, "onFailure",
                                chance (80) ? hearth_value_string (endings[below (3)]) : NULL, "value",
                                chance (80) ? make_outputs (sketch, draft) : NULL, NULL);
  if (mood->odd && chance (20))
    policy = spoil (sketch, policy, timed);
  hearth_builder_add (config, "_policy", policy);
}

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

void
ref_sketch_add_policy (RefSketch     *sketch,
                       RefMood       *mood,
                       RefDraft      *draft,
                       HearthBuilder *config)
{
  static const char *const endings[] = { "stop", "value", "input" };
  const RefKind *kind = ref_kinds_lookup (draft->type_id);
  gboolean timed = kind && kind->lasts;
  gboolean calm = draft->calls || (mood->branches && kind && kind->decl.resume);

  if (!mood->policies || strcmp (draft->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0
      || strcmp (draft->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) == 0)
    return;
  if (chance (6))
    hearth_builder_add (config, "_pinned", make_outputs (sketch, draft));
  if (!chance (kind->failing || kind->asks || kind->guest ? 80 : 25))
    return;
  hearth_builder_add (config, "_policy",
                      hearth_value_object ("retry", !calm && chance (80) ? make_retry (sketch) : NULL, "timeoutMs",
                                           timed && chance (60) ? hearth_value_integer (100 + below (3) * 400) : NULL, "onFailure",
                                           chance (80) ? hearth_value_string (endings[below (kind->decl.join ? 2 : 3)]) : NULL,
                                           "value", chance (80) ? make_outputs (sketch, draft) : NULL, NULL));
}

/* preset-params.c: how a preset of SillyTavern wants a model to be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "preset-params.h"

#include <math.h>

/* @neutral: the value that is the same as none; NAN: there is no such. */
static const struct { const char *key, *name; double neutral; } numbers[] = {
  { "temperature", "temperature", NAN },
  { "top_p", "top_p", 1 },
  { "top_k", "top_k", 0 },
  { "top_a", "top_a", 0 },
  { "min_p", "min_p", 0 },
  { "frequency_penalty", "frequency_penalty", 0 },
  { "presence_penalty", "presence_penalty", 0 },
  { "repetition_penalty", "repetition_penalty", 1 },
  { "openai_max_tokens", "max_tokens", 0 },
  { "seed", "seed", -1 },
};

gboolean
hearth_preset_is_one (HearthValue *value)
{
  return hearth_value_get_member_kind (value, "prompts", HEARTH_VALUE_ARRAY) != NULL
         || hearth_value_get_member_kind (value, "prompt_order", HEARTH_VALUE_ARRAY) != NULL;
}

HearthValue *
hearth_preset_read_params (HearthValue *preset)
{
  g_auto (HearthBuilder) params = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      HearthValue *value = hearth_value_get (preset, numbers[i].key);

      /* Not even equal to NAN. */
      if (hearth_value_is_number (value) && hearth_value_get_double (value) != numbers[i].neutral)
        hearth_builder_add (&params, numbers[i].name, hearth_value_ref (value));
    }
  return hearth_builder_end_object (&params);
}

/* hearth-step-files.c: the state of the files that a step reads, as part of what its result is made from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

static const char *const *
get_keys (HearthStep *self)
{
  static const char *const none[] = { NULL };
  const char *const *keys = self->plan->type->decl->file_configs;

  return keys ? keys : none;
}

/* NULL also when the setting names no file. */
static HearthValue *
get_state (HearthStep *self,
           const char *key)
{
  return hearth_value_get (self->run->file_states, hearth_value_get_member_string (self->plan->config, key, ""));
}

gboolean
_hearth_step_knows_files (HearthStep *self)
{
  for (const char *const *key = get_keys (self); *key; key++)
    if (*hearth_value_get_member_string (self->plan->config, *key, "") != '\0' && get_state (self, *key) == NULL)
      return FALSE;

  return TRUE;
}

void
_hearth_step_hash_files (HearthStep *self)
{
  for (const char *const *key = get_keys (self); *key; key++)
    hearth_hash_add_value (self->run->hash, get_state (self, *key));
}

HearthValue *
_hearth_step_make_file_parts (HearthStep *self)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  if (self->plan->type->decl->file_configs == NULL)
    return NULL;
  for (const char *const *key = get_keys (self); *key; key++)
    {
      HearthResultKey hash;

      hearth_hash_add_value (self->run->hash, get_state (self, *key));
      hash = hearth_hash_finish (self->run->hash);
      hearth_builder_add (&builder, *key, hearth_value_integer (hearth_result_key_shorten (&hash)));
    }
  return hearth_builder_end_object (&builder);
}

/* hearth-plan-hash.c: what a result depends on that no run changes: type, version, settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include <string.h>

static HearthValue *
dup_config (HearthPlanStep *step)
{
  g_autoptr (HearthValue) config = step->config ? hearth_value_with (step->config, HEARTH_POLICY_KEY, NULL) : NULL;

  return config ? hearth_value_with (config, HEARTH_PINNED_KEY, NULL) : hearth_value_empty_object ();
}

static gboolean
reads_stream (HearthPlan     *self,
              HearthPlanStep *step)
{
  for (guint i = step->first_link; i < step->first_link + step->n_links; i++)
    if (hearth_plan_link (self, i)->kind == HEARTH_LINK_STREAM)
      return TRUE;

  return FALSE;
}

static HearthReuse
get_reuse (HearthPlan     *self,
           HearthPlanStep *step)
{
  if (step->type == NULL || step->bypassed || step->pinned || step->type->decl->flags & HEARTH_NODE_CALLS
      || reads_stream (self, step))
    return HEARTH_REUSE_NEVER;

  return step->type->decl->reuse;
}

static HearthValue *
name_type (HearthPlanStep *step)
{
  g_autofree char *name = g_strdup_printf ("%s %d", step->type_id, step->type->decl->version);

  return hearth_value_string (name);
}

static void
hash_step (HearthPlan      *self,
           guint            number,
           HearthHashInput *hash)
{
  HearthPlanStep *step = hearth_plan_step (self, number);
  HearthPlanHash *into = &self->hashes[number];
  g_autoptr (HearthValue) config = NULL;

  into->reuse = get_reuse (self, step);
  if (into->reuse == HEARTH_REUSE_NEVER)
    return;

  config = dup_config (step);
  hearth_hash_add_value (hash, config);
  into->base = hearth_hash_finish (hash);
  into->config = hearth_value_integer (hearth_result_key_shorten (&into->base));
  into->type = name_type (step);
  hearth_hash_add_value (hash, into->type);
  hearth_hash_add_key (hash, &into->base);
  for (guint i = step->first_input; i < step->first_input + step->n_inputs; i++)
    if (hearth_plan_input_makes_result (hearth_plan_input (self, i)))
      hearth_hash_add_text (hash, hearth_plan_input (self, i)->key);
  into->base = hearth_hash_finish (hash);
}

/* Made when the first run with a cache wants it. */
const HearthPlanHash *
_hearth_plan_get_hashes (HearthPlan *self)
{
  if (g_once_init_enter (&self->hashed))
    {
      g_autoptr (GByteArray) hash = hearth_hash_input_new ();

      self->hashes = g_new0 (HearthPlanHash, self->steps->len + 1);
      for (guint i = 0; i < self->steps->len; i++)
        hash_step (self, i, hash);
      g_once_init_leave (&self->hashed, 1);
    }

  return self->hashes;
}

void
hearth_plan_prepare_reuse (HearthPlan *self)
{
  g_return_if_fail (self != NULL);

  _hearth_plan_get_hashes (self);
}

void
_hearth_plan_free_hashes (HearthPlan *self)
{
  for (guint i = 0; self->hashes && i < self->steps->len; i++)
    {
      g_clear_pointer (&self->hashes[i].type, hearth_value_unref);
      g_clear_pointer (&self->hashes[i].config, hearth_value_unref);
    }
  g_clear_pointer (&self->hashes, g_free);
}

/* hearth-step-reuse.c: results of earlier runs instead of an execution, and why or why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

/* In kept outputs: keys of those that were not taken, and what was yielded. */
#define DEAD_KEY "_dead"
#define CHUNKS_KEY "_chunks"

static const HearthPlanHash *
get_hash (HearthStep *self)
{
  return &_hearth_plan_get_hashes (self->run->plan)[self - self->run->steps];
}

gboolean
_hearth_step_is_anew (HearthStep *self)
{
  HearthRun *run = self->run;

  return run->reuse == HEARTH_RUN_REUSE_NOTHING || (run->anew_steps && run->anew_steps[self - run->steps]);
}

/* The node itself, or one inside the group instance. */
static gboolean
is_named (char      **ids,
          const char *step_id)
{
  for (; *ids; ids++)
    {
      gsize length = strlen (*ids);

      if (strncmp (step_id, *ids, length) == 0 && (step_id[length] == '\0' || step_id[length] == '/'))
        return TRUE;
    }

  return FALSE;
}

void
_hearth_run_prepare_reuse (HearthRun *self)
{
  HearthPlan *plan = self->plan;

  self->output_hashes = g_new0 (HearthResultKey, plan->outputs->len + 1);
  self->hash = hearth_hash_input_new ();
  if (self->anew == NULL)
    return;

  self->anew_steps = g_new0 (guint8, plan->steps->len + 1);
  for (guint n = 0; n < plan->steps->len; n++)
    {
      HearthPlanStep *step = hearth_plan_step (plan, plan->order[n]);
      gboolean anew = is_named (self->anew, step->id);

      for (guint i = step->first_link; i < step->first_link + step->n_links; i++)
        if (hearth_plan_link (plan, i)->source >= 0)
          anew |= self->anew_steps[hearth_plan_link (plan, i)->source];
      self->anew_steps[plan->order[n]] = anew;
    }
}

/* --- names --------------------------------------------------------------------------- */

static HearthResultKey
hash_value (HearthRun   *run,
            HearthValue *value)
{
  hearth_hash_add_value (run->hash, value);
  return hearth_hash_finish (run->hash);
}

/* However many read an output, it is hashed once. */
static HearthResultKey
hash_linked (HearthRun      *run,
             HearthPlanLink *link,
             HearthValue    *value)
{
  HearthResultKey *known;

  if (link->source < 0 || link->kind != HEARTH_LINK_VALUE || value == NULL)
    return hash_value (run, value);

  known = &run->output_hashes[link->output];
  if (!hearth_result_key_is_set (known))
    *known = hash_value (run, value);
  return *known;
}

static HearthResultKey
hash_collected (HearthRun       *run,
                HearthPlanInput *input,
                HearthValue     *list)
{
  g_autofree HearthResultKey *keys = g_new (HearthResultKey, input->n_links);

  for (guint i = 0; i < input->n_links; i++)
    {
      HearthValue *value = hearth_value_at (list, i);

      /* A null may stand for a value that did not come. */
      keys[i] = hearth_value_is (value, NULL)
                    ? hash_value (run, value)
                    : hash_linked (run, hearth_plan_link (run->plan, input->first_link + i), value);
    }
  for (guint i = 0; i < input->n_links; i++)
    hearth_hash_add_key (run->hash, &keys[i]);
  return hearth_hash_finish (run->hash);
}

static HearthResultKey
hash_input (HearthStep *self,
            guint       number)
{
  HearthRun *run = self->run;
  HearthPlanInput *input = hearth_plan_input (run->plan, self->plan->first_input + number);
  HearthValue *value = self->inputs[number];

  if (input->collects && input->n_links > 0)
    return hash_collected (run, input, value);
  else if (input->n_links > 0 && value != input->constant)
    return hash_linked (run, hearth_plan_link (run->plan, input->first_link), value);

  return hash_value (run, value);
}

static gboolean
counts (HearthStep *self,
        guint       number)
{
  return hearth_plan_input_makes_result (hearth_plan_input (self->run->plan, self->plan->first_input + number));
}

static void
make_key (HearthStep      *self,
          HearthResultKey *inputs)
{
  HearthRun *run = self->run;

  for (guint i = 0; i < self->plan->n_inputs; i++)
    if (counts (self, i))
      inputs[i] = hash_input (self, i);
  hearth_hash_add_key (run->hash, &get_hash (self)->base);
  for (guint i = 0; i < self->plan->n_inputs; i++)
    if (counts (self, i))
      hearth_hash_add_key (run->hash, &inputs[i]);
  if (strcmp (self->plan->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0)
    hearth_hash_add_value (run->hash, hearth_step_get_run_inputs (self));
  _hearth_step_hash_files (self);
  self->more->key = hearth_hash_finish (run->hash);
  self->more->keyed = TRUE;
}

/* --- reuse --------------------------------------------------------------------------- */

static void
give_outputs (HearthStep  *self,
              HearthValue *kept)
{
  HearthValue *dead = hearth_value_get_member_kind (kept, DEAD_KEY, HEARTH_VALUE_ARRAY);

  for (gsize i = 0; i < hearth_value_get_length (kept); i++)
    {
      const char *key = hearth_value_key_at (kept, i);
      HearthValue *value = hearth_value_member_at (kept, i);

      if (value != dead && !(self->streaming && strcmp (key, CHUNKS_KEY) == 0))
        hearth_step_set_output (self, key, hearth_value_ref (value));
    }
  for (gsize i = 0; dead && i < hearth_value_get_length (dead); i++)
    hearth_step_set_dead (self, hearth_value_get_string (hearth_value_at (dead, i), NULL));
}

static void
end_with (HearthStep  *self,
          HearthValue *kept,
          HearthValue *origin)
{
  if (_hearth_run_is_observed (self->run))
    self->more->why = g_strdup (_hearth_run_explain_reuse (self->run, origin));
  self->more->origin = hearth_value_ref (origin);
  self->reused = TRUE;
  _hearth_step_announce (self);
  give_outputs (self, kept);
  if (self->streaming)
    {
      self->more->retells = hearth_value_ref (hearth_value_get (kept, CHUNKS_KEY));
      _hearth_step_retell (self);
    }
  else
    _hearth_step_end_done (self);
}

static gboolean
look_up (HearthStep      *self,
         HearthReuse      reuse,
         HearthResultKey *inputs)
{
  HearthRun *run = self->run;
  HearthResultKey *key = &self->more->key;
  g_autoptr (HearthValue) origin = NULL;
  g_autoptr (HearthValue) kept = NULL;

  if (_hearth_step_is_anew (self) || (reuse == HEARTH_REUSE_OUTSIDE && run->reuse != HEARTH_RUN_REUSE_ALL))
    return FALSE;

  kept = hearth_result_cache_lookup (run->cache, key, &origin);
  if (kept == NULL || (self->plan->streams && !hearth_value_get_member_kind (kept, CHUNKS_KEY, HEARTH_VALUE_ARRAY)))
    return FALSE;

  if (!hearth_result_cache_is_last (run->cache, _hearth_run_get_workflow_id (run), self->plan->id, key))
    self->more->parts = _hearth_step_make_parts (self, inputs);
  end_with (self, kept, origin);
  return TRUE;
}

gboolean
_hearth_step_reuse (HearthStep *self)
{
  HearthReuse reuse = get_hash (self)->reuse;
  HearthResultKey few[8];
  g_autofree HearthResultKey *many = NULL;
  HearthResultKey *inputs = few;
  HearthStepMore *more;

  if (reuse == HEARTH_REUSE_NEVER)
    return FALSE;
  if (!_hearth_step_knows_files (self))
    reuse = HEARTH_REUSE_OUTSIDE;

  if (self->plan->n_inputs > G_N_ELEMENTS (few))
    inputs = many = g_new (HearthResultKey, self->plan->n_inputs);
  more = _hearth_step_need_more (self);
  make_key (self, inputs);
  if (look_up (self, reuse, inputs))
    return TRUE;

  more->parts = _hearth_step_make_parts (self, inputs);
  if (_hearth_run_is_observed (self->run))
    more->why = _hearth_step_explain_run (self, reuse);
  if (self->plan->streams)
    _hearth_step_begin_chunks (self);
  return FALSE;
}

static HearthValue *
dup_dead (HearthStep *self)
{
  g_auto (HearthBuilder) keys = HEARTH_BUILDER_INIT;
  HearthRun *run = self->run;

  for (guint i = self->plan->first_output; i < self->plan->first_output + self->plan->n_outputs; i++)
    if (run->dead_outputs[i])
      hearth_builder_add_string (&keys, NULL, hearth_plan_output (run->plan, i)->key);
  for (int i = self->plan->first_extra; i >= 0; i = hearth_plan_output (run->plan, i)->next_extra)
    if (run->dead_outputs[i])
      hearth_builder_add_string (&keys, NULL, hearth_plan_output (run->plan, i)->key);

  return hearth_builder_end_array (&keys);
}

/* NULL: there is too much of it. */
static HearthValue *
dup_result (HearthStep *self)
{
  g_autoptr (HearthValue) chunks = self->streaming ? _hearth_step_end_chunks (self) : NULL;
  g_autoptr (HearthValue) dead = self->has_dead ? dup_dead (self) : NULL;
  g_autoptr (HearthValue) living = NULL;

  if (self->streaming && chunks == NULL)
    return NULL;

  living = dead ? hearth_value_with (_hearth_step_get_object (self), DEAD_KEY, dead)
                : hearth_value_ref (_hearth_step_get_object (self));
  return chunks ? hearth_value_with (living, CHUNKS_KEY, chunks) : g_steal_pointer (&living);
}

/* What it was made of, or would have been, is what the node is compared with the next time, and loaded for. */
void
_hearth_step_keep_result (HearthStep *self)
{
  HearthRun *run = self->run;
  HearthStepMore *more = self->more;
  g_autoptr (HearthValue) result = NULL;

  if (more->fell_back)
    return;
  if (!self->reused && !self->once && (result = dup_result (self)))
    hearth_result_cache_store (run->cache, &more->key, self->plan->type_id, run->id, result);
  if (more->parts)
    hearth_result_cache_set_last (run->cache, _hearth_run_get_workflow_id (run), self->plan->id, &more->key, more->parts);
}

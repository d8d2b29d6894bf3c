/* hearth-step-reuse.c: results of earlier runs instead of an execution, and why or why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

#include "hearth-id.h"
#include "hearth-i18n.h"

/* In kept outputs: keys of those that were not taken. */
#define DEAD_KEY "_dead"

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

/* --- reasons -------------------------------------------------------------------------- */

static HearthValue *
make_parts (HearthStep      *self,
            HearthResultKey *inputs)
{
  const HearthPlanHash *hash = get_hash (self);
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->plan->n_inputs; i++)
    if (counts (self, i))
      hearth_builder_add (&builder, hearth_plan_input (self->run->plan, self->plan->first_input + i)->key,
                          hearth_value_integer (hearth_result_key_shorten (&inputs[i])));

  return hearth_value_object ("type", hearth_value_ref (hash->type), "config", hearth_value_ref (hash->config), "inputs",
                              hearth_builder_end_object (&builder), "files", _hearth_step_make_file_parts (self), NULL);
}

static gboolean
differs (HearthValue *parts,
         HearthValue *last,
         const char  *key)
{
  return !hearth_value_equal (hearth_value_get (parts, key), hearth_value_get (last, key));
}

/* The first input that is another one than it was, or that has come or gone; or NULL. */
static const char *
find_changed (HearthValue *inputs,
              HearthValue *before)
{
  for (gsize i = 0; i < hearth_value_get_length (inputs); i++)
    if (differs (inputs, before, hearth_value_key_at (inputs, i)))
      return hearth_value_key_at (inputs, i);
  for (gsize i = 0; i < hearth_value_get_length (before); i++)
    if (differs (inputs, before, hearth_value_key_at (before, i)))
      return hearth_value_key_at (before, i);

  return NULL;
}

static char *
explain_change (HearthStep  *self,
                HearthValue *last)
{
  HearthValue *parts = self->more->parts;
  const char *changed;

  if (last == NULL)
    return g_strdup (_("first run"));
  if (differs (parts, last, "type"))
    return g_strdup (_("the node's version changed"));
  if (differs (parts, last, "config"))
    return g_strdup (_("configuration changed"));

  changed = find_changed (hearth_value_get (parts, "inputs"), hearth_value_get (last, "inputs"));
  if (changed)
    return g_strdup_printf (_("input “%s” changed"), changed);

  changed = find_changed (hearth_value_get (parts, "files"), hearth_value_get (last, "files"));
  if (changed)
    return g_strdup_printf (_("the file “%s” changed"), hearth_value_get_member_string (self->plan->config, changed, ""));

  return g_strdup (_("its earlier result was not kept"));
}

static const char *
get_workflow_id (HearthRun *run)
{
  const char *id = hearth_value_get_member_string (run->metadata, "workflowId", run->plan->workflow_id);

  return id ? id : "";
}

static char *
explain_run (HearthStep *self,
             HearthReuse reuse)
{
  HearthRun *run = self->run;
  g_autoptr (HearthValue) last = NULL;

  if (_hearth_step_is_anew (self))
    return g_strdup (_("asked to run anew"));
  if (reuse == HEARTH_REUSE_OUTSIDE && run->reuse != HEARTH_RUN_REUSE_ALL)
    return g_strdup (_("depends on something outside"));

  last = hearth_result_cache_get_last (run->cache, get_workflow_id (run), self->plan->id);
  return explain_change (self, last);
}

/* Many results of a run were made in the same minute. */
static const char *
explain_reuse (HearthRun   *run,
               HearthValue *origin)
{
  gint64 minute = hearth_value_get_member_integer (origin, "at", 0) / 60000;

  if (run->reuse_why == NULL || run->reuse_minute != minute)
    {
      g_autofree char *time = hearth_time_to_words (minute * 60000);

      g_free (run->reuse_why);
      /* Translators: why a node did not run: an earlier result is used; date and time of that run */
      run->reuse_why = g_strdup_printf (_("same as in the run of %s"), time);
      run->reuse_minute = minute;
    }

  return run->reuse_why;
}

/* --- reuse --------------------------------------------------------------------------- */

static void
end_with (HearthStep  *self,
          HearthValue *outputs,
          HearthValue *origin)
{
  HearthValue *dead = hearth_value_get_member_kind (outputs, DEAD_KEY, HEARTH_VALUE_ARRAY);
  g_autoptr (HearthValue) values = dead ? hearth_value_with (outputs, DEAD_KEY, NULL) : hearth_value_ref (outputs);

  if (_hearth_run_is_observed (self->run))
    self->more->why = g_strdup (explain_reuse (self->run, origin));
  self->more->origin = hearth_value_ref (origin);
  self->reused = TRUE;
  _hearth_step_announce (self);
  _hearth_step_fill (self, values);
  for (gsize i = 0; dead && i < hearth_value_get_length (dead); i++)
    hearth_step_set_dead (self, hearth_value_get_string (hearth_value_at (dead, i), NULL));
  _hearth_step_end_done (self);
}

/* It is what the node is compared with the next time, and loaded for. */
static void
remember (HearthStep      *self,
          HearthResultKey *inputs)
{
  HearthResultCache *cache = self->run->cache;
  const char *workflow_id = get_workflow_id (self->run);
  g_autoptr (HearthValue) parts = NULL;

  if (hearth_result_cache_is_last (cache, workflow_id, self->plan->id, &self->more->key))
    return;

  parts = make_parts (self, inputs);
  hearth_result_cache_set_last (cache, workflow_id, self->plan->id, &self->more->key, parts);
}

static gboolean
look_up (HearthStep      *self,
         HearthReuse      reuse,
         HearthResultKey *inputs)
{
  HearthRun *run = self->run;
  g_autoptr (HearthValue) origin = NULL;
  g_autoptr (HearthValue) outputs = NULL;

  if (_hearth_step_is_anew (self) || (reuse == HEARTH_REUSE_OUTSIDE && run->reuse != HEARTH_RUN_REUSE_ALL))
    return FALSE;

  outputs = hearth_result_cache_lookup (run->cache, &self->more->key, &origin);
  if (outputs == NULL)
    return FALSE;

  remember (self, inputs);
  end_with (self, outputs, origin);
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

  more->parts = make_parts (self, inputs);
  if (_hearth_run_is_observed (self->run))
    more->why = explain_run (self, reuse);
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

void
_hearth_step_keep_result (HearthStep *self)
{
  HearthRun *run = self->run;
  HearthValue *object = _hearth_step_get_object (self);
  g_autoptr (HearthValue) dead = NULL;
  g_autoptr (HearthValue) outputs = NULL;

  if (self->reused || self->more->fell_back)
    return;

  if (!self->once)
    {
      dead = self->has_dead ? dup_dead (self) : NULL;
      outputs = dead ? hearth_value_with (object, DEAD_KEY, dead) : hearth_value_ref (object);
      hearth_result_cache_store (run->cache, &self->more->key, self->plan->type_id, run->id, outputs);
    }
  hearth_result_cache_set_last (run->cache, get_workflow_id (run), self->plan->id, &self->more->key, self->more->parts);
}

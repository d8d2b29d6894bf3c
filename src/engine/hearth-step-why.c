/* hearth-step-why.c: why a step runs although it has a result, or does not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

#include "hearth-id.h"
#include "hearth-i18n.h"

HearthValue *
_hearth_step_make_parts (HearthStep            *self,
                         const HearthResultKey *inputs)
{
  const HearthPlanHash *hash = &_hearth_plan_get_hashes (self->run->plan)[self - self->run->steps];
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->plan->n_inputs; i++)
    {
      HearthPlanInput *input = hearth_plan_input (self->run->plan, self->plan->first_input + i);

      if (hearth_plan_input_makes_result (input))
        hearth_builder_add (&builder, input->key, hearth_value_integer (hearth_result_key_shorten (&inputs[i])));
    }

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

const char *
_hearth_run_get_workflow_id (HearthRun *self)
{
  const char *id = hearth_value_get_member_string (self->metadata, "workflowId", self->plan->workflow_id);

  return id ? id : "";
}

char *
_hearth_step_explain_run (HearthStep *self,
                          HearthReuse reuse)
{
  HearthRun *run = self->run;
  g_autoptr (HearthValue) last = NULL;

  if (_hearth_step_is_anew (self))
    return g_strdup (_("asked to run anew"));
  if (reuse == HEARTH_REUSE_OUTSIDE && run->reuse != HEARTH_RUN_REUSE_ALL)
    return g_strdup (_("depends on something outside"));

  last = hearth_result_cache_get_last (run->cache, _hearth_run_get_workflow_id (run), self->plan->id);
  return explain_change (self, last);
}

/* Many results of a run were made in the same minute. */
const char *
_hearth_run_explain_reuse (HearthRun   *self,
                           HearthValue *origin)
{
  gint64 minute = hearth_value_get_member_integer (origin, "at", 0) / 60000;

  if (self->reuse_why == NULL || self->reuse_minute != minute)
    {
      g_autofree char *time = hearth_time_to_words (minute * 60000);

      g_free (self->reuse_why);
      /* Translators: why a node did not run: an earlier result is used; date and time of that run */
      self->reuse_why = g_strdup_printf (_("same as in the run of %s"), time);
      self->reuse_minute = minute;
    }

  return self->reuse_why;
}

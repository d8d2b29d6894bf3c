/* hearth-step-output.c: what a node's code hands to its step: outputs, chunks, the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

#define on_main_thread(step) ((step)->run->thread == g_thread_self ())

static int
find_output (HearthStep *self,
             const char *key)
{
  HearthPlan *plan = self->run->plan;

  for (guint i = self->plan->first_output; i < self->plan->first_output + self->plan->n_outputs; i++)
    if (hearth_plan_output (plan, i)->key == key || strcmp (hearth_plan_output (plan, i)->key, key) == 0)
      return i;
  for (int i = self->plan->first_extra; i >= 0; i = hearth_plan_output (plan, i)->next_extra)
    if (strcmp (hearth_plan_output (plan, i)->key, key) == 0)
      return i;

  return -1;
}

static void
unref_extra (gpointer value)
{
  if (value)
    hearth_value_unref (value);
}

void
_hearth_step_drop_extras (HearthStep *self)
{
  for (guint i = 0; self->extras && i < self->extras->len; i += 2)
    {
      g_free (g_ptr_array_index (self->extras, i));
      unref_extra (g_ptr_array_index (self->extras, i + 1));
    }
  g_clear_pointer (&self->extras, g_ptr_array_unref);
}

/* Outputs that nobody declared and no edge leaves from are only reported. */
static void
set_extra (HearthStep  *self,
           const char  *key,
           HearthValue *value)
{
  if (self->extras == NULL)
    self->extras = g_ptr_array_new ();
  for (guint i = 0; i < self->extras->len; i += 2)
    if (strcmp (g_ptr_array_index (self->extras, i), key) == 0)
      {
        unref_extra (g_ptr_array_index (self->extras, i + 1));
        g_ptr_array_index (self->extras, i + 1) = value;
        return;
      }

  g_ptr_array_add (self->extras, g_strdup (key));
  g_ptr_array_add (self->extras, value);
}

void
hearth_step_set_output (HearthStep  *self,
                        const char  *key,
                        HearthValue *value)
{
  HearthValue **place;
  int output;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  if (self->state != HEARTH_STEP_RUNNING)
    {
      g_critical ("Node %s set its output %s after it had ended", self->plan->id, key);
      unref_extra (value);
      return;
    }

  output = find_output (self, key);
  if (output < 0)
    {
      set_extra (self, key, value);
      return;
    }
  place = &self->run->output_values[output];
  unref_extra (*place);
  *place = value;
  self->run->dead_outputs[output] = FALSE;
}

void
hearth_step_set_dead (HearthStep *self,
                      const char *key)
{
  int output;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (self->state == HEARTH_STEP_RUNNING);

  output = find_output (self, key);
  if (output < 0)
    return; /* nobody is wired to it */
  if (self->run->dead_outputs[output])
    return;
  if (hearth_plan_output (self->run->plan, output)->streams && self->opened)
    {
      g_critical ("Node %s gave its stream %s up after it had begun", self->plan->id, key);
      return;
    }

  g_clear_pointer (&self->run->output_values[output], hearth_value_unref);
  self->run->dead_outputs[output] = TRUE;
  self->has_dead = TRUE;
}

static void
begin_failure (HearthStep  *self,
               HearthValue *chunk)
{
  g_autofree char *message = hearth_chunk_dup_error (chunk);

  _hearth_step_fail_later (self, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message));
}

static void
gather (HearthStep  *self,
        HearthValue *chunk)
{
  if (self->collected && hearth_chunk_get_text (chunk))
    g_string_append (self->collected, hearth_chunk_get_text (chunk));
  if (self->more && self->more->chunks)
    _hearth_step_keep_chunk (self, chunk);
}

static void
hand_over (HearthStep  *self,
           HearthValue *chunk)
{
  gboolean failed = hearth_chunk_is (chunk, "error_chunk");

  _hearth_step_open_stream (self);
  self->yielded = TRUE;
  self->told = failed;
  if (_hearth_run_is_observed (self->run))
    {
      _hearth_run_emit_chunk (self, chunk, failed || hearth_chunk_is (chunk, "finish_reason_chunk"));
      _hearth_run_emit_interface (self, chunk, FALSE);
    }
  if (self->gathers)
    gather (self, chunk);
  if (self->run->plan->n_readers > 0)
    _hearth_stream_push (self, chunk);
  if (failed)
    begin_failure (self, chunk);
}

gboolean
hearth_step_yield (HearthStep  *self,
                   HearthValue *chunk)
{
  g_autoptr (HearthValue) owned = chunk;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (chunk != NULL, FALSE);
  g_return_val_if_fail (on_main_thread (self), FALSE);
  g_return_val_if_fail (self->state == HEARTH_STEP_RUNNING || self->abandoned, FALSE);

  if (self->ending || self->abandoned || g_atomic_int_get (&self->cancelled))
    return FALSE;

  self->run->depth++;
  /* As long as nothing went out, its policy may still put things right. */
  if (self->plan->policy && !self->yielded && hearth_chunk_is (owned, "error_chunk"))
    begin_failure (self, owned);
  else
    hand_over (self, owned);
  self->run->depth--;
  if (self->n_full > 0 && !self->ending)
    self->stalled = TRUE;

  return self->n_full == 0 && !self->ending;
}

/* --- ends ------------------------------------------------------------------------- */

/* The run went on without it; now at last its memory can go. */
static void
end_late (HearthStep *self)
{
  HearthRun *run = self->run;
  GDestroyNotify destroy = g_steal_pointer (&self->data_destroy);

  self->abandoned = FALSE;
  if (destroy)
    destroy (g_steal_pointer (&self->data));
  g_object_unref (run);
}

static gboolean
may_end (HearthStep *self)
{
  if (self->abandoned)
    {
      end_late (self);
      return FALSE;
    }
  if (self->state == HEARTH_STEP_RUNNING && !self->computing)
    return !self->ending; /* an error chunk has ended it already */

  g_critical ("Node %s was ended twice", self->plan->id);
  return FALSE;
}

void
hearth_step_complete (HearthStep *self)
{
  HearthRun *run;

  g_return_if_fail (self != NULL);
  g_return_if_fail (on_main_thread (self));

  run = self->run;
  if (!may_end (self))
    return;

  run->depth++;
  _hearth_step_end_try (self, NULL);
  run->depth--;
}

void
hearth_step_fail (HearthStep *self,
                  GError     *error)
{
  g_autoptr (GError) owned = error;
  HearthRun *run;

  g_return_if_fail (self != NULL);
  g_return_if_fail (error != NULL);
  g_return_if_fail (on_main_thread (self));

  run = self->run;
  if (!may_end (self))
    return;

  run->depth++;
  _hearth_step_end_try (self, owned);
  run->depth--;
}

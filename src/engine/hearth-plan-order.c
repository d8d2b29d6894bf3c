/* hearth-plan-order.c: topological order, kinds of links, and which stream may hold whom up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

/* Counting sort of the links by source; within one source in link order. */
void
hearth_plan_index_links (HearthPlan *self)
{
  guint n_steps = self->steps->len;
  g_autofree guint *fill = g_new0 (guint, n_steps + 1);

  for (guint i = 0; i < n_steps; i++)
    hearth_plan_step (self, i)->n_waits = hearth_plan_step (self, i)->n_consumers = 0;
  for (guint i = 0; i < self->links->len; i++)
    {
      HearthPlanLink *link = hearth_plan_link (self, i);

      if (link->source >= 0)
        {
          hearth_plan_step (self, link->source)->n_consumers++;
          hearth_plan_step (self, link->target)->n_waits++;
        }
    }

  for (guint i = 0, sum = 0; i < n_steps; i++)
    {
      fill[i] = hearth_plan_step (self, i)->first_consumer = sum;
      sum += hearth_plan_step (self, i)->n_consumers;
    }
  g_free (self->consumers);
  self->consumers = g_new (guint, self->links->len + 1);
  for (guint i = 0; i < self->links->len; i++)
    if (hearth_plan_link (self, i)->source >= 0)
      self->consumers[fill[hearth_plan_link (self, i)->source]++] = i;
}

static void
set_cycle_error (HearthPlan  *self,
                 const guint *waits,
                 GError     **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < self->steps->len; i++)
    if (waits[i] > 0)
      g_string_append_printf (ids, "%s%s", ids->len ? ", " : "", hearth_plan_step (self, i)->id);

  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE,
               "Workflow contains a cycle involving nodes: %s", ids->str);
}

/* Kahn's algorithm, first in first out, in node order (engine.md 2). */
gboolean
hearth_plan_sort (HearthPlan *self,
                  GError    **error)
{
  guint n_steps = self->steps->len, n_sorted = 0;
  g_autofree guint *waits = g_new (guint, n_steps + 1);

  hearth_plan_index_links (self);
  self->order = g_new (guint, n_steps + 1);
  for (guint i = 0; i < n_steps; i++)
    if ((waits[i] = hearth_plan_step (self, i)->n_waits) == 0)
      self->order[n_sorted++] = i;

  for (guint done = 0; done < n_sorted; done++)
    {
      HearthPlanStep *step = hearth_plan_step (self, self->order[done]);

      for (guint c = 0; c < step->n_consumers; c++)
        {
          guint target = hearth_plan_link (self, self->consumers[step->first_consumer + c])->target;

          if (--waits[target] == 0)
            self->order[n_sorted++] = target;
        }
    }

  if (n_sorted < n_steps)
    set_cycle_error (self, waits, error);
  return n_sorted == n_steps;
}

static void
follow_alias (HearthPlan *self,
              int        *source,
              int        *output)
{
  HearthPlanOutput *slot = *output >= 0 ? hearth_plan_output (self, *output) : NULL;

  if (slot && slot->alias_step >= 0)
    {
      *source = slot->alias_step;
      *output = slot->alias_output;
    }
}

static void
classify_link (HearthPlan      *self,
               HearthPlanInput *input,
               HearthPlanLink  *link)
{
  if (link->source < 0)
    return;

  follow_alias (self, &link->source, &link->output);
  if (!hearth_plan_output (self, link->output)->streams)
    link->kind = HEARTH_LINK_VALUE;
  else if (input->streams && !input->collects)
    link->kind = HEARTH_LINK_STREAM;
  else
    link->kind = HEARTH_LINK_TEXT;

  if (link->kind == HEARTH_LINK_STREAM)
    link->reader = self->n_readers++;
  if (link->kind == HEARTH_LINK_TEXT)
    hearth_plan_step (self, link->source)->keeps_text = TRUE;
}

static void
classify_results (HearthPlan *self)
{
  for (guint i = 0; i < self->results->len; i++)
    {
      HearthPlanResult *result = hearth_plan_result (self, i);
      gboolean streams;

      if (result->source >= 0)
        follow_alias (self, &result->source, &result->output);
      if (result->source >= 0)
        hearth_plan_step (self, result->source)->n_results++;
      streams = result->source >= 0 && hearth_plan_output (self, result->output)->streams;
      result->streams &= streams;
      if (streams)
        hearth_plan_step (self, result->source)->keeps_text = TRUE;
    }
}

/* A held up producer may have it. */
static gboolean
needs_place (HearthPlanStep *step)
{
  return step->type && step->type->decl->resource;
}

static gboolean
waits_for_others (HearthPlanStep *step)
{
  return needs_place (step) || (step->type && step->type->decl->flags & HEARTH_NODE_CALLS);
}

/*
 * A queue of bounded length must never wait for a step that cannot start before the producer
 * goes on. A step may have to wait with its start for the *end* of another one; if a stream
 * flows anywhere before that other one, its producer may be the very stream that is held up, in
 * person or through further full queues. So the reader is patient then: its queue holds nobody up
 * until its step has started. What is left out by this rule only waits for steps without any
 * stream before them, which nothing can hold up. A step that needs a place among the users of a
 * resource can be held up by any producer that has one, so it counts like a stream, and its own start
 * is late as well.
 */
static void
mark_patient (HearthPlan *self)
{
  g_autofree guint8 *flows = g_new0 (guint8, self->steps->len + 1); /* a stream in it or before it */
  g_autofree guint8 *late = g_new0 (guint8, self->steps->len + 1);  /* starts after the end of such a step */

  for (guint n = 0; n < self->steps->len; n++)
    {
      guint number = self->order[n];
      HearthPlanStep *step = hearth_plan_step (self, number);

      flows[number] = step->streams || waits_for_others (step);
      late[number] = needs_place (step);
      for (guint i = step->first_link; i < step->first_link + step->n_links; i++)
        {
          HearthPlanLink *link = hearth_plan_link (self, i);

          if (link->source < 0)
            continue;
          flows[number] |= flows[link->source];
          late[number] |= link->kind == HEARTH_LINK_STREAM ? late[link->source] : flows[link->source];
        }
      for (guint i = step->first_link; i < step->first_link + step->n_links; i++)
        hearth_plan_link (self, i)->patient = late[number];
    }
}

/* In topological order, because a bypassed node hands the stream of the one before it on. */
void
hearth_plan_classify (HearthPlan *self)
{
  for (guint n = 0; n < self->steps->len; n++)
    {
      HearthPlanStep *step = hearth_plan_step (self, self->order[n]);

      for (guint i = step->first_input; i < step->first_input + step->n_inputs; i++)
        {
          HearthPlanInput *input = hearth_plan_input (self, i);

          for (guint l = input->first_link; l < input->first_link + input->n_links; l++)
            classify_link (self, input, hearth_plan_link (self, l));
        }
      if (step->bypassed)
        hearth_plan_pair_bypass (self, step);
    }

  classify_results (self);
  hearth_plan_index_links (self);
  hearth_plan_set_joins (self);
  mark_patient (self);
}

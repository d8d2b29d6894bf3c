/* hearth-plan-joins.c: how each step joins its links, and how many of them it waits for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

static gboolean
is_counted (HearthPlanStep *step,
            HearthPlanLink *link)
{
  if (link->source < 0 || link->role == HEARTH_LINK_IGNORED)
    return FALSE;

  return link->role == HEARTH_LINK_NEEDED || step->join != HEARTH_JOIN_FIRST;
}

static guint
count_links (HearthPlan     *self,
             HearthPlanStep *step,
             gboolean        carrying)
{
  guint n_links = 0;

  for (guint i = step->first_link; i < step->first_link + step->n_links; i++)
    {
      HearthPlanLink *link = hearth_plan_link (self, i);

      n_links += link->source >= 0 && link->role == HEARTH_LINK_NEEDED
                 && (link->kind != HEARTH_LINK_ORDER || !carrying);
    }

  return n_links;
}

/* A link that brings nothing cannot be the first value. */
static void
ignore_orders (HearthPlan     *self,
               HearthPlanStep *step)
{
  for (guint i = step->first_link; i < step->first_link + step->n_links; i++)
    if (hearth_plan_link (self, i)->kind == HEARTH_LINK_ORDER)
      hearth_plan_link (self, i)->role = HEARTH_LINK_IGNORED;
}

static void
choose_join (HearthPlan     *self,
             HearthPlanStep *step)
{
  if (step->type && step->type->decl->join)
    step->join = step->type->decl->join (step->config);
  /* Without anything to choose from there is no choice. */
  if (count_links (self, step, step->join == HEARTH_JOIN_FIRST) == 0)
    step->join = HEARTH_JOIN_ALL;
  if (step->join == HEARTH_JOIN_FIRST)
    ignore_orders (self, step);
  self->has_joins |= step->join != HEARTH_JOIN_ALL;
}

void
hearth_plan_set_joins (HearthPlan *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      HearthPlanStep *step = hearth_plan_step (self, i);

      choose_join (self, step);
      step->n_waits = 0;
      for (guint l = step->first_link; l < step->first_link + step->n_links; l++)
        {
          HearthPlanLink *link = hearth_plan_link (self, l);

          step->n_waits += is_counted (step, link);
          self->has_joins |= link->role != HEARTH_LINK_NEEDED;
        }
    }
}

/* hearth-run-links.c: links come alive or die, and what that does to the steps behind them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

/* Why links are dead: a node failed, or did not take an output. */
typedef struct
{
  HearthRun  *run;
  const char *node_id;
  const char *slot;    /* NULL: it failed */
  GArray     *open;    /* numbers of steps whose links are all dead */
  GHashTable *passed;  /* running steps already followed, or NULL */
} HearthDeath;

static void
make_ready (HearthStep *step)
{
  _hearth_step_set_state (step, HEARTH_STEP_READY);
  _hearth_run_add_job (step->run, HEARTH_JOB_START, step - step->run->steps);
}

/* FALSE: it has been settled before. */
static gboolean
note (HearthRun      *run,
      guint           number,
      HearthLinkState state)
{
  if (run->link_states == NULL)
    return TRUE;
  if (run->link_states[number] != HEARTH_LINK_OPEN)
    return FALSE;

  run->link_states[number] = state;
  return TRUE;
}

/* The step has one link less to wait for. */
static void
count_down (HearthStep *step)
{
  g_assert (step->waits > 0);

  if (--step->waits == 0 && step->state == HEARTH_STEP_WAITING)
    make_ready (step);
}

/* Are all links dead that a joining step is made for? What stands in for a result does not count. From the
 * last one, because the first ones are mostly the first to die. */
static gboolean
is_hopeless (HearthStep *step)
{
  if (step->state != HEARTH_STEP_WAITING || step->live)
    return FALSE;
  for (guint i = step->plan->first_link + step->plan->n_links; i-- > step->plan->first_link;)
    {
      HearthPlanLink *link = hearth_plan_link (step->run->plan, i);

      if (link->source >= 0 && link->role == HEARTH_LINK_NEEDED && step->run->link_states[i] != HEARTH_LINK_DEAD)
        return FALSE;
    }

  return TRUE;
}

static void
revive (HearthRun *run,
        guint      number)
{
  HearthPlanLink *link = hearth_plan_link (run->plan, number);
  HearthStep *step = &run->steps[link->target];
  gboolean needed = link->role == HEARTH_LINK_NEEDED;

  if (link->role == HEARTH_LINK_IGNORED || !note (run, number, HEARTH_LINK_LIVE))
    return;
  if (step->plan->join == HEARTH_JOIN_FIRST && !needed)
    return;
  if (step->plan->join == HEARTH_JOIN_FIRST && step->state == HEARTH_STEP_WAITING)
    {
      step->first = number;
      make_ready (step);
    }
  step->live |= needed;
  count_down (step);
}

static void
follow (HearthDeath *death,
        HearthStep  *step)
{
  guint number = step - death->run->steps;

  g_array_append_val (death->open, number);
}

static void
skip (HearthDeath *death,
      HearthStep  *step)
{
  _hearth_step_end_skipped (step, death->node_id, death->slot);
  follow (death, step);
}

/* A step that is already reading the stream of a failed one goes on with what it has got, but
 * those behind it do not start. */
static void
pass_through (HearthDeath *death,
              HearthStep  *step)
{
  if (death->passed == NULL)
    death->passed = g_hash_table_new (NULL, NULL);
  if (g_hash_table_add (death->passed, step))
    follow (death, step);
}

static void
kill_link (HearthDeath *death,
           guint        number)
{
  HearthPlanLink *link = hearth_plan_link (death->run->plan, number);
  HearthStep *step = &death->run->steps[link->target];
  gboolean needed = link->role == HEARTH_LINK_NEEDED;

  if (link->role == HEARTH_LINK_IGNORED)
    return;
  if (link->kind == HEARTH_LINK_STREAM && step->state == HEARTH_STEP_RUNNING && death->slot == NULL
      && _hearth_step_sees_link (step, number))
    {
      pass_through (death, step);
      return;
    }
  if (step->plan->join == HEARTH_JOIN_ALL && needed)
    {
      if (step->state < HEARTH_STEP_RUNNING)
        skip (death, step);
      return;
    }
  if (!note (death->run, number, HEARTH_LINK_DEAD))
    return;
  if (link->reader >= 0)
    hearth_stream_reader_close (&death->run->readers[link->reader]);
  if (needed && is_hopeless (step))
    skip (death, step);
  else if (needed || step->plan->join != HEARTH_JOIN_FIRST)
    count_down (step);
}

static void
kill_all (HearthDeath *death)
{
  HearthRun *run = death->run;

  while (death->open->len > 0)
    {
      HearthPlanStep *plan = run->steps[g_array_index (death->open, guint, death->open->len - 1)].plan;

      g_array_set_size (death->open, death->open->len - 1);
      for (guint c = 0; c < plan->n_consumers; c++)
        kill_link (death, run->plan->consumers[plan->first_consumer + c]);
    }

  g_clear_pointer (&death->passed, g_hash_table_unref);
  g_array_unref (death->open);
}

void
_hearth_step_kill_links (HearthStep *self)
{
  HearthDeath death = { .run = self->run, .node_id = self->plan->id };

  if (self->plan->n_consumers == 0)
    return;

  death.open = g_array_new (FALSE, FALSE, sizeof (guint));
  follow (&death, self);
  kill_all (&death);
}

static gboolean
is_dead (HearthStep     *self,
         HearthPlanLink *link)
{
  return self->has_dead && link->output >= 0 && self->run->dead_outputs[link->output];
}

static void
kill_untaken (HearthStep *self,
              guint       number)
{
  HearthRun *run = self->run;
  HearthDeath death = { .run = run, .node_id = self->plan->id };

  death.slot = hearth_plan_output (run->plan, hearth_plan_link (run->plan, number)->output)->key;
  death.open = g_array_new (FALSE, FALSE, sizeof (guint));
  kill_link (&death, number);
  kill_all (&death);
}

/* First the living: who is ready does not wait for the news of the dead. */
void
_hearth_step_release_links (HearthStep *self,
                            gboolean    streams)
{
  HearthPlan *plan = self->run->plan;
  const guint *consumers = &plan->consumers[self->plan->first_consumer];

  for (guint c = 0; c < self->plan->n_consumers; c++)
    {
      HearthPlanLink *link = hearth_plan_link (plan, consumers[c]);

      if ((link->kind == HEARTH_LINK_STREAM) == streams && !is_dead (self, link))
        revive (self->run, consumers[c]);
    }
  for (guint c = 0; self->has_dead && c < self->plan->n_consumers; c++)
    {
      HearthPlanLink *link = hearth_plan_link (plan, consumers[c]);

      if ((link->kind == HEARTH_LINK_STREAM) == streams && is_dead (self, link))
        kill_untaken (self, consumers[c]);
    }
}

gboolean
_hearth_step_sees_link (HearthStep *self,
                        guint       link)
{
  HearthPlanLink *plan = hearth_plan_link (self->run->plan, link);

  if (self->run->link_states == NULL || plan->source < 0)
    return TRUE;
  if (plan->role == HEARTH_LINK_IGNORED)
    return FALSE;
  if (plan->role == HEARTH_LINK_NEEDED && self->plan->join == HEARTH_JOIN_FIRST)
    return (int) link == self->first;

  return self->run->link_states[link] == HEARTH_LINK_LIVE;
}

/* hearth-limiter.c: how many steps may use one thing outside at the same time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-limiter.h"

#include "hearth-run-private.h"

struct _HearthLimit
{
  char    *resource;
  guint    cap;
  gboolean is_set; /* the cap is the user's */
  guint    in_use;
  GQueue   waiting; /* of HearthStep; first come, first served */
};

static GHashTable *limits; /* resource -> HearthLimit; only what is used or set */

static void
limit_free (gpointer data)
{
  HearthLimit *self = data;

  g_free (self->resource);
  g_free (self);
}

static HearthLimit *
find (const char *resource)
{
  return limits ? g_hash_table_lookup (limits, resource) : NULL;
}

static HearthLimit *
need (const char *resource)
{
  HearthLimit *self = find (resource);

  if (self)
    return self;
  if (limits == NULL)
    limits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, limit_free);

  self = g_new0 (HearthLimit, 1);
  self->resource = g_strdup (resource);
  self->cap = HEARTH_LIMITER_DEFAULT_CAP;
  g_queue_init (&self->waiting);
  g_hash_table_insert (limits, self->resource, self);
  return self;
}

static gboolean
has_room (HearthLimit *self)
{
  return self->cap == 0 || self->in_use < self->cap;
}

/* Who waited gets a place, and a job in its own run. */
static void
serve (HearthLimit *self)
{
  while (has_room (self) && !g_queue_is_empty (&self->waiting))
    {
      HearthStep *step = g_queue_pop_head (&self->waiting);

      self->in_use++;
      step->more->place = HEARTH_PLACE_HELD;
      _hearth_run_add_job (step->run, HEARTH_JOB_START, step - step->run->steps);
    }
  if (self->in_use == 0 && !self->is_set)
    g_hash_table_remove (limits, self->resource);
}

/* A replay uses nothing outside: it has its own line, as long as the one it stands for. */
static HearthLimit *
need_replayed (HearthClock *clock,
               const char  *resource)
{
  g_autofree char *name = g_strdup_printf ("%p %s", (gpointer) clock, resource);
  HearthLimit *self = need (name);

  self->cap = hearth_limiter_get_cap (resource);
  return self;
}

static gboolean
stand_in_line (HearthStep *step,
               const char *resource)
{
  HearthStepMore *more = _hearth_step_need_more (step);
  HearthClock *clock = step->run->clock;

  more->limit = hearth_clock_is_virtual (clock) ? need_replayed (clock, resource) : need (resource);
  if (has_room (more->limit) && g_queue_is_empty (&more->limit->waiting))
    {
      more->limit->in_use++;
      more->place = HEARTH_PLACE_HELD;
      return TRUE;
    }

  more->place = HEARTH_PLACE_QUEUED;
  g_queue_push_tail (&more->limit->waiting, step);
  return FALSE;
}

gboolean
_hearth_step_take_place (HearthStep *self)
{
  const HearthNodeDecl *decl = self->plan->type->decl;
  g_autofree char *resource = NULL;

  if (decl->resource == NULL)
    return TRUE;
  if (self->more && self->more->place != HEARTH_PLACE_NONE)
    return self->more->place == HEARTH_PLACE_HELD;

  resource = decl->resource (self);
  return resource == NULL || stand_in_line (self, resource);
}

void
_hearth_step_leave_place (HearthStep *self)
{
  HearthStepMore *more = self->more;
  HearthLimit *limit = more ? g_steal_pointer (&more->limit) : NULL;

  if (limit == NULL)
    return;

  if (more->place == HEARTH_PLACE_QUEUED)
    g_queue_remove (&limit->waiting, self);
  else
    limit->in_use--;
  more->place = HEARTH_PLACE_NONE;
  serve (limit);
}

void
hearth_limiter_set_cap (const char *resource,
                        guint       cap)
{
  HearthLimit *self;

  g_return_if_fail (resource != NULL);

  self = need (resource);
  self->cap = cap;
  self->is_set = TRUE;
  serve (self);
}

guint
hearth_limiter_get_cap (const char *resource)
{
  HearthLimit *self;

  g_return_val_if_fail (resource != NULL, 0);

  self = find (resource);
  return self ? self->cap : HEARTH_LIMITER_DEFAULT_CAP;
}

guint
hearth_limiter_get_in_use (const char *resource)
{
  HearthLimit *self;

  g_return_val_if_fail (resource != NULL, 0);

  self = find (resource);
  return self ? self->in_use : 0;
}

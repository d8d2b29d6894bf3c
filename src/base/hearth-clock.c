/* hearth-clock.c: time that a test can move by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-clock.h"

typedef struct
{
  HearthClock    *clock;  /* borrowed */
  guint           id;
  gint64          due_ms;
  HearthClockFunc func;
  gpointer        data;
  guint           source; /* of the main loop; 0 with a manual clock */
} HearthTimer;

struct _HearthClock
{
  GObject     parent_instance;

  gboolean    manual;
  gint64      now_ms; /* of a manual one */
  gboolean    jumps;
  gint64      start_ms; /* of one that jumps: Unix time */
  guint       n_holds;
  guint       jump;     /* source of the main loop, below all others; 0: none */
  GSequence  *timers; /* by due time, then by id: first come, first served */
  GHashTable *by_id;  /* id -> GSequenceIter */
  guint       last_id;
};

G_DEFINE_FINAL_TYPE (HearthClock, hearth_clock, G_TYPE_OBJECT)

static void
timer_free (gpointer data)
{
  HearthTimer *timer = data;

  g_clear_handle_id (&timer->source, g_source_remove);
  g_free (timer);
}

static void
hearth_clock_finalize (GObject *object)
{
  HearthClock *self = HEARTH_CLOCK (object);

  g_clear_handle_id (&self->jump, g_source_remove);
  g_hash_table_unref (self->by_id);
  g_sequence_free (self->timers);

  G_OBJECT_CLASS (hearth_clock_parent_class)->finalize (object);
}

static void
hearth_clock_class_init (HearthClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_clock_finalize;
}

static void
hearth_clock_init (HearthClock *self)
{
  self->timers = g_sequence_new (timer_free);
  self->by_id = g_hash_table_new (NULL, NULL);
}

HearthClock *
hearth_clock_get_default (void)
{
  static HearthClock *clock;

  if (clock == NULL)
    clock = g_object_new (HEARTH_TYPE_CLOCK, NULL);

  return clock;
}

HearthClock *
hearth_clock_new_manual (void)
{
  HearthClock *self = g_object_new (HEARTH_TYPE_CLOCK, NULL);

  self->manual = TRUE;
  return self;
}

HearthClock *
hearth_clock_new_virtual (gint64 start_ms)
{
  HearthClock *self = hearth_clock_new_manual ();

  self->jumps = TRUE;
  self->start_ms = start_ms;
  return self;
}

gboolean
hearth_clock_is_virtual (HearthClock *self)
{
  g_return_val_if_fail (HEARTH_IS_CLOCK (self), FALSE);

  return self->jumps;
}

gint64
hearth_clock_get_now_ms (HearthClock *self)
{
  g_return_val_if_fail (HEARTH_IS_CLOCK (self), 0);

  return self->manual ? self->now_ms : g_get_monotonic_time () / 1000;
}

gint64
hearth_clock_get_now_us (HearthClock *self)
{
  g_return_val_if_fail (HEARTH_IS_CLOCK (self), 1);

  return self->manual ? self->now_ms * 1000 + 1 : g_get_monotonic_time ();
}

gint64
hearth_clock_get_unix_ms (HearthClock *self)
{
  g_return_val_if_fail (HEARTH_IS_CLOCK (self), 0);

  return self->jumps ? self->start_ms + self->now_ms : g_get_real_time () / 1000;
}

static int
compare_timers (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const HearthTimer *left = a, *right = b;

  if (left->due_ms != right->due_ms)
    return left->due_ms < right->due_ms ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

/* The timer is gone before its function is called, which may add or remove others. */
static void
fire (HearthTimer *timer)
{
  HearthTimer copy = *timer;

  hearth_clock_remove (copy.clock, copy.id);
  copy.func (copy.data);
}

static gboolean
due_cb (gpointer user_data)
{
  HearthTimer *timer = user_data;

  timer->source = 0;
  fire (timer);
  return G_SOURCE_REMOVE;
}

static HearthTimer *
get_first (HearthClock *self)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->timers);

  return g_sequence_iter_is_end (iter) ? NULL : g_sequence_get (iter);
}

/* --- jumps ------------------------------------------------------------------- */

static void wait_for_quiet (HearthClock *self);

static gboolean
jump_cb (gpointer user_data)
{
  g_autoptr (HearthClock) self = g_object_ref (user_data);
  HearthTimer *timer = get_first (self);

  self->jump = 0;
  if (timer != NULL && self->n_holds == 0)
    {
      self->now_ms = MAX (self->now_ms, timer->due_ms);
      fire (timer);
      wait_for_quiet (self);
    }
  return G_SOURCE_REMOVE;
}

/* One timeout at a time: what it sets off happens before the next. */
static void
wait_for_quiet (HearthClock *self)
{
  if (self->jumps && self->jump == 0 && self->n_holds == 0 && get_first (self) != NULL)
    self->jump = g_idle_add_full (G_PRIORITY_LOW, jump_cb, self, NULL);
}

void
hearth_clock_hold (HearthClock *self)
{
  g_return_if_fail (HEARTH_IS_CLOCK (self));

  self->n_holds++;
}

void
hearth_clock_release (HearthClock *self)
{
  g_return_if_fail (HEARTH_IS_CLOCK (self));
  g_return_if_fail (self->n_holds > 0);

  self->n_holds--;
  wait_for_quiet (self);
}

guint
hearth_clock_add_timeout (HearthClock    *self,
                          guint           milliseconds,
                          HearthClockFunc func,
                          gpointer        user_data)
{
  HearthTimer *timer;

  g_return_val_if_fail (HEARTH_IS_CLOCK (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  timer = g_new0 (HearthTimer, 1);
  timer->clock = self;
  timer->id = ++self->last_id;
  timer->due_ms = hearth_clock_get_now_ms (self) + milliseconds;
  timer->func = func;
  timer->data = user_data;
  if (!self->manual)
    timer->source = g_timeout_add (milliseconds, due_cb, timer);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (timer->id),
                       g_sequence_insert_sorted (self->timers, timer, compare_timers, NULL));
  wait_for_quiet (self);

  return timer->id;
}

void
hearth_clock_remove (HearthClock *self,
                     guint        id)
{
  GSequenceIter *iter;

  g_return_if_fail (HEARTH_IS_CLOCK (self));

  iter = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));
  g_return_if_fail (iter != NULL);

  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (id));
  g_sequence_remove (iter);
}

void
hearth_clock_advance (HearthClock *self,
                      guint        milliseconds)
{
  g_autoptr (HearthClock) keep = NULL;
  HearthTimer *timer;
  gint64 end;

  g_return_if_fail (HEARTH_IS_CLOCK (self));
  g_return_if_fail (self->manual);

  keep = g_object_ref (self);
  end = self->now_ms + milliseconds;
  while ((timer = get_first (self)) && timer->due_ms <= end)
    {
      self->now_ms = MAX (self->now_ms, timer->due_ms);
      fire (timer);
    }
  self->now_ms = MAX (self->now_ms, end);
}

gint64
hearth_clock_get_next_ms (HearthClock *self)
{
  HearthTimer *first;

  g_return_val_if_fail (HEARTH_IS_CLOCK (self), -1);

  first = get_first (self);
  return first ? MAX (0, first->due_ms - hearth_clock_get_now_ms (self)) : -1;
}

/* hearth-stream.c: one bounded queue of chunks per consumer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

static HearthStep *
get_producer (HearthStreamReader *self)
{
  return &self->run->steps[self->link->source];
}

static void
append (HearthStreamReader *self,
        HearthValue        *chunk)
{
  if (self->length == self->capacity)
    {
      guint capacity = MAX (8, self->capacity * 2);
      HearthValue **ring = g_new (HearthValue *, capacity);

      for (guint i = 0; i < self->length; i++)
        ring[i] = self->ring[(self->head + i) & (self->capacity - 1)];
      g_free (self->ring);
      self->ring = ring;
      self->head = 0;
      self->capacity = capacity;
    }

  self->ring[(self->head + self->length++) & (self->capacity - 1)] = hearth_value_ref (chunk);
}

static HearthValue *
take (HearthStreamReader *self)
{
  HearthValue *chunk = self->ring[self->head];

  self->head = (self->head + 1) & (self->capacity - 1);
  self->length--;
  return chunk;
}

static void
drop_all (HearthStreamReader *self)
{
  while (self->length)
    hearth_value_unref (take (self));
  g_clear_pointer (&self->ring, g_free);
  self->capacity = self->head = 0;
}

static void
ask_notify (HearthStreamReader *self)
{
  if (self->notify == NULL || self->notifying || self->closed)
    return;

  self->notifying = TRUE;
  _hearth_run_add_job (self->run, HEARTH_JOB_NOTIFY, self->link->reader);
}

static void
set_full (HearthStreamReader *self,
          gboolean            full)
{
  HearthStep *producer = get_producer (self);

  if (self->full == full)
    return;

  self->full = full;
  producer->n_full += full ? 1 : -1;
  if (producer->n_full == 0 && producer->stalled && !producer->resuming && producer->state == HEARTH_STEP_RUNNING)
    {
      producer->resuming = TRUE;
      _hearth_run_add_job (self->run, HEARTH_JOB_RESUME, producer - self->run->steps);
    }
}

static void
push (HearthStreamReader *self,
      HearthValue        *chunk)
{
  if (self->closed || self->run->dead_outputs[self->link->output])
    return;

  append (self, chunk);
  if (!self->patient && self->length >= HEARTH_STREAM_QUEUE_LENGTH)
    set_full (self, TRUE);
  if (self->hungry)
    ask_notify (self);
}

/* Calls @func for every reader of the step's stream. */
#define FOREACH_READER(step, reader)                                                                                   \
  for (guint c_ = 0; c_ < (step)->plan->n_consumers; c_++)                                                             \
    for (HearthPlanLink *l_ = hearth_plan_link ((step)->run->plan,                                                     \
                                                (step)->run->plan->consumers[(step)->plan->first_consumer + c_]);      \
         l_ && l_->reader >= 0;                                                                                        \
         l_ = NULL)                                                                                                    \
      for (HearthStreamReader *reader = &(step)->run->readers[l_->reader]; reader; reader = NULL)

#define FOREACH_OWN_READER(step, reader)                                                                               \
  for (guint i_ = 0; i_ < (step)->plan->n_links; i_++)                                                                 \
    for (HearthPlanLink *l_ = hearth_plan_link ((step)->run->plan, (step)->plan->first_link + i_);                     \
         l_ && l_->reader >= 0;                                                                                        \
         l_ = NULL)                                                                                                    \
      for (HearthStreamReader *reader = &(step)->run->readers[l_->reader]; reader; reader = NULL)

void
_hearth_stream_push (HearthStep  *producer,
                     HearthValue *chunk)
{
  FOREACH_READER (producer, reader)
    push (reader, chunk);
}

void
_hearth_stream_end (HearthStep *producer)
{
  FOREACH_READER (producer, reader)
    {
      reader->ended = TRUE;
      if (reader->hungry)
        ask_notify (reader);
    }
}

void
_hearth_stream_consumer_started (HearthStep *consumer)
{
  FOREACH_OWN_READER (consumer, reader)
    {
      reader->patient = FALSE;
      if (!_hearth_step_sees_link (consumer, consumer->plan->first_link + i_))
        hearth_stream_reader_close (reader); /* another link came first */
      if (!reader->closed && reader->length >= HEARTH_STREAM_QUEUE_LENGTH)
        set_full (reader, TRUE);
    }
}

void
_hearth_stream_consumer_ended (HearthStep *consumer)
{
  FOREACH_OWN_READER (consumer, reader)
    hearth_stream_reader_close (reader);
}

void
_hearth_stream_consumer_paused (HearthStep *consumer)
{
  FOREACH_OWN_READER (consumer, reader)
    {
      reader->notify = NULL;
      reader->patient = TRUE;
      set_full (reader, FALSE);
    }
}

/* Lets a consumer look again although nothing came: it is to notice that it was cancelled. */
void
_hearth_stream_hint (HearthStep *consumer)
{
  FOREACH_OWN_READER (consumer, reader)
    ask_notify (reader);
}

void
_hearth_stream_clear (HearthStreamReader *self)
{
  drop_all (self);
}

void
_hearth_stream_call_notify (HearthStreamReader *self)
{
  self->notifying = FALSE;
  if (self->notify && !self->closed)
    self->notify (self, self->notify_data);
}

HearthStreamState
hearth_stream_reader_read (HearthStreamReader *self,
                           HearthValue       **chunk)
{
  g_return_val_if_fail (self != NULL, HEARTH_STREAM_END);
  g_return_val_if_fail (chunk != NULL, HEARTH_STREAM_END);
  g_return_val_if_fail (self->run->thread == g_thread_self (), HEARTH_STREAM_END);

  *chunk = NULL;
  if (self->length == 0)
    {
      self->hungry = !self->ended;
      return self->ended || self->closed ? HEARTH_STREAM_END : HEARTH_STREAM_EMPTY;
    }

  self->hungry = FALSE;
  self->run->steps[self->link->target].consumed = TRUE;
  *chunk = take (self);
  /* Half empty, not one free place: else a full queue costs a wake-up per chunk. */
  if (self->full && self->length <= HEARTH_STREAM_QUEUE_LENGTH / 2)
    set_full (self, FALSE);
  return HEARTH_STREAM_CHUNK;
}

void
hearth_stream_reader_set_notify (HearthStreamReader *self,
                                 HearthStreamNotify  notify,
                                 gpointer            user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->run->thread == g_thread_self ());

  self->notify = notify;
  self->notify_data = user_data;
  if (self->hungry && (self->length > 0 || self->ended))
    ask_notify (self);
}

void
hearth_stream_reader_close (HearthStreamReader *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->run->thread == g_thread_self ());

  if (self->closed)
    return;

  self->closed = TRUE;
  self->notify = NULL;
  drop_all (self);
  set_full (self, FALSE);
}

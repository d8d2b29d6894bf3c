/* hearth-outside.c: the one door through which calls leave the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-id.h"
#include "hearth-program-private.h"

#define MAX_CONNECTIONS 512

struct _HearthOutside
{
  GObject parent_instance;

  SoupSession *session; /* by the machine's proxy */
  SoupSession *near;    /* this machine: never by a proxy */

  HearthCassetteWriter *writer; /* while recording, or NULL */
  GThread *finisher;            /* waits until the recording is on the disk; or NULL */
  guint n_recorded;
  HearthCassette *cassette;     /* while replaying, or NULL */
  HearthClock *clock;
  guint32 seed;
};

G_DEFINE_FINAL_TYPE (HearthOutside, hearth_outside, G_TYPE_OBJECT)

/* Time-outs are the exchange's; keys come from our own keyring only. */
static SoupSession *
make_session (void)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "Hearth/" HEARTH_VERSION, "timeout", 0,
                                                        "max-conns", MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS,
                                                        NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

static void
hearth_outside_dispose (GObject *object)
{
  HearthOutside *self = HEARTH_OUTSIDE (object);

  hearth_outside_finish (self, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->near);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->cassette, _hearth_cassette_free);

  G_OBJECT_CLASS (hearth_outside_parent_class)->dispose (object);
}

static void
hearth_outside_class_init (HearthOutsideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_outside_dispose;
}

static void
hearth_outside_init (HearthOutside *self)
{
  self->clock = g_object_ref (hearth_clock_get_default ());
}

HearthOutside *
hearth_outside_new (void)
{
  return g_object_new (HEARTH_TYPE_OUTSIDE, NULL);
}

const char *
hearth_outside_get_phrase (guint status)
{
  return soup_status_get_phrase (status);
}

/* Made by the first who needs it: TLS takes a moment to load. */
static SoupSession *
get_session (HearthOutside *self,
             gboolean       near)
{
  SoupSession **session = near ? &self->near : &self->session;

  if (*session == NULL)
    *session = make_session ();
  if (near)
    soup_session_set_proxy_resolver (*session, NULL);
  return *session;
}

/* --- recordings ------------------------------------------------------------------------------------ */

/* The recording that is still to be brought to the disk, or NULL. */
static HearthCassetteWriter *
stop (HearthOutside *self)
{
  if (self->cassette != NULL)
    _hearth_cassette_forget_calls (self->cassette);
  if (self->writer != NULL)
    _hearth_cassette_writer_detach (self->writer);
  return g_steal_pointer (&self->writer);
}

gboolean
hearth_outside_record (HearthOutside *self,
                       const char    *path,
                       GError       **error)
{
  g_autoptr (HearthValue) head = NULL;
  g_autofree char *now = hearth_time_now_iso ();

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (self->writer == NULL && self->cassette == NULL, FALSE);

  self->seed = hearth_chance_draw (hearth_chance_get_default ());
  head = hearth_value_object ("hearthCassette", hearth_value_integer (HEARTH_CASSETTE_VERSION), "recordedAt",
                              hearth_value_string (now), "startMs", hearth_value_integer (hearth_time_now_ms ()), "seed",
                              hearth_value_integer (self->seed), NULL);
  self->writer = _hearth_cassette_writer_new (path, head, error);
  return self->writer != NULL;
}

/* Takes @cassette, which may be NULL. */
static gboolean
insert (HearthOutside  *self,
        HearthCassette *cassette)
{
  HearthValue *head;

  if (cassette == NULL)
    return FALSE;
  self->cassette = cassette;
  self->n_recorded = _hearth_cassette_get_n_calls (cassette);
  head = _hearth_cassette_get_head (cassette);
  self->seed = (guint32) hearth_value_get_member_integer (head, "seed", 0);
  g_object_unref (self->clock);
  self->clock = hearth_clock_new_virtual (hearth_value_get_member_integer (head, "startMs", 0));
  return TRUE;
}

gboolean
hearth_outside_replay (HearthOutside *self,
                       const char    *path,
                       GError       **error)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (self->writer == NULL && self->cassette == NULL, FALSE);

  return insert (self, _hearth_cassette_load (path, error));
}

gboolean
hearth_outside_finish (HearthOutside *self,
                       GError       **error)
{
  HearthCassetteWriter *writer;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);

  g_clear_pointer (&self->finisher, g_thread_join);
  writer = stop (self);
  return writer == NULL || _hearth_cassette_writer_finish (writer, error);
}

gboolean
hearth_outside_is_replaying (HearthOutside *self)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);

  return self->cassette != NULL;
}

gboolean
hearth_outside_has_recording (HearthOutside *self)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);

  return self->cassette != NULL || self->writer != NULL;
}

HearthClock *
hearth_outside_get_clock (HearthOutside *self)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), NULL);

  return self->clock;
}

guint32
hearth_outside_get_seed (HearthOutside *self)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), 0);

  return self->seed;
}

void
hearth_outside_set_prepared (HearthOutside *self,
                             HearthValue   *prepared)
{
  g_autoptr (HearthValue) line = NULL;

  g_return_if_fail (HEARTH_IS_OUTSIDE (self));
  g_return_if_fail (hearth_value_is (prepared, OBJECT));

  line = hearth_value_object ("prepared", hearth_value_ref (prepared), NULL);
  if (self->writer != NULL)
    _hearth_cassette_writer_add (self->writer, line);
}

HearthValue *
hearth_outside_get_prepared (HearthOutside *self)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), NULL);

  return self->cassette != NULL ? _hearth_cassette_get_prepared (self->cassette) : NULL;
}

guint
hearth_outside_get_n_recorded (HearthOutside *self)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), 0);

  return self->n_recorded;
}

/* --- with a thread that waits ------------------------------------------------------------------------
 *
 * Its tasks have no source: a thread that lets go of one last must not let go of the outside.
 */

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      path,
             GCancellable *cancellable)
{
  GError *error = NULL;
  HearthCassette *cassette = _hearth_cassette_load (path, &error);

  if (cassette != NULL)
    g_task_return_pointer (task, cassette, (GDestroyNotify) _hearth_cassette_free);
  else
    g_task_return_error (task, error);
}

void
hearth_outside_replay_async (HearthOutside      *self,
                             const char         *path,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HEARTH_IS_OUTSIDE (self));
  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hearth_outside_replay_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_thread);
}

gboolean
hearth_outside_replay_finish (HearthOutside *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hearth_outside_replay_async), FALSE);
  g_return_val_if_fail (self->writer == NULL && self->cassette == NULL, FALSE);

  return insert (self, g_task_propagate_pointer (G_TASK (result), error));
}

static gpointer
finish_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (_hearth_cassette_writer_finish (g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

void
hearth_outside_finish_async (HearthOutside      *self,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  HearthCassetteWriter *writer;

  g_return_if_fail (HEARTH_IS_OUTSIDE (self));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, hearth_outside_finish_async);
  writer = stop (self);
  g_task_set_task_data (task, writer, NULL);
  if (writer != NULL)
    self->finisher = g_thread_new ("recording", finish_thread, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
hearth_outside_finish_finish (HearthOutside *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hearth_outside_finish_async), FALSE);

  g_clear_pointer (&self->finisher, g_thread_join);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- calls ------------------------------------------------------------------------------------------ */

/* Takes @sent. */
static HearthExchange *
play (HearthOutside              *self,
      HearthSent                 *sent,
      const HearthExchangeEvents *events,
      gpointer                    user_data)
{
  GError *error = NULL;
  g_autoptr (HearthValue) asked = _hearth_sent_describe (sent);
  HearthValue *recorded = _hearth_cassette_take (self->cassette, asked, &error);

  _hearth_sent_free (sent);
  if (recorded == NULL)
    return _hearth_exchange_new_failed (error, events, user_data);
  return _hearth_replayed_exchange_new (self->clock, recorded, events, user_data);
}

HearthExchange *
hearth_outside_send (HearthOutside              *self,
                     const HearthOutsideRequest *request,
                     const HearthExchangeEvents *events,
                     gpointer                    user_data)
{
  GError *error = NULL;
  HearthTake *take = NULL;
  HearthSent *sent;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (events != NULL, NULL);

  sent = _hearth_sent_new (request, &error);
  if (sent == NULL)
    return _hearth_exchange_new_failed (error, events, user_data);
  if (self->cassette != NULL)
    return play (self, sent, events, user_data);
  if (self->writer != NULL)
    take = _hearth_take_new (self->writer, sent, ++self->n_recorded);
  return _hearth_live_exchange_new (get_session (self, _hearth_sent_is_near (sent)), sent, take, events, user_data);
}

HearthProgram *
hearth_outside_start_program (HearthOutside              *self,
                              const HearthProgramRequest *request,
                              const HearthProgramEvents  *events,
                              gpointer                    user_data)
{
  HearthProgramTake *take = NULL;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), NULL);
  g_return_val_if_fail (request != NULL && hearth_value_is (request->description, OBJECT) && request->max_line > 0, NULL);
  g_return_val_if_fail (self->cassette != NULL || (request->argv != NULL && request->argv[0] != NULL), NULL);
  g_return_val_if_fail (events != NULL, NULL);

  if (self->cassette != NULL)
    {
      g_autoptr (HearthValue) asked = _hearth_program_describe (request);
      GError *error = NULL;
      HearthValue *recorded = _hearth_cassette_take (self->cassette, asked, &error);

      return _hearth_replayed_program_new (self->clock, recorded, error, request, events, user_data);
    }
  if (self->writer != NULL)
    take = _hearth_program_take_new (self->writer, request, ++self->n_recorded);
  return _hearth_live_program_new (request, take, events, user_data);
}

/* hearth-keyring-call.c: waits for an answer over D-Bus, but not for ever
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keyring-private.h"

static gboolean
late_cb (gpointer user_data)
{
  HearthKeyringCall *self = user_data;

  self->late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  HearthKeyringCall *self = user_data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

void
_hearth_keyring_call_begin (HearthKeyringCall *self,
                            guint              milliseconds,
                            GCancellable      *cancellable)
{
  self->context = g_main_context_new ();
  self->cancellable = g_cancellable_new ();
  g_main_context_push_thread_default (self->context);
  self->deadline = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->deadline, late_cb, self, NULL);
  g_source_attach (self->deadline, self->context);
  if (cancellable == NULL)
    return;
  self->stop = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->stop, G_SOURCE_FUNC (stop_cb), self, NULL);
  g_source_attach (self->stop, self->context);
}

void
_hearth_keyring_call_extend (HearthKeyringCall *self,
                             guint              milliseconds)
{
  g_source_set_ready_time (self->deadline, g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND);
}

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
_hearth_keyring_call_end (HearthKeyringCall *self)
{
  if (self->context == NULL)
    return;
  drop_source (&self->deadline);
  drop_source (&self->stop);
  g_clear_object (&self->result);
  /* What the libraries still have to tidy up in this context. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
}

void
_hearth_keyring_call_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  HearthKeyringCall *self = user_data;

  g_set_object (&self->result, result);
}

GAsyncResult *
_hearth_keyring_call_wait (HearthKeyringCall *self)
{
  g_clear_object (&self->result);
  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return self->result;
}

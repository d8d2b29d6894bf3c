/* hearth-model-call-local.c: calls that need no network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-call-private.h"

#include <locale.h>

static const HearthLocalProvider *
get_local (HearthModelCall *self)
{
  return self->channel->provider->local;
}

static void
next_cb (gpointer user_data)
{
  HearthModelCall *self = user_data;
  g_autoptr (GError) error = NULL;
  guint wait_ms = 0;
  gboolean has_more;

  self->timer = 0;
  _hearth_model_call_enter (self);
  has_more = get_local (self)->next (self->local, self->answer, &wait_ms, &error);
  if (!_hearth_model_call_leave (self))
    return;
  if (!has_more)
    _hearth_model_call_end (self, NULL, NULL, g_steal_pointer (&error));
  else if (!self->is_paused)
    _hearth_model_call_wait (self, wait_ms, next_cb);
}

void
_hearth_model_call_local_go_on (HearthModelCall *self)
{
  if (self->timer == 0 && self->depth == 0)
    _hearth_model_call_wait (self, 0, next_cb);
}

static gboolean
value_cb (gpointer user_data)
{
  HearthModelCall *self = user_data;
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;
  g_autoptr (HearthValue) value = NULL;
  GError *error = NULL;

  self->source = 0;
  if (self->purpose == HEARTH_CALL_MODELS)
    value = get_local (self)->list_models ();
  else
    value = get_local (self)->embed (self->texts, &usage, &error);
  _hearth_model_call_end (self, value, &usage, error);
  return G_SOURCE_REMOVE;
}

/* All that is said is thought up here. With a recording it is English, as further calls may be made of it. */
static gpointer
begin_answer (HearthModelCall          *self,
              const HearthModelRequest *request,
              GError                  **error)
{
  locale_t english, users;
  gpointer state;

  if (!hearth_outside_has_recording (self->outside))
    return get_local (self)->begin (request, error);
  english = newlocale (LC_MESSAGES_MASK, "C", duplocale (LC_GLOBAL_LOCALE));
  users = uselocale (english);
  state = get_local (self)->begin (request, error);
  uselocale (users);
  freelocale (english);
  return state;
}

void
_hearth_model_call_local_start (HearthModelCall          *self,
                                const HearthModelRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (self->purpose != HEARTH_CALL_ANSWER)
    {
      self->source = g_idle_add_full (G_PRIORITY_DEFAULT, value_cb, self, NULL);
      return;
    }
  self->local = begin_answer (self, request, &error);
  if (self->local != NULL)
    _hearth_model_call_local_go_on (self);
  else
    _hearth_model_call_fail_soon (self, g_steal_pointer (&error));
}

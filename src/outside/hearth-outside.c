/* hearth-outside.c: the one door through which calls leave the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

#define MAX_CONNECTIONS 512

struct _HearthOutside
{
  GObject parent_instance;

  SoupSession *session; /* by the machine's proxy */
  SoupSession *near;    /* this machine: never by a proxy */
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

  g_clear_object (&self->session);
  g_clear_object (&self->near);

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

HearthExchange *
hearth_outside_send (HearthOutside              *self,
                     const HearthOutsideRequest *request,
                     const HearthExchangeEvents *events,
                     gpointer                    user_data)
{
  GError *error = NULL;
  HearthSent *sent;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (events != NULL, NULL);

  sent = _hearth_sent_new (request, &error);
  if (sent == NULL)
    return _hearth_exchange_new_failed (error, events, user_data);
  return _hearth_exchange_new (get_session (self, _hearth_sent_is_near (sent)), sent, events, user_data);
}

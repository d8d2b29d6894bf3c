/* hearth-feed.c: the news of one run on their way to the connection that asked for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-feed.h"

#include "hearth-event-json.h"
#include "hearth-older-json.h"
#include "hearth-teller.h"

/* A panel begins to watch a few messages after the accept and looks only for changes: an earlier
 * end would be lost on it (websocket.md 7.4). */
#define PANEL_PREFIX "panel_"
#define PANEL_HOLD_MS 300

/* What an orphaned run tells is kept up to this much, and for this long after its end. */
#define MAX_MISSED (4u << 20)
#define ORPHAN_MEMORY_S 60

struct _HearthFeed
{
  HearthHub *hub;       /* borrowed: owns us */
  HearthClient *client; /* borrowed; NULL when it went away */
  char *id;
  HearthRun *run; /* NULL until it was added to the queue */
  guint observer_id;
  HearthTeller *teller;

  gboolean older;
  gboolean is_panel;
  gint64 accepted_us;
  char *held; /* the final status, until its time has come */
  guint timer_id;
  gboolean ended;

  guint orphan_serial; /* connections after this one inherit */
  GPtrArray *missed;   /* of GBytes: what they have to be told first; NULL when it grew too much */
  gsize missed_bytes;
};

const char *
hearth_feed_get_id (HearthFeed *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

static void
keep (HearthFeed *self,
      const char *message,
      GBytes     *whole,
      gboolean    is_final)
{
  gsize length = whole != NULL ? g_bytes_get_size (whole) : strlen (message);

  self->missed_bytes += length;
  if (self->missed_bytes > MAX_MISSED)
    g_ptr_array_set_size (self->missed, 0);
  if (self->missed_bytes <= MAX_MISSED || is_final)
    g_ptr_array_add (self->missed, whole != NULL ? g_bytes_ref (whole) : g_string_free_to_bytes (g_string_new (message)));
}

static void
tell (HearthFeed *self,
      const char *message,
      GBytes     *whole,
      gboolean    is_final)
{
  if (self->client != NULL)
    {
      hearth_client_tell (self->client, message, whole);
      return;
    }
  keep (self, message, whole, is_final);
  hearth_hub_send_after (self->hub, self->orphan_serial, message, whole);
}

static gboolean
forget_cb (gpointer user_data)
{
  HearthFeed *self = user_data;

  self->timer_id = 0;
  hearth_hub_end_feed (self->hub, self);
  return G_SOURCE_REMOVE;
}

/* The final status was told. */
static void
end (HearthFeed *self)
{
  self->ended = TRUE;
  if (self->client != NULL)
    hearth_hub_end_feed (self->hub, self);
  else
    self->timer_id = g_timeout_add_seconds (ORPHAN_MEMORY_S, forget_cb, self);
}

static gboolean
release_cb (gpointer user_data)
{
  HearthFeed *self = user_data;
  g_autofree char *held = g_steal_pointer (&self->held);

  self->timer_id = 0;
  tell (self, held, NULL, TRUE);
  end (self);
  return G_SOURCE_REMOVE;
}

static void
tell_end (HearthFeed *self,
          const char *message)
{
  gint64 passed_ms = (g_get_monotonic_time () - self->accepted_us) / 1000;

  if (self->is_panel && passed_ms < PANEL_HOLD_MS)
    {
      self->held = g_strdup (message);
      self->timer_id = g_timeout_add ((guint) (PANEL_HOLD_MS - passed_ms), release_cb, self);
      return;
    }
  tell (self, message, NULL, TRUE);
  end (self);
}

static void
told_cb (const char *text,
         GBytes     *whole,
         gboolean    is_final,
         gpointer    user_data)
{
  if (is_final)
    tell_end (user_data, text);
  else
    tell (user_data, text, whole, FALSE);
}

static void
tell_older (HearthFeed           *self,
            const HearthRunEvent *event)
{
  g_autofree char *message = hearth_event_to_older_json (event);

  if (message != NULL)
    hearth_teller_tell_text (self->teller, message);
}

static void
observe_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  HearthFeed *self = user_data;

  if (self->older)
    tell_older (self, event);
  hearth_teller_tell (self->teller, event);
}

HearthFeed *
hearth_feed_new (HearthHub    *hub,
                 HearthClient *client,
                 const char   *prompt_id,
                 HearthValue  *metadata,
                 gboolean      older)
{
  HearthFeed *self;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (hub != NULL && client != NULL && prompt_id != NULL, NULL);

  self = g_new0 (HearthFeed, 1);
  self->hub = hub;
  self->client = client;
  self->id = g_strdup (prompt_id);
  self->teller = hearth_teller_new (told_cb, self);
  self->older = older;
  self->is_panel = g_str_has_prefix (hearth_value_get_member_string (metadata, "internalId", ""), PANEL_PREFIX);
  self->accepted_us = g_get_monotonic_time ();
  hearth_message_append_accepted (text, prompt_id);
  hearth_client_send (client, text->str);
  hearth_client_count_runs (client, 1);
  return self;
}

void
hearth_feed_free (HearthFeed *self)
{
  g_return_if_fail (self != NULL);

  if (self->client != NULL)
    hearth_client_count_runs (self->client, -1);
  if (self->observer_id != 0)
    hearth_run_remove_observer (self->run, self->observer_id);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->run);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
  hearth_teller_free (self->teller);
  g_free (self->held);
  g_free (self->id);
  g_free (self);
}

void
hearth_feed_follow (HearthFeed *self,
                    HearthRun  *run)
{
  g_return_if_fail (self != NULL && HEARTH_IS_RUN (run));
  g_return_if_fail (self->run == NULL);

  self->run = g_object_ref (run);
  self->observer_id = hearth_run_add_observer (run, observe_cb, self, NULL);
}

gboolean
hearth_feed_is_for (HearthFeed   *self,
                    HearthClient *client)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->client == client;
}

gboolean
hearth_feed_orphan (HearthFeed   *self,
                    HearthClient *client)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->client != client)
    return FALSE;
  hearth_client_count_runs (client, -1);
  self->client = NULL;
  self->orphan_serial = hearth_hub_get_serial (self->hub);
  self->missed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return TRUE;
}

void
hearth_feed_welcome (HearthFeed   *self,
                     HearthClient *client)
{
  g_return_if_fail (self != NULL && client != NULL);

  for (guint i = 0; self->client == NULL && i < self->missed->len; i++)
    {
      GBytes *message = g_ptr_array_index (self->missed, i);

      hearth_client_tell (client, g_bytes_get_data (message, NULL), message);
    }
}

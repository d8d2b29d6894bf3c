/* hearth-watch.c: the news of one run for those who watch its workflow (/ws/workflow/:id)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-watch.h"

#include "hearth-event-json.h"
#include "hearth-teller.h"

struct _HearthWatch
{
  HearthHub *hub; /* borrowed: owns us */
  HearthRun *run;
  guint observer_id;
  char *workflow_id;
  HearthTeller *teller;
};

static void
told_cb (const char *text,
         GBytes     *whole,
         gboolean    is_final,
         gpointer    user_data)
{
  HearthWatch *self = user_data;

  hearth_hub_send_to_watchers (self->hub, self->workflow_id, self->run, text, whole);
  if (is_final)
    hearth_hub_end_watch (self->hub, self->run);
}

static void
observe_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  hearth_teller_tell (((HearthWatch *) user_data)->teller, event);
}

HearthWatch *
hearth_watch_new (HearthHub  *hub,
                  HearthRun  *run,
                  const char *workflow_id)
{
  HearthWatch *self;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (HEARTH_IS_HUB (hub) && HEARTH_IS_RUN (run) && workflow_id != NULL, NULL);

  self = g_new0 (HearthWatch, 1);
  self->hub = hub;
  self->run = g_object_ref (run);
  self->workflow_id = g_strdup (workflow_id);
  self->teller = hearth_teller_new (told_cb, self);
  self->observer_id = hearth_run_add_observer (run, observe_cb, self, NULL);
  hearth_message_append_accepted (text, hearth_run_get_id (run));
  hearth_teller_tell_text (self->teller, text->str);
  return self;
}

void
hearth_watch_free (HearthWatch *self)
{
  g_return_if_fail (self != NULL);

  hearth_run_remove_observer (self->run, self->observer_id);
  g_object_unref (self->run);
  g_free (self->workflow_id);
  hearth_teller_free (self->teller);
  g_free (self);
}

/* hearth-canvas-wait.c: nodes that wait: for their next try, for a service, for a person's answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-policy.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthCanvas *canvas;
  char         *node_id;
  guint         attempt;
  guint         n_attempts; /* 0: not known */
} Retry;

static void
retry_free (gpointer data)
{
  Retry *self = data;

  g_free (self->node_id);
  g_free (self);
}

static void
remove_timeout (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

GHashTable *
hearth_canvas_new_retries (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, remove_timeout);
}

static void
show_note (HearthCanvas *self,
           HearthCard *card,
           const char *note)
{
  hearth_card_data_set_note (hearth_card_get_data (card), note);
  if (hearth_card_refresh (card))
    hearth_canvas_view_changed (self);
}

/* --- the next try ------------------------------------------------------------------------- */

static char *
describe_try (const Retry *retry)
{
  if (retry->n_attempts == 0)
    return g_strdup_printf (_ ("Try %u"), retry->attempt);
  /* Translators: how many times a node was tried, and how many it may be */
  return g_strdup_printf (_ ("Try %u of %u"), retry->attempt, retry->n_attempts);
}

static guint
count_attempts (HearthCanvas *self,
                const char *node_id)
{
  HearthNode *node = hearth_graph_get_node (self->graph, node_id);
  g_autoptr (HearthPolicy) policy = node != NULL ? hearth_policy_new_from_config (node->config, NULL) : NULL;

  return policy != NULL ? policy->retries + 1 : 0;
}

static gboolean
try_begins_cb (gpointer user_data)
{
  Retry *retry = user_data;
  HearthCanvas *self = retry->canvas;
  HearthCard *card = hearth_canvas_get_card (self, retry->node_id);
  g_autofree char *note = describe_try (retry);
  g_autofree char *node_id = g_strdup (retry->node_id);

  if (card != NULL)
    show_note (self, card, note);
  g_hash_table_remove (self->retries, node_id); /* frees what was handed to us */
  return G_SOURCE_REMOVE;
}

void
hearth_canvas_show_retry (HearthCanvas *self,
                          HearthCard *card,
                          const HearthRunEvent *event)
{
  Retry *retry = g_new0 (Retry, 1);
  GSource *source = g_timeout_source_new (event->delay_ms);
  g_autofree char *which = NULL;
  g_autofree char *note = NULL;

  retry->canvas = self;
  retry->node_id = g_strdup (event->node_id);
  retry->attempt = event->attempt;
  retry->n_attempts = count_attempts (self, event->node_id);
  which = describe_try (retry);
  /* Translators: "Try 2 of 4", then how long until it begins, then why the one before failed */
  note = g_strdup_printf (_ ("%s in %u s. %s"), which, (event->delay_ms + 999) / 1000,
                          event->message != NULL ? event->message : "");
  g_strchomp (note);
  show_note (self, card, note);
  g_source_set_callback (source, try_begins_cb, retry, retry_free);
  g_source_attach (source, NULL);
  g_hash_table_replace (self->retries, g_strdup (event->node_id), source);
}

/* --- something else ------------------------------------------------------------------------- */

void
hearth_canvas_show_wait (HearthCanvas *self,
                         HearthCard *card,
                         const char *sentence)
{
  show_note (self, card, sentence);
}

/* --- the answer ----------------------------------------------------------------------------- */

void
hearth_canvas_show_question (HearthCanvas *self,
                             HearthCard *card,
                             HearthValue *question)
{
  const char *prompt = hearth_value_get_member_string (question, "prompt", NULL);
  g_autofree char *line = NULL;

  if (prompt != NULL && *prompt != '\0')
    line = g_strdup (prompt);
  else
    line = g_strdup (_ ("Waits for your answer"));
  g_strdelimit (line, "\n\r", ' ');
  hearth_canvas_set_state (self, card, HEARTH_CARD_ASKING, NULL);
  show_note (self, card, line);
}

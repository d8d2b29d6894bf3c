/* trace.c: everything a run told, and the run's part in its queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "trace.h"

#include "hearth-json.h"
#include "kinds.h"
#include "resource.h"

#include <string.h>

#define MAX_BUSY 2000 /* turns of the main loop */

static void
event_free (RefEvent *self)
{
  g_clear_pointer (&self->value, hearth_value_unref);
  g_free (self->node_id);
  g_free (self->key);
  g_free (self->message);
  g_free (self->why);
  g_free (self->origin);
  g_free (self);
}

static gboolean
cancel_cb (gpointer user_data)
{
  RefTrace *self = user_data;

  self->timer = 0;
  self->cancelled = (int) self->events->len - 1;
  hearth_run_cancel (self->run);
  return G_SOURCE_REMOVE;
}

/* The node that says so cannot know itself. */
static void
count_try (RefTrace   *self,
           const char *node_id)
{
  ref_driver_attempt = GPOINTER_TO_UINT (g_hash_table_lookup (self->tries, node_id)) + 1;
  g_hash_table_insert (self->tries, g_strdup (node_id), GUINT_TO_POINTER (ref_driver_attempt));
}

/* What is called again counts from the beginning. */
static gboolean
is_inside_cb (gpointer key,
              gpointer value,
              gpointer prefix)
{
  return g_str_has_prefix (key, prefix);
}

static void
forget_tries (RefTrace   *self,
              const char *node_id)
{
  g_autofree char *prefix = g_strconcat (node_id, "/", NULL);

  g_hash_table_foreach_remove (self->tries, is_inside_cb, prefix);
}

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  RefTrace *self = user_data;
  RefEvent *copy = NULL;

  if (self->given_up)
    return;
  copy = g_new0 (RefEvent, 1);
  copy->kind = event->kind;
  copy->status = event->status;
  copy->node_id = g_strdup (event->node_id);
  copy->key = g_strdup (event->key);
  copy->value = hearth_value_ref_or_null (event->value);
  copy->message = g_strdup (event->message);
  copy->last = event->last;
  copy->why = g_strdup (event->why);
  copy->reused = event->reused;
  copy->origin = g_strdup (event->origin);
  copy->attempt = event->attempt;
  copy->delay_ms = event->delay_ms;
  if (event->kind == HEARTH_EVENT_NODE_RETRY)
    forget_tries (self, event->node_id);
  if (event->kind == HEARTH_EVENT_LOG && g_strcmp0 (event->message, REF_TRY_NOTE) == 0)
    count_try (self, event->node_id);
  if (event->kind == HEARTH_EVENT_NODE_COMPLETE || event->kind == HEARTH_EVENT_NODE_ERROR || event->kind == HEARTH_EVENT_NODE_RETRY)
    g_hash_table_remove (self->questions, event->node_id);
  g_ptr_array_add (self->events, copy);
  self->n_final += event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status);

  if (self->cancel_at == (int) self->events->len - 1)
    {
      if (self->cancel_later)
        self->timer = g_timeout_add_full (G_PRIORITY_HIGH, 0, cancel_cb, self, NULL);
      else
        cancel_cb (self);
    }
  if (event->kind == HEARTH_EVENT_NODE_ASKS)
    ref_trace_ask (self, copy); /* more may happen inside it */
}

RefTrace *
ref_trace_new (HearthRun *run)
{
  RefTrace *self = g_new0 (RefTrace, 1);

  self->run = run;
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  self->cancel_at = self->cancelled = -1;
  self->tries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = ref_people_new ();
  self->guests = g_ptr_array_new ();
  hearth_run_add_observer (run, event_cb, self, NULL);
  return self;
}

void
ref_trace_free (RefTrace *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->guests);
  g_hash_table_unref (self->questions);
  g_clear_object (&self->clock);
  g_free (self->complaint);
  g_object_unref (self->run);
  g_ptr_array_unref (self->events);
  g_hash_table_unref (self->tries);
  g_free (self);
}

/* --- text --------------------------------------------------------------------------- */

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_sorted (GString     *text,
               HearthValue *value)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  if (!hearth_value_is (value, OBJECT))
    {
      hearth_json_append (text, value);
      return;
    }

  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    g_ptr_array_add (keys, (gpointer) hearth_value_key_at (value, i));
  g_ptr_array_sort (keys, compare_keys);
  g_string_append_c (text, '{');
  for (guint i = 0; i < keys->len; i++)
    {
      g_string_append_printf (text, "%s\"%s\":", i ? "," : "", (char *) g_ptr_array_index (keys, i));
      append_sorted (text, hearth_value_get (value, g_ptr_array_index (keys, i)));
    }
  g_string_append_c (text, '}');
}

char *
ref_event_print (const RefEvent *event)
{
  static const char *const names[] = {
    [HEARTH_EVENT_STATUS] = "STATUS",
    [HEARTH_EVENT_NODE_EXECUTING] = "EXECUTING",
    [HEARTH_EVENT_NODE_YIELD] = "YIELD",
    [HEARTH_EVENT_NODE_COMPLETE] = "COMPLETE",
    [HEARTH_EVENT_NODE_ERROR] = "ERROR",
    [HEARTH_EVENT_NODE_BYPASSED] = "BYPASSED",
    [HEARTH_EVENT_NODE_SKIPPED] = "SKIPPED",
    [HEARTH_EVENT_INTERFACE_YIELD] = "INTERFACE",
    [HEARTH_EVENT_INTERFACE_OUTPUTS] = "OUTPUTS",
    [HEARTH_EVENT_LOG] = "LOG",
    [HEARTH_EVENT_NODE_RETRY] = "RETRY",
    [HEARTH_EVENT_NODE_ASKS] = "ASKS",
  };
  GString *text = g_string_new (event->kind < G_N_ELEMENTS (names) && names[event->kind] ? names[event->kind] : "?");

  if (event->kind == HEARTH_EVENT_STATUS)
    g_string_append_printf (text, " %s", hearth_run_status_to_string (event->status));
  if (event->kind == HEARTH_EVENT_INTERFACE_YIELD)
    g_string_append_printf (text, " %s", event->key);
  else if (event->node_id)
    g_string_append_printf (text, " %s", event->node_id);
  if (event->value)
    {
      g_string_append_c (text, ' ');
      append_sorted (text, event->value);
    }
  if (event->kind == HEARTH_EVENT_NODE_RETRY)
    g_string_append_printf (text, " %u %u", event->attempt, event->delay_ms);
  if (event->message && event->kind != HEARTH_EVENT_NODE_SKIPPED)
    g_string_append_printf (text, " %s", event->message);
  if (event->last)
    g_string_append (text, " last");

  return g_string_free (text, FALSE);
}

/* --- the queue ------------------------------------------------------------------------ */

typedef struct
{
  HearthQueue *queue;
  GPtrArray   *traces;
  guint        limit;
  guint        n_finished;
  guint        n_busy;
  gboolean     late;
  char       **complaint;
} Race;

static void
complain (Race       *race,
          const char *text)
{
  if (*race->complaint == NULL)
    *race->complaint = g_strdup (text);
}

/* Rule 38. */
static void
changed_cb (HearthQueue *queue,
            Race        *race)
{
  guint n_running = 0;
  gboolean one_waits = FALSE;

  for (guint i = 0; i < race->traces->len; i++)
    {
      RefTrace *trace = g_ptr_array_index (race->traces, i);
      HearthRunStatus status = hearth_run_get_status (trace->run);
      gboolean waits = hearth_queue_lookup (queue, hearth_run_get_id (trace->run)) && status == HEARTH_RUN_QUEUED;

      if (status == HEARTH_RUN_RUNNING && one_waits)
        complain (race, "a run overtook one that waited before it");
      n_running += status == HEARTH_RUN_RUNNING;
      one_waits |= waits;
    }
  if (n_running > race->limit)
    complain (race, "more runs at a time than the queue allows");
  if (n_running != hearth_queue_get_n_running (queue))
    complain (race, "the queue has lost count of its runs");
}

static void
run_finished_cb (HearthQueue *queue,
                 HearthRun   *run,
                 Race        *race)
{
  race->n_finished++;
}

static gboolean
late_cb (gpointer user_data)
{
  Race *race = user_data;

  race->late = TRUE;
  complain (race, "the runs did not end in time");
  return G_SOURCE_CONTINUE;
}

/* Rule 66: who waits for a place that is free waits for nothing. */
static void
check_waiting (Race     *race,
               RefTrace *trace)
{
  for (guint i = 0; i < trace->guests->len; i += 2)
    if (hearth_run_get_step_state (trace->run, g_ptr_array_index (trace->guests, i)) == HEARTH_STEP_READY
        && ref_resource_has_room (g_ptr_array_index (trace->guests, i + 1)))
      complain (race, "a node waits for a resource that has room");
}

/* Time passes when nothing else is to be done; now and then all the same, for a reader that looks again
 * and again for what a node that waits for the clock will send. */
static void
move_on (Race        *race,
         HearthClock *clock)
{
  gint64 next = hearth_clock_get_next_ms (clock);

  gboolean idle = !g_main_context_iteration (NULL, next < 0);

  if (!idle && ++race->n_busy < MAX_BUSY)
    return;
  race->n_busy = 0;
  next = hearth_clock_get_next_ms (clock);
  if (next < 0)
    return;
  if (idle)
    {
      for (guint i = 0; i < race->traces->len; i++)
        check_waiting (race, g_ptr_array_index (race->traces, i));
      ref_resources_look (race->complaint);
    }
  hearth_clock_advance (clock, next);
}

/* So that they do not keep from others what they use. */
static void
give_up (Race *race)
{
  gint64 until = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;

  for (guint i = 0; i < race->traces->len; i++)
    {
      RefTrace *trace = g_ptr_array_index (race->traces, i);

      trace->given_up = TRUE;
      hearth_run_cancel (trace->run);
    }
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
}

gboolean
ref_traces_run (GPtrArray *traces,
                guint      limit,
                guint      timeout_ms,
                char     **complaint)
{
  g_autoptr (HearthQueue) queue = hearth_queue_new (limit);
  Race race = { .queue = queue, .traces = traces, .limit = limit, .complaint = complaint };
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  guint timer = g_timeout_add (timeout_ms, late_cb, &race);

  ref_resources_open ();
  g_signal_connect (queue, "changed", G_CALLBACK (changed_cb), &race);
  g_signal_connect (queue, "run-finished", G_CALLBACK (run_finished_cb), &race);
  for (guint i = 0; i < traces->len; i++)
    {
      RefTrace *trace = g_ptr_array_index (traces, i);

      trace->clock = g_object_ref (clock);
      hearth_run_set_clock (trace->run, clock);
      hearth_queue_submit (queue, trace->run);
    }
  while (race.n_finished < traces->len && !race.late)
    move_on (&race, clock);
  g_source_remove (timer);
  if (race.late)
    give_up (&race);
  /* Whatever comes now comes too late. */
  for (guint i = 0; i < 3 && !race.late; i++)
    g_main_context_iteration (NULL, FALSE);

  g_signal_handlers_disconnect_by_data (queue, &race);
  if (!race.late)
    ref_resources_close (complaint);
  return !race.late;
}

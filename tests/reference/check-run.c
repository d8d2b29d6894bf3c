/* check-run.c: holds what a run told to what the reference says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "check.h"
#include "hearth-json.h"

#include <string.h>

/* Rules 36 and 35: how it begins and how it ends. */
static void
check_frame (Check *self)
{
  GPtrArray *events = self->trace->events;
  HearthRunStatus status = hearth_run_get_status (self->trace->run);
  guint first_node = 0, n_outputs = 0;

  if (self->trace->n_final != 1 || ref_trace_at (self->trace, events->len - 1)->kind != HEARTH_EVENT_STATUS
      || ref_trace_at (self->trace, events->len - 1)->status != status || !hearth_run_status_is_final (status))
    check_complain (self, "the final status is not the one last event");
  while (first_node < events->len && ref_trace_at (self->trace, first_node)->kind == HEARTH_EVENT_STATUS)
    first_node++;
  for (guint i = first_node; i + 1 < events->len; i++)
    {
      RefEvent *event = ref_trace_at (self->trace, i);

      if (event->kind == HEARTH_EVENT_STATUS)
        check_complain (self, "a status between the events of nodes");
      n_outputs += event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS;
      if (event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS && i + 2 != events->len)
        check_complain (self, "interface outputs before the last event of a node");
    }
  if (n_outputs != (status != HEARTH_RUN_INTERRUPTED && self->reference->outputs != NULL))
    check_complain (self, "interface outputs were told %u times", n_outputs);
}

/* --- the interface ---------------------------------------------------------------------------- */

static void
check_interface (Check     *self,
                 RefResult *result)
{
  RefNode *node = result->streamer;
  Told *told = told_get (self->interfaces, result->key);
  GString *expected = g_string_new (NULL);
  gboolean whole = node && node->fate != REF_CUT;
  gboolean dead = node && node->dead && result->stream_handle
                  && g_ptr_array_find (node->dead, g_intern_string (result->stream_handle), NULL);

  for (guint i = 0; result->streams && node->starts && !dead && node->chunks && i < node->chunks->len; i++)
    told_append_event (expected, HEARTH_EVENT_INTERFACE_YIELD, result->key, g_ptr_array_index (node->chunks, i), NULL, FALSE);
  if (result->streams && node->starts && !dead && whole)
    g_string_append_printf (expected, "INTERFACE %s " FINISH, result->key);
  if (strcmp (expected->str, told->text->str) != 0
      && (whole || !told_is_shorter (expected->str, told->text->str, "")))
    check_complain (self, "--- interface output %s, expected:\n%s--- got:\n%s---", result->key, expected->str, told->text->str);
  if (told->n_chunks > 0 && node && !whole && told->n_chunks != told_get (self->nodes, node->id)->n_chunks)
    check_complain (self, "interface output %s and node %s had different chunks", result->key, node->id);
  g_string_free (expected, TRUE);
}

static void
check_outputs (Check *self)
{
  HearthValue *expected = self->cancelled ? NULL : self->reference->outputs;
  HearthValue *got = hearth_run_get_outputs (self->trace->run);
  g_autofree char *left = expected ? hearth_json_print (expected) : NULL;
  g_autofree char *right = got ? hearth_json_print (got) : NULL;

  if (!hearth_value_equal (expected, got))
    check_complain (self, "--- outputs, expected: %s\n--- got:      %s", left, right);
  for (guint i = 0; i < self->trace->events->len; i++)
    if (ref_trace_at (self->trace, i)->kind == HEARTH_EVENT_INTERFACE_OUTPUTS
        && !hearth_value_equal (ref_trace_at (self->trace, i)->value, got))
      check_complain (self, "the run told other outputs than it has");
}

/* --- the run ---------------------------------------------------------------------------------- */

/* A cancel counts if it came before the run had nothing left to tell but its outputs. */
static gboolean
had_to_stop (Check *self)
{
  if (self->trace->cancelled < 0)
    return FALSE;
  for (int i = 0; i <= self->trace->cancelled; i++)
    {
      RefEvent *event = ref_trace_at (self->trace, i);

      if (event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS
          || (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status)))
        return FALSE;
    }

  return TRUE;
}

static void
check_status (Check *self)
{
  HearthRunStatus got = hearth_run_get_status (self->trace->run);
  HearthRunStatus expected = had_to_stop (self)         ? HEARTH_RUN_INTERRUPTED
                             : self->reference->error   ? HEARTH_RUN_ERROR
                             : self->reference->fails   ? HEARTH_RUN_ERROR
                                                        : HEARTH_RUN_COMPLETE;
  const char *message = NULL;

  if (expected == HEARTH_RUN_ERROR && !self->reference->error)
    message = "One or more nodes failed during execution.";
  if (got != expected)
    check_complain (self, "the run should be %s and is %s", hearth_run_status_to_string (expected), hearth_run_status_to_string (got));
  if (!self->reference->error && g_strcmp0 (message, hearth_run_get_message (self->trace->run)) != 0)
    check_complain (self, "the run says “%s” at its end", hearth_run_get_message (self->trace->run));
}

#define FALLBACK "used the fallback value: "

static RefTimes
clock_cb (const char *id,
          gpointer    user_data)
{
  Told *told = told_get (((Check *) user_data)->nodes, id);
  const char *error = told->error;

  if (error == NULL && told->why && g_str_has_prefix (told->why, FALLBACK))
    error = told->why + strlen (FALLBACK);
  return (RefTimes) { told->began, told->ended, told->skipped, told->reused, error, told->skip_why, told->outputs, told->chunk,
                      told->n_retries, told->n_tries };
}

static void
list_known (Reference  *reference,
            GHashTable *known)
{
  for (guint i = 0; i < reference->nodes->len; i++)
    {
      RefNode *node = reference_node (reference, i);

      g_hash_table_add (known, node->told_id);
      for (guint c = 0; c < node->calls->len; c++)
        list_known (g_ptr_array_index (node->calls, c), known);
    }
  for (guint i = 0; i < reference->groups->len; i++)
    g_hash_table_add (known, reference_group (reference, i)->told_id);
}

/* Nothing may be told of what is not there. */
static void
check_strangers (Check *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, told;

  list_known (self->reference, known);
  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, &id, &told))
    if (!g_hash_table_contains (known, id) && ((Told *) told)->text->len > 0)
      check_complain (self, "there is no node %s, but the run told of it", (char *) id);
}

static void
check_reference (Check     *self,
                 Reference *reference)
{
  for (guint i = 0; i < reference->nodes->len; i++)
    {
      RefNode *node = reference_node (reference, i);

      check_node (self, node);
      for (guint c = 0; c < node->calls->len; c++)
        check_reference (self, g_ptr_array_index (node->calls, c));
    }
  for (guint i = 0; i < reference->groups->len; i++)
    check_group (self, reference, reference_group (reference, i));
}

void
check_plan_error (Check  *self,
                  GError *error)
{
  GError *expected = self->reference->error;

  if (error == NULL || expected == NULL)
    {
      check_complain (self, "the plan: expected %s, got %s", expected ? expected->message : "one", error ? error->message : "one");
      return;
    }
  /* A ring of pass-throughs that forks is found by its size. */
  if (expected->code == HEARTH_ENGINE_ERROR_CYCLE && *expected->message == '\0' && error->code == HEARTH_ENGINE_ERROR_GROUP)
    return;
  if (!g_error_matches (error, HEARTH_ENGINE_ERROR, expected->code) || strstr (error->message, expected->message) == NULL)
    check_complain (self, "the plan was refused with “%s” instead of “%s”", error->message, expected->message);
}

void
check_run (Check *self)
{
  self->cancelled = hearth_run_get_status (self->trace->run) == HEARTH_RUN_INTERRUPTED;
  if (self->trace->complaint)
    check_complain (self, "%s", self->trace->complaint);
  for (guint i = 0; i < self->trace->events->len; i++)
    check_note_event (self, ref_trace_at (self->trace, i), i);
  if (self->reference->error)
    {
      check_frame (self);
      check_status (self);
      return;
    }
  if (self->cancelled && hearth_run_get_started_ms (self->trace->run) == 0)
    {
      check_frame (self); /* it never left the queue */
      return;
    }

  reference_evaluate (self->reference, self->cancelled, clock_cb, self);
  check_frame (self);
  check_status (self);
  if (self->keyed)
    check_list_keyed (self, self->reference);
  check_reference (self, self->reference);
  for (guint i = 0; i < self->reference->results->len; i++)
    if (reference_result (self->reference, i)->group == NULL)
      check_interface (self, reference_result (self->reference, i));
  check_outputs (self);
  check_strangers (self);
}

/* hearth-node-trace.c: what a run told of one node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-node-trace.h"

HearthNodeTrace *
hearth_node_trace_new (void)
{
  return g_new0 (HearthNodeTrace, 1);
}

void
hearth_node_trace_free (gpointer data)
{
  HearthNodeTrace *self = data;

  if (self == NULL)
    return;
  g_free (self->why);
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_pointer (&self->usage, hearth_value_unref);
  g_free (self);
}

/* Takes the place of what @kept holds. */
static void
keep (HearthValue **kept,
      HearthValue  *value)
{
  hearth_value_ref_or_null (value);
  g_clear_pointer (kept, hearth_value_unref);
  *kept = value;
}

void
hearth_node_trace_add (HearthNodeTrace      *self,
                       const HearthRunEvent *event)
{
  const char *why = event->kind == HEARTH_EVENT_NODE_SKIPPED ? event->message : event->why;

  g_return_if_fail (self != NULL && event != NULL);

  if (why != NULL && g_strcmp0 (why, self->why) != 0)
    {
      g_free (self->why);
      self->why = g_strdup (why);
    }
  if (event->kind == HEARTH_EVENT_NODE_EXECUTING)
    {
      self->begin = g_get_monotonic_time ();
      self->end = 0;
      self->reused = FALSE;
    }
  else if (event->kind == HEARTH_EVENT_NODE_COMPLETE || event->kind == HEARTH_EVENT_NODE_ERROR
           || event->kind == HEARTH_EVENT_NODE_BYPASSED)
    {
      self->end = self->begin != 0 ? g_get_monotonic_time () : 0;
      self->reused = event->reused;
      keep (&self->outputs, event->value);
      keep (&self->usage, event->usage);
    }
}

double
hearth_node_trace_get_ms (const HearthNodeTrace *self)
{
  g_return_val_if_fail (self != NULL, -1);

  if (self->begin == 0)
    return -1;
  return ((self->end != 0 ? self->end : g_get_monotonic_time ()) - self->begin) / 1000.0;
}

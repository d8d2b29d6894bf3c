/* told.c: what a run told of each of its nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "check.h"
#include "kinds.h"

#include <string.h>

void
check_complain (Check      *self,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->wrong, format, args);
  va_end (args);
  g_string_append_c (self->wrong, '\n');
}

void
told_free (Told *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

Told *
told_get (GHashTable *table,
          const char *id)
{
  Told *told = g_hash_table_lookup (table, id);

  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      told->text = g_string_new (NULL);
      told->began = told->ended = told->skipped = -1;
      g_hash_table_insert (table, g_strdup (id), told);
    }

  return told;
}

/* --- sorting the events ---------------------------------------------------------------- */

static void
note_times (Told           *told,
            const RefEvent *event,
            int             number)
{
  gboolean cut = event->kind == HEARTH_EVENT_NODE_ERROR && g_strcmp0 (event->message, INTERRUPTED) == 0;

  if (event->kind == HEARTH_EVENT_NODE_SKIPPED)
    {
      told->skipped = number;
      told->skip_why = event->message;
    }
  else if (told->began < 0)
    told->began = number;
  if (event->kind == HEARTH_EVENT_NODE_COMPLETE || (event->kind == HEARTH_EVENT_NODE_ERROR && !cut))
    told->ended = number;
  if (event->kind == HEARTH_EVENT_NODE_ERROR && !cut)
    told->error = event->message;
  if (event->kind == HEARTH_EVENT_NODE_EXECUTING)
    {
      told->why_began = event->why;
      told->reused = event->reused;
    }
  if (event->kind == HEARTH_EVENT_NODE_COMPLETE)
    {
      told->outputs = event->value;
      told->why = event->why;
      told->origin = event->origin;
    }
  if (event->kind == HEARTH_EVENT_NODE_YIELD && told->n_chunks++ == 0 && told->ended < 0)
    told->chunk = event->value;
}

/* A failed try, for those who ask what came of it. */
static void
note_retry (Check          *self,
            const RefEvent *event,
            int             number)
{
  Told *told = told_get (self->nodes, event->node_id);
  g_autofree char *id = g_strdup_printf ("%s!%u", event->node_id, ++told->n_retries);
  Told *failed = told_get (self->nodes, id);

  failed->began = told->began;
  failed->ended = number;
  failed->error = event->message;
}

/* What a node calls has the same ids in each of its tries; here they get one of their own. */
static char *
dup_seen_id (Check      *self,
             const char *node_id)
{
  g_auto (GStrv) parts = g_strsplit (node_id, "/", -1);
  GString *id = g_string_new (parts[0]);

  for (guint i = 1; parts[i]; i++)
    {
      Told *outer = g_hash_table_lookup (self->nodes, id->str);

      if (outer && outer->n_retries > 0)
        g_string_append_printf (id, "#%u", outer->n_retries);
      g_string_append_printf (id, "/%s", parts[i]);
    }

  return g_string_free (id, FALSE);
}

static void
note_event (Check          *self,
            const RefEvent *event,
            int             number)
{
  g_autofree char *line = ref_event_print (event);
  Told *told;

  if (event->kind == HEARTH_EVENT_STATUS || event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS)
    return;

  if (event->kind == HEARTH_EVENT_INTERFACE_YIELD)
    {
      Told *node = told_get (self->nodes, event->node_id);

      told = told_get (self->interfaces, event->key);
      if (event->last && node->ended < 0)
        check_complain (self, "interface output %s was closed before node %s had ended", event->key, event->node_id);
      if (!event->last && ++told->n_chunks > node->n_chunks)
        check_complain (self, "a chunk of node %s came to interface output %s first", event->node_id, event->key);
    }
  else
    told = told_get (self->nodes, event->node_id);
  if (event->kind == HEARTH_EVENT_NODE_RETRY)
    note_retry (self, event, number);
  if (event->kind == HEARTH_EVENT_LOG)
    {
      told->n_tries += g_strcmp0 (event->message, REF_TRY_NOTE) == 0;
      if (told->began < 0 || told->ended >= 0)
        check_complain (self, "node %s logged while it did not run", event->node_id);
      return;
    }
  if (event->kind != HEARTH_EVENT_INTERFACE_YIELD)
    note_times (told, event, number);
  g_string_append_printf (told->text, "%s\n", line);
}

void
check_note_event (Check          *self,
                  const RefEvent *event,
                  int             number)
{
  g_autofree char *id = event->node_id ? dup_seen_id (self, event->node_id) : NULL;
  RefEvent seen = *event;

  seen.node_id = id;
  note_event (self, &seen, number);
}

/* A line as check_note_event() would write it. */
void
told_append_event (GString           *text,
              HearthRunEventKind kind,
              const char        *id,
              HearthValue       *value,
              const char        *message,
              gboolean           last)
{
  g_autoptr (HearthValue) none = hearth_value_empty_object ();
  gboolean has_outputs = kind == HEARTH_EVENT_NODE_COMPLETE || kind == HEARTH_EVENT_NODE_BYPASSED;
  RefEvent event = { .kind = kind, .node_id = (char *) id, .key = (char *) id, .last = last, .message = (char *) message };
  g_autofree char *line = NULL;

  event.value = value ? value : has_outputs ? none : NULL;
  line = ref_event_print (&event);
  g_string_append_printf (text, "%s\n", line);
}

/* A node that was cut short may have told only some of its chunks. */
gboolean
told_is_shorter (const char *expected,
            const char *got,
            const char *error)
{
  gsize length = strlen (got);
  gsize tail = strlen (error);

  if (length < tail || strcmp (got + length - tail, error) != 0)
    return FALSE;
  return strncmp (expected, got, length - tail) == 0;
}

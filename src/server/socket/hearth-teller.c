/* hearth-teller.c: the messages of one run, in their order; large ones are written on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-teller.h"

#include <gio/gio.h>

#include "hearth-event-json.h"
#include "hearth-json.h"
#include "hearth-memory.h"

/* A value of this weight is written in a quarter of a millisecond. */
#define MAX_INLINE_WEIGHT ((gsize) 128 << 10)

/* One message that waits. In the line, and with the thread that writes it. */
typedef struct
{
  guint ref_count;
  HearthTeller *teller; /* borrowed; NULL: nobody wants it any more */
  GString *around;      /* the text without the value */
  gsize gap;
  HearthValue *value;
  GBytes *whole; /* when it is written */
  gboolean is_final;
} Letter;

struct _HearthTeller
{
  HearthTellerFunc func;
  gpointer user_data;
  GString *text; /* of the message that is being told */
  GQueue line;   /* of Letter; empty as long as all are small */
};

/* --- letters ---------------------------------------------------------------------------------- */

static void
letter_unref (Letter *self)
{
  if (--self->ref_count > 0)
    return;
  g_string_free (self->around, TRUE);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_pointer (&self->whole, g_bytes_unref);
  g_free (self);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Letter *self = data;
  GString *text = g_string_new_len (self->around->str, (gssize) self->gap);

  hearth_json_append (text, self->value);
  g_string_append (text, self->around->str + self->gap);
  /* Here: many megabytes are not given back in no time. */
  g_clear_pointer (&self->value, hearth_value_unref);
  g_task_return_pointer (task, g_string_free_to_bytes (text), (GDestroyNotify) g_bytes_unref);
}

/* As far as they are written. */
static void
deliver (HearthTeller *self)
{
  Letter *letter;
  gboolean is_final = FALSE;

  while (!is_final && (letter = g_queue_peek_head (&self->line)) != NULL && letter->whole != NULL)
    {
      g_queue_pop_head (&self->line);
      is_final = letter->is_final;
      self->func (g_bytes_get_data (letter->whole, NULL), letter->whole, is_final, self->user_data);
      letter_unref (letter);
    }
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Letter *letter = user_data;

  letter->whole = g_task_propagate_pointer (G_TASK (result), NULL);
  if (letter->teller != NULL)
    deliver (letter->teller);
  letter_unref (letter);
}

static Letter *
line_up (HearthTeller *self,
         const char   *text)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->ref_count = 1;
  letter->teller = self;
  letter->around = g_string_new (text);
  g_queue_push_tail (&self->line, letter);
  return letter;
}

static void
line_up_written (HearthTeller *self,
                 const char   *text,
                 gboolean      is_final)
{
  Letter *letter = line_up (self, "");

  letter->whole = g_string_free_to_bytes (g_string_new (text));
  letter->is_final = is_final;
}

static void
line_up_large (HearthTeller         *self,
               const HearthRunEvent *event,
               gsize                 gap)
{
  Letter *letter = line_up (self, self->text->str);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, letter);

  letter->ref_count++;
  letter->gap = gap;
  letter->value = hearth_value_ref (event->value);
  g_task_set_task_data (task, letter, NULL);
  g_task_run_in_thread (task, write_thread);
}

/* --- telling ---------------------------------------------------------------------------------- */

static gboolean
is_large (const HearthRunEvent *event)
{
  return event->value != NULL && hearth_memory_weigh (event->value, MAX_INLINE_WEIGHT) >= MAX_INLINE_WEIGHT;
}

static void
tell (HearthTeller *self,
      const char   *text,
      gboolean      is_final)
{
  if (!g_queue_is_empty (&self->line))
    line_up_written (self, text, is_final);
  else
    self->func (text, NULL, is_final, self->user_data);
}

void
hearth_teller_tell (HearthTeller         *self,
                    const HearthRunEvent *event)
{
  gsize gap = 0;

  g_return_if_fail (self != NULL && event != NULL);

  g_string_truncate (self->text, 0);
  if (is_large (event) && hearth_event_append_json_around (self->text, event, &gap) && gap > 0)
    {
      line_up_large (self, event, gap);
      return;
    }
  g_string_truncate (self->text, 0);
  if (hearth_event_append_json (self->text, event))
    tell (self, self->text->str, event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status));
}

void
hearth_teller_tell_text (HearthTeller *self,
                         const char   *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  tell (self, text, FALSE);
}

/* --- the object ------------------------------------------------------------------------------- */

HearthTeller *
hearth_teller_new (HearthTellerFunc func,
                   gpointer         user_data)
{
  HearthTeller *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (HearthTeller, 1);
  self->func = func;
  self->user_data = user_data;
  self->text = g_string_new (NULL);
  g_queue_init (&self->line);
  return self;
}

void
hearth_teller_free (HearthTeller *self)
{
  Letter *letter;

  g_return_if_fail (self != NULL);

  while ((letter = g_queue_pop_head (&self->line)) != NULL)
    {
      letter->teller = NULL;
      letter_unref (letter);
    }
  g_string_free (self->text, TRUE);
  g_free (self);
}

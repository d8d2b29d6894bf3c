/* person.c: answers what nodes ask
 *
 * What the answer is and when it comes is in the question.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "trace.h"

typedef struct
{
  RefTrace    *trace;
  guint        timer;    /* of the clock; 0: has spoken */
  char        *node_id;
  HearthValue *question;
} Person;

static void
person_free (gpointer data)
{
  Person *self = data;

  if (self->timer)
    hearth_clock_remove (self->trace->clock, self->timer);
  hearth_value_unref (self->question);
  g_free (self->node_id);
  g_free (self);
}

static void
complain (RefTrace   *self,
          const char *node_id,
          const char *text)
{
  if (self->complaint == NULL)
    self->complaint = g_strdup_printf ("node %s %s", node_id, text);
}

static gboolean
is_open (Person *self)
{
  return g_hash_table_lookup (self->trace->questions, self->node_id) == self->question;
}

/* An answer is taken once, and only while somebody waits for it (rule 55). */
static void
answer_cb (gpointer user_data)
{
  Person *self = user_data;
  HearthRun *run = self->trace->run;
  HearthValue *reply = hearth_value_get (self->question, "reply");
  gboolean open = is_open (self);

  self->timer = 0;
  if (!open && g_hash_table_contains (self->trace->questions, self->node_id))
    return; /* it has asked something else meanwhile */

  if (hearth_run_answer (run, self->node_id, reply) && !open)
    complain (self->trace, self->node_id, "took an answer that it did not wait for");
  if (open && is_open (self))
    g_hash_table_remove (self->trace->questions, self->node_id);
  if (!g_hash_table_contains (self->trace->questions, self->node_id) && hearth_run_answer (run, self->node_id, reply))
    complain (self->trace, self->node_id, "took an answer twice");
}

static gboolean
is_listed (RefTrace   *self,
           const char *node_id)
{
  g_auto (GStrv) ids = hearth_run_list_asking (self->run);

  return g_strv_contains ((const char *const *) ids, node_id);
}

void
ref_trace_ask (RefTrace       *self,
               const RefEvent *event)
{
  gint64 wait = hearth_value_get_member_integer (event->value, "wait", 0);
  Person *person = g_new0 (Person, 1);

  person->trace = self;
  person->node_id = g_strdup (event->node_id);
  person->question = hearth_value_ref (event->value);
  g_ptr_array_add (self->people, person);
  g_hash_table_insert (self->questions, g_strdup (event->node_id), event->value);
  if (self->cancelled < 0 && (hearth_run_get_question (self->run, event->node_id) != event->value || !is_listed (self, event->node_id)))
    complain (self, event->node_id, "asks, but is not listed among those that do");
  if (wait > 0)
    person->timer = hearth_clock_add_timeout (self->clock, wait, answer_cb, person);
  else
    answer_cb (person);
}

GPtrArray *
ref_people_new (void)
{
  return g_ptr_array_new_with_free_func (person_free);
}

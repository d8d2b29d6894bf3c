/* hearth-json-job.c: large JSON texts, read and written on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-job-private.h"

#include <string.h>

#include "hearth-json.h"

#define QUICK_BYTES (128 * 1024) /* under a millisecond */

struct _HearthJsonJob
{
  HearthParsedFunc parsed;   /* both NULL: cancelled */
  HearthPrintedFunc printed;
  gpointer user_data;
  HearthValue *value;
  GBytes *text;
};

static void
job_free (gpointer data)
{
  HearthJsonJob *self = data;

  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}

static GBytes *
print_bytes (HearthValue *value)
{
  char *text = hearth_json_print (value);

  return g_bytes_new_take (text, strlen (text));
}

static HearthValue *
parse_bytes (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return hearth_json_parse (text, (gssize) length, NULL);
}

static void
work (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  HearthJsonJob *self = data;

  if (self->text == NULL)
    self->text = print_bytes (self->value);
  else
    self->value = parse_bytes (self->text);
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  HearthJsonJob *self = g_task_get_task_data (G_TASK (result));

  if (self->parsed != NULL)
    self->parsed (self->value, self->user_data);
  else if (self->printed != NULL)
    self->printed (self->text, self->user_data);
}

static HearthJsonJob *
start (HearthJsonJob *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, NULL);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, self, job_free);
  g_task_run_in_thread (task, work);
  return self;
}

/* How much there is to write, as far as @limit. */
static gsize
weigh (HearthValue *value,
       gsize        limit)
{
  gboolean is_object = hearth_value_is (value, OBJECT);
  gsize weight = 8;

  if (hearth_value_is (value, STRING))
    {
      hearth_value_get_string (value, &weight);
      return weight;
    }
  if (!is_object && !hearth_value_is (value, ARRAY))
    return weight;
  for (gsize i = 0; i < hearth_value_get_length (value) && weight < limit; i++)
    weight += weigh (is_object ? hearth_value_member_at (value, i) : hearth_value_at (value, i), limit - weight);
  return weight;
}

HearthJsonJob *
_hearth_json_job_parse (const char      *text,
                        gsize            length,
                        HearthParsedFunc done,
                        gpointer         user_data)
{
  HearthJsonJob *self;

  g_assert (text != NULL && done != NULL);

  if (length <= QUICK_BYTES)
    {
      g_autoptr (HearthValue) value = hearth_json_parse (text, (gssize) length, NULL);

      done (value, user_data);
      return NULL;
    }
  self = g_new0 (HearthJsonJob, 1);
  self->parsed = done;
  self->user_data = user_data;
  self->text = g_bytes_new (text, length);
  return start (self);
}

HearthJsonJob *
_hearth_json_job_print (HearthValue      *value,
                        HearthPrintedFunc done,
                        gpointer          user_data)
{
  HearthJsonJob *self;

  g_assert (value != NULL && done != NULL);

  if (weigh (value, QUICK_BYTES) < QUICK_BYTES)
    {
      g_autoptr (GBytes) text = print_bytes (value);

      done (text, user_data);
      return NULL;
    }
  self = g_new0 (HearthJsonJob, 1);
  self->printed = done;
  self->user_data = user_data;
  self->value = hearth_value_ref (value);
  return start (self);
}

void
_hearth_json_job_cancel (HearthJsonJob *self)
{
  g_assert (self != NULL);

  self->parsed = NULL;
  self->printed = NULL;
}

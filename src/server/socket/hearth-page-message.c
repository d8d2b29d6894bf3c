/* hearth-page-message.c: what a page sends, read; what is large, on a thread, with the graph it brings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-page-message.h"

#include "hearth-json.h"
#include "hearth-payload.h"

typedef struct
{
  GBytes *text;
  HearthCatalog *catalog; /* a copy of its own */
  HearthPageGraph made;
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_pointer (&self->text, g_bytes_unref);
  g_object_unref (self->catalog);
  hearth_page_graph_clear (&self->made);
  g_free (self);
}

void
hearth_page_graph_clear (HearthPageGraph *self)
{
  g_clear_object (&self->graph);
  g_clear_error (&self->error);
}

static gboolean
is_prompt (HearthValue *message)
{
  const char *type = hearth_value_get_member_string (message, "type", NULL);

  return g_strcmp0 (type, "PROMPT_REQUEST") == 0 || g_strcmp0 (type, "execute_workflow") == 0;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Reading *self = data;
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (self->text, &length);
  HearthValue *message = hearth_json_parse (text, (gssize) length, &error);
  HearthValue *payload;

  /* Here: many megabytes are not given back in no time. */
  g_clear_pointer (&self->text, g_bytes_unref);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  payload = hearth_value_get (message, "payload");
  if (payload != NULL && is_prompt (message))
    self->made.graph = hearth_payload_to_graph (payload, self->catalog, &self->made.error);
  g_task_return_pointer (task, message, (GDestroyNotify) hearth_value_unref);
}

void
hearth_page_message_read_async (GBytes             *text,
                                HearthCatalog      *catalog,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading = g_new0 (Reading, 1);

  g_return_if_fail (text != NULL && HEARTH_IS_CATALOG (catalog));

  reading->text = g_bytes_ref (text);
  reading->catalog = hearth_catalog_copy (catalog);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, hearth_page_message_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_thread);
}

HearthValue *
hearth_page_message_read_finish (GAsyncResult    *result,
                                 HearthPageGraph *graph,
                                 GError         **error)
{
  Reading *reading;

  g_return_val_if_fail (g_async_result_is_tagged (result, hearth_page_message_read_async) && graph != NULL, NULL);

  reading = g_task_get_task_data (G_TASK (result));
  graph->graph = g_steal_pointer (&reading->made.graph);
  graph->error = g_steal_pointer (&reading->made.error);
  return g_task_propagate_pointer (G_TASK (result), error);
}

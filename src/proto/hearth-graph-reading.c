/* hearth-graph-reading.c: a graph made of JSON on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-reading.h"

#include "hearth-memory.h"
#include "hearth-payload.h"

typedef struct
{
  HearthValue *value;
  HearthGraphForm form;
  HearthCatalog *catalog; /* a copy of its own */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  hearth_memory_release_value (self->value);
  g_object_unref (self->catalog);
  g_free (self);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Reading *self = data;
  GError *error = NULL;
  HearthGraph *graph = self->form == HEARTH_GRAPH_PAYLOAD ? hearth_payload_to_graph (self->value, self->catalog, &error)
                                                          : hearth_graph_new_from_value (self->catalog, self->value, &error);

  if (graph != NULL)
    g_task_return_pointer (task, graph, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
hearth_graph_read_async (HearthValue         *value,
                         HearthGraphForm      form,
                         HearthCatalog       *catalog,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (HEARTH_IS_CATALOG (catalog));

  reading = g_new0 (Reading, 1);
  reading->value = hearth_value_ref_or_null (value);
  reading->form = form;
  reading->catalog = hearth_catalog_copy (catalog);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, hearth_graph_read_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

HearthGraph *
hearth_graph_read_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hearth_graph_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

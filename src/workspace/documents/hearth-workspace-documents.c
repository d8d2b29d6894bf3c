/* hearth-workspace-documents.c: one document for each open workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-i18n.h"

/* workflow-format.md 1.11, without the texts. */
static const char new_workflow[] = HEARTH_JSON ({
  "nodes": [
    { "id": "default-group-input", "type": "core:GroupInput", "position": { "x": 0, "y": 150 } },
    { "id": "default-group-output", "type": "core:GroupOutput", "position": { "x": 1280, "y": 150 } }
  ],
  "edges": [],
  "viewport": { "x": 0, "y": 70, "zoom": 1.1 },
  "interfaceInputs": {
    "input_0": { "key": "input_0", "displayName": "*", "dataFlowType": "CONVERTIBLE_ANY", "allowDynamicType": true }
  },
  "interfaceOutputs": {
    "output_0": { "key": "output_0", "displayName": "*", "dataFlowType": "CONVERTIBLE_ANY", "allowDynamicType": true }
  },
  "referencedWorkflows": []
});

/* --- the table ------------------------------------------------------------------------------- */

static char *
make_key (const char *project_id,
          const char *workflow_id)
{
  return g_strconcat (project_id, "/", workflow_id, NULL);
}

void
_hearth_workspace_remember_document (HearthWorkspace *self,
                                     HearthDocument  *document)
{
  if (document->workflow_id != NULL)
    g_hash_table_replace (self->documents, make_key (document->project_id, document->workflow_id), document);
}

void
_hearth_workspace_forget_document (HearthWorkspace *self,
                                   HearthDocument  *document)
{
  g_autofree char *key = NULL;

  if (document->workflow_id == NULL)
    return;
  key = make_key (document->project_id, document->workflow_id);
  if (g_hash_table_lookup (self->documents, key) == document)
    g_hash_table_remove (self->documents, key);
}

static HearthDocument *
lookup (HearthWorkspace *self,
        const char      *project_id,
        const char      *workflow_id)
{
  g_autofree char *key = make_key (project_id, workflow_id);

  return g_hash_table_lookup (self->documents, key);
}

/* --- opening --------------------------------------------------------------------------------- */

static HearthDocument *
make_new (HearthWorkspace *self,
          const char      *project_id)
{
  g_autofree char *uuid = hearth_id_new_uuid ();
  g_autoptr (HearthValue) id = hearth_value_string (uuid);
  g_autoptr (HearthValue) bare = hearth_json_parse (new_workflow, -1, NULL);
  g_autoptr (HearthValue) workflow = hearth_value_with (bare, "id", id);
  g_autoptr (HearthGraph) graph = hearth_graph_new_from_value (self->catalog, workflow, NULL);

  g_assert (graph != NULL);
  return _hearth_document_new (self, project_id, NULL, graph);
}

static HearthDocument *
make_stored (HearthWorkspace *self,
             const char      *project_id,
             HearthValue     *workflow,
             GError         **error)
{
  const char *id = hearth_value_get_member_string (workflow, "id", "");
  HearthDocument *open = lookup (self, project_id, id);
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) reason = NULL;
  HearthDocument *document;

  /* Somebody asked twice before the first answer came. */
  if (open != NULL)
    return g_object_ref (open);
  graph = hearth_graph_new_from_value (self->catalog, workflow, &reason);
  if (graph == NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                   /* Translators: a workflow's name, and what is wrong ("nodes[3].position.x: …") */
                   _("The workflow “%s” cannot be opened: %s"), hearth_value_get_member_string (workflow, "name", id),
                   reason->message);
      return NULL;
    }
  document = _hearth_document_new (self, project_id, id, graph);
  _hearth_document_load_groups (document);
  return document;
}

static void
workflow_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HearthWorkspace *self = HEARTH_WORKSPACE (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) workflow = hearth_workspace_finish (self, result, &error);
  HearthDocument *document = NULL;

  if (workflow != NULL)
    document = make_stored (self, g_task_get_task_data (task), workflow, &error);
  if (document != NULL)
    g_task_return_pointer (task, document, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hearth_workspace_open_document (HearthWorkspace    *self,
                                const char         *project_id,
                                const char         *workflow_id,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  HearthDocument *open;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (project_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hearth_workspace_open_document);
  g_task_set_task_data (task, g_strdup (project_id), g_free);
  if (workflow_id == NULL)
    {
      g_task_return_pointer (task, make_new (self, project_id), g_object_unref);
      return;
    }
  open = lookup (self, project_id, workflow_id);
  if (open != NULL)
    g_task_return_pointer (task, g_object_ref (open), g_object_unref);
  else
    hearth_workspace_read_workflow (self, project_id, workflow_id, cancellable, workflow_read_cb,
                                    g_steal_pointer (&task));
}

HearthDocument *
hearth_workspace_open_document_finish (HearthWorkspace *self,
                                       GAsyncResult    *result,
                                       GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* hearth-document-groups.c: tells the graph the interfaces of the workflows its groups reference
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

static void
set_interface (HearthDocument *self,
               const char     *workflow_id,
               HearthValue    *inputs,
               HearthValue    *outputs)
{
  g_hash_table_add (self->references, g_strdup (workflow_id));
  hearth_graph_set_group_interface (self->graph, workflow_id, inputs, outputs);
}

static void
groups_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HearthDocument *self = user_data;
  g_autoptr (GHashTable) groups = NULL;
  g_auto (GStrv) references = NULL;

  /* A closed document has cancelled this, and is gone. */
  groups = hearth_workspace_load_groups_finish (HEARTH_WORKSPACE (source), result, NULL);
  if (groups == NULL)
    return;
  references = hearth_graph_list_references (self->graph);
  for (char **id = references; *id != NULL; id++)
    {
      HearthGraph *group = g_hash_table_lookup (groups, *id);

      set_interface (self, *id, group != NULL ? hearth_graph_get_property (group, "interfaceInputs") : NULL,
                     group != NULL ? hearth_graph_get_property (group, "interfaceOutputs") : NULL);
    }
}

void
_hearth_document_load_groups (HearthDocument *self)
{
  hearth_workspace_load_groups (self->workspace, self->graph, self->project_id, NULL, self->cancellable,
                                groups_loaded_cb, self);
}

static gboolean
has_new_reference (HearthDocument *self)
{
  g_auto (GStrv) references = hearth_graph_list_references (self->graph);
  gboolean found = FALSE;

  /* Noted at once, so that the next change does not ask again while the files are read. */
  for (char **id = references; *id != NULL; id++)
    found |= g_hash_table_add (self->references, g_strdup (*id));
  return found;
}

static gboolean
may_add_reference (HearthChange *change)
{
  return change->kind == HEARTH_CHANGE_NODE
         && g_str_equal (hearth_value_get_member_string (change->after, "type", ""), HEARTH_TYPE_ID_NODE_GROUP);
}

static void
graph_changed_cb (HearthGraph    *graph,
                  GPtrArray      *changes,
                  HearthDocument *self)
{
  for (guint i = 0; i < changes->len; i++)
    if (may_add_reference (g_ptr_array_index (changes, i)))
      {
        if (has_new_reference (self))
          _hearth_document_load_groups (self);
        return;
      }
}

static void
workflow_saved_cb (HearthWorkspace *workspace,
                   const char      *project_id,
                   const char      *workflow_id,
                   HearthValue     *stored,
                   gpointer         origin,
                   HearthDocument  *self)
{
  if (g_strcmp0 (project_id, self->project_id) == 0 && g_hash_table_contains (self->references, workflow_id))
    set_interface (self, workflow_id, hearth_value_get_member_kind (stored, "interfaceInputs", HEARTH_VALUE_OBJECT),
                   hearth_value_get_member_kind (stored, "interfaceOutputs", HEARTH_VALUE_OBJECT));
}

static void
workflow_deleted_cb (HearthWorkspace *workspace,
                     const char      *project_id,
                     const char      *workflow_id,
                     HearthDocument  *self)
{
  if (g_strcmp0 (project_id, self->project_id) == 0 && g_hash_table_contains (self->references, workflow_id))
    set_interface (self, workflow_id, NULL, NULL);
}

void
_hearth_document_watch_groups (HearthDocument *self)
{
  g_signal_connect_object (self->graph, "changed", G_CALLBACK (graph_changed_cb), self, 0);
  g_signal_connect_object (self->workspace, "workflow-saved", G_CALLBACK (workflow_saved_cb), self, 0);
  g_signal_connect_object (self->workspace, "workflow-deleted", G_CALLBACK (workflow_deleted_cb), self, 0);
}

/* hearth-window-import.c: a file of somebody else as a new workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-payload.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthWindow *window;
  HearthGraph  *graph;
  char         *name;
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->window);
  g_clear_object (&import->graph);
  g_free (import->name);
  g_free (import);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)

/* --- into the document -------------------------------------------------------------------------------------------- */

static void
add_change (GPtrArray        *changes,
            HearthChangeKind  kind,
            const char       *id,
            HearthValue      *before,
            HearthValue      *after)
{
  g_ptr_array_add (changes, hearth_change_new (kind, id, -1, before, after));
}

static void
add_removals (GPtrArray   *changes,
              HearthGraph *graph)
{
  for (guint i = 0; i < hearth_graph_get_n_edges (graph); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (graph, i);

      add_change (changes, HEARTH_CHANGE_EDGE, edge->id, edge->stored, NULL);
    }
  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);

      add_change (changes, HEARTH_CHANGE_NODE, node->id, node->stored, NULL);
    }
}

static void
add_additions (GPtrArray   *changes,
               HearthGraph *graph)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);

      add_change (changes, HEARTH_CHANGE_NODE, node->id, NULL, node->stored);
    }
  for (guint i = 0; i < hearth_graph_get_n_edges (graph); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (graph, i);

      add_change (changes, HEARTH_CHANGE_EDGE, edge->id, NULL, edge->stored);
    }
}

/* Everything but what makes it that very file: it becomes a workflow of its own. */
static void
add_properties (GPtrArray   *changes,
                HearthGraph *from,
                HearthGraph *to)
{
  static const char *const own[] = { "id", "nodes", "edges", "name", "createdAt", "updatedAt", NULL };
  g_autoptr (HearthValue) whole = hearth_graph_to_value (from);

  for (gsize i = 0; i < hearth_value_get_length (whole); i++)
    {
      const char *key = hearth_value_key_at (whole, i);

      if (!g_strv_contains (own, key))
        add_change (changes, HEARTH_CHANGE_PROPERTY, key, hearth_graph_get_property (to, key),
                    hearth_value_member_at (whole, i));
    }
}

static void
fill_document (HearthDocument *document,
               Import         *import)
{
  HearthGraph *graph = hearth_document_get_graph (document);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  g_autoptr (HearthValue) name = hearth_value_string (import->name);
  HearthEdit *edit;

  add_removals (changes, graph);
  add_additions (changes, import->graph);
  add_properties (changes, import->graph, graph);
  hearth_graph_apply (graph, changes);

  /* As a step of the history, so that closing the tab asks first. */
  edit = hearth_edit_new (graph, _("Open file"));
  hearth_edit_set_property (edit, "name", name);
  hearth_history_push (hearth_document_get_history (document), edit, NULL);
}

static void
document_made_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthDocument) document =
    hearth_workspace_open_document_finish (HEARTH_WORKSPACE (source), result, &error);
  HearthEditorPage *page;

  if (document == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        hearth_window_toast (import->window, error->message);
      return;
    }
  fill_document (document, import);
  page = _hearth_window_add_document (import->window, document);
  hearth_editor_page_fit (page);
}

/* --- from the file --------------------------------------------------------------------------------------------------- */

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Import) import = user_data;
  HearthWindow *self = import->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  HearthCatalog *catalog = hearth_workspace_get_catalog (self->workspace);

  if (value != NULL)
    import->graph = hearth_payload_is_payload (value) ? hearth_payload_to_graph (value, catalog, &error)
                                                      : hearth_graph_new_from_value (catalog, value, &error);
  if (import->graph == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        hearth_window_toast (self, error->message);
      return;
    }
  if (hearth_graph_get_name (import->graph) != NULL)
    {
      g_free (import->name);
      import->name = g_strdup (hearth_graph_get_name (import->graph));
    }
  hearth_workspace_open_document (self->workspace, self->project_id, NULL, self->cancellable, document_made_cb,
                                  g_steal_pointer (&import));
}

static char *
dup_plain_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);

  if (g_str_has_suffix (name, ".json"))
    name[strlen (name) - strlen (".json")] = '\0';
  return g_steal_pointer (&name);
}

void
hearth_window_import (HearthWindow *self,
                      GFile        *file)
{
  g_autofree char *path = NULL;
  Import *import;

  g_return_if_fail (HEARTH_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  path = g_file_get_path (file);
  if (path == NULL || self->project_id == NULL)
    {
      hearth_window_toast (self, path == NULL ? _("Only files on this computer can be opened")
                                              : _("Open a project first, then the file"));
      return;
    }
  import = g_new0 (Import, 1);
  import->window = g_object_ref (self);
  import->name = dup_plain_name (file);
  hearth_workspace_read_file (self->workspace, path, self->cancellable, file_read_cb, import);
}

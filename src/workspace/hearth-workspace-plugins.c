/* hearth-workspace-plugins.c: the catalogue of nodes: our own, and those of packs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-document.h"
#include "hearth-graph.h"
#include "hearth-pack.h"
#include "hearth-plugin-manifest.h"
#include "hearth-plugin-operations.h"
#include "hearth-plugin-store.h"
#include "nodes.h"
#include "hearth-i18n.h"

/* --- the catalogue -------------------------------------------------------------------------- */

static void
add_own_nodes (HearthWorkspace *self)
{
  const HearthNodeDecl *const *decls;
  gsize n;

  decls = hearth_nodes_get_decls (&n);
  hearth_catalog_add_all (self->catalog, decls, n);
}

static HearthValue *
with_problems (HearthValue *plugin,
               GPtrArray   *more)
{
  HearthValue *known = hearth_value_get (plugin, "problems");
  g_auto (HearthBuilder) all = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) problems = NULL;

  for (gsize i = 0; known != NULL && i < hearth_value_get_length (known); i++)
    hearth_builder_add (&all, NULL, hearth_value_ref (hearth_value_at (known, i)));
  for (guint i = 0; i < more->len; i++)
    hearth_builder_add (&all, NULL, hearth_value_string (g_ptr_array_index (more, i)));
  problems = hearth_builder_end_array (&all);
  for (gsize i = 0; i < hearth_value_get_length (problems); i++)
    g_message ("The pack “%s”: %s", hearth_value_get_member_string (plugin, "directory", ""),
               hearth_value_get_string (hearth_value_at (problems, i), NULL));
  return hearth_value_with (plugin, "problems", problems);
}

static HearthValue *
add_plugin (HearthWorkspace *self,
            HearthValue     *plugin)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (hearth_value_get_member_boolean (plugin, "enabled", FALSE))
    hearth_pack_add_types (self->catalog, plugin, problems);
  return with_problems (plugin, problems);
}

/* Runs that go on have the types they were planned with; open documents get the new ones. */
static void
rebind_documents (HearthWorkspace *self)
{
  GHashTableIter iter;
  gpointer document;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, &document))
    hearth_graph_rebind (hearth_document_get_graph (document));
}

void
_hearth_workspace_take_plugins (HearthWorkspace *self,
                                HearthValue     *plugins)
{
  g_auto (HearthBuilder) taken = HEARTH_BUILDER_INIT;

  hearth_catalog_clear (self->catalog);
  add_own_nodes (self);
  for (gsize i = 0; plugins != NULL && i < hearth_value_get_length (plugins); i++)
    hearth_builder_add (&taken, NULL, add_plugin (self, hearth_value_at (plugins, i)));
  g_clear_pointer (&self->plugins, hearth_value_unref);
  self->plugins = hearth_builder_end_array (&taken);
  rebind_documents (self);
  _hearth_workspace_emit_nodes_changed (self);
}

/* --- what is known --------------------------------------------------------------------------- */

char *
hearth_workspace_dup_plugins_folder (HearthWorkspace *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  return hearth_data_dir_dup_plugins (hearth_workspace_get_data_dir (self));
}

HearthValue *
hearth_workspace_get_plugins (HearthWorkspace *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  return self->plugins;
}

HearthValue *
hearth_workspace_find_plugin (HearthWorkspace *self,
                              const char      *name)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return hearth_plugin_store_find (self->plugins, name);
}

static gboolean
check_path (const char *path,
            GError    **error)
{
  if (hearth_plugin_path_is_safe (path))
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("“%s” leads out of the pack's folder."), path);
  return FALSE;
}

const char *
hearth_workspace_find_plugin_folder (HearthWorkspace *self,
                                     const char      *name,
                                     const char      *path,
                                     GError         **error)
{
  HearthValue *plugin = hearth_workspace_find_plugin (self, name);

  if (!hearth_value_get_member_boolean (plugin, "enabled", FALSE)
      || hearth_value_get (hearth_value_get (plugin, "manifest"), "frontend") == NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                   _("There is no plugin “%s” that is switched on and has something for web pages."), name);
      return NULL;
    }
  return check_path (path, error) ? hearth_value_get_member_string (plugin, "folder", NULL) : NULL;
}

/* The pack's file that defines the type, or NULL. */
static const char *
find_definition (HearthValue *plugin,
                 const char  *type)
{
  HearthValue *nodes = hearth_value_get (plugin, "nodes");

  for (gsize i = 0; nodes != NULL && i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *node = hearth_value_at (nodes, i);
      HearthValue *definition = hearth_value_get (node, "definition");

      if (g_strcmp0 (hearth_value_get_member_string (definition, "type", NULL), type) == 0)
        return hearth_value_get_member_string (node, "file", NULL);
    }
  return NULL;
}

char *
hearth_workspace_find_plugin_script (HearthWorkspace *self,
                                     const char      *type_id,
                                     const char      *url,
                                     const char     **folder,
                                     GError         **error)
{
  HearthNodeType *type = hearth_catalog_lookup (self->catalog, type_id);
  HearthValue *plugin = type != NULL ? hearth_workspace_find_plugin (self, type->space) : NULL;
  const char *file = plugin != NULL ? find_definition (plugin, type->decl->type) : NULL;
  g_autofree char *beside = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (url != NULL && folder != NULL, NULL);

  if (file == NULL)
    return NULL;
  beside = g_path_get_dirname (file);
  path = g_build_filename (beside, url, NULL);
  if (!check_path (url, error) || !check_path (path, error))
    return NULL;
  *folder = hearth_value_get_member_string (plugin, "folder", NULL);
  return g_steal_pointer (&path);
}

/* hearth-plugin-nodes.c: the node definitions in a pack's folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-private.h"

#include <string.h>

#include "hearth-plugin-file.h"
#include "hearth-i18n.h"

#define MAX_NODES 256
#define MAX_DEFINITION_BYTES ((gsize) 1 << 20)
#define MAX_WORKFLOW_BYTES ((gsize) 4 << 20)

void
_hearth_plugin_complain (HearthBuilder *problems,
                         const char    *place,
                         GError        *error)
{
  g_autofree char *text = place != NULL ? g_strdup_printf ("%s: %s", place, error->message)
                                        : g_strdup (error->message);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  hearth_builder_add_string (problems, NULL, valid);
  g_error_free (error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names that end in .json, sorted; NULL-terminated. */
static GPtrArray *
list_definitions (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *name;

  while (open != NULL && names->len < MAX_NODES && (name = g_dir_read_name (open)) != NULL)
    if (*name != '.' && g_str_has_suffix (name, ".json") && g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* The workflow that the behaviour names, as a file of the pack; NULL without @error: it names none. */
static HearthValue *
read_workflow (const char  *folder,
               HearthValue *definition,
               GError     **error)
{
  HearthValue *behavior = hearth_value_get (definition, "behavior");
  const char *path = hearth_value_get_member_string (behavior, "workflow", NULL);

  return path != NULL ? hearth_plugin_file_read_json (folder, path, MAX_WORKFLOW_BYTES, error) : NULL;
}

static HearthValue *
read_node (const char *folder,
           const char *file,
           GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) definition = hearth_plugin_file_read_json (folder, file, MAX_DEFINITION_BYTES, error);
  HearthValue *workflow;

  if (definition == NULL)
    return NULL;
  if (!hearth_value_is (definition, OBJECT))
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                           _("The file must hold one object, the definition of a node."));
      return NULL;
    }
  workflow = read_workflow (folder, definition, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return hearth_value_object ("file", hearth_value_string (file), "definition", g_steal_pointer (&definition),
                              "workflow", workflow, NULL);
}

HearthValue *
_hearth_plugin_read_nodes (const char    *folder,
                           HearthValue   *manifest,
                           HearthBuilder *problems)
{
  const char *entry = hearth_value_get_member_string (hearth_value_get (manifest, "nodes"), "entry", NULL);
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (entry == NULL)
    return hearth_value_empty_array ();
  path = hearth_plugin_file_find (folder, entry, &error);
  if (path == NULL)
    {
      _hearth_plugin_complain (problems, NULL, error);
      return hearth_value_empty_array ();
    }
  names = list_definitions (path);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (entry, g_ptr_array_index (names, i), NULL);
      HearthValue *node = read_node (folder, file, &error);

      if (node != NULL)
        hearth_builder_add (&nodes, NULL, node);
      else
        _hearth_plugin_complain (problems, file, g_steal_pointer (&error));
    }
  return hearth_builder_end_array (&nodes);
}

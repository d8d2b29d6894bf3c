/* hearth-panel-store.c: the web pages of a project, each a folder with a panel.json
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-panel-store.h"

#include "hearth-file-memory.h"
#include "hearth-folder.h"
#include "hearth-panel-private.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

/* --- definitions -------------------------------------------------------------------------- */

/* What the frontend reads. */
static const struct
{
  const char *key;
  HearthValueKind kind;
  gboolean required;
} members[] = {
  { "id", HEARTH_VALUE_STRING, TRUE },
  { "displayName", HEARTH_VALUE_STRING, TRUE },
  { "version", HEARTH_VALUE_STRING, TRUE },
  { "uiEntryPoint", HEARTH_VALUE_STRING, TRUE },
  { "description", HEARTH_VALUE_STRING, FALSE },
  { "icon", HEARTH_VALUE_STRING, FALSE },
  { "devOptions", HEARTH_VALUE_OBJECT, FALSE },
  { "workflowBindings", HEARTH_VALUE_ARRAY, FALSE },
  { "requiredWorkflows", HEARTH_VALUE_ARRAY, FALSE },
  { "customMetadata", HEARTH_VALUE_OBJECT, FALSE },
};

static gboolean
is_definition (HearthValue *value)
{
  if (!hearth_value_is (value, OBJECT))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      HearthValue *member = hearth_value_get (value, members[i].key);

      if (member == NULL ? members[i].required : hearth_value_get_kind (member) != members[i].kind)
        return FALSE;
    }
  return TRUE;
}

/* NULL for what is no panel. */
static HearthValue *
read_definition (const char *base,
                 const char *name,
                 const char *source)
{
  g_autofree char *folder = g_build_filename (base, name, NULL);
  g_autofree char *path = g_build_filename (folder, HEARTH_PANEL_FILE, NULL);
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (HearthValue) added = NULL;

  if (g_str_has_prefix (name, HEARTH_FOLDER_UNFINISHED) || !_hearth_store_is_inside (base, path)
      || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return NULL;
  stored = hearth_store_read_json (path, HEARTH_MAX_PROJECT_BYTES, NULL);
  if (!is_definition (stored))
    return NULL;
  added = hearth_value_object ("panelDirectory", hearth_value_string (name), "source", hearth_value_string (source), NULL);
  return hearth_value_overlay (stored, added);
}

static HearthValue *
list_definitions (const char *base,
                  const char *source,
                  GError    **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autoptr (GPtrArray) names = _hearth_store_list_names (base, "", error);

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    hearth_builder_add (&list, NULL, read_definition (base, g_ptr_array_index (names, i), source));
  return hearth_builder_end_array (&list);
}

static HearthValue *
find_definition (HearthValue *list,
                 const char  *id)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *definition = hearth_value_at (list, i);

      if (g_strcmp0 (hearth_value_get_member_string (definition, "id", NULL), id) == 0)
        return hearth_value_ref (definition);
    }
  return NULL;
}

/* --- looking --------------------------------------------------------------------------------- */

static char *
dup_panels (HearthDataDir *dir,
            const char    *project_id,
            GError       **error)
{
  g_autofree char *project = _hearth_store_dup_project (dir, project_id, error);
  g_autofree char *panels = project != NULL ? g_build_filename (project, "ui", NULL) : NULL;

  if (panels == NULL || _hearth_store_is_inside (project, panels))
    return g_steal_pointer (&panels);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
               _("The folder “%s” is a link that leads out of the project. Move the folder itself there."), panels);
  return NULL;
}

HearthValue *
hearth_panel_store_list_templates (HearthDataDir *dir,
                                   GError       **error)
{
  g_autofree char *templates = NULL;
  g_autofree char *base = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  templates = hearth_data_dir_dup_templates (dir);
  base = g_build_filename (templates, "panels", NULL);
  return list_definitions (base, "shared", error);
}

HearthValue *
hearth_panel_store_list (HearthDataDir *dir,
                         const char    *project_id,
                         GError       **error)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  base = dup_panels (dir, project_id, error);
  return base != NULL ? list_definitions (base, "user", error) : NULL;
}

HearthValue *
hearth_panel_store_read (HearthDataDir *dir,
                         const char    *project_id,
                         const char    *panel_id,
                         GError       **error)
{
  g_autoptr (HearthValue) list = NULL;
  HearthValue *found;

  g_return_val_if_fail (panel_id != NULL, NULL);

  list = hearth_panel_store_list (dir, project_id, error);
  if (list == NULL)
    return NULL;
  found = find_definition (list, panel_id);
  if (found == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("The project “%s” has no panel “%s”. It may have been renamed or deleted."), project_id, panel_id);
  return found;
}

/* --- making ------------------------------------------------------------------------------------ */

gboolean
_hearth_panel_check_id (const char *panel_id,
                        GError    **error)
{
  g_autofree char *clean = hearth_name_sanitize (panel_id);

  if (*panel_id != '\0' && *panel_id != '.' && g_str_equal (clean, panel_id))
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
               _("“%s” cannot be the id of a panel, which is the name of its folder. Use letters, digits and “-”."),
               panel_id);
  return FALSE;
}

static gboolean
check_names (const char *panel_id,
             const char *display_name,
             GError    **error)
{
  if (!_hearth_panel_check_id (panel_id, error))
    return FALSE;
  if (*display_name != '\0')
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                       _("The panel needs a name. Type what is to stand on its card."));
  return FALSE;
}

static HearthValue *
find_template (HearthDataDir *dir,
               const char    *id,
               GError       **error)
{
  g_autoptr (HearthValue) list = hearth_panel_store_list_templates (dir, error);
  HearthValue *found = list != NULL ? find_definition (list, id) : NULL;

  if (list != NULL && found == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no panel template “%s”. Templates are folders in shared://templates/panels."), id);
  return found;
}

static HearthValue *
make_definition (HearthValue *template,
                 const char  *panel_id,
                 const char  *display_name)
{
  g_autoptr (HearthValue) blank = hearth_value_object (
      "id", hearth_value_string (panel_id), "displayName", hearth_value_string (display_name),
      "version", hearth_value_string ("1.0.0"),
      "description", hearth_value_string (_("A page of its own, not filled yet")),
      "uiEntryPoint", hearth_value_string (HEARTH_PANEL_PAGE), NULL);
  g_autoptr (HearthValue) own = hearth_value_object ("id", hearth_value_string (panel_id),
                                                     "displayName", hearth_value_string (display_name),
                                                     "source", hearth_value_string ("user"), NULL);
  g_autoptr (HearthValue) copied = hearth_value_with (template != NULL ? template : blank, "panelDirectory", NULL);

  return hearth_value_overlay (copied, own);
}

HearthValue *
hearth_panel_store_create (HearthDataDir *dir,
                           const char    *project_id,
                           const char    *panel_id,
                           const char    *display_name,
                           const char    *template_id,
                           GError       **error)
{
  g_autofree char *base = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (HearthValue) template = NULL;
  g_autoptr (HearthValue) definition = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (panel_id != NULL && display_name != NULL, NULL);

  base = check_names (panel_id, display_name, error) ? dup_panels (dir, project_id, error) : NULL;
  if (base == NULL)
    return NULL;
  template = template_id != NULL ? find_template (dir, template_id, error) : NULL;
  if (template_id != NULL && template == NULL)
    return NULL;
  folder = g_build_filename (base, panel_id, NULL);
  definition = make_definition (template, panel_id, display_name);
  lock = _hearth_project_lock_take (dir, project_id);
  return _hearth_panel_install (dir, template, definition, folder, error) ? g_steal_pointer (&definition) : NULL;
}

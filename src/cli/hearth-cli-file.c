/* hearth-cli-file.c: the FILE of `hearthctl run` and `hearthctl check`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-graph.h"
#include "hearth-payload.h"
#include "hearth-i18n.h"

void
hearth_cli_file_free (HearthCliFile *self)
{
  g_clear_object (&self->graph);
  g_clear_pointer (&self->mappings, hearth_value_unref);
  g_clear_pointer (&self->metadata, hearth_value_unref);
  g_free (self->project_id);
  g_free (self->directory);
  g_free (self);
}

/* --- reading ------------------------------------------------------------------------------- */

static HearthValue *
read_stdin (HearthWorkspace *workspace,
            GError         **error)
{
  g_autoptr (GBytes) text = hearth_cli_read_stdin (error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) reason = NULL;
  HearthValue *value;

  if (text == NULL)
    return NULL;
  hearth_workspace_parse_json (workspace, text, NULL, hearth_cli_keep_cb, &result);
  hearth_cli_await (&result);
  value = hearth_workspace_finish (workspace, result, &reason);
  if (value == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 /* Translators: what is wrong with it: "Line 3, column 7: …" */
                 _("Standard input is not usable as JSON. %s"), reason->message);
  return value;
}

static HearthValue *
read_file (HearthWorkspace *workspace,
           const char      *file,
           GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hearth_workspace_read_file (workspace, file, NULL, hearth_cli_keep_cb, &result);
  hearth_cli_await (&result);
  return hearth_workspace_finish (workspace, result, error);
}

static gboolean
make_graph (HearthCliFile   *self,
            HearthWorkspace *workspace,
            HearthValue     *value,
            const char      *file,
            GError         **error)
{
  HearthCatalog *catalog = hearth_workspace_get_catalog (workspace);
  g_autoptr (GError) reason = NULL;

  self->is_payload = hearth_payload_is_payload (value);
  if (self->is_payload)
    {
      self->graph = hearth_payload_to_graph (value, catalog, &reason);
      self->mappings = hearth_value_ref_or_null (hearth_payload_get_mappings (value));
      self->metadata = hearth_value_ref_or_null (hearth_payload_get_metadata (value));
    }
  else
    self->graph = hearth_graph_new_from_value (catalog, value, &reason);
  if (self->graph != NULL)
    return TRUE;
  /* Translators: a file, and what is wrong with it: "nodes[3].position.x: …" */
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID, _("“%s” is not a workflow: %s"), file,
               reason->message);
  return FALSE;
}

/* --- references ---------------------------------------------------------------------------- */

/* A folder is what looks like one; then a project of its workflows lies in "workflows". */
static gboolean
find_project (HearthCliFile   *self,
              HearthWorkspace *workspace,
              const char      *project,
              GError         **error)
{
  g_autofree char *workflows = g_build_filename (project, "workflows", NULL);
  g_autofree char *stored = hearth_data_dir_dup_project (hearth_workspace_get_data_dir (workspace), project);

  if (g_file_test (workflows, G_FILE_TEST_IS_DIR))
    self->directory = g_steal_pointer (&workflows);
  else if (strchr (project, G_DIR_SEPARATOR) != NULL && g_file_test (project, G_FILE_TEST_IS_DIR))
    self->directory = g_strdup (project);
  else if (stored != NULL && strchr (project, G_DIR_SEPARATOR) == NULL && g_file_test (stored, G_FILE_TEST_IS_DIR))
    self->project_id = g_strdup (project);
  else
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                   _("There is no project “%s”, neither in the data folder nor as a folder of its own."), project);
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_references (HearthCliFile   *self,
                 HearthWorkspace *workspace,
                 const char      *file,
                 const char      *project,
                 GError         **error)
{
  if (project != NULL)
    return find_project (self, workspace, project, error);
  self->directory = self->used_stdin ? g_get_current_dir () : g_path_get_dirname (file);
  return TRUE;
}

HearthCliFile *
hearth_cli_file_load (HearthWorkspace *workspace,
                      const char      *file,
                      const char      *project,
                      GError         **error)
{
  g_autoptr (HearthCliFile) self = g_new0 (HearthCliFile, 1);
  g_autoptr (HearthValue) value = NULL;

  self->used_stdin = g_str_equal (file, "-");
  if (!find_references (self, workspace, file, project, error))
    return NULL;
  value = self->used_stdin ? read_stdin (workspace, error) : read_file (workspace, file, error);
  if (value == NULL || !make_graph (self, workspace, value, file, error))
    return NULL;
  return g_steal_pointer (&self);
}

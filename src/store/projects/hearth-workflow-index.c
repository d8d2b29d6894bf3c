/* hearth-workflow-index.c: which workflow lies in which file of a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-index.h"

#include <string.h>

#include "hearth-file-memory.h"
#include "hearth-store-private.h"

/* --- one file ---------------------------------------------------------------------- */

void
_hearth_workflow_file_unref (HearthWorkflowFile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->entry, hearth_value_unref);
  g_free (self->own_id);
  g_free (self->stem);
  g_free (self->file);
  g_free (self);
}

static HearthWorkflowFile *
file_ref (HearthWorkflowFile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static HearthValue *
make_entry (HearthValue *workflow,
            const char  *id)
{
  HearthValue *references = hearth_value_get_member_kind (workflow, "referencedWorkflows", HEARTH_VALUE_ARRAY);
  g_auto (HearthBuilder) entry = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&entry, "id", id);
  hearth_builder_add_string (&entry, "name", hearth_value_get_member_string (workflow, "name", NULL));
  hearth_builder_add_string (&entry, "description", hearth_value_get_member_string (workflow, "description", NULL));
  hearth_builder_add_string (&entry, "updatedAt", hearth_value_get_member_string (workflow, "updatedAt", NULL));
  hearth_builder_add_string (&entry, "creationMethod",
                             hearth_value_get_member_string (workflow, "creationMethod", NULL));
  hearth_builder_add (&entry, "referencedWorkflows", hearth_value_ref_or_null (references));
  return hearth_builder_end_object (&entry);
}

static HearthWorkflowFile *
parse_file (const char *path,
            const char *name)
{
  g_autoptr (HearthValue) workflow = hearth_store_read_json (path, HEARTH_MAX_STORED_BYTES, NULL);
  const char *id = hearth_value_get_member_string (workflow, "id", "");
  const char *title = hearth_value_get_member_string (workflow, "name", "");
  HearthWorkflowFile *self;

  if (!hearth_value_is (workflow, OBJECT) || hearth_value_get_member_kind (workflow, "nodes", HEARTH_VALUE_ARRAY) == NULL)
    return NULL;
  self = g_new0 (HearthWorkflowFile, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->file = g_strdup (name);
  self->stem = g_strndup (name, strlen (name) - strlen (".json"));
  self->own_id = g_strdup (*id != '\0' ? id : self->stem);
  self->id = self->own_id;
  self->entry = *title != '\0' ? make_entry (workflow, self->own_id) : NULL;
  return self;
}

static gpointer
parse_any (const char *path,
           const char *name)
{
  return parse_file (path, name);
}

static gpointer
ref_any (gpointer file)
{
  return file_ref (file);
}

static void
unref_any (gpointer file)
{
  _hearth_workflow_file_unref (file);
}

static HearthFileMemory memory = { .parse = parse_any, .ref = ref_any, .unref = unref_any };

/* --- folders --------------------------------------------------------------------------- */

GPtrArray *
_hearth_workflow_index_list (const char *directory,
                             GError    **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_workflow_file_unref);
  g_autoptr (GPtrArray) names = _hearth_store_list_names (directory, ".json", error);

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      HearthWorkflowFile *file = _hearth_file_memory_look_at (&memory, directory, g_ptr_array_index (names, i));

      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}

HearthWorkflowFile *
_hearth_workflow_index_find (GPtrArray  *files,
                             const char *workflow_id)
{
  for (guint i = 0; i < files->len; i++)
    {
      HearthWorkflowFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (file->id, workflow_id))
        return file;
    }
  for (guint i = 0; i < files->len; i++)
    {
      HearthWorkflowFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (file->stem, workflow_id) || g_str_equal (file->file, workflow_id))
        return file;
    }
  return NULL;
}

/* hearth-stored-files.c: the user's files, for nodes that read one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-stored-files.h"

#include <string.h>

#include "hearth-character-card.h"
#include "hearth-file-store.h"
#include "hearth-json.h"
#include "hearth-surroundings-private.h"
#include "hearth-yaml.h"

#include "hearth-i18n.h"

#define PROJECT_SCHEME "project://"

struct _HearthStoredFiles
{
  GObject parent_instance;

  HearthSurroundings *surroundings; /* weak */
};

static void hearth_stored_files_iface_init (HearthFilesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthStoredFiles, hearth_stored_files, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_FILES, hearth_stored_files_iface_init))

/* --- on a thread ------------------------------------------------------------------------------ */

/* "project://a.json" is a file of the run's project (storage.md 7.1). */
static char *
dup_logical (const char *path,
             const char *project_id,
             GError    **error)
{
  if (!g_str_has_prefix (path, PROJECT_SCHEME))
    return g_strdup (path);
  if (project_id != NULL)
    return g_strconcat ("user://projects/", project_id, "/", path + strlen (PROJECT_SCHEME), NULL);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
               _("“%s” is a file of the project, but the workflow runs outside of any. Choose the file again."), path);
  return NULL;
}

static gboolean
is_png (GBytes *bytes)
{
  static const guchar signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  return length >= sizeof signature && memcmp (data, signature, sizeof signature) == 0;
}

static gboolean
is_yaml (const char *path)
{
  g_autofree char *folded = g_utf8_casefold (path, -1);

  return g_str_has_suffix (folded, ".yaml") || g_str_has_suffix (folded, ".yml");
}

static HearthValue *
read_card (GBytes          *bytes,
           const char      *path,
           HearthFileForms  forms,
           GError         **error)
{
  g_autoptr (GError) cause = NULL;
  HearthValue *card = (forms & HEARTH_FILE_CARD) != 0 ? hearth_character_card_read_png (bytes, &cause) : NULL;

  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (card == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 (forms & HEARTH_FILE_CARD) != 0 ? _("“%s” is a picture without a character card.") : _("“%s” is a picture."),
                 path);
  return card;
}

static HearthValue *
parse (GBytes          *bytes,
       const char      *path,
       HearthFileForms  forms,
       GError         **error)
{
  static const char mark[] = "\xef\xbb\xbf"; /* which some editors put at the beginning */
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (is_png (bytes))
    return read_card (bytes, path, forms, error);
  if (length >= strlen (mark) && memcmp (text, mark, strlen (mark)) == 0)
    {
      text += strlen (mark);
      length -= strlen (mark);
    }
  if ((forms & HEARTH_FILE_YAML) != 0 && is_yaml (path))
    return hearth_yaml_parse (length > 0 ? text : "", length, HEARTH_YAML_MAX_DATA, NULL, error);
  return hearth_json_parse (length > 0 ? text : "", (gssize) length, error);
}

/* job->text: the path; job->data: HearthFileForms. */
static gpointer
read_work (HearthJob *job,
           GError   **error)
{
  g_autofree char *path = dup_logical (job->text, job->project_id, error);
  g_autoptr (GBytes) bytes = path != NULL ? hearth_file_store_read (job->storage->dir, path, error) : NULL;

  return bytes != NULL ? parse (bytes, path, GPOINTER_TO_UINT (job->data), error) : NULL;
}

/* job->ids: the paths. */
static gpointer
look_work (HearthJob *job,
           GError   **error)
{
  g_auto (HearthBuilder) states = HEARTH_BUILDER_INIT;

  for (char **at = job->ids; *at != NULL; at++)
    {
      g_autofree char *path = dup_logical (*at, job->project_id, NULL);
      g_autofree char *state = path != NULL ? hearth_file_store_describe_state (job->storage->dir, path) : NULL;

      hearth_builder_add_string (&states, *at, state);
    }
  return hearth_builder_end_object (&states);
}

/* --- on the main loop ---------------------------------------------------------------------------- */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  HearthValue *value = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (value != NULL)
    g_task_return_pointer (task, value, (GDestroyNotify) hearth_value_unref);
  else
    g_task_return_error (task, error);
}

static void
read_async (HearthFiles        *files,
            const char         *path,
            const char         *project_id,
            HearthFileForms     forms,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  HearthStoredFiles *self = HEARTH_STORED_FILES (files);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  HearthWorkspace *workspace = self->surroundings != NULL ? self->surroundings->workspace : NULL;
  HearthJob *job;

  g_task_set_source_tag (task, read_async);
  if (workspace == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The data folder is closed."));
      return;
    }
  job = _hearth_job_new (workspace, read_work, read_async, cancellable, read_cb, g_steal_pointer (&task));
  _hearth_surroundings_hold (self->surroundings, job);
  job->text = g_strdup (path);
  job->project_id = g_strdup (project_id);
  job->data = GUINT_TO_POINTER (forms);
  _hearth_job_push (job, workspace->helper_pool);
}

static HearthValue *
read_finish (HearthFiles  *files,
             GAsyncResult *result,
             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
_hearth_stored_files_look (HearthWorkspace    *workspace,
                           const char *const  *paths,
                           const char         *project_id,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  HearthJob *job = _hearth_job_new (workspace, look_work, _hearth_stored_files_look, NULL, callback, user_data);

  job->ids = g_strdupv ((char **) paths);
  job->project_id = g_strdup (project_id);
  _hearth_job_push (job, workspace->storage_pool);
}

static void
hearth_stored_files_iface_init (HearthFilesInterface *iface)
{
  iface->read_async = read_async;
  iface->read_finish = read_finish;
}

static void
hearth_stored_files_dispose (GObject *object)
{
  g_clear_weak_pointer (&HEARTH_STORED_FILES (object)->surroundings);

  G_OBJECT_CLASS (hearth_stored_files_parent_class)->dispose (object);
}

static void
hearth_stored_files_class_init (HearthStoredFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_stored_files_dispose;
}

static void
hearth_stored_files_init (HearthStoredFiles *self)
{
}

HearthFiles *
_hearth_stored_files_new (HearthSurroundings *surroundings)
{
  HearthStoredFiles *self = g_object_new (HEARTH_TYPE_STORED_FILES, NULL);

  g_set_weak_pointer (&self->surroundings, surroundings);
  return HEARTH_FILES (self);
}

/* hearth-stored-credentials.c: the user's credentials of other services, for nodes that name one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-stored-credentials.h"

#include "hearth-keys-table.h"
#include "hearth-surroundings-private.h"

#include "hearth-i18n.h"

struct _HearthStoredCredentials
{
  GObject parent_instance;

  HearthSurroundings *surroundings; /* weak */
};

static void hearth_stored_credentials_iface_init (HearthCredentialsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthStoredCredentials, hearth_stored_credentials, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_CREDENTIALS, hearth_stored_credentials_iface_init))

/* The newest comes first. Borrowed. */
static const char *
find_id (HearthValue *credentials,
         const char  *name)
{
  static const char *const members[] = { "displayName", "serviceName", "id" };

  for (guint k = 0; k < G_N_ELEMENTS (members); k++)
    for (gsize i = 0; i < hearth_value_get_length (credentials); i++)
      {
        HearthValue *credential = hearth_value_at (credentials, i);

        if (g_strcmp0 (hearth_value_get_member_string (credential, members[k], NULL), name) == 0)
          return hearth_value_get_member_string (credential, "id", NULL);
      }
  return NULL;
}

/* On the storage thread; job->text: the name. */
static gpointer
load_work (HearthJob *job,
           GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);
  g_autoptr (HearthValue) credentials = database != NULL ? hearth_credentials_table_list (database, HEARTH_DEFAULT_USER, error) : NULL;
  HearthSecretId id = { .kind = HEARTH_SECRET_CREDENTIAL, .user = HEARTH_DEFAULT_USER };

  if (credentials == NULL)
    return NULL;
  id.item = find_id (credentials, job->text);
  if (id.item != NULL)
    return hearth_secrets_lookup (job->storage->secrets, &id, NULL, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _("There is no credential “%s”. Store the key under this name, or name one that is stored."), job->text);
  return NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  HearthSecret *secret = g_task_propagate_pointer (G_TASK (result), &error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) hearth_secret_unref);
  else
    g_task_return_error (task, error);
}

static void
load_async (HearthCredentials  *credentials,
            const char         *name,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  HearthStoredCredentials *self = HEARTH_STORED_CREDENTIALS (credentials);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  HearthWorkspace *workspace = self->surroundings != NULL ? self->surroundings->workspace : NULL;
  HearthJob *job;

  g_task_set_source_tag (task, load_async);
  if (workspace == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The data folder is closed."));
      return;
    }
  if (_hearth_surroundings_is_replay (self->surroundings))
    {
      g_task_return_pointer (task, hearth_secret_new (HEARTH_OUTSIDE_REPLAYED_KEY), (GDestroyNotify) hearth_secret_unref);
      return;
    }
  job = _hearth_job_new (workspace, load_work, load_async, cancellable, loaded_cb, g_steal_pointer (&task));
  job->text = g_strdup (name);
  job->free_answer = (GDestroyNotify) hearth_secret_unref;
  _hearth_job_push (job, workspace->storage_pool);
}

static HearthSecret *
load_finish (HearthCredentials *credentials,
             GAsyncResult      *result,
             GError           **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hearth_stored_credentials_iface_init (HearthCredentialsInterface *iface)
{
  iface->load_async = load_async;
  iface->load_finish = load_finish;
}

static void
hearth_stored_credentials_dispose (GObject *object)
{
  g_clear_weak_pointer (&HEARTH_STORED_CREDENTIALS (object)->surroundings);

  G_OBJECT_CLASS (hearth_stored_credentials_parent_class)->dispose (object);
}

static void
hearth_stored_credentials_class_init (HearthStoredCredentialsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_stored_credentials_dispose;
}

static void
hearth_stored_credentials_init (HearthStoredCredentials *self)
{
}

HearthCredentials *
_hearth_stored_credentials_new (HearthSurroundings *surroundings)
{
  HearthStoredCredentials *self = g_object_new (HEARTH_TYPE_STORED_CREDENTIALS, NULL);

  g_set_weak_pointer (&self->surroundings, surroundings);
  return HEARTH_CREDENTIALS (self);
}

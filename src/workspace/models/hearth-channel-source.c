/* hearth-channel-source.c: the channels of the table, for the router
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-models-private.h"

#include "hearth-channels-table.h"
#include "hearth-llm-operations.h"
#include "hearth-operation-private.h"

/* --- reading ----------------------------------------------------------------------------------------- */

/* Where nothing was ever kept nothing is made only to look at it. */
static gboolean
has_database (HearthStorage *storage)
{
  g_autofree char *path = hearth_data_dir_dup_database (storage->dir);

  return storage->database != NULL || g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A model that was never chosen has no channel of its own. */
static char *
read_preferred (HearthStorage *storage,
                const char    *model)
{
  g_autoptr (HearthValue) chosen
      = model != NULL ? hearth_models_table_read (storage->database, HEARTH_DEFAULT_USER, model, NULL) : NULL;

  return g_strdup (_hearth_text (chosen, "defaultChannelId"));
}

HearthValue *
_hearth_models_read (HearthStorage *storage,
                     const char    *model,
                     GError       **error)
{
  g_autofree char *preferred = NULL;
  HearthValue *rows;

  if (!has_database (storage))
    return hearth_value_object ("channels", hearth_value_empty_array (), NULL);
  rows = hearth_operation_list_channels.work (storage, NULL, error);
  if (rows == NULL)
    return NULL;
  preferred = read_preferred (storage, model);
  return hearth_value_object ("channels", rows, "preferred", preferred != NULL ? hearth_value_string (preferred) : NULL, NULL);
}

static gpointer
load_work (HearthJob *job,
           GError   **error)
{
  return _hearth_models_read (job->storage, job->text, error);
}

void
_hearth_models_take (HearthWorkspace *self,
                     HearthValue     *loaded)
{
  HearthModels *models = self->models;
  HearthValue *rows = hearth_value_get (loaded, "channels");

  if (hearth_value_equal (models->rows, rows))
    return;
  g_clear_pointer (&models->rows, hearth_value_unref);
  g_clear_pointer (&models->channels, g_ptr_array_unref);
  models->rows = hearth_value_ref (rows);
  models->channels = _hearth_channels_from_rows (rows);
  _hearth_workspace_emit_channels_changed (self);
}

static void
announce_loaded (HearthWorkspace *self,
                 HearthJob       *job)
{
  _hearth_models_take (self, job->answer);
}

void
_hearth_models_load (HearthWorkspace    *workspace,
                     HearthSurroundings *surroundings,
                     const char         *model,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  HearthJob *job = _hearth_job_new (workspace, load_work, _hearth_models_load, NULL, callback, user_data);

  if (surroundings != NULL)
    _hearth_surroundings_hold (surroundings, job);
  job->announce = announce_loaded;
  job->text = g_strdup (model);
  _hearth_job_push (job, workspace->storage_pool);
}

/* --- for the router ------------------------------------------------------------------------------------ */

typedef struct
{
  HearthChannelsFunc done;
  gpointer user_data;
} Waiter;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  HearthWorkspace *self = HEARTH_WORKSPACE (source);
  g_autofree Waiter *waiter = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) loaded = hearth_workspace_finish (self, result, &error);

  if (loaded != NULL)
    waiter->done (self->models->channels, _hearth_text (loaded, "preferred"), NULL, waiter->user_data);
  else
    waiter->done (NULL, NULL, error, waiter->user_data);
}

static void
load_channels (gpointer           owner,
               const char        *model,
               HearthChannelsFunc done,
               gpointer           user_data)
{
  HearthSurroundings *surroundings = owner;
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->done = done;
  waiter->user_data = user_data;
  _hearth_models_load (surroundings->workspace, surroundings, model, loaded_cb, waiter);
}

static HearthValue *
find_row (HearthValue *rows,
          const char  *id)
{
  for (gsize i = 0; rows != NULL && i < hearth_value_get_length (rows); i++)
    if (g_strcmp0 (_hearth_text (hearth_value_at (rows, i), "id"), id) == 0)
      return hearth_value_at (rows, i);
  return NULL;
}

/* A replay asks for no key, but has to have one. */
typedef struct
{
  HearthKeyFunc done;
  gpointer user_data;
} Replayed;

static gboolean
replayed_cb (gpointer data)
{
  Replayed *self = data;
  g_autoptr (HearthSecret) key = hearth_secret_new (HEARTH_OUTSIDE_REPLAYED_KEY);

  self->done (key, NULL, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
replay_key (HearthKeyFunc done,
            gpointer      user_data)
{
  Replayed *self = g_new0 (Replayed, 1);

  *self = (Replayed) { done, user_data };
  g_idle_add_full (G_PRIORITY_DEFAULT, replayed_cb, self, g_free);
}

/* Of a channel that was deleted meanwhile the key is looked up in vain. */
static void
load_key (gpointer      owner,
          const char   *channel_id,
          HearthKeyFunc done,
          gpointer      user_data)
{
  HearthSurroundings *surroundings = owner;
  HearthWorkspace *self = surroundings->workspace;
  HearthValue *row = find_row (self->models->rows, channel_id);
  g_autoptr (HearthValue) bare = row == NULL ? hearth_value_object ("id", hearth_value_string (channel_id), NULL) : NULL;

  if (_hearth_surroundings_is_replay (surroundings))
    {
      replay_key (done, user_data);
      return;
    }
  _hearth_kept_keys_load (self, row != NULL ? row : bare, done, user_data);
}

const HearthChannelSource _hearth_channel_source = { .load_channels = load_channels, .load_key = load_key };

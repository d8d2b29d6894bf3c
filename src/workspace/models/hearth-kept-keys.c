/* hearth-kept-keys.c: keys of channels on their way from the keyring, and for a moment after it
 *
 * Many calls at once need one look into the keyring; after a moment without calls nothing of a key is left in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-models-private.h"

#include "hearth-channels-table.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

#define KEPT_SECONDS 20

typedef struct
{
  HearthKeyFunc done;
  gpointer user_data;
} Waiter;

/* Counted: by the table, and by the look into the keyring. */
typedef struct
{
  HearthWorkspace *workspace; /* borrowed: it outlives the table */
  char *channel_id;
  HearthSecret *secret;       /* NULL: it is being looked up */
  GArray *waiters;            /* of Waiter */
  guint source;               /* tells them (and counts), or forgets the key */
  gboolean is_forgotten;      /* what is being looked up may be an older one */
} HearthKeptKey;

static void
clear_key (gpointer data)
{
  HearthKeptKey *self = data;

  g_assert (self->waiters->len == 0);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->secret, hearth_secret_unref);
  g_array_unref (self->waiters);
  g_free (self->channel_id);
}

static void
release_key (gpointer data)
{
  g_rc_box_release_full (data, clear_key);
}

static void
forget_key (gpointer data)
{
  HearthKeptKey *self = data;

  self->is_forgotten = TRUE;
  release_key (self);
}

GHashTable *
_hearth_kept_keys_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, forget_key);
}

/* --- telling ------------------------------------------------------------------------------------------ */

static void
tell (HearthKeptKey *self,
      HearthSecret  *secret,
      const GError  *error)
{
  g_autoptr (GArray) waiters = g_steal_pointer (&self->waiters);

  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  for (guint i = 0; i < waiters->len; i++)
    {
      const Waiter *waiter = &g_array_index (waiters, Waiter, i);

      waiter->done (secret, error, waiter->user_data);
    }
}

static gboolean
forget_cb (gpointer data)
{
  HearthKeptKey *self = data;

  self->source = 0;
  g_hash_table_remove (self->workspace->models->keys, self->channel_id);
  return G_SOURCE_REMOVE;
}

static void
keep_for_a_moment (HearthKeptKey *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_seconds (KEPT_SECONDS, forget_cb, self);
}

static gboolean
tell_cb (gpointer data)
{
  HearthKeptKey *self = data;
  g_autoptr (HearthSecret) secret = hearth_secret_ref (self->secret);

  self->source = 0;
  if (!self->is_forgotten)
    keep_for_a_moment (self);
  tell (self, secret, NULL);
  return G_SOURCE_REMOVE;
}

/* --- looking ------------------------------------------------------------------------------------------- */

static gpointer
look_into_keyring (HearthJob *job,
                   GError   **error)
{
  HearthSecretId id = { HEARTH_SECRET_CHANNEL, job->text, HEARTH_DEFAULT_USER, NULL, NULL };

  return hearth_secrets_lookup (job->storage->secrets, &id, NULL, error);
}

/* In a file of the reference: what is not moved yet can be used all the same. */
static gpointer
look_into_table (HearthJob *job,
                 GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);
  g_autoptr (GError) reason = NULL;
  HearthSecret *secret = database != NULL ? hearth_channels_table_read_plain (database, HEARTH_DEFAULT_USER, job->text, &reason) : NULL;

  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (database != NULL && secret == NULL)
    g_set_error_literal (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_MISSING,
                         _("The key of this channel was moved or deleted meanwhile. Try again."));
  return secret;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  HearthKeptKey *self = user_data;
  HearthModels *models = HEARTH_WORKSPACE (source)->models;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSecret) secret = g_task_propagate_pointer (G_TASK (result), &error);

  if (secret != NULL && !self->is_forgotten)
    {
      self->secret = hearth_secret_ref (secret);
      keep_for_a_moment (self);
    }
  else if (!self->is_forgotten)
    g_hash_table_remove (models->keys, self->channel_id);
  tell (self, secret, error);
  release_key (self);
}

static void
look (HearthKeptKey *self,
      HearthValue   *row)
{
  gboolean in_table = g_strcmp0 (_hearth_text (row, "keyStore"), "database") == 0;
  HearthJob *job = _hearth_job_new (self->workspace, in_table ? look_into_table : look_into_keyring, look, NULL, looked_cb,
                                    g_rc_box_acquire (self));

  job->text = g_strdup (self->channel_id);
  job->free_answer = (GDestroyNotify) hearth_secret_unref;
  _hearth_job_push (job, in_table ? self->workspace->storage_pool : self->workspace->models->key_pool);
}

static HearthKeptKey *
kept_key_new (HearthWorkspace *workspace,
              const char      *channel_id)
{
  HearthKeptKey *self = g_rc_box_new0 (HearthKeptKey);

  self->workspace = workspace;
  self->channel_id = g_strdup (channel_id);
  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  return self;
}

void
_hearth_kept_keys_load (HearthWorkspace *workspace,
                        HearthValue     *row,
                        HearthKeyFunc    done,
                        gpointer         user_data)
{
  HearthModels *models = workspace->models;
  const char *id = hearth_value_get_member_string (row, "id", "");
  HearthKeptKey *kept = g_hash_table_lookup (models->keys, id);
  Waiter waiter = { done, user_data };

  if (kept == NULL)
    {
      kept = kept_key_new (workspace, id);
      g_hash_table_insert (models->keys, kept->channel_id, kept);
      look (kept, row);
    }
  g_array_append_val (kept->waiters, waiter);
  if (kept->secret == NULL)
    return;
  g_clear_handle_id (&kept->source, g_source_remove);
  kept->source = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, g_rc_box_acquire (kept), release_key);
}

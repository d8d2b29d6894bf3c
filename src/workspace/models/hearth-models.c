/* hearth-models.c: the models that runs of this workspace can ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-models-private.h"

#include "hearth-check.h"
#include "hearth-i18n.h"

HearthModels *
_hearth_models_new (void)
{
  HearthModels *self = g_new0 (HearthModels, 1);

  self->key_pool = _hearth_job_pool_new (1);
  self->keys = _hearth_kept_keys_new ();
  return self;
}

void
_hearth_models_free (HearthModels *self)
{
  if (self == NULL)
    return;
  g_thread_pool_free (self->key_pool, FALSE, TRUE);
  g_hash_table_unref (self->keys);
  g_clear_pointer (&self->rows, hearth_value_unref);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_free (self);
}

/* --- channels -------------------------------------------------------------------------------------------- */

static void
reloaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) loaded = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (loaded == NULL)
    g_warning ("The channels of models cannot be read: %s", error->message);
}

void
_hearth_models_channel_changed (HearthWorkspace *workspace,
                                const char      *channel_id)
{
  HearthModels *self = workspace->models;

  if (channel_id == NULL)
    g_hash_table_remove_all (self->keys);
  else
    {
      g_hash_table_remove (self->keys, channel_id);
      hearth_model_router_forget (workspace->live->router, channel_id);
    }
  _hearth_models_load (workspace, NULL, NULL, reloaded_cb, NULL);
}

static HearthChannel *
find (GPtrArray  *channels,
      const char *id)
{
  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (channels, i);

      if (g_strcmp0 (channel->id, id) == 0)
        return channel;
    }
  return NULL;
}

HearthChannel *
_hearth_models_find_channel (HearthWorkspace *workspace,
                             const char      *channel_id)
{
  HearthChannel *own = find (hearth_model_router_get_own_channels (workspace->live->router), channel_id);

  return own != NULL ? own : find (workspace->models->channels, channel_id);
}

/* --- before a run ------------------------------------------------------------------------------------------ */

/* Counts those that have the model; @keyless is one that lacks its key. */
static guint
find_usable (GPtrArray      *channels,
             const char     *model,
             HearthChannel **keyless)
{
  guint n_usable = 0;

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (channels, i);

      if (channel->disabled || !hearth_channel_has_model (channel, model))
        continue;
      if (!channel->has_key && hearth_channel_wants_key (channel))
        *keyless = channel;
      else
        n_usable++;
    }
  return n_usable;
}

static char *
check_model (const char        *model,
             HearthProblemCode *code,
             gpointer           user_data)
{
  HearthWorkspace *self = user_data;
  HearthChannel *keyless = NULL;
  g_autofree char *unknown = NULL;

  if (find_usable (hearth_model_router_get_own_channels (self->live->router), model, &keyless) > 0
      || find_usable (self->models->channels, model, &keyless) > 0)
    return NULL;
  *code = keyless != NULL ? HEARTH_PROBLEM_MISSING_KEY : HEARTH_PROBLEM_NO_CHANNEL;
  if (keyless != NULL)
    return g_strdup_printf (_("the channel “%s”, which has the model “%s”, has no key. Enter the one its service gave you."),
                            keyless->label, model);
  unknown = _hearth_channel_rows_explain_unknown (self->models->rows, model);
  if (unknown != NULL)
    /* Translators: the name of a model, and a sentence about the channel that has it */
    return g_strdup_printf (_("no channel that can be asked has the model “%s”. %s"), model, unknown);
  return g_strdup_printf (_("no active channel has the model “%s”. Add a channel, or choose another model."), model);
}

GPtrArray *
hearth_workspace_check (HearthWorkspace *self,
                        HearthGraph     *graph,
                        GHashTable      *groups)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  /* Before they are read nothing is known, and so nothing is said. */
  return hearth_graph_check_with_models (graph, groups, self->models->channels != NULL ? check_model : NULL, self);
}

void
hearth_workspace_load_channels (HearthWorkspace    *self,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  _hearth_models_load (self, NULL, NULL, callback, user_data);
}

/* hearth-models-private.h: the models that runs of this workspace can ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-surroundings-private.h"

G_BEGIN_DECLS

/* Main thread. */
struct _HearthModels
{
  GThreadPool *key_pool;  /* a keyring may take seconds, and nobody else is to wait for it */
  GHashTable *keys;       /* channel id -> HearthKeptKey */
  HearthValue *rows;      /* the channels as they were last read (hearth-channels-table.h), or NULL */
  GPtrArray *channels;    /* the same as HearthChannel */
};

/* Made and freed with the workspace. */
HearthModels  *_hearth_models_new             (void);
void           _hearth_models_free            (HearthModels        *self);
/* Its key, address or anything else is another one now, or it is gone. @channel_id NULL: any may be. */
void           _hearth_models_channel_changed (HearthWorkspace     *workspace,
                                               const char          *channel_id);
/* Borrowed from what was last read, or one of a router's own; NULL: there is no such. */
HearthChannel *_hearth_models_find_channel    (HearthWorkspace     *workspace,
                                               const char          *channel_id);

/* --- hearth-channel-rows.c ------------------------------------------------------------------------- */

/* A new one, of a row of the table; NULL when nobody here speaks its language. */
HearthChannel *_hearth_channel_from_row       (HearthValue         *row);
/* Of the first active one with @model whose language nobody here speaks: hearth_channel_explain_unknown(); NULL: there is none. */
char          *_hearth_channel_rows_explain_unknown (HearthValue   *rows,
                                               const char          *model);
/* Of those that can be used; of #HearthChannel. */
GPtrArray     *_hearth_channels_from_rows     (HearthValue         *rows);

/* --- hearth-channel-source.c ------------------------------------------------------------------------ */

extern const HearthChannelSource _hearth_channel_source; /* its owner are surroundings */
/* {"channels": rows, "preferred"?: id of the channel for @model}; @model: or NULL. Storage thread. */
HearthValue   *_hearth_models_read            (HearthStorage       *storage,
                                               const char          *model,
                                               GError             **error);
/* Keeps that as the latest. */
void           _hearth_models_take            (HearthWorkspace     *workspace,
                                               HearthValue         *loaded);
/* The one and then the other; hearth_workspace_finish() ends it, with what was read. @surroundings: of the run that
 * waits for it, or NULL. */
void           _hearth_models_load            (HearthWorkspace     *workspace,
                                               HearthSurroundings  *surroundings,
                                               const char          *model,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);

/* --- hearth-kept-keys.c ------------------------------------------------------------------------------ */

/* Looks a key up in the place where @row says it is, and keeps it for a moment. */
void           _hearth_kept_keys_load         (HearthWorkspace     *workspace,
                                               HearthValue         *row,
                                               HearthKeyFunc        done,
                                               gpointer             user_data);
GHashTable    *_hearth_kept_keys_new          (void);

G_END_DECLS

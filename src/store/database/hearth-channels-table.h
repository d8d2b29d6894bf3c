/* hearth-channels-table.h: services of language models, and the models chosen from them (storage.md 6.5, 6.6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-database.h"
#include "hearth-secret.h"

G_BEGIN_DECLS

/* --- channels ---------------------------------------------------------------------------------------
 *
 * A channel is the object of http-api.md 12.2 with null for what is not set, and with "weight" (its share of
 * the calls; 0 and null: none of its own), "timeoutMs" (to the first byte of an answer; 0 and null: the
 * usual) and "preset" (which known service it is). No key ever comes out of
 * here: "apiKey" is "", "hasKey" says whether there is one, "keyHint" is its last four characters (""
 * for a short one), and "keyStore" where it is:
 *   "keyring", "session"  elsewhere (hearth-secrets.h); the column holds a marker and the hint
 *   "database"            in clear, in a file the reference wrote; to be moved
 *   null                  nowhere
 * "storageMode" is "plaintext" for the third and "encrypted" for all else. */

typedef enum
{
  HEARTH_CHANNEL_KEY_NONE,
  HEARTH_CHANNEL_KEY_KEYRING,
  HEARTH_CHANNEL_KEY_SESSION,
} HearthChannelKey;

/* In the order they were made. */
HearthValue  *hearth_channels_table_list       (HearthDatabase    *self,
                                                const char        *user,
                                                GError           **error);
HearthValue  *hearth_channels_table_read       (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                GError           **error);
/* "ch_" and what follows (storage.md 5.5). */
char         *hearth_channel_new_id            (void);
/* @members: those of http-api.md 12.2 and ours, checked; others do not count. Returns the channel, without a key. */
HearthValue  *hearth_channels_table_create     (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                HearthValue       *members,
                                                GError           **error);
HearthValue  *hearth_channels_table_update     (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                HearthValue       *members,
                                                GError           **error);
/* Says where the key is now. One that stood here in clear is gone from the file, its free pages and
 * its journal. @hint: of hearth_secret_dup_hint(); or NULL. */
gboolean      hearth_channels_table_set_key    (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                HearthChannelKey   key,
                                                const char        *hint,
                                                GError           **error);
/* With its key, if that stood here in clear. */
gboolean      hearth_channels_table_delete     (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                GError           **error);
/* Channels whose key stands here in clear. */
HearthValue  *hearth_channels_table_list_plain (HearthDatabase    *self,
                                                const char        *user,
                                                GError           **error);
/* Such a key, for the one purpose of moving it; NULL without an error: it does not stand here. */
HearthSecret *hearth_channels_table_read_plain (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                GError           **error);

/* --- models -------------------------------------------------------------------------------------------
 *
 * The object of http-api.md 12.4 with null for what is not set, and "defaultChannelRef" as the frontend
 * calls "defaultChannelId". */

/* The newest first. */
HearthValue  *hearth_models_table_list         (HearthDatabase    *self,
                                                const char        *user,
                                                GError           **error);
HearthValue  *hearth_models_table_read         (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                GError           **error);
/* Makes or changes the model "modelId" of @members; it is the newest then. */
HearthValue  *hearth_models_table_put          (HearthDatabase    *self,
                                                const char        *user,
                                                HearthValue       *members,
                                                GError           **error);
HearthValue  *hearth_models_table_update       (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                HearthValue       *members,
                                                GError           **error);
/* One that is not there is deleted already. */
gboolean      hearth_models_table_delete       (HearthDatabase    *self,
                                                const char        *user,
                                                const char        *id,
                                                GError           **error);

G_END_DECLS

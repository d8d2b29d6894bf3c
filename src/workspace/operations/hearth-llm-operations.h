/* hearth-llm-operations.h: services of language models, the models chosen from them, and their keys (http-api.md 12)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"
/* for HEARTH_SECRETS_ERROR, the errors of whatever stores a key */
#include "hearth-secrets.h"

G_BEGIN_DECLS

/* [{"id", "name"}] */
extern const HearthOperation hearth_operation_list_providers;
/* Channels that need no set-up, and are in no other list: [{"id", "label", "supportedModels"}] */
extern const HearthOperation hearth_operation_list_own_channels;
/* Known services that speak their languages: [{"id", "name", "providerId", "baseUrl", "needsKey", "local"}] */
extern const HearthOperation hearth_operation_list_presets;
/* Servers of models that run on this machine, looked for at their usual ports, which takes a second at most:
 * [{"provider", "preset", "name", "baseUrl", "models"}] */
extern const HearthOperation hearth_operation_list_local_servers;

/* channelId, where there is one, and the members of http-api.md 12.2. "apiKey" goes to the keyring, or
 * where "keyStore" ("keyring" or "session") or hearth_operation_change_keyring say; "" keeps the stored
 * one. Answers: channels as hearth-channels-table.h describes them, never with a key. */
extern const HearthOperation hearth_operation_list_channels;
/* Why @channel, one of that list, is never asked, a sentence: nobody here speaks its language. NULL: somebody does. */
char *hearth_channel_explain_unknown (HearthValue *channel);
extern const HearthOperation hearth_operation_read_channel;
extern const HearthOperation hearth_operation_create_channel;
extern const HearthOperation hearth_operation_update_channel;
/* {"success", "id"}, and "message" when the key had to stay behind in the keyring. */
extern const HearthOperation hearth_operation_delete_channel;
/* The channel stays. */
extern const HearthOperation hearth_operation_forget_channel_key;
/* The models a service has, [{"id", "name"?, "description"?, "capabilities"?, "contextLength"?}]; none when it cannot be
 * asked within 4.5 seconds. */
extern const HearthOperation hearth_operation_discover_models;
/* Their ids only. */
extern const HearthOperation hearth_operation_list_channel_models;
/* channelId, and "model": one to be asked for a few words; without it the service is asked for its models. Answers
 * {"ok", "message" (a sentence in either case), "class"? (hearth_model_error_get_class()), "latencyMs", "models"?}. */
extern const HearthOperation hearth_operation_test_channel;
/* channelId, or nothing for a list of all: {"id", "state": "ready", "waiting" (it takes no more requests for now) or
 * "resting" (it has failed too often), "until"? (Unix ms), "failures" (in a row), "message"?}. */
extern const HearthOperation hearth_operation_read_channel_health;

/* modelId, where there is one, and the members of http-api.md 12.4. */
extern const HearthOperation hearth_operation_list_models;
extern const HearthOperation hearth_operation_read_model;
extern const HearthOperation hearth_operation_put_model;
extern const HearthOperation hearth_operation_update_model;
/* {"success", "modelId"} */
extern const HearthOperation hearth_operation_delete_model;

/* The keyring: {"state": "ready", "locked" or "absent", "message"?, "keyStore", "plainKeys"}; the last
 * are channels whose key stands in clear in a database of the reference. */
extern const HearthOperation hearth_operation_read_keyring;
/* keyStore: where keys go for which nobody says so, until the program ends. Answers as above. */
extern const HearthOperation hearth_operation_change_keyring;
/* Lets the desktop ask for the keyring's password; does not wait for it. Answers as above. */
extern const HearthOperation hearth_operation_unlock_keyring;
/* Moves keys that stand in clear into the keyring: {"moved": [id], "left": [{"id", "message"}]}. */
extern const HearthOperation hearth_operation_move_keys;

/* projectId: moves the keys that are written into its workflows, which everyone who gets them would get too, to
 * channels with the same address: {"moved": [{"workflowId", "nodeId", "channelId", "label"}], "left": [{"workflowId",
 * "nodeId", "message"}]}. "keyStore" as for channels. */
extern const HearthOperation hearth_operation_move_project_keys;

G_END_DECLS

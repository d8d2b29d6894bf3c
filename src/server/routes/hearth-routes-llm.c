/* hearth-routes-llm.c: services of language models, their keys, and the models chosen from them (http-api.md 12)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-llm-operations.h"
#include "hearth-routes.h"

#define CHANNEL "/api/llm/channels/:channelId"
#define MODEL "/api/llm/models/:modelId"

static const HearthBodyField header_field = { .kinds = HEARTH_KIND (STRING) };

static const char *const storage_modes[] = { "plaintext", "encrypted", NULL };
static const char *const key_stores[] = { "keyring", "session", NULL };
static const char *const model_types[] = { "llm", "embedding", "unknown", NULL };

#define CHANNEL_FIELDS(needed)                                                                                          \
  { .key = "label", .kinds = HEARTH_KIND (STRING), .required = needed },                                                \
  { .key = "baseUrl", .kinds = HEARTH_KIND (STRING), .required = needed },                                              \
  { .key = "apiKey", .kinds = HEARTH_KIND (STRING), .required = needed, .max_length = 8192, .secret = TRUE,             \
    .text = "Goes to the keyring and is never answered; \"\" leaves the stored one as it is" },                         \
  { .key = "keyStore", .kinds = HEARTH_KIND (STRING), .values = key_stores,                                             \
    .text = "Where this key goes; without it, where GET /api/keyring says" },                                           \
  { .key = "providerId", .kinds = HEARTH_KIND (STRING) },                                                               \
  { .key = "adapterType", .kinds = HEARTH_KIND (STRING) },                                                              \
  { .key = "modelListEndpoint", .kinds = HEARTH_KIND (STRING) },                                                        \
  { .key = "supportedModels", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING) },                            \
  { .key = "storageMode", .kinds = HEARTH_KIND (STRING), .values = storage_modes, .text = "Does not count: see keyStore" }, \
  { .key = "customHeaders", .kinds = HEARTH_KIND (OBJECT), .entries = &header_field,                                    \
    .text = "Kept in clear, so headers that carry a key are refused" },                                                 \
  { .key = "disabled", .kinds = HEARTH_KIND (BOOLEAN) },                                                                \
  { .key = "weight", .kinds = HEARTH_KIND (INTEGER), .maximum = 1000,                                                    \
    .text = "Its share of the calls beside other channels of the same model; 0: none of its own" },                     \
  { .key = "timeoutMs", .kinds = HEARTH_KIND (INTEGER), .maximum = 3600000,                                              \
    .text = "How long it may take to begin its answer; 0: some minutes" },                                                  \
  { .key = "preset", .kinds = HEARTH_KIND (STRING), .max_length = 64, .text = "Which known service it is (GET /api/llm/presets)" }, \
  { .key = NULL }

static const HearthBodyField create_fields[] = { CHANNEL_FIELDS (TRUE) };
static const HearthBodyField update_fields[] = { CHANNEL_FIELDS (FALSE) };

#define MODEL_FIELDS(needed)                                                                                                 \
  { .key = "displayName", .kinds = HEARTH_KIND (STRING), .required = needed },                                               \
  { .key = "capabilities", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING), .required = needed },                \
  { .key = "modelType", .kinds = HEARTH_KIND (STRING), .values = model_types },                                              \
  { .key = "groupName", .kinds = HEARTH_KIND (STRING) },                                                                     \
  { .key = "defaultChannelRef", .kinds = HEARTH_KIND (STRING), .text = "The same as defaultChannelId, and counts before it" }, \
  { .key = "defaultChannelId", .kinds = HEARTH_KIND (STRING) },                                                              \
  { .key = "icon", .kinds = HEARTH_KIND (STRING) },                                                                          \
  { .key = "tags", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING) },                                            \
  { .key = "tokenizerId", .kinds = HEARTH_KIND (STRING) }

static const HearthBodyField put_model_fields[] = {
  { .key = "modelId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  MODEL_FIELDS (TRUE),
  { .key = NULL },
};
static const HearthBodyField update_model_fields[] = {
  MODEL_FIELDS (FALSE),
  { .key = NULL },
};

static const HearthBodyField test_fields[] = {
  { .key = "model", .kinds = HEARTH_KIND (STRING), .min_length = 1,
    .text = "Ask this one for a few words; without it the service is asked which models it has" },
  { .key = NULL },
};

static const HearthBodyField move_fields[] = {
  { .key = "keyStore", .kinds = HEARTH_KIND (STRING), .values = key_stores },
  { .key = NULL },
};
static const HearthBodyField keyring_fields[] = {
  { .key = "keyStore", .kinds = HEARTH_KIND (STRING), .required = TRUE, .values = key_stores,
    .text = "session: keys stay in memory until Hearth ends" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/llm/providers", .name = "listProviders",
    .summary = "Kinds of model services",
    .operation = &hearth_operation_list_providers },
  { .method = "GET", .pattern = "/api/llm/presets", .name = "listPresets",
    .summary = "Known model services: the address of each, and whether it wants a key",
    .operation = &hearth_operation_list_presets },
  { .method = "GET", .pattern = "/api/llm/local", .name = "listLocalServers",
    .summary = "Servers of models that answer at their usual ports on the machine Hearth runs on, and their models",
    .operation = &hearth_operation_list_local_servers },
  { .method = "GET", .pattern = "/api/llm/health", .name = "listHealth",
    .summary = "Which model services can be asked now",
    .operation = &hearth_operation_read_channel_health },
  { .method = "GET", .pattern = "/api/llm/channels", .name = "listChannels",
    .summary = "Model services, without their keys",
    .operation = &hearth_operation_list_channels },
  { .method = "POST", .pattern = "/api/llm/channels", .name = "createChannel",
    .summary = "Adds a model service; its key goes to the keyring",
    .body = HEARTH_BODY_JSON, .fields = create_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .operation = &hearth_operation_create_channel },
  { .method = "GET", .pattern = CHANNEL, .name = "readChannel",
    .summary = "One of them",
    .operation = &hearth_operation_read_channel },
  { .method = "PUT", .pattern = CHANNEL, .name = "updateChannel",
    .summary = "Changes it; what is not sent stays",
    .body = HEARTH_BODY_JSON, .fields = update_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .operation = &hearth_operation_update_channel },
  { .method = "DELETE", .pattern = CHANNEL, .name = "deleteChannel",
    .summary = "Deletes it and its key",
    .operation = &hearth_operation_delete_channel },
  { .method = "DELETE", .pattern = CHANNEL "/key", .name = "forgetChannelKey",
    .summary = "Deletes its key only",
    .operation = &hearth_operation_forget_channel_key },
  { .method = "POST", .pattern = CHANNEL "/discover-models", .name = "discoverModels",
    .summary = "The models the service has; none while it cannot be asked",
    .body = HEARTH_BODY_JSON,
    .operation = &hearth_operation_discover_models },
  { .method = "GET", .pattern = CHANNEL "/list-models", .name = "listChannelModels",
    .summary = "Their ids only",
    .operation = &hearth_operation_list_channel_models },
  { .method = "POST", .pattern = CHANNEL "/test", .name = "testChannel",
    .summary = "Tries the service, and says what is wrong with it",
    .body = HEARTH_BODY_JSON, .fields = test_fields,
    .operation = &hearth_operation_test_channel },
  { .method = "GET", .pattern = CHANNEL "/health", .name = "readHealth",
    .summary = "Whether it can be asked now",
    .operation = &hearth_operation_read_channel_health },
  { .method = "GET", .pattern = "/api/llm/models", .name = "listModels",
    .summary = "The chosen models, newest first",
    .operation = &hearth_operation_list_models },
  { .method = "POST", .pattern = "/api/llm/models", .name = "putModel",
    .summary = "Chooses a model, or changes a chosen one",
    .body = HEARTH_BODY_JSON, .fields = put_model_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .operation = &hearth_operation_put_model },
  { .method = "GET", .pattern = MODEL, .name = "readModel",
    .summary = "One of them",
    .operation = &hearth_operation_read_model },
  { .method = "PUT", .pattern = MODEL, .name = "updateModel",
    .summary = "Changes it; what is not sent stays",
    .body = HEARTH_BODY_JSON, .fields = update_model_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .operation = &hearth_operation_update_model },
  { .method = "DELETE", .pattern = MODEL, .name = "deleteModel",
    .summary = "Chooses it no more",
    .operation = &hearth_operation_delete_model },
  { .method = "GET", .pattern = "/api/keyring", .name = "readKeyring",
    .summary = "Whether keys can be kept, and which stand in clear",
    .operation = &hearth_operation_read_keyring },
  { .method = "PUT", .pattern = "/api/keyring", .name = "changeKeyring",
    .summary = "Says where keys go until Hearth ends",
    .body = HEARTH_BODY_JSON, .fields = keyring_fields,
    .operation = &hearth_operation_change_keyring },
  { .method = "POST", .pattern = "/api/keyring/unlock", .name = "unlockKeyring",
    .summary = "Lets the desktop ask for the keyring's password",
    .body = HEARTH_BODY_JSON, .success = SOUP_STATUS_ACCEPTED,
    .operation = &hearth_operation_unlock_keyring },
  { .method = "POST", .pattern = "/api/keyring/move", .name = "moveKeys",
    .summary = "Moves keys that stand in clear into the keyring",
    .body = HEARTH_BODY_JSON,
    .operation = &hearth_operation_move_keys },
  { .method = "POST", .pattern = "/api/projects/:projectId/move-keys", .name = "moveProjectKeys",
    .summary = "Moves keys that are written into its workflows to channels, and so into the keyring",
    .body = HEARTH_BODY_JSON, .fields = move_fields,
    .operation = &hearth_operation_move_project_keys },
};

const HearthRouteSection hearth_routes_llm = { "Models", routes, G_N_ELEMENTS (routes) };

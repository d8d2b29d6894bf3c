/* api-settings.c: core:APISettings, the address and key of a model service, for the older model nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-model-router.h"
#include "hearth-stand-ins.h"
#include "shapes.h"

#include "hearth-i18n.h"

#define BASE_URL_VARIABLE "OPENAI_API_BASE"
#define KEY_VARIABLE "OPENAI_API_KEY"

/* What is meant by what was typed (nodes.md 5.4). */
static char *
complete_address (HearthStep *step,
                  const char *address)
{
  char *completed;

  if (*address == '\0' || g_str_has_prefix (address, HEARTH_CHANNEL_BY_NAME))
    return g_strdup (address);
  completed = hearth_channel_complete_address (address);
  if (completed != NULL)
    return completed;
  hearth_step_log (step, _("The base URL is no complete address, and is used as it is. If it does not work, write it like https://host/v1."));
  return g_strdup (address);
}

static char *
dup_address (HearthStep *step,
             gboolean    use_variables)
{
  const char *variable = use_variables ? g_getenv (BASE_URL_VARIABLE) : NULL;
  g_autofree char *address = variable != NULL && *variable != '\0' ? g_strdup (variable)
                                                                  : hearth_step_dup_input_text (step, "base_url", "");

  return complete_address (step, address);
}

/* Its stand-in, not the key itself. */
static HearthValue *
dup_key (HearthStep *step,
         gboolean    use_variables)
{
  const char *variable = use_variables ? g_getenv (KEY_VARIABLE) : NULL;
  HearthValue *typed = hearth_step_get_input (step, "api_key");
  g_autoptr(HearthSecret) key = NULL;

  if (variable != NULL && *variable != '\0')
    key = hearth_secret_new (variable);
  else if (!hearth_secret_is_hidden (typed))
    key = hearth_secret_new_from_value (typed);
  if (key != NULL)
    return hearth_stand_ins_hide (hearth_step_get_service (step, HEARTH_TYPE_STAND_INS), key);
  return typed != NULL ? hearth_value_ref (typed) : hearth_value_string ("");
}

static gboolean
api_settings_run (HearthStep *step,
                  GError    **error)
{
  gboolean use_variables = hearth_value_is_truthy (hearth_step_get_input (step, "use_env_vars"));
  g_autofree char *address = dup_address (step, use_variables);

  hearth_step_set_output (step, "api_settings",
                          hearth_value_object ("use_env_vars", hearth_value_boolean (use_variables),
                                               "base_url", hearth_value_string (address),
                                               "api_key", dup_key (step, use_variables), NULL));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "use_env_vars", .type = HEARTH_DATA_BOOLEAN, .name = "使用环境变量", .title = N_("Use Environment Variables"),
    .description = N_("Take the address from OPENAI_API_BASE and the key from OPENAI_API_KEY, when they are set."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": false }) },
  { .key = "base_url", .type = HEARTH_DATA_STRING, .name = "API 基础 URL", .title = N_("Base URL"),
    .description = N_("Where the service answers. “channel:” and the name of a channel stands for that channel."),
    .categories = "Url", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "https://api.openai.com/v1", "multiline": false }) },
  { .key = "api_key", .type = HEARTH_DATA_STRING, .name = "API 密钥", .title = N_("API Key"),
    .description = N_("Better left empty: the key of the channel with this base URL is used then. What stands here is "
                      "in the workflow's file."),
    .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_SECRET,
    .config = HEARTH_JSON ({ "default": "", "multiline": false }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "api_settings", .type = HEARTH_DATA_OBJECT, .name = "API 配置", .title = N_("API Settings"),
    .description = N_("Address and key, the key hidden: only the nodes that ask a model can use it."),
    .categories = "LlmConfig" },
  { NULL },
};

const HearthNodeDecl hearth_node_api_settings = {
  .type = "APISettings",
  .category = "TEST-LLM",
  .category_title = N_("Models (Older Nodes)"),
  .name = "🦉API设置",
  .title = N_("API Settings"),
  .icon = "🦉",
  .description = N_("Address and key of OpenAI or of a service that speaks like it."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .run = api_settings_run,
};

/* history-loader.c: core:HistoryLoader, reads the messages of a conversation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loader.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

static gboolean
is_history (HearthValue *value)
{
  return hearth_message_list_is_valid (value);
}

static const HearthLoader loader = {
  .config = "historyResource",
  .output = "historyMessages",
  .not_selected = N_("History resource not selected"),
  /* Translators: followed by why not */
  .failed = N_("Failed to load history: "),
  .is_valid = is_history,
  .invalid = N_("Loaded data is not a valid CustomMessage array."),
};

static void
history_loader_start (HearthStep *step)
{
  hearth_loader_start (step, &loader);
}

static const HearthSlotDecl config[] = {
  { .key = "historyResource", .type = HEARTH_DATA_STRING, .name = "历史文件", .title = N_("History File"),
    .description = N_("The file: a list of messages, each with “role” and “content”."),
    .categories = "ResourceId FilePath", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "json", "label": "历史 (JSON)" } ],
                             "placeholder": "选择一个历史文件..." }) },
  { NULL },
};

static const char *const file_configs[] = { "historyResource", NULL };

static const HearthSlotDecl outputs[] = {
  { .key = "historyMessages", .type = HEARTH_DATA_ARRAY, .name = "历史消息", .title = N_("History"),
    .description = N_("The messages."), .categories = "ChatHistory" },
  { NULL },
};

const HearthNodeDecl hearth_node_history_loader = {
  .type = "HistoryLoader",
  .category = "Loaders",
  .category_title = N_("Loaders"),
  .name = "📜加载历史",
  .title = N_("Load History"),
  .icon = "📜",
  .description = N_("Reads the messages of a conversation from a file."),
  .width = 300,
  .config = config,
  .outputs = outputs,
  .file_configs = file_configs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .start = history_loader_start,
};

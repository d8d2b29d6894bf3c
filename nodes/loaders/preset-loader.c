/* preset-loader.c: core:PresetLoader, reads a prompt preset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loader.h"

#include "hearth-i18n.h"

static const HearthLoader loader = {
  .config = "presetResource",
  .output = "presetData",
  .not_selected = N_("Preset resource not selected"),
  /* Translators: followed by why not */
  .failed = N_("Failed to load preset: "),
};

static void
preset_loader_start (HearthStep *step)
{
  hearth_loader_start (step, &loader);
}

static const HearthSlotDecl config[] = {
  { .key = "presetResource", .type = HEARTH_DATA_STRING, .name = "预设文件", .title = N_("Preset File"),
    .description = N_("The file, such as user://library/presets/story.json."),
    .categories = "ResourceId FilePath", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "json", "label": "预设 (JSON)" } ],
                             "placeholder": "选择一个预设文件..." }) },
  { NULL },
};

static const char *const file_configs[] = { "presetResource", NULL };

static const HearthSlotDecl outputs[] = {
  { .key = "presetData", .type = HEARTH_DATA_OBJECT, .name = "预设数据", .title = N_("Preset"),
    .description = N_("All that the file says.") },
  { NULL },
};

const HearthNodeDecl hearth_node_preset_loader = {
  .type = "PresetLoader",
  .category = "Loaders",
  .category_title = N_("Loaders"),
  .name = "💾加载预设",
  .title = N_("Load Preset"),
  .icon = "💾",
  .description = N_("Reads a prompt preset from a file."),
  .width = 300,
  .config = config,
  .outputs = outputs,
  .file_configs = file_configs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .start = preset_loader_start,
};

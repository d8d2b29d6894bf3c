/* world-book-loader.c: core:WorldBookLoader, reads a world book
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loader.h"

#include "hearth-i18n.h"

static const HearthLoader loader = {
  .config = "worldBookResource",
  .output = "worldBookData",
  .forms = HEARTH_FILE_YAML | HEARTH_FILE_CARD,
  .not_selected = N_("World book resource not selected"),
  /* Translators: followed by why not */
  .failed = N_("Failed to load world book: "),
};

static void
world_book_loader_start (HearthStep *step)
{
  hearth_loader_start (step, &loader);
}

static const HearthSlotDecl config[] = {
  { .key = "worldBookResource", .type = HEARTH_DATA_STRING, .name = "世界书文件", .title = N_("World Book File"),
    .description = N_("The file, such as user://library/worlds/forest.json."),
    .categories = "ResourceId FilePath", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "json", "label": "世界书 (JSON)" }, { "value": "yaml", "label": "世界书 (YAML)" } ],
                             "placeholder": "选择一个世界书文件..." }) },
  { NULL },
};

static const char *const file_configs[] = { "worldBookResource", NULL };

static const HearthSlotDecl outputs[] = {
  { .key = "worldBookData", .type = HEARTH_DATA_OBJECT, .name = "世界书数据", .title = N_("World Book"),
    .description = N_("All that the file says.") },
  { NULL },
};

const HearthNodeDecl hearth_node_world_book_loader = {
  .type = "WorldBookLoader",
  .category = "Loaders",
  .category_title = N_("Loaders"),
  .name = "📚加载世界书",
  .title = N_("Load World Book"),
  .icon = "📚",
  .description = N_("Reads a world book from a JSON or YAML file, or from a character card that has one."),
  .width = 300,
  .config = config,
  .outputs = outputs,
  .file_configs = file_configs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .start = world_book_loader_start,
};

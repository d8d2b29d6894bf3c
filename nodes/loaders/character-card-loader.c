/* character-card-loader.c: core:CharacterCardLoader, reads a character card
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loader.h"

#include "hearth-i18n.h"

static const HearthLoader loader = {
  .config = "cardResource",
  .output = "characterData",
  .forms = HEARTH_FILE_CARD,
  .not_selected = N_("Character card resource not selected"),
  /* Translators: followed by why not */
  .failed = N_("Failed to load character card: "),
};

static void
character_card_loader_start (HearthStep *step)
{
  hearth_loader_start (step, &loader);
}

static const HearthSlotDecl config[] = {
  { .key = "cardResource", .type = HEARTH_DATA_STRING, .name = "角色卡文件", .title = N_("Character Card"),
    .description = N_("The file, such as shared://library/characters/owl.png."),
    .categories = "ResourceId FilePath", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "json", "label": "角色卡 (JSON)" }, { "value": "png", "label": "角色卡 (PNG)" } ],
                             "placeholder": "选择一个角色卡文件..." }) },
  { NULL },
};

static const char *const file_configs[] = { "cardResource", NULL };

static const HearthSlotDecl outputs[] = {
  { .key = "characterData", .type = HEARTH_DATA_OBJECT, .name = "角色数据", .title = N_("Character"),
    .description = N_("The whole card, of version 1, 2 or 3."), .categories = "CharacterProfile" },
  { NULL },
};

const HearthNodeDecl hearth_node_character_card_loader = {
  .type = "CharacterCardLoader",
  .category = "Loaders",
  .category_title = N_("Loaders"),
  .name = "👤加载角色卡",
  .title = N_("Load Character Card"),
  .icon = "👤",
  .description = N_("Reads a character card from a JSON file or a PNG picture."),
  .width = 300,
  .config = config,
  .outputs = outputs,
  .file_configs = file_configs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .start = character_card_loader_start,
};

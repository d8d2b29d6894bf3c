/* hearth-character-card.h: character cards of the versions 1, 2 and 3 (http-api.md 14, storage.md 3.8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card is a JSON object. Version 1 has its fields at the top, version 3 in `data`, version 2 in both;
 * what is said here of a field means the one at the top, or else the one in `data`. Nothing here blocks
 * but hearth_character_card_read_png_file(); any thread; errors are of HEARTH_STORE_ERROR.
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of a .json card; @length -1 for NUL-terminated text. */
HearthValue *hearth_character_card_parse         (const char   *text,
                                                  gssize        length,
                                                  GError      **error);
/* NULL without an error: a picture without a card. */
HearthValue *hearth_character_card_read_png      (GBytes       *png,
                                                  GError      **error);
HearthValue *hearth_character_card_read_png_file (const char   *path,
                                                  GError      **error);
/* A text of the card, "" when it has none; for what a native window or a prompt wants to show. */
const char  *hearth_character_card_get_text      (HearthValue  *card,
                                                  const char   *key);
/* @over (or NULL) on top of @base (or NULL); a field that @over has anywhere wins. */
HearthValue *hearth_character_card_merge         (HearthValue  *base,
                                                  HearthValue  *over);
/* Only what hearth_character_card_to_entry() looks at, so that thousands can be kept in memory. */
HearthValue *hearth_character_card_to_brief      (HearthValue  *card);
/* The line of a list. @card may be NULL; @stem is its name when the card has none; @image_name may be
 * NULL; @index is its place in the list, which belongs to its id when the card has no id. */
HearthValue *hearth_character_card_to_entry      (HearthValue  *card,
                                                  const char   *stem,
                                                  const char   *image_name,
                                                  guint         index);

G_END_DECLS

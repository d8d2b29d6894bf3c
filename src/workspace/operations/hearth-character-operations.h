/* hearth-character-operations.h: character cards (http-api.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Arguments: fileName or imageName. Answers: {success, data: the list}; {success, data: the whole card};
 * {path}; null. */
extern const HearthOperation hearth_operation_list_characters;
extern const HearthOperation hearth_operation_read_character;
extern const HearthOperation hearth_operation_find_character_image;
extern const HearthOperation hearth_operation_delete_character;
/* files, of which the first counts, [{path, name}]. Answer: {success, data: its line in the list} */
extern const HearthOperation hearth_operation_import_character;

G_END_DECLS

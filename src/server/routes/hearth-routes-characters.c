/* hearth-routes-characters.c: character cards (http-api.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-character-operations.h"
#include "hearth-reply-file.h"
#include "hearth-routes.h"

/* With room for what a form has around its file. */
#define MAX_CARD_BYTES (((gsize) 32 << 20) + 65536)

static const HearthBodyField import_fields[] = {
  { .key = "files", .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .min_length = 1, .items = HEARTH_KIND (OBJECT),
    .text = "One file, under any name" },
  { .key = NULL },
};

static void
get_image (HearthRequest *request)
{
  hearth_request_reply_found_file (request, &hearth_operation_find_character_image);
}

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/characters", .name = "listCharacters",
    .summary = "All character cards", .outcome = TRUE,
    .operation = &hearth_operation_list_characters },
  { .method = "POST", .pattern = "/api/characters", .name = "importCharacter",
    .summary = "Adds a card: a PNG or JSON file", .outcome = TRUE,
    .body = HEARTH_BODY_FORM, .limit = MAX_CARD_BYTES, .fields = import_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_import_character },
  { .method = "GET", .pattern = "/api/characters/image/:imageName", .name = "getCharacterImage",
    .summary = "The picture of a character", .outcome = TRUE,
    .handler = get_image },
  { .method = "GET", .pattern = "/api/characters/card/:fileName", .name = "readCharacter",
    .summary = "The whole card of a character", .outcome = TRUE,
    .operation = &hearth_operation_read_character },
  { .method = "DELETE", .pattern = "/api/characters/:fileName", .name = "deleteCharacter",
    .summary = "Moves a character to the recycle bin", .outcome = TRUE, .success = SOUP_STATUS_NO_CONTENT,
    .operation = &hearth_operation_delete_character },
};

const HearthRouteSection hearth_routes_characters = { "Characters", routes, G_N_ELEMENTS (routes) };

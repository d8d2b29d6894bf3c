/* hearth-character-list.h: which files of a folder are which character
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One character: a picture, a JSON file, or a picture and the JSON files that override it. */
typedef struct
{
  GPtrArray   *files;      /* of char *, in the order in which they are merged; the first names the character */
  char        *image_name; /* or NULL */
  char        *stem;       /* its name when the card has none */
  HearthValue *card;       /* what hearth_character_card_to_brief() leaves of it */
} HearthCharacterRow;

/* Pictures by file name, then what has no picture of its own (http-api.md 14). Costs one stat() for a file
 * that did not change. Blocking. */
GPtrArray          *_hearth_character_list_read (const char   *directory,
                                                 GError      **error);
/* The one that @file_name belongs to. Borrowed, or NULL. */
HearthCharacterRow *_hearth_character_list_find (GPtrArray    *rows,
                                                 const char   *file_name,
                                                 guint        *index);

G_END_DECLS

/* hearth-character-store.h: the folder of character cards (http-api.md 14, storage.md 2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread. A character is named by the first of its files,
 * which its line in the list has as `fileName`.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

#define HEARTH_MAX_CARD_BYTES ((gsize) 32 << 20)

/* An array of the lines of http-api.md 14; [] when there are none. */
HearthValue *hearth_character_store_list       (HearthDataDir  *dir,
                                                GError        **error);
/* The whole card, of all its files merged; {} for a picture without a card. */
HearthValue *hearth_character_store_read       (HearthDataDir  *dir,
                                                const char     *file_name,
                                                GError        **error);
/* Where a picture lies. @image_name: any .png, .jpg, .jpeg or .webp of the folder; another suffix is
 * HEARTH_STORE_ERROR_TYPE. */
char        *hearth_character_store_find_image (HearthDataDir  *dir,
                                                const char     *image_name,
                                                GError        **error);
/* Keeps a card as @file_name, which ends with .png or .json; returns its line in the list. What is no card is
 * HEARTH_STORE_ERROR_REFUSED, and a name that is taken HEARTH_STORE_ERROR_EXISTS. */
HearthValue *hearth_character_store_import     (HearthDataDir  *dir,
                                                const char     *file_name,
                                                GBytes         *bytes,
                                                GError        **error);
/* Moves all files of the character to the recycle bin; returns the place of the first. */
char        *hearth_character_store_delete     (HearthDataDir  *dir,
                                                const char     *file_name,
                                                GError        **error);

G_END_DECLS

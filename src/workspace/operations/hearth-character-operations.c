/* hearth-character-operations.c: listing, reading and deleting character cards (http-api.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-character-operations.h"

#include "hearth-character-store.h"
#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

/* {success, data}; takes @data, which may be NULL. */
static HearthValue *
succeed (HearthValue *data)
{
  return data != NULL ? hearth_value_object ("success", hearth_value_boolean (TRUE), "data", data, NULL) : NULL;
}

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return succeed (hearth_character_store_list (storage->dir, error));
}

const HearthOperation hearth_operation_list_characters = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return succeed (hearth_character_store_read (storage->dir, _hearth_text (arguments, "fileName"), error));
}

const HearthOperation hearth_operation_read_character = { .work = read_one, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
find_image (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *path
      = hearth_character_store_find_image (storage->dir, _hearth_text (arguments, "imageName"), error);

  return path != NULL ? hearth_value_object ("path", hearth_value_string (path), NULL) : NULL;
}

const HearthOperation hearth_operation_find_character_image = { .work = find_image, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
import (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  HearthValue *file = hearth_value_at (hearth_value_get (arguments, "files"), 0);
  g_autoptr (GBytes) bytes = NULL;
  char *data = NULL;
  gsize length;

  /* Who calls has seen to it that it is not too large. */
  if (!g_file_get_contents (_hearth_text (file, "path"), &data, &length, error))
    return NULL;
  bytes = g_bytes_new_take (data, length);
  return succeed (hearth_character_store_import (storage->dir, _hearth_text (file, "name"), bytes, error));
}

const HearthOperation hearth_operation_import_character = { .work = import, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
throw_away (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *place = hearth_character_store_delete (storage->dir, _hearth_text (arguments, "fileName"), error);

  return place != NULL ? hearth_value_null () : NULL;
}

const HearthOperation hearth_operation_delete_character = { .work = throw_away, .place = HEARTH_OPERATION_HELPERS };

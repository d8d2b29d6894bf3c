/* hearth-access-use.c: when each access token was used last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-access-use.h"

#include <unistd.h>

#include "hearth-id.h"
#include "hearth-store-private.h"

#define MAX_FILE_BYTES (1u << 20)

HearthValue *
hearth_access_use_list (HearthDataDir *dir,
                        GError       **error)
{
  g_autofree char *path = NULL;
  g_autoptr (HearthValue) uses = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  path = hearth_data_dir_dup_access_uses (dir);
  if (access (path, F_OK) != 0)
    return hearth_value_empty_object ();
  uses = hearth_store_read_json (path, MAX_FILE_BYTES, error);
  if (uses == NULL || hearth_value_is (uses, OBJECT))
    return g_steal_pointer (&uses);
  return hearth_value_empty_object ();
}

gboolean
hearth_access_use_note (HearthDataDir *dir,
                        HearthValue   *tokens,
                        const char    *id,
                        GError       **error)
{
  g_autofree char *path = NULL;
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthValue) uses = NULL;
  g_auto (HearthBuilder) left = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) file = NULL;

  g_return_val_if_fail (dir != NULL && tokens != NULL && id != NULL, FALSE);

  uses = hearth_access_use_list (dir, error);
  if (uses == NULL)
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (tokens); i++)
    {
      const char *each = hearth_value_get_member_string (hearth_value_at (tokens, i), "id", "");

      hearth_builder_add_string (&left, each,
                                 g_str_equal (each, id) ? now : hearth_value_get_member_string (uses, each, NULL));
    }
  file = hearth_builder_end_object (&left);
  path = hearth_data_dir_dup_access_uses (dir);
  return _hearth_store_write_private (path, file, error);
}

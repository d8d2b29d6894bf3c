/* hearth-plugin-settings.c: what the user has decided about packs (storage.md 3.7, http-api.md 17.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "hearth-plugin-manifest.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

#define MAX_SETTINGS_BYTES ((gsize) 1 << 20)

/* An object; {} when the file is not there. */
static HearthValue *
read_object (const char *path,
             GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) value = hearth_store_read_json (path, MAX_SETTINGS_BYTES, &reason);

  if (hearth_value_is (value, OBJECT))
    return g_steal_pointer (&value);
  if (g_error_matches (reason, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    return hearth_value_empty_object ();
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID, _("“%s” does not hold an object in JSON."), path);
  return NULL;
}

static gboolean
write_object (const char  *path,
              HearthValue *value,
              GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return _hearth_store_fail (error, folder, errno);
  return _hearth_store_write_json (path, value, error);
}

/* --- states --------------------------------------------------------------------------------- */

static char *
dup_states_path (HearthDataDir *dir)
{
  return g_build_filename (hearth_data_dir_get_root (dir), "config", "plugin_states.json", NULL);
}

HearthValue *
_hearth_plugin_read_states (HearthDataDir *dir,
                            GError       **error)
{
  g_autofree char *path = dup_states_path (dir);

  return read_object (path, error);
}

gboolean
hearth_plugin_store_write_state (HearthDataDir *dir,
                                 const char    *directory,
                                 HearthValue   *members,
                                 GError       **error)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = NULL;
  g_autoptr (HearthValue) states = NULL;
  g_autoptr (HearthValue) state = NULL;
  g_autoptr (HearthValue) changed = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (dir != NULL && directory != NULL, FALSE);
  g_return_val_if_fail (hearth_value_is (members, OBJECT), FALSE);

  locker = g_mutex_locker_new (&mutex);
  states = _hearth_plugin_read_states (dir, error);
  if (states == NULL)
    return FALSE;
  state = hearth_value_overlay (hearth_value_get_member_kind (states, directory, HEARTH_VALUE_OBJECT), members);
  changed = hearth_value_with (states, directory, state);
  path = dup_states_path (dir);
  return write_object (path, changed, error);
}

/* --- settings ------------------------------------------------------------------------------- */

static char *
dup_settings_path (HearthDataDir *dir,
                   const char    *name,
                   gboolean       of_user)
{
  g_autofree char *user = hearth_data_dir_dup_user (dir);
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  if (of_user)
    return g_build_filename (user, "settings", "extensions", file, NULL);
  return g_build_filename (hearth_data_dir_get_root (dir), "config", "extensions", file, NULL);
}

HearthValue *
hearth_plugin_store_read_settings (HearthDataDir *dir,
                                   const char    *name,
                                   GError       **error)
{
  g_autofree char *instance_path = NULL;
  g_autofree char *user_path = NULL;
  g_autoptr (HearthValue) instance = NULL;
  g_autoptr (HearthValue) user = NULL;

  g_return_val_if_fail (dir != NULL && name != NULL, NULL);
  g_return_val_if_fail (hearth_plugin_name_is_usable (name), NULL);

  instance_path = dup_settings_path (dir, name, FALSE);
  user_path = dup_settings_path (dir, name, TRUE);
  instance = read_object (instance_path, error);
  user = instance != NULL ? read_object (user_path, error) : NULL;
  return user != NULL ? hearth_value_overlay (instance, user) : NULL;
}

gboolean
hearth_plugin_store_write_settings (HearthDataDir *dir,
                                    const char    *name,
                                    HearthValue   *settings,
                                    GError       **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (dir != NULL && name != NULL, FALSE);
  g_return_val_if_fail (hearth_plugin_name_is_usable (name), FALSE);
  g_return_val_if_fail (hearth_value_is (settings, OBJECT), FALSE);

  path = dup_settings_path (dir, name, TRUE);
  return write_object (path, settings, error);
}

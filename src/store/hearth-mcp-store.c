/* hearth-mcp-store.c: the servers of the Model Context Protocol that the user has entered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "hearth-store-private.h"
#include "hearth-i18n.h"

#define MAX_FILE_BYTES ((gsize) 1 << 20)

/* Between reading and writing, in this process. */
static GMutex mutex;

static char *
dup_path (HearthDataDir *dir)
{
  return g_build_filename (hearth_data_dir_get_root (dir), "config", "mcp_servers.json", NULL);
}

static const char *
get_id (HearthValue *server)
{
  return hearth_value_get_member_string (server, "id", "");
}

HearthValue *
hearth_mcp_store_list (HearthDataDir *dir,
                       GError       **error)
{
  g_autofree char *path = NULL;
  g_autoptr (HearthValue) file = NULL;
  g_autoptr (GError) reason = NULL;
  HearthValue *servers;

  g_return_val_if_fail (dir != NULL, NULL);

  path = dup_path (dir);
  file = hearth_store_read_json (path, MAX_FILE_BYTES, &reason);
  if (g_error_matches (reason, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    return hearth_value_empty_array ();
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  servers = hearth_value_get_member_kind (file, "servers", HEARTH_VALUE_ARRAY);
  return servers != NULL ? hearth_value_ref (servers) : hearth_value_empty_array ();
}

static gboolean
fail_missing (const char *id,
              GError    **error)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND, _("There is no MCP server “%s”."), id);
  return FALSE;
}

HearthValue *
hearth_mcp_store_read (HearthDataDir *dir,
                       const char    *id,
                       GError       **error)
{
  g_autoptr (HearthValue) servers = NULL;

  g_return_val_if_fail (dir != NULL && id != NULL, NULL);

  servers = hearth_mcp_store_list (dir, error);
  for (gsize i = 0; servers != NULL && i < hearth_value_get_length (servers); i++)
    if (g_str_equal (get_id (hearth_value_at (servers, i)), id))
      return hearth_value_ref (hearth_value_at (servers, i));
  if (servers != NULL)
    fail_missing (id, error);
  return NULL;
}

static gboolean
write_servers (HearthDataDir *dir,
               HearthValue   *servers, /* taken */
               GError       **error)
{
  g_autoptr (HearthValue) file = hearth_value_object ("servers", servers, NULL);
  g_autofree char *path = dup_path (dir);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return _hearth_store_fail (error, folder, errno);
  return _hearth_store_write_private (path, file, error);
}

/* @server NULL: without it. */
static gboolean
replace (HearthDataDir *dir,
         const char    *id,
         HearthValue   *server,
         GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autoptr (HearthValue) servers = hearth_mcp_store_list (dir, error);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  gboolean found = FALSE;

  if (servers == NULL)
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (servers); i++)
    {
      HearthValue *other = hearth_value_at (servers, i);
      gboolean same = g_str_equal (get_id (other), id);

      hearth_builder_add (&out, NULL, hearth_value_ref_or_null (same ? server : other));
      found = found || same;
    }
  if (!found && server == NULL)
    return fail_missing (id, error);
  if (!found)
    hearth_builder_add (&out, NULL, hearth_value_ref (server));
  return write_servers (dir, hearth_builder_end_array (&out), error);
}

gboolean
hearth_mcp_store_put (HearthDataDir *dir,
                      HearthValue   *server,
                      GError       **error)
{
  g_return_val_if_fail (dir != NULL, FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  return replace (dir, get_id (server), server, error);
}

gboolean
hearth_mcp_store_delete (HearthDataDir *dir,
                         const char    *id,
                         GError       **error)
{
  g_return_val_if_fail (dir != NULL && id != NULL, FALSE);

  return replace (dir, id, NULL, error);
}

/* hearth-pack.c: a pack's node definitions made into node types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

static HearthPack *
pack_new (HearthValue *plugin)
{
  HearthPack *self = g_new0 (HearthPack, 1);
  HearthValue *manifest = hearth_value_get (plugin, "manifest");

  g_ref_count_init (&self->ref_count);
  self->name = g_strdup (hearth_value_get_member_string (plugin, "name", ""));
  self->folder = g_strdup (hearth_value_get_member_string (plugin, "folder", ""));
  self->settings = hearth_value_ref_or_null (hearth_value_get (plugin, "settings"));
  self->wants_network = hearth_value_get_member_boolean (hearth_value_get (manifest, "permissions"), "network", FALSE);
  self->allows_programs = hearth_value_get_member_boolean (plugin, "allowPrograms", FALSE);
  self->allows_network = hearth_value_get_member_boolean (plugin, "allowNetwork", FALSE);
  return self;
}

HearthPack *
_hearth_pack_ref (HearthPack *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
_hearth_pack_unref (HearthPack *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->folder);
  g_clear_pointer (&self->settings, hearth_value_unref);
  g_free (self);
}

guint
hearth_pack_add_types (HearthCatalog *catalog,
                       HearthValue   *plugin,
                       GPtrArray     *problems)
{
  HearthValue *nodes = hearth_value_get_member_kind (plugin, "nodes", HEARTH_VALUE_ARRAY);
  HearthPack *pack;
  guint n_types = 0;

  g_return_val_if_fail (HEARTH_IS_CATALOG (catalog), 0);

  pack = pack_new (plugin);
  for (gsize i = 0; nodes != NULL && i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *node = hearth_value_at (nodes, i);
      g_autoptr (GError) error = NULL;
      HearthNodeType *type = _hearth_pack_make_type (pack, hearth_value_get (node, "definition"),
                                                     hearth_value_get (node, "workflow"), &error);

      if (type != NULL)
        {
          hearth_catalog_add_type (catalog, type);
          n_types++;
        }
      else if (problems != NULL)
        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", hearth_value_get_member_string (node, "file", ""),
                                                    error->message));
    }
  _hearth_pack_unref (pack);
  return n_types;
}

/* hearth-catalog.c: every kind of node the program knows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-catalog.h"

struct _HearthCatalog
{
  GObject parent_instance;

  GPtrArray  *types; /* of HearthNodeType, owned, in order of registration */
  GHashTable *by_id; /* id -> index + 1 in types; the keys belong to the types */
  guint       serial;
};

G_DEFINE_FINAL_TYPE (HearthCatalog, hearth_catalog, G_TYPE_OBJECT)

static void
hearth_catalog_finalize (GObject *object)
{
  HearthCatalog *self = HEARTH_CATALOG (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->types);
  G_OBJECT_CLASS (hearth_catalog_parent_class)->finalize (object);
}

static void
hearth_catalog_class_init (HearthCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_catalog_finalize;
}

static void
hearth_catalog_init (HearthCatalog *self)
{
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_node_type_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

HearthCatalog *
hearth_catalog_new (void)
{
  return g_object_new (HEARTH_TYPE_CATALOG, NULL);
}

void
hearth_catalog_add_type (HearthCatalog  *self,
                         HearthNodeType *type)
{
  guint place;

  g_return_if_fail (HEARTH_IS_CATALOG (self));
  g_return_if_fail (type != NULL);

  self->serial++;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, type->id));
  if (place == 0)
    {
      g_ptr_array_add (self->types, type);
      g_hash_table_insert (self->by_id, type->id, GUINT_TO_POINTER (self->types->len));
      return;
    }
  g_hash_table_replace (self->by_id, type->id, GUINT_TO_POINTER (place));
  hearth_node_type_unref (g_ptr_array_index (self->types, place - 1));
  g_ptr_array_index (self->types, place - 1) = type;
}

void
hearth_catalog_add (HearthCatalog        *self,
                    const HearthNodeDecl *decl)
{
  g_return_if_fail (HEARTH_IS_CATALOG (self));
  g_return_if_fail (decl != NULL);

  hearth_catalog_add_type (self, hearth_node_type_new (decl));
}

void
hearth_catalog_clear (HearthCatalog *self)
{
  g_return_if_fail (HEARTH_IS_CATALOG (self));

  self->serial++;
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->types, 0);
}

void
hearth_catalog_add_all (HearthCatalog               *self,
                        const HearthNodeDecl *const *decls,
                        gsize                        n_decls)
{
  g_return_if_fail (HEARTH_IS_CATALOG (self));

  for (gsize i = 0; i < n_decls; i++)
    hearth_catalog_add (self, decls[i]);
}

HearthCatalog *
hearth_catalog_copy (HearthCatalog *self)
{
  HearthCatalog *copy;

  g_return_val_if_fail (HEARTH_IS_CATALOG (self), NULL);

  copy = hearth_catalog_new ();
  for (guint i = 0; i < self->types->len; i++)
    hearth_catalog_add_type (copy, hearth_node_type_ref (g_ptr_array_index (self->types, i)));
  return copy;
}

HearthNodeType *
hearth_catalog_lookup (HearthCatalog *self,
                       const char    *id)
{
  guint place;

  g_return_val_if_fail (HEARTH_IS_CATALOG (self), NULL);

  if (id == NULL)
    return NULL;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));
  return place > 0 ? g_ptr_array_index (self->types, place - 1) : NULL;
}

guint
hearth_catalog_get_size (HearthCatalog *self)
{
  g_return_val_if_fail (HEARTH_IS_CATALOG (self), 0);

  return self->types->len;
}

HearthNodeType *
hearth_catalog_at (HearthCatalog *self,
                   guint          index)
{
  g_return_val_if_fail (HEARTH_IS_CATALOG (self), NULL);
  g_return_val_if_fail (index < self->types->len, NULL);

  return g_ptr_array_index (self->types, index);
}

guint
hearth_catalog_get_serial (HearthCatalog *self)
{
  g_return_val_if_fail (HEARTH_IS_CATALOG (self), 0);

  return self->serial;
}

/* hearth-edit.c: one step of the history, applied while it is being made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

HearthEdit *
hearth_edit_new (HearthGraph *graph,
                 const char  *label)
{
  HearthEdit *self;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (label != NULL, NULL);

  self = g_new0 (HearthEdit, 1);
  self->graph = g_object_ref (graph);
  self->label = g_strdup (label);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  self->latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
hearth_edit_free (HearthEdit *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->latest);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->pending);
  g_free (self->label);
  g_object_unref (self->graph);
  g_free (self);
}

void
hearth_edit_revert (HearthEdit *self)
{
  g_autoptr (GPtrArray) inverse = NULL;

  g_return_if_fail (self != NULL);

  inverse = _hearth_changes_invert (self->changes);
  hearth_graph_apply (self->graph, inverse);
  hearth_edit_free (self);
}

const char *
hearth_edit_get_label (HearthEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}

/* Equality does not look at the order of members, but that of an interface is what people see. */
static gboolean
says_the_same (HearthValue *a,
               HearthValue *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (a == b)
    return TRUE;
  if (!hearth_value_equal (a, b))
    return FALSE;
  first = hearth_json_print (a);
  second = hearth_json_print (b);
  return g_str_equal (first, second);
}

gboolean
hearth_edit_is_empty (HearthEdit *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  /* Dragged away and back is no change either. */
  for (guint i = 0; i < self->changes->len; i++)
    {
      HearthChange *change = g_ptr_array_index (self->changes, i);

      if (!says_the_same (change->before, change->after))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
hearth_edit_get_changes (HearthEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->changes;
}

void
_hearth_edit_announce (HearthEdit *self)
{
  g_autoptr (GPtrArray) batch = g_steal_pointer (&self->pending);

  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  _hearth_graph_announce (self->graph, batch);
}

/* A later update of an element can join the earlier one whatever happened to other elements
 * between them: places change only when something is added or removed. */
static gboolean
join_latest (HearthEdit   *self,
             const char   *name,
             HearthChange *change)
{
  HearthChange *latest = g_hash_table_lookup (self->latest, name);

  if (latest == NULL || latest->after == NULL || change->before == NULL || change->after == NULL)
    return FALSE;
  hearth_value_unref (latest->after);
  latest->after = hearth_value_ref (change->after);
  return TRUE;
}

static void
record (HearthEdit      *self,
        HearthChangeKind kind,
        const char      *id,
        HearthValue     *before,
        HearthValue     *after)
{
  HearthChange *change;
  char *name;

  if (before == after || (before == NULL && after == NULL))
    return;
  change = hearth_change_new (kind, id, -1, before, after);
  _hearth_graph_apply_one (self->graph, change);
  g_ptr_array_add (self->pending, change);

  name = g_strdup_printf ("%d:%s", kind, change->id);
  if (join_latest (self, name, change))
    {
      g_free (name);
      return;
    }
  change = _hearth_change_copy (change);
  g_ptr_array_add (self->changes, change);
  g_hash_table_replace (self->latest, name, change);
}

void
_hearth_edit_absorb (HearthEdit *self,
                     HearthEdit *later)
{
  for (guint i = 0; i < later->changes->len; i++)
    {
      HearthChange *change = g_ptr_array_index (later->changes, i);
      char *name = g_strdup_printf ("%d:%s", change->kind, change->id);

      if (join_latest (self, name, change))
        {
          g_free (name);
          continue;
        }
      change = _hearth_change_copy (change);
      g_ptr_array_add (self->changes, change);
      g_hash_table_replace (self->latest, name, change);
    }
}

void
_hearth_edit_set_node (HearthEdit  *self,
                       const char  *id,
                       HearthValue *after)
{
  HearthNode *node = hearth_graph_get_node (self->graph, id);

  record (self, HEARTH_CHANGE_NODE, id, node != NULL ? node->stored : NULL, after);
}

void
_hearth_edit_set_edge (HearthEdit  *self,
                       const char  *id,
                       HearthValue *after)
{
  HearthEdge *edge = hearth_graph_get_edge (self->graph, id);

  record (self, HEARTH_CHANGE_EDGE, id, edge != NULL ? edge->stored : NULL, after);
}

void
_hearth_edit_put (HearthEdit  *self,
                  const char  *key,
                  HearthValue *after)
{
  HearthValue *before = hearth_graph_get_property (self->graph, key);

  if (!says_the_same (before, after))
    record (self, HEARTH_CHANGE_PROPERTY, key, before, after);
}

void
_hearth_edit_set_member (HearthEdit  *self,
                         HearthNode  *node,
                         const char  *key,
                         HearthValue *value)
{
  g_autoptr (HearthValue) after = NULL;

  if (hearth_value_equal (hearth_value_get (node->stored, key), value))
    return;
  after = hearth_value_with (node->stored, key, value);
  _hearth_edit_set_node (self, node->id, after);
}

void
_hearth_edit_set_inner (HearthEdit  *self,
                        HearthNode  *node,
                        const char  *object_key,
                        const char  *key,
                        HearthValue *value)
{
  HearthValue *object = hearth_value_get_member_kind (node->stored, object_key, HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) after = NULL;

  if (hearth_value_equal (hearth_value_get (object, key), value))
    return;
  after = hearth_value_with (object, key, value);
  _hearth_edit_set_member (self, node, object_key, hearth_value_get_length (after) > 0 ? after : NULL);
}

void
hearth_edit_set_property (HearthEdit  *self,
                          const char  *key,
                          HearthValue *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (!g_str_equal (key, "nodes") && !g_str_equal (key, "edges"));

  _hearth_edit_put (self, key, value);
  _hearth_edit_announce (self);
}

/* hearth-edit-interface.c: verbs on the workflow's own inputs and outputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

static const char *
property_of (gboolean outputs)
{
  return outputs ? "interfaceOutputs" : "interfaceInputs";
}

static HearthValue *
get_interface (HearthEdit *self,
               gboolean    outputs)
{
  HearthValue *object = hearth_graph_get_property (self->graph, property_of (outputs));

  return hearth_value_is (object, OBJECT) ? object : NULL;
}

static gboolean
is_open (HearthValue *entry)
{
  return g_str_equal (hearth_value_get_member_string (entry, "dataFlowType", ""), "CONVERTIBLE_ANY");
}

static void
collect_entries (HearthBuilder *builder,
                 HearthValue   *object,
                 gboolean       open)
{
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      HearthValue *entry = hearth_value_member_at (object, i);

      if (is_open (entry) == open)
        hearth_builder_add (builder, hearth_value_key_at (object, i), hearth_value_ref (entry));
    }
}

/* Writes the interface; open slots come last (workflow-format.md 1.4). */
static void
put_interface (HearthEdit  *self,
               gboolean     outputs,
               HearthValue *object)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) sorted = NULL;

  collect_entries (&builder, object, FALSE);
  collect_entries (&builder, object, TRUE);
  sorted = hearth_builder_end_object (&builder);
  _hearth_edit_put (self, property_of (outputs), sorted);
}

/* --- adopting --------------------------------------------------------------------------- */

static HearthValue *
adopt_entry (HearthValue *old,
             const char  *key,
             HearthSlot  *other)
{
  HearthValue *old_config = hearth_value_get_member_kind (old, "config", HEARTH_VALUE_OBJECT);
  gboolean required = hearth_slot_is (other, REQUIRED);
  gboolean known = required || hearth_slot_is (other, OPTIONAL);
  g_autoptr (HearthValue) taken = NULL;
  HearthValue *min = hearth_value_get (other->config, "min");
  HearthValue *max = hearth_value_get (other->config, "max");

  taken = hearth_value_object ("key", hearth_value_string (key),
                               "displayName", hearth_value_string (other->name),
                               "dataFlowType", hearth_value_string (hearth_data_type_to_string (other->type)),
                               "matchCategories", hearth_value_strv ((const char *const *) other->categories),
                               "customDescription", hearth_value_string (other->description ? other->description : ""),
                               "config", hearth_value_overlay (old_config, other->config),
                               "min", hearth_value_ref_or_null (min),
                               "max", hearth_value_ref_or_null (max),
                               "required", known ? hearth_value_boolean (required) : NULL,
                               "isStream", hearth_slot_is (other, STREAM) ? hearth_value_boolean (TRUE) : NULL,
                               "allowDynamicType", hearth_value_boolean (TRUE),
                               NULL);
  return hearth_value_overlay (old, taken);
}

static gboolean
has_open (HearthValue *object)
{
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      if (is_open (hearth_value_member_at (object, i)))
        return TRUE;
    }
  return FALSE;
}

void
_hearth_edit_adopt (HearthEdit *self,
                    gboolean    outputs,
                    const char *key,
                    HearthSlot *other)
{
  HearthValue *object = get_interface (self, outputs);
  HearthValue *old = hearth_value_get (object, key);
  g_autoptr (HearthValue) entry = NULL;
  g_autoptr (HearthValue) changed = NULL;
  g_autoptr (HearthValue) open = NULL;
  g_autoptr (HearthValue) complete = NULL;
  g_autofree char *open_key = NULL;

  /* Two open slots may be joined; neither has anything to give, but both must be in the file. */
  if (other->type == HEARTH_DATA_CONVERTIBLE_ANY || other->type == HEARTH_DATA_WILDCARD)
    entry = old != NULL ? hearth_value_ref (old) : _hearth_interface_new_open (key);
  else
    entry = adopt_entry (old, key, other);
  changed = hearth_value_with (object, key, entry);
  if (has_open (changed))
    {
      put_interface (self, outputs, changed);
      return;
    }
  open_key = _hearth_interface_make_key (changed, outputs);
  open = _hearth_interface_new_open (open_key);
  complete = hearth_value_with (changed, open_key, open);
  put_interface (self, outputs, complete);
}

/* --- the verb ----------------------------------------------------------------------------- */

static void
note_edges (HearthEdit *self,
            HearthNode *node,
            gboolean    outputs,
            const char *key,
            GPtrArray  *ids)
{
  GPtrArray *edges = outputs ? hearth_graph_get_edges_in (self->graph, node->id)
                             : hearth_graph_get_edges_out (self->graph, node->id);

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (g_str_equal (outputs ? edge->target_handle : edge->source_handle, key))
        g_ptr_array_add (ids, g_strdup (edge->id));
    }
}

/* A removed slot takes its edges along, a re-typed one those that no longer fit. */
static void
settle_edges (HearthEdit *self,
              gboolean    outputs,
              const char *key,
              gboolean    removed)
{
  const char *type_id = outputs ? HEARTH_TYPE_ID_GROUP_OUTPUT : HEARTH_TYPE_ID_GROUP_INPUT;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->graph->nodes->len; i++)
    {
      HearthNode *node = g_ptr_array_index (self->graph->nodes, i);

      if (!g_str_equal (node->type_id, type_id))
        continue;
      if (removed)
        note_edges (self, node, outputs, key, ids);
      else
        _hearth_edit_drop_unfit (self, node);
    }
  _hearth_edit_drop_edges (self, ids);
}

void
hearth_edit_set_interface (HearthEdit  *self,
                           gboolean     outputs,
                           const char  *key,
                           HearthValue *entry)
{
  g_autoptr (HearthValue) object = NULL;
  g_autoptr (HearthValue) keyed = NULL;
  g_autofree char *key_copy = NULL; /* @key may be a text of the interface that is replaced */

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (entry == NULL || hearth_value_is (entry, OBJECT));

  if (entry != NULL)
    {
      g_autoptr (HearthValue) name = hearth_value_string (key);

      keyed = hearth_value_with (entry, "key", name);
    }
  key_copy = g_strdup (key);
  object = hearth_value_with (get_interface (self, outputs), key, keyed);
  put_interface (self, outputs, object);
  settle_edges (self, outputs, key_copy, entry == NULL);
  _hearth_edit_announce (self);
}

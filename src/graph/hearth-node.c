/* hearth-node.c: one node of a graph, a view of its stored JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

static const HearthShapeField node_fields[] = {
  { "id", HEARTH_SHAPE_STRING, TRUE },
  { "type", HEARTH_SHAPE_STRING, TRUE },
  { "position", HEARTH_SHAPE_OBJECT, FALSE },
  { "parentNode", HEARTH_SHAPE_STRING, FALSE },
  { "width", HEARTH_SHAPE_NUMBER, FALSE },
  { "height", HEARTH_SHAPE_NUMBER, FALSE },
  { "displayName", HEARTH_SHAPE_STRING, FALSE },
  { "customDescription", HEARTH_SHAPE_STRING, FALSE },
  { "customSlotDescriptions", HEARTH_SHAPE_OBJECT, FALSE },
  { "inputValues", HEARTH_SHAPE_OBJECT, FALSE },
  { "configValues", HEARTH_SHAPE_OBJECT, FALSE },
  { "inputConnectionOrders", HEARTH_SHAPE_OBJECT, FALSE },
  { "bypassed", HEARTH_SHAPE_BOOLEAN, FALSE },
  { 0 },
};

static const HearthShapeField position_fields[] = {
  { "x", HEARTH_SHAPE_NUMBER, TRUE },
  { "y", HEARTH_SHAPE_NUMBER, TRUE },
  { 0 },
};

gboolean
_hearth_node_check (HearthValue *stored,
                    const char  *place,
                    GError     **error)
{
  HearthValue *position;
  g_autofree char *at = NULL;

  if (!_hearth_shape_check (stored, HEARTH_SHAPE_OBJECT, place, error)
      || !_hearth_shape_check_fields (stored, node_fields, place, error)
      || !_hearth_shape_check_members (stored, "inputConnectionOrders", HEARTH_SHAPE_ARRAY, place, error))
    return FALSE;
  /* Payloads have no positions; half a position is a mistake. */
  position = hearth_value_get_member_kind (stored, "position", HEARTH_VALUE_OBJECT);
  if (position == NULL)
    return TRUE;
  at = g_strconcat (place, ".position", NULL);
  return _hearth_shape_check_fields (position, position_fields, at, error);
}

static const char *
get_text (HearthValue *stored,
          const char  *key)
{
  const char *text = hearth_value_get_member_string (stored, key, NULL);

  return text != NULL && *text != '\0' ? text : NULL;
}

void
_hearth_node_set_stored (HearthNode  *self,
                         HearthValue *stored)
{
  HearthValue *position = hearth_value_get (stored, "position");

  hearth_value_ref (stored);
  g_clear_pointer (&self->stored, hearth_value_unref);
  self->stored = stored;

  g_free (self->type_id);
  self->type_id = g_strdup (hearth_value_get_member_string (stored, "type", ""));
  self->x = hearth_value_get_member_double (position, "x", 0);
  self->y = hearth_value_get_member_double (position, "y", 0);
  self->width = hearth_value_get_member_double (stored, "width", 0);
  self->height = hearth_value_get_member_double (stored, "height", 0);
  self->parent = get_text (stored, "parentNode");
  self->name = get_text (stored, "displayName");
  self->inputs = hearth_value_get_member_kind (stored, "inputValues", HEARTH_VALUE_OBJECT);
  self->config = hearth_value_get_member_kind (stored, "configValues", HEARTH_VALUE_OBJECT);
  self->orders = hearth_value_get_member_kind (stored, "inputConnectionOrders", HEARTH_VALUE_OBJECT);
  self->bypassed = hearth_value_get_member_boolean (stored, "bypassed", FALSE);
}

HearthNode *
_hearth_node_new (const char  *id,
                  HearthValue *stored)
{
  HearthNode *self = g_new0 (HearthNode, 1);

  self->id = g_strdup (id);
  _hearth_node_set_stored (self, stored);
  return self;
}

void
_hearth_node_free (HearthNode *self)
{
  g_free (self->id);
  g_free (self->type_id);
  g_clear_pointer (&self->type, hearth_node_type_unref);
  g_clear_pointer (&self->stored, hearth_value_unref);
  g_free (self);
}

gboolean
hearth_node_is_frame (HearthNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return strcmp (self->type_id, HEARTH_TYPE_ID_FRAME) == 0 || strcmp (self->type_id, "group") == 0;
}

void
hearth_node_get_size (HearthNode *self,
                      double     *width,
                      double     *height)
{
  double fallback_width = 0;
  double fallback_height = 0;

  g_return_if_fail (self != NULL);

  if (hearth_node_is_frame (self))
    {
      fallback_width = HEARTH_FRAME_WIDTH;
      fallback_height = HEARTH_FRAME_HEIGHT;
    }
  else if (self->type != NULL)
    fallback_width = self->type->decl->width;

  if (width != NULL)
    *width = self->width > 0 ? self->width : fallback_width;
  if (height != NULL)
    *height = self->height > 0 ? self->height : fallback_height;
}

const char *
hearth_node_get_title (HearthNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->name != NULL)
    return self->name;
  if (self->type != NULL)
    return self->type->title;
  return *self->type_id != '\0' ? self->type_id : self->id;
}

static char *
read_reference (const char *text)
{
  const char *open, *close;

  if (text == NULL || *text == '\0')
    return NULL;
  /* The web frontend's list stores "name (id)"; the name may hold brackets of its own. */
  open = strrchr (text, '(');
  close = strrchr (text, ')');
  if (open != NULL && close != NULL && close > open + 1 && close[1] == '\0')
    return g_strndup (open + 1, close - open - 1);
  return g_strdup (text);
}

char *
hearth_node_dup_reference (HearthNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return read_reference (hearth_value_get_member_string (self->config, "referencedWorkflowId", NULL));
}

char **
hearth_node_list_tools (HearthNode *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  HearthValue *list;

  g_return_val_if_fail (self != NULL, NULL);

  list = hearth_value_get_member_kind (self->config, "toolWorkflows", HEARTH_VALUE_ARRAY);
  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      HearthValue *entry = hearth_value_at (list, i);
      g_autofree char *id = hearth_value_is (entry, STRING) ? read_reference (hearth_value_get_string (entry, NULL)) : NULL;

      if (id != NULL && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/* hearth-edge.c: one edge of a graph, a view of its stored JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

static const HearthShapeField edge_fields[] = {
  { "id", HEARTH_SHAPE_STRING, FALSE },
  { "source", HEARTH_SHAPE_STRING, TRUE },
  { "target", HEARTH_SHAPE_STRING, TRUE },
  { "sourceHandle", HEARTH_SHAPE_STRING, FALSE },
  { "targetHandle", HEARTH_SHAPE_STRING, FALSE },
  { 0 },
};

gboolean
_hearth_edge_check (HearthValue *stored,
                    const char  *place,
                    GError     **error)
{
  return _hearth_shape_check (stored, HEARTH_SHAPE_OBJECT, place, error)
         && _hearth_shape_check_fields (stored, edge_fields, place, error);
}

/* Only what printing the number would give: "01", "+1" and "-1" are plain text. */
static gboolean
parse_index (const char *text,
             int        *index)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return FALSE;
  if (text[0] == '0' && text[1] != '\0')
    return FALSE;
  *index = (int) number;
  return TRUE;
}

char *
hearth_handle_parse (const char *handle,
                     int        *index)
{
  const char *split;
  int number;

  g_return_val_if_fail (handle != NULL, NULL);

  if (index != NULL)
    *index = -1;
  split = strstr (handle, "__");
  if (split == NULL || split == handle || strstr (split + 2, "__") != NULL || !parse_index (split + 2, &number))
    return g_strdup (handle);
  if (index != NULL)
    *index = number;
  return g_strndup (handle, split - handle);
}

void
_hearth_edge_set_stored (HearthEdge  *self,
                         HearthValue *stored)
{
  hearth_value_ref (stored);
  g_clear_pointer (&self->stored, hearth_value_unref);
  self->stored = stored;

  g_free (self->source);
  self->source = g_strdup (hearth_value_get_member_string (stored, "source", ""));
  g_free (self->target);
  self->target = g_strdup (hearth_value_get_member_string (stored, "target", ""));
  g_free (self->source_handle);
  self->source_handle = g_strdup (hearth_value_get_member_string (stored, "sourceHandle", ""));
  g_free (self->target_handle);
  self->target_handle = g_strdup (hearth_value_get_member_string (stored, "targetHandle", ""));
  g_free (self->target_key);
  self->target_key = hearth_handle_parse (self->target_handle, &self->target_index);
}

HearthEdge *
_hearth_edge_new (const char  *id,
                  HearthValue *stored)
{
  HearthEdge *self = g_new0 (HearthEdge, 1);

  self->id = g_strdup (id);
  _hearth_edge_set_stored (self, stored);
  return self;
}

void
_hearth_edge_free (HearthEdge *self)
{
  g_free (self->id);
  g_free (self->source);
  g_free (self->target);
  g_free (self->source_handle);
  g_free (self->target_handle);
  g_free (self->target_key);
  g_clear_pointer (&self->stored, hearth_value_unref);
  g_free (self);
}

/* hearth-shape.c: is stored JSON of the right shape, and if not, where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"
#include "hearth-i18n.h"

static const char *
shape_name (HearthShape shape)
{
  switch (shape)
    {
    case HEARTH_SHAPE_STRING:
      return _("a string");
    case HEARTH_SHAPE_NUMBER:
      return _("a number");
    case HEARTH_SHAPE_BOOLEAN:
      return _("true or false");
    case HEARTH_SHAPE_OBJECT:
      return _("an object");
    case HEARTH_SHAPE_ARRAY:
      return _("a list");
    default:
      g_assert_not_reached ();
    }
}

static const char *
kind_name (HearthValue *value)
{
  if (value == NULL)
    return _("nothing");
  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_NULL:
      return _("null");
    case HEARTH_VALUE_BOOLEAN:
      return shape_name (HEARTH_SHAPE_BOOLEAN);
    case HEARTH_VALUE_STRING:
      return shape_name (HEARTH_SHAPE_STRING);
    case HEARTH_VALUE_ARRAY:
      return shape_name (HEARTH_SHAPE_ARRAY);
    case HEARTH_VALUE_OBJECT:
      return shape_name (HEARTH_SHAPE_OBJECT);
    case HEARTH_VALUE_INTEGER:
    case HEARTH_VALUE_DOUBLE:
    case HEARTH_VALUE_BIG_NUMBER:
    default:
      return shape_name (HEARTH_SHAPE_NUMBER);
    }
}

static gboolean
shape_fits (HearthValue *value,
            HearthShape  shape)
{
  switch (shape)
    {
    case HEARTH_SHAPE_STRING:
      return hearth_value_is (value, STRING);
    case HEARTH_SHAPE_NUMBER:
      return value != NULL && hearth_value_is_number (value);
    case HEARTH_SHAPE_BOOLEAN:
      return hearth_value_is (value, BOOLEAN);
    case HEARTH_SHAPE_OBJECT:
      return hearth_value_is (value, OBJECT);
    case HEARTH_SHAPE_ARRAY:
      return hearth_value_is (value, ARRAY);
    default:
      g_assert_not_reached ();
    }
}

gboolean
_hearth_shape_check (HearthValue *value,
                     HearthShape  shape,
                     const char  *place,
                     GError     **error)
{
  if (shape_fits (value, shape))
    return TRUE;
  /* Translators: a place in a file, what should be there, what is there:
   * "nodes[3].position.x: expected a number, found a string" */
  g_set_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_SHAPE, _("%s: expected %s, found %s"), place,
               shape_name (shape), kind_name (value));
  return FALSE;
}

static char *
join_place (const char *place,
            const char *key)
{
  return *place != '\0' ? g_strconcat (place, ".", key, NULL) : g_strdup (key);
}

gboolean
_hearth_shape_check_fields (HearthValue            *object,
                            const HearthShapeField *fields,
                            const char             *place,
                            GError                **error)
{
  for (; fields->key != NULL; fields++)
    {
      HearthValue *value = hearth_value_get (object, fields->key);
      g_autofree char *at = NULL;

      if (!fields->required && (value == NULL || hearth_value_is (value, NULL)))
        continue;
      if (shape_fits (value, fields->shape))
        continue;
      at = join_place (place, fields->key);
      return _hearth_shape_check (value, fields->shape, at, error);
    }
  return TRUE;
}

gboolean
_hearth_shape_check_members (HearthValue *parent,
                             const char  *key,
                             HearthShape  shape,
                             const char  *place,
                             GError     **error)
{
  HearthValue *object = hearth_value_get_member_kind (parent, key, HEARTH_VALUE_OBJECT);

  for (gsize i = 0; object != NULL && i < hearth_value_get_length (object); i++)
    {
      g_autofree char *at = NULL;

      if (shape_fits (hearth_value_member_at (object, i), shape))
        continue;
      at = join_place (place, key);
      return _hearth_shape_check_fields (object,
                                         (const HearthShapeField[]){ { hearth_value_key_at (object, i), shape, TRUE },
                                                                     { 0 } },
                                         at, error);
    }
  return TRUE;
}

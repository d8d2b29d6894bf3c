/* hearth-data-type.c: the data types a slot can have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-types.h"

static const char *const type_names[HEARTH_N_DATA_TYPES] = {
  [HEARTH_DATA_STRING] = "STRING",
  [HEARTH_DATA_INTEGER] = "INTEGER",
  [HEARTH_DATA_FLOAT] = "FLOAT",
  [HEARTH_DATA_BOOLEAN] = "BOOLEAN",
  [HEARTH_DATA_OBJECT] = "OBJECT",
  [HEARTH_DATA_ARRAY] = "ARRAY",
  [HEARTH_DATA_BINARY] = "BINARY",
  [HEARTH_DATA_WILDCARD] = "WILDCARD",
  [HEARTH_DATA_CONVERTIBLE_ANY] = "CONVERTIBLE_ANY",
};

const char *
hearth_data_type_to_string (HearthDataType type)
{
  g_return_val_if_fail ((guint) type < HEARTH_N_DATA_TYPES, "WILDCARD");

  return type_names[type];
}

gboolean
hearth_data_type_from_string (const char     *name,
                              HearthDataType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  for (guint i = 0; name != NULL && i < HEARTH_N_DATA_TYPES; i++)
    {
      if (strcmp (name, type_names[i]) == 0)
        {
          *type = i;
          return TRUE;
        }
    }
  *type = HEARTH_DATA_WILDCARD;
  return FALSE;
}

static HearthValue *
make_zero (HearthDataType type)
{
  switch (type)
    {
    case HEARTH_DATA_STRING:
      return hearth_value_string ("");
    case HEARTH_DATA_INTEGER:
    case HEARTH_DATA_FLOAT:
      return hearth_value_integer (0);
    case HEARTH_DATA_BOOLEAN:
      return hearth_value_boolean (FALSE);
    case HEARTH_DATA_OBJECT:
      return hearth_value_empty_object ();
    case HEARTH_DATA_ARRAY:
      return hearth_value_empty_array ();
    case HEARTH_DATA_BINARY:
    case HEARTH_DATA_WILDCARD:
    case HEARTH_DATA_CONVERTIBLE_ANY:
    default:
      return NULL;
    }
}

HearthValue *
hearth_data_type_get_zero (HearthDataType type)
{
  static HearthValue *zeros[HEARTH_N_DATA_TYPES];
  static gsize ready;

  g_return_val_if_fail ((guint) type < HEARTH_N_DATA_TYPES, NULL);

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < HEARTH_N_DATA_TYPES; i++)
        zeros[i] = make_zero (i);
      g_once_init_leave (&ready, 1);
    }
  return zeros[type];
}

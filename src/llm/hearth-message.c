/* hearth-message.c: chat messages and lists of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-message.h"

#include "hearth-json.h"

HearthValue *
hearth_message_new (const char *role,
                    const char *content)
{
  g_return_val_if_fail (role != NULL && content != NULL, NULL);

  return hearth_value_object ("role", hearth_value_string (role),
                              "content", hearth_value_string (content),
                              NULL);
}

gboolean
hearth_message_is_valid (const HearthValue *value)
{
  return hearth_value_is (value, OBJECT)
      && hearth_value_get (value, "role") != NULL
      && hearth_value_get (value, "content") != NULL;
}

gboolean
hearth_message_list_is_valid (const HearthValue *value)
{
  if (!hearth_value_is (value, ARRAY))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    if (!hearth_message_is_valid (hearth_value_at (value, i)))
      return FALSE;
  return TRUE;
}

static void
collect_parsed (HearthBuilder *list,
                HearthValue   *value)
{
  if (hearth_message_is_valid (value))
    hearth_builder_add (list, NULL, hearth_value_ref (value));
  else if (hearth_value_is (value, ARRAY))
    for (gsize i = 0; i < hearth_value_get_length (value); i++)
      if (hearth_message_is_valid (hearth_value_at (value, i)))
        hearth_builder_add (list, NULL, hearth_value_ref (hearth_value_at (value, i)));
}

gboolean
hearth_message_list_collect (HearthBuilder *list,
                             HearthValue   *value,
                             GError       **error)
{
  g_autoptr(HearthValue) parsed = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (list != NULL, FALSE);

  if (!hearth_value_is_truthy (value))
    return TRUE;
  if (!hearth_value_is (value, STRING))
    {
      collect_parsed (list, value);
      return TRUE;
    }
  text = hearth_value_get_string (value, &length);
  parsed = hearth_json_parse (text, length, error);
  if (parsed == NULL)
    return FALSE;
  collect_parsed (list, parsed);
  return TRUE;
}

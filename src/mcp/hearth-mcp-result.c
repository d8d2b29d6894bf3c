/* hearth-mcp-result.c: what a tool answers, as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-hub.h"

#include "hearth-json.h"
#include "hearth-i18n.h"

static void
append_part (GString    *text,
             HearthValue *part)
{
  const char *type = hearth_value_get_member_string (part, "type", "");
  HearthValue *resource = hearth_value_get (part, "resource");
  const char *said = hearth_value_get_member_string (part, "text", hearth_value_get_member_string (resource, "text", NULL));

  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (said != NULL)
    g_string_append (text, said);
  else
    g_string_append_printf (text, "[%s: %s]", type,
                            hearth_value_get_member_string (part, "uri",
                              hearth_value_get_member_string (resource, "uri",
                                hearth_value_get_member_string (part, "mimeType", "?"))));
}

char *
hearth_mcp_result_dup_text (HearthValue *result)
{
  HearthValue *content;
  HearthValue *structured;
  GString *text;

  g_return_val_if_fail (result != NULL, NULL);

  content = hearth_value_get_member_kind (result, "content", HEARTH_VALUE_ARRAY);
  structured = hearth_value_get (result, "structuredContent");
  text = g_string_new (NULL);
  for (gsize i = 0; content != NULL && i < hearth_value_get_length (content); i++)
    append_part (text, hearth_value_at (content, i));
  if (text->len == 0 && structured != NULL)
    hearth_json_append (text, structured);
  return g_string_free (text, FALSE);
}

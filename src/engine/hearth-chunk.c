/* hearth-chunk.c: the elements of a stream (ChunkPayload, nodes.md 4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-step.h"

HearthValue *
hearth_chunk_new (const char  *type,
                  HearthValue *content)
{
  g_return_val_if_fail (type != NULL, NULL);

  return hearth_value_object ("type", hearth_value_string (type), "content", content, NULL);
}

HearthValue *
hearth_chunk_new_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return hearth_chunk_new ("text_chunk", hearth_value_string (text));
}

HearthValue *
hearth_chunk_new_error (const char *message)
{
  g_return_val_if_fail (message != NULL, NULL);

  return hearth_chunk_new ("error_chunk", hearth_value_string (message));
}

HearthValue *
hearth_chunk_new_finish (const char *reason)
{
  g_return_val_if_fail (reason != NULL, NULL);

  return hearth_chunk_new ("finish_reason_chunk", hearth_value_string (reason));
}

gboolean
hearth_chunk_is (HearthValue *chunk,
                 const char  *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return g_strcmp0 (hearth_value_get_member_string (chunk, "type", NULL), type) == 0;
}

const char *
hearth_chunk_get_text (HearthValue *chunk)
{
  if (!hearth_chunk_is (chunk, "text_chunk"))
    return NULL;

  return hearth_value_get_member_string (chunk, "content", NULL);
}

char *
hearth_chunk_dup_error (HearthValue *chunk)
{
  HearthValue *content = hearth_value_get (chunk, "content");
  const char *message = NULL;

  if (hearth_value_is (content, STRING))
    message = hearth_value_get_string (content, NULL);
  else
    message = hearth_value_get_member_string (content, "message", NULL);

  return g_strdup (message ? message : "Node yielded an error chunk.");
}

/* hearth-pack-output.c: what a program says, line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include "hearth-json.h"
#include "hearth-i18n.h"

static HearthValue *
fail (const char *message,
      GError    **error)
{
  _hearth_pack_fail (error, message);
  return NULL;
}

/* Text is a text chunk; whatever else stays what it is. */
static HearthValue *
read_chunk (HearthValue *line,
            const char  *stream,
            GError     **error)
{
  HearthValue *chunk = hearth_value_get (line, "chunk");
  const char *key = hearth_value_get_member_string (line, "output", stream);

  if (stream == NULL)
    return fail (_("The program sends chunks, but none of the node's outputs is a stream."), error);
  if (!g_str_equal (key, stream))
    return fail (_("The program sends chunks to an output that is not the node's stream."), error);
  if (hearth_value_is (chunk, STRING))
    return hearth_chunk_new_text (hearth_value_get_string (chunk, NULL));
  return hearth_chunk_new ("custom", hearth_value_ref (chunk));
}

static HearthValue *
read_text (HearthValue *value)
{
  g_autofree char *text = hearth_value_to_text (value);

  return hearth_value_string (text);
}

static HearthValue *
read_members (HearthValue        *line,
              const char         *stream,
              HearthPackLineKind *kind,
              GError            **error)
{
  HearthValue *value;

  if (hearth_value_get (line, "chunk") != NULL)
    {
      *kind = HEARTH_PACK_LINE_CHUNK;
      return read_chunk (line, stream, error);
    }
  if ((value = hearth_value_get_member_kind (line, "output", HEARTH_VALUE_OBJECT)) != NULL)
    {
      *kind = HEARTH_PACK_LINE_OUTPUT;
      return hearth_value_ref (value);
    }
  if ((value = hearth_value_get (line, "progress")) != NULL)
    {
      *kind = HEARTH_PACK_LINE_PROGRESS;
      return read_text (value);
    }
  if ((value = hearth_value_get_member_kind (line, "error", HEARTH_VALUE_STRING)) != NULL)
    {
      *kind = HEARTH_PACK_LINE_ERROR;
      return hearth_value_ref (value);
    }
  return fail (_("The program says something that is neither chunk, output, progress nor error."), error);
}

HearthValue *
_hearth_pack_read_line (const char         *line,
                        gsize               length,
                        const char         *stream,
                        HearthPackLineKind *kind,
                        GError            **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) value = hearth_json_parse (line, (gssize) length, &reason);
  g_autofree char *shown = NULL;
  g_autofree char *valid = NULL;

  if (hearth_value_is (value, OBJECT))
    return read_members (value, stream, kind, error);
  shown = g_strndup (line, MIN (length, 80));
  valid = g_utf8_make_valid (shown, -1);
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               _("The program says something that is not one JSON object in a line: %s"), valid);
  return NULL;
}

/* hearth-json-writer.c: values to JSON text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-number-private.h"
#include "hearth-utf8-private.h"
#include "hearth-value-private.h"

/* A container that has been opened, and its next child. */
typedef struct
{
  const HearthValue *container;
  gsize next;
} Level;

/* Writes straight into the memory of a GString, whose length is only right once it is flushed. */
typedef struct
{
  GString *out;
  char *at;
  char *limit;
  gboolean is_pretty;
  GArray *levels; /* not the machine's stack: values can be nested deeper than that is */
} HearthJsonWriter;

static void
writer_init (HearthJsonWriter *self,
             GString          *out,
             gboolean          is_pretty)
{
  self->out = out;
  self->at = out->str + out->len;
  self->limit = out->str + out->allocated_len - 1;
  self->is_pretty = is_pretty;
  self->levels = NULL;
}

static void
writer_flush (HearthJsonWriter *self)
{
  *self->at = '\0';
  self->out->len = (gsize) (self->at - self->out->str);
}

static inline void
reserve (HearthJsonWriter *self,
         gsize             n_bytes)
{
  gsize length;

  if (G_LIKELY ((gsize) (self->limit - self->at) >= n_bytes))
    return;
  writer_flush (self);
  length = self->out->len;
  g_string_set_size (self->out, length + n_bytes);
  self->at = self->out->str + length;
  self->limit = self->out->str + self->out->allocated_len - 1;
}

/* --- text --------------------------------------------------------------------------- */

static const char *
skip_plain (const char *at,
            const char *end)
{
  for (; end - at >= 8; at += 8)
    {
      guint64 marks = _hearth_mark_escaped (_hearth_load_bytes (at));

      if (marks != 0)
        return at + _hearth_lowest_mark (marks);
    }
  while (at < end && (guchar) *at >= 0x20 && *at != '"' && *at != '\\')
    at++;
  return at;
}

static void
write_escape (HearthJsonWriter *self,
              guchar            byte)
{
  static const char names[] = "btn\0fr"; /* from 8 on; there is none for 11 */
  static const char hex[] = "0123456789abcdef";
  char name = byte >= 8 && byte <= 13 ? names[byte - 8] : '\0';

  *self->at++ = '\\';
  if (byte == '"' || byte == '\\')
    *self->at++ = (char) byte;
  else if (name != '\0')
    *self->at++ = name;
  else
    {
      memcpy (self->at, "u00", 3);
      self->at[3] = hex[byte >> 4];
      self->at[4] = hex[byte & 15];
      self->at += 5;
    }
}

static void
write_string (HearthJsonWriter *self,
              const char       *text,
              gsize             length)
{
  const char *end = text + length;

  reserve (self, length + 3);
  *self->at++ = '"';
  for (;;)
    {
      const char *special = skip_plain (text, end);

      memcpy (self->at, text, (gsize) (special - text));
      self->at += special - text;
      if (special == end)
        break;
      text = special + 1;
      reserve (self, (gsize) (end - text) + 8);
      write_escape (self, (guchar) *special);
    }
  *self->at++ = '"';
}

/* --- values ---------------------------------------------------------------------------- */

static void
write_bytes (HearthJsonWriter *self,
             const char       *bytes,
             gsize             length)
{
  reserve (self, length);
  memcpy (self->at, bytes, length);
  self->at += length;
}

static void
write_number (HearthJsonWriter  *self,
              const HearthValue *value)
{
  reserve (self, HEARTH_NUMBER_TEXT_SIZE);
  if (value->kind == HEARTH_VALUE_INTEGER)
    self->at += _hearth_json_write_integer (self->at, value->integer);
  else
    self->at += _hearth_json_write_double (self->at, value->number);
}

/* Everything that has no children. */
static void
write_leaf (HearthJsonWriter  *self,
            const HearthValue *value)
{
  switch ((HearthValueKind) value->kind)
    {
    case HEARTH_VALUE_NULL:
      return write_bytes (self, "null", 4);
    case HEARTH_VALUE_BOOLEAN:
      return value->integer ? write_bytes (self, "true", 4) : write_bytes (self, "false", 5);
    case HEARTH_VALUE_INTEGER:
    case HEARTH_VALUE_DOUBLE:
      return write_number (self, value);
    case HEARTH_VALUE_BIG_NUMBER:
      return write_bytes (self, _hearth_value_text (value), value->length);
    case HEARTH_VALUE_STRING:
      return write_string (self, _hearth_value_text (value), value->length);
    case HEARTH_VALUE_ARRAY:
      return write_bytes (self, "[]", 2);
    case HEARTH_VALUE_OBJECT:
      return write_bytes (self, "{}", 2);
    default:
      g_assert_not_reached ();
    }
}

static void
write_line_break (HearthJsonWriter *self)
{
  gsize indent = 2 * (gsize) self->levels->len;

  reserve (self, indent + 1);
  *self->at++ = '\n';
  memset (self->at, ' ', indent);
  self->at += indent;
}

static void
open_level (HearthJsonWriter  *self,
            const HearthValue *container)
{
  Level level = { container, 0 };

  if (self->levels == NULL)
    self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_append_val (self->levels, level);
  reserve (self, 1);
  *self->at++ = container->kind == HEARTH_VALUE_ARRAY ? '[' : '{';
}

static void
close_level (HearthJsonWriter *self)
{
  const HearthValue *container = g_array_index (self->levels, Level, self->levels->len - 1).container;

  g_array_set_size (self->levels, self->levels->len - 1);
  if (self->is_pretty)
    write_line_break (self);
  reserve (self, 1);
  *self->at++ = container->kind == HEARTH_VALUE_ARRAY ? ']' : '}';
}

/* Writes what stands before the next child of @level and returns the child. */
static const HearthValue *
begin_child (HearthJsonWriter *self,
             Level            *level)
{
  const HearthMember *member;

  reserve (self, 1);
  if (level->next > 0)
    *self->at++ = ',';
  if (self->is_pretty)
    write_line_break (self);
  if (level->container->kind == HEARTH_VALUE_ARRAY)
    return _hearth_value_elements (level->container)[level->next++];
  member = &_hearth_value_members (level->container)[level->next++];
  write_string (self, _hearth_value_text (member->key), member->key->length);
  reserve (self, 2);
  *self->at++ = ':';
  if (self->is_pretty)
    *self->at++ = ' ';
  return member->value;
}

static void
write_value (HearthJsonWriter  *self,
             const HearthValue *value)
{
  for (;;)
    {
      Level *level;

      if (hearth_value_get_length (value) > 0)
        open_level (self, value);
      else
        write_leaf (self, value);
      for (;;)
        {
          if (self->levels == NULL || self->levels->len == 0)
            return;
          level = &g_array_index (self->levels, Level, self->levels->len - 1);
          if (level->next < level->container->length)
            break;
          close_level (self);
        }
      value = begin_child (self, level);
    }
}

static void
append (GString           *out,
        const HearthValue *value,
        gboolean           is_pretty)
{
  HearthJsonWriter writer;

  writer_init (&writer, out, is_pretty);
  write_value (&writer, value);
  writer_flush (&writer);
  g_clear_pointer (&writer.levels, g_array_unref);
}

void
hearth_json_append (GString           *out,
                    const HearthValue *value)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (value != NULL);

  append (out, value, FALSE);
}

void
hearth_json_append_string (GString    *out,
                           const char *text,
                           gssize      length)
{
  HearthJsonWriter writer;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  writer_init (&writer, out, FALSE);
  write_string (&writer, text, length < 0 ? strlen (text) : (gsize) length);
  writer_flush (&writer);
}

void
hearth_json_append_double (GString *out,
                           double   number)
{
  char text[HEARTH_NUMBER_TEXT_SIZE];

  g_return_if_fail (out != NULL);

  if (isfinite (number))
    g_string_append_len (out, text, (gssize) _hearth_json_write_double (text, number));
  else
    g_string_append (out, "null");
}

char *
hearth_json_print (const HearthValue *value)
{
  GString *out;

  g_return_val_if_fail (value != NULL, NULL);

  out = g_string_new (NULL);
  append (out, value, FALSE);
  return g_string_free (out, FALSE);
}

char *
hearth_json_print_pretty (const HearthValue *value)
{
  GString *out;

  g_return_val_if_fail (value != NULL, NULL);

  out = g_string_new (NULL);
  append (out, value, TRUE);
  return g_string_free (out, FALSE);
}

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
  Level *levels; /* not the machine's stack: values can be nested deeper than that is */
  gsize n_levels;
  gsize levels_size;
} HearthJsonWriter;

/* Text is copied eight bytes at a time and may go so far beyond its end. */
#define OVERRUN 8

static void
writer_init (HearthJsonWriter *self,
             GString          *out,
             gboolean          is_pretty)
{
  *self = (HearthJsonWriter){
    .out = out,
    .at = out->str + out->len,
    .limit = out->str + out->allocated_len - 1,
    .is_pretty = is_pretty,
  };
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
  reserve (self, length + OVERRUN + 2);
  *self->at++ = '"';
  for (;;)
    {
      gsize step = MIN (length, 8);
      guint64 word = step == 8 ? _hearth_load_bytes (text) : _hearth_load_tail (text, step);
      guint64 marks = _hearth_mark_escaped (word);
      gsize n_plain = marks != 0 ? MIN (_hearth_lowest_mark (marks), step) : step;

      _hearth_store_bytes (self->at, word);
      self->at += n_plain;
      text += n_plain;
      length -= n_plain;
      if (length == 0)
        break;
      if (n_plain == step)
        continue;
      write_escape (self, (guchar) *text++);
      reserve (self, --length + OVERRUN + 2);
    }
  *self->at++ = '"';
}

static void
write_text (HearthJsonWriter  *self,
            const HearthValue *value)
{
  const char *text = _hearth_value_text (value);

  if (!value->is_plain)
    {
      write_string (self, text, value->length);
      return;
    }
  reserve (self, value->length + OVERRUN + 2);
  *self->at++ = '"';
  if (value->length < 64)
    for (gsize i = 0; i < value->length; i += 8)
      _hearth_store_bytes (self->at + i, _hearth_load_bytes (text + i));
  else
    memcpy (self->at, text, value->length);
  self->at += value->length;
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
      return write_text (self, value);
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
  gsize indent = 2 * self->n_levels;

  reserve (self, indent + 1);
  *self->at++ = '\n';
  memset (self->at, ' ', indent);
  self->at += indent;
}

static void
open_level (HearthJsonWriter  *self,
            const HearthValue *container)
{
  if (G_UNLIKELY (self->n_levels == self->levels_size))
    {
      self->levels_size = MAX (32, self->levels_size * 2);
      self->levels = g_renew (Level, self->levels, self->levels_size);
    }
  self->levels[self->n_levels++] = (Level){ container, 0 };
  reserve (self, 1);
  *self->at++ = container->kind == HEARTH_VALUE_ARRAY ? '[' : '{';
}

static void
close_level (HearthJsonWriter *self)
{
  const HearthValue *container = self->levels[--self->n_levels].container;

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
  write_text (self, member->key);
  reserve (self, 2);
  *self->at++ = ':';
  if (self->is_pretty)
    *self->at++ = ' ';
  return member->value;
}

/* Leaves the containers that are finished; NULL when none is left. */
static Level *
get_open_level (HearthJsonWriter *self)
{
  while (self->n_levels > 0)
    {
      Level *level = &self->levels[self->n_levels - 1];

      if (level->next < level->container->length)
        return level;
      close_level (self);
    }
  return NULL;
}

static void
write_value (HearthJsonWriter  *self,
             const HearthValue *value)
{
  for (;;)
    {
      Level *level;

      if (_hearth_value_has_children (value))
        open_level (self, value);
      else
        write_leaf (self, value);
      level = get_open_level (self);
      if (level == NULL)
        return;
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
  g_free (writer.levels);
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

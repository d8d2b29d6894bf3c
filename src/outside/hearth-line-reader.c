/* hearth-line-reader.c: pieces of a stream, cut anywhere, made whole again: server-sent events and JSON lines
 *
 * Lines end with ASCII, so they are found among bytes, and only whole ones are looked at as text: where the pieces
 * were cut cannot matter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-line-reader.h"

#include <string.h>

#include "hearth-outside.h"

#include "hearth-i18n.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _HearthLineReader
{
  HearthFraming framing;
  gsize max_bytes;
  HearthLineFunc func;
  gpointer user_data;

  GString *line;       /* what came of the line that is not over yet */
  gboolean begun;      /* the first line was read */
  gboolean skips_feed; /* the last byte was CR: an LF belongs to it */

  /* of the event that is not over yet */
  GString *name;
  GString *data; /* each line with its LF */
};

HearthLineReader *
hearth_line_reader_new (HearthFraming  framing,
                        gsize          max_bytes,
                        HearthLineFunc func,
                        gpointer       user_data)
{
  HearthLineReader *self;

  g_return_val_if_fail (max_bytes > 0, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (HearthLineReader, 1);
  self->framing = framing;
  self->max_bytes = max_bytes;
  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->name = g_string_new (NULL);
  self->data = g_string_new (NULL);
  return self;
}

void
hearth_line_reader_free (HearthLineReader *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->line, TRUE);
  g_string_free (self->name, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self);
}

/* The event or line goes to who asked. */
static gboolean
tell (HearthLineReader *self,
      const char       *name,
      const char       *data,
      gsize             length)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate_len (data, length, NULL))
    return self->func (name, data, length, self->user_data);
  valid = g_utf8_make_valid (data, (gssize) length);
  return self->func (name, valid, strlen (valid), self->user_data);
}

/* --- events -------------------------------------------------------------------------------------- */

/* The empty line: the event is whole. FALSE: stop, @self may be gone. */
static gboolean
end_event (HearthLineReader *self)
{
  g_autoptr (GString) name = self->name;
  g_autoptr (GString) data = self->data;
  g_autofree char *valid = NULL;

  self->name = g_string_new (NULL);
  self->data = g_string_new (NULL);
  if (data->len == 0)
    return TRUE;
  g_string_truncate (data, data->len - 1);
  valid = g_utf8_make_valid (name->str, (gssize) name->len);
  return tell (self, *valid != '\0' ? valid : "message", data->str, data->len);
}

static void
read_field (HearthLineReader *self,
            const char       *line,
            gsize             length)
{
  const char *colon = memchr (line, ':', length);
  gsize name_length = colon != NULL ? (gsize) (colon - line) : length;
  const char *value = line + name_length + (colon != NULL);
  gsize value_length = length - (gsize) (value - line);

  if (value_length > 0 && *value == ' ')
    {
      value++;
      value_length--;
    }
  if (name_length == 4 && memcmp (line, "data", 4) == 0)
    {
      g_string_append_len (self->data, value, (gssize) value_length);
      g_string_append_c (self->data, '\n');
    }
  else if (name_length == 5 && memcmp (line, "event", 5) == 0)
    {
      g_string_truncate (self->name, 0);
      g_string_append_len (self->name, value, (gssize) value_length);
    }
}

/* --- lines --------------------------------------------------------------------------------------- */

/* FALSE: stop, @self may be gone. */
static gboolean
end_line (HearthLineReader *self)
{
  g_autoptr (GString) line = self->line;
  const char *text = line->str;
  gsize length = line->len;

  self->line = g_string_new (NULL);
  if (!self->begun && length >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  self->begun = TRUE;
  if (self->framing == HEARTH_FRAMING_EVENTS)
    {
      if (length == 0)
        return end_event (self);
      read_field (self, text, length);
      return TRUE;
    }
  if (length > 0 && text[length - 1] == '\r')
    {
      g_string_truncate (line, line->len - 1);
      length--;
    }
  return length == 0 || tell (self, "", text, length);
}

/* The first byte that ends a line, or NULL. */
static const char *
find_end (HearthLineReader *self,
          const char       *bytes,
          gsize             length)
{
  const char *feed = memchr (bytes, '\n', length);
  const char *carriage;

  if (self->framing == HEARTH_FRAMING_LINES)
    return feed;
  carriage = memchr (bytes, '\r', feed != NULL ? (gsize) (feed - bytes) : length);
  return carriage != NULL ? carriage : feed;
}

static gboolean
take (HearthLineReader *self,
      const char       *bytes,
      gsize             length,
      GError          **error)
{
  if (length <= self->max_bytes && self->line->len + self->data->len <= self->max_bytes - length)
    {
      g_string_append_len (self->line, bytes, (gssize) length);
      return TRUE;
    }
  g_set_error (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE,
               _("One piece of the answer is larger than %u KiB, more than any that is read. Ask for less at once."),
               (guint) (self->max_bytes >> 10));
  return FALSE;
}

gboolean
hearth_line_reader_feed (HearthLineReader *self,
                         const char       *bytes,
                         gsize             length,
                         GError          **error)
{
  const char *end = bytes + length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  while (bytes < end)
    {
      const char *stop;

      if (self->skips_feed && *bytes == '\n')
        bytes++;
      self->skips_feed = FALSE;
      if (bytes == end)
        break;
      stop = find_end (self, bytes, (gsize) (end - bytes));
      if (!take (self, bytes, (gsize) ((stop != NULL ? stop : end) - bytes), error))
        return FALSE;
      if (stop == NULL)
        break;
      self->skips_feed = *stop == '\r';
      if (!end_line (self))
        return TRUE;
      bytes = stop + 1;
    }
  return TRUE;
}

gboolean
hearth_line_reader_end (HearthLineReader *self,
                        GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->framing == HEARTH_FRAMING_LINES && self->line->len > 0)
    (void) end_line (self);
  return TRUE;
}

/* hearth-line-buffer.c: what was read of a pipe and is not told yet, line by line
 *
 * Unlike a HearthLineReader it gives a line when it is asked for one, so that who reads can stop between two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-program-private.h"

void
_hearth_line_buffer_init (HearthLineBuffer *self,
                          gsize             max_line)
{
  *self = (HearthLineBuffer) { .bytes = g_byte_array_new (), .max_line = max_line };
}

void
_hearth_line_buffer_clear (HearthLineBuffer *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

void
_hearth_line_buffer_append (HearthLineBuffer *self,
                            const guint8     *bytes,
                            gsize             length)
{
  g_byte_array_remove_range (self->bytes, 0, (guint) self->taken);
  self->searched -= self->taken;
  self->taken = 0;
  g_byte_array_append (self->bytes, bytes, (guint) length);
}

/* With its end, or without when it has none. */
static gsize
find_end (HearthLineBuffer *self)
{
  const guint8 *data = self->bytes->data;
  const guint8 *end = self->searched < self->bytes->len ? memchr (data + self->searched, '\n', self->bytes->len - self->searched) : NULL;

  self->searched = end != NULL ? (gsize) (end - data) + 1 : self->bytes->len;
  return self->searched - self->taken;
}

static char *
dup_line (const char *text,
          gsize       length)
{
  if (length > 0 && text[length - 1] == '\r')
    length--;
  return g_utf8_validate_len (text, length, NULL) ? g_strndup (text, length) : g_utf8_make_valid (text, (gssize) length);
}

char *
_hearth_line_buffer_take (HearthLineBuffer *self,
                          gboolean          is_over)
{
  while (self->taken < self->bytes->len)
    {
      const char *begin = (const char *) self->bytes->data + self->taken;
      gsize length = find_end (self);
      gboolean has_end = begin[length - 1] == '\n';
      g_autofree char *line = NULL;

      length -= has_end;
      self->is_full = length > self->max_line;
      if (self->is_full || (!has_end && !is_over))
        return NULL;
      self->taken = self->searched;
      line = dup_line (begin, length);
      if (*line != '\0')
        return g_steal_pointer (&line);
    }
  return NULL;
}

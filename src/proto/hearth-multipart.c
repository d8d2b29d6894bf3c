/* hearth-multipart.c: a form cut into its parts, whatever pieces it comes in (RFC 7578, RFC 2046)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-multipart-private.h"

#include <string.h>

#include "hearth-i18n.h"

/* Blanks between a boundary and the end of its line. */
#define MAX_PADDING 256

typedef enum
{
  STATE_CONTENT, /* of a part, or of what stands before the first one */
  STATE_MARK,    /* right behind a boundary */
  STATE_HEAD,
  STATE_END,
  STATE_FAILED,
} State;

struct _HearthMultipart
{
  const HearthMultipartReader *reader;
  gpointer user_data;
  char *delimiter; /* line break, two dashes, boundary */
  gsize delimiter_length;

  State state;
  gboolean in_part;
  guint n_parts;
  GByteArray *waiting; /* what has come and is not read yet */
  gsize at;            /* how much of it is read */
};

HearthMultipart *
hearth_multipart_new (const char                  *content_type,
                      const HearthMultipartReader *reader,
                      gpointer                     user_data,
                      GError                     **error)
{
  g_autofree char *boundary = NULL;
  HearthMultipart *self;

  g_return_val_if_fail (reader != NULL, NULL);

  boundary = _hearth_multipart_dup_boundary (content_type, error);
  if (boundary == NULL)
    return NULL;
  self = g_new0 (HearthMultipart, 1);
  self->reader = reader;
  self->user_data = user_data;
  self->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  self->delimiter_length = strlen (self->delimiter);
  self->waiting = g_byte_array_new ();
  /* The first boundary may be the very beginning, where no line break stands before it. */
  g_byte_array_append (self->waiting, (const guint8 *) "\r\n", 2);
  return self;
}

void
hearth_multipart_free (HearthMultipart *self)
{
  g_return_if_fail (self != NULL);

  g_byte_array_unref (self->waiting);
  g_free (self->delimiter);
  g_free (self);
}

static const char *
get_rest (HearthMultipart *self,
          gsize           *length)
{
  *length = self->waiting->len - self->at;
  return (const char *) self->waiting->data + self->at;
}

/* --- steps: FALSE: more has to come first, or an error is set ------------------- */

static gboolean
tell_content (HearthMultipart *self,
              const char      *bytes,
              gsize            length,
              GError         **error)
{
  return !self->in_part || length == 0 || self->reader->more (bytes, length, self->user_data, error);
}

static gboolean
end_part (HearthMultipart *self,
          GError         **error)
{
  gboolean was_in_part = self->in_part;

  self->in_part = FALSE;
  return !was_in_part || self->reader->end (self->user_data, error);
}

static gboolean
read_content (HearthMultipart *self,
              GError         **error)
{
  gsize length;
  const char *rest = get_rest (self, &length);
  const char *found = memmem (rest, length, self->delimiter, self->delimiter_length);
  gsize content = found != NULL ? (gsize) (found - rest)
                                /* What may be the beginning of a boundary waits. */
                                : length - MIN (length, self->delimiter_length - 1);

  if (!tell_content (self, rest, content, error))
    return FALSE;
  self->at += content;
  if (found == NULL)
    return FALSE;
  self->at += self->delimiter_length;
  self->state = STATE_MARK;
  return end_part (self, error);
}

static gboolean
read_mark (HearthMultipart *self,
           GError         **error)
{
  gsize length;
  const char *rest = get_rest (self, &length);
  gsize padding = 0;

  while (padding < length && (rest[padding] == ' ' || rest[padding] == '\t'))
    padding++;
  if (padding > MAX_PADDING)
    return _hearth_multipart_fail (error, _("a boundary is followed by too many blanks"));
  if (length - padding < 2)
    return FALSE;
  if (memcmp (rest, "--", 2) == 0)
    {
      self->state = STATE_END;
      return FALSE;
    }
  if (memcmp (rest + padding, "\r\n", 2) != 0)
    return _hearth_multipart_fail (error, _("a boundary is not alone on its line"));
  /* The line break stays: it may be half of the empty line that ends a head. */
  self->at += padding;
  self->state = STATE_HEAD;
  return TRUE;
}

static gboolean
begin_part (HearthMultipart *self,
            const char      *head,
            gsize            length,
            GError         **error)
{
  g_auto (HearthPart) part = { NULL };

  if (++self->n_parts > HEARTH_MULTIPART_MAX_PARTS)
    return _hearth_multipart_fail (error, _("it has too many fields"));
  if (!_hearth_part_parse (&part, head, length, error))
    return FALSE;
  self->in_part = TRUE;
  self->state = STATE_CONTENT;
  return self->reader->begin (&part, self->user_data, error);
}

static gboolean
read_head (HearthMultipart *self,
           GError         **error)
{
  gsize length;
  const char *rest = get_rest (self, &length);
  const char *end = memmem (rest, MIN (length, HEARTH_MULTIPART_MAX_HEAD), "\r\n\r\n", 4);

  if (end == NULL && length >= HEARTH_MULTIPART_MAX_HEAD)
    return _hearth_multipart_fail (error, _("what stands before a field is too long"));
  if (end == NULL)
    return FALSE;
  self->at += (gsize) (end - rest) + 4;
  return begin_part (self, rest + 2, (gsize) (end - rest), error);
}

static gboolean
step (HearthMultipart *self,
      GError         **error)
{
  switch (self->state)
    {
    case STATE_CONTENT:
      return read_content (self, error);
    case STATE_MARK:
      return read_mark (self, error);
    case STATE_HEAD:
      return read_head (self, error);
    case STATE_END:
    case STATE_FAILED:
    default:
      self->at = self->waiting->len;
      return FALSE;
    }
}

/* --- feeding ---------------------------------------------------------------------------------- */

gboolean
hearth_multipart_feed (HearthMultipart *self,
                       const char      *bytes,
                       gsize            length,
                       GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  if (self->state == STATE_FAILED)
    return _hearth_multipart_fail (error, _("it went wrong before"));
  if (length > 0)
    g_byte_array_append (self->waiting, (const guint8 *) bytes, (guint) length);
  while (step (self, &local_error))
    ;
  g_byte_array_remove_range (self->waiting, 0, (guint) self->at);
  self->at = 0;
  if (local_error == NULL)
    return TRUE;
  self->state = STATE_FAILED;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
hearth_multipart_finish (HearthMultipart *self,
                         GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->state == STATE_END)
    return TRUE;
  self->state = STATE_FAILED;
  return _hearth_multipart_fail (error, _("it ends in the middle"));
}

/* hearth-take.c: one call that is being recorded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-outside-private.h"

typedef struct
{
  gint64 at_ms;
  gsize end; /* in the body */
} Piece;

struct _HearthTake
{
  HearthOpenTake open;
  HearthCassetteWriter *writer; /* borrowed; NULL: it was written */
  HearthSecret *secret;         /* or NULL */
  HearthValue *request;         /* its description */
  guint number;
  gint64 begin_us;

  guint status; /* 0: no head yet */
  gint64 head_ms;
  HearthValue *headers;
  GByteArray *body;
  GArray *pieces; /* of Piece */
};

static gint64
get_elapsed (HearthTake *self)
{
  return (g_get_monotonic_time () - self->begin_us) / 1000;
}

static void take_detach (HearthOpenTake *open);

HearthTake *
_hearth_take_new (HearthCassetteWriter *writer,
                  HearthSent           *sent,
                  guint                 number)
{
  HearthTake *self = g_new0 (HearthTake, 1);

  self->open.detach = take_detach;
  self->writer = writer;
  self->secret = sent->secret != NULL ? hearth_secret_ref (sent->secret) : NULL;
  self->request = _hearth_sent_describe (sent);
  self->number = number;
  self->begin_us = g_get_monotonic_time ();
  self->body = g_byte_array_new ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  _hearth_cassette_writer_expect (writer, &self->open);
  return self;
}

static void
take_free (HearthTake *self)
{
  g_clear_pointer (&self->secret, hearth_secret_unref);
  g_clear_pointer (&self->request, hearth_value_unref);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_byte_array_unref (self->body);
  g_array_unref (self->pieces);
  g_free (self);
}

void
_hearth_take_set_head (HearthTake  *self,
                       guint        status,
                       HearthValue *headers)
{
  self->status = status;
  self->headers = hearth_value_ref (headers);
  self->head_ms = get_elapsed (self);
}

void
_hearth_take_add_data (HearthTake *self,
                       const char *bytes,
                       gsize       length)
{
  Piece piece;

  g_byte_array_append (self->body, (const guint8 *) bytes, (guint) length);
  piece = (Piece) { get_elapsed (self), self->body->len };
  g_array_append_val (self->pieces, piece);
}

/* --- the line ------------------------------------------------------------------------------------ */

static char *
mask_string (HearthTake *self,
             const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text) + 1);
  _hearth_mask (bytes, self->secret);
  return (char *) g_byte_array_free (bytes, FALSE);
}

static HearthValue *
list_headers (HearthTake *self)
{
  g_auto (HearthBuilder) headers = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (self->headers); i++)
    {
      g_autofree char *masked = mask_string (self, hearth_value_get_string (hearth_value_member_at (self->headers, i), NULL));

      hearth_builder_add_string (&headers, hearth_value_key_at (self->headers, i), masked);
    }
  return hearth_builder_end_object (&headers);
}

/* Text, or {"base64": …} when the cut went through a character. */
static HearthValue *
piece_to_value (const char *bytes,
                gsize       length)
{
  g_autofree char *encoded = NULL;

  if (g_utf8_validate_len (bytes, length, NULL))
    return hearth_value_string_len (bytes, length);
  encoded = g_base64_encode ((const guchar *) bytes, length);
  return hearth_value_object ("base64", hearth_value_string (encoded), NULL);
}

/* [[milliseconds, piece], …] */
static HearthValue *
list_pieces (HearthTake *self)
{
  g_auto (HearthBuilder) pieces = HEARTH_BUILDER_INIT;
  gsize begin = 0;

  _hearth_mask (self->body, self->secret); /* as a whole: a key may have come in two pieces */
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);
      g_autoptr (HearthValue) at = hearth_value_integer (piece->at_ms);
      g_autoptr (HearthValue) content = piece_to_value ((const char *) self->body->data + begin, piece->end - begin);

      hearth_builder_add (&pieces, NULL, hearth_value_array ((HearthValue *[]) { at, content }, 2));
      begin = piece->end;
    }
  return hearth_builder_end_array (&pieces);
}

static HearthValue *
describe_error (HearthTake   *self,
                const GError *error)
{
  g_autofree char *message = mask_string (self, error->message);

  return _hearth_outside_error_describe ((HearthOutsideError) error->code, message);
}

static void
write_line (HearthTake   *self,
            gboolean      is_over,
            const GError *error)
{
  g_autofree char *hash = _hearth_description_hash (self->request);
  gboolean has_head = self->status != 0;
  g_autoptr (HearthValue) line = hearth_value_object (
      "number", hearth_value_integer (self->number), "hash", hearth_value_string (hash), "request", hearth_value_ref (self->request),
      "status", has_head ? hearth_value_integer (self->status) : NULL, "headMs", has_head ? hearth_value_integer (self->head_ms) : NULL,
      "headers", has_head ? list_headers (self) : NULL, "pieces", has_head ? list_pieces (self) : NULL,
      "error", error != NULL ? describe_error (self, error) : NULL,
      "endMs", is_over ? hearth_value_integer (get_elapsed (self)) : NULL, NULL);

  _hearth_cassette_writer_add (self->writer, line);
  _hearth_cassette_writer_forget (self->writer, &self->open);
  self->writer = NULL;
}

static void
take_detach (HearthOpenTake *open)
{
  write_line ((HearthTake *) open, FALSE, NULL);
}

void
_hearth_take_end (HearthTake   *self,
                  const GError *error)
{
  if (self->writer != NULL)
    write_line (self, TRUE, error);
  take_free (self);
}

/* Without "endMs": the replay, too, goes on until it is stopped. */
void
_hearth_take_break_off (HearthTake *self)
{
  if (self->writer != NULL)
    write_line (self, FALSE, NULL);
  take_free (self);
}

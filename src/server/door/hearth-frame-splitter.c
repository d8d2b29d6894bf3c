/* hearth-frame-splitter.c: large frames of a WebSocket, cut into small ones on their way to libsoup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is not as it should be passes as it is: libsoup knows what to say to it.
 */

#include "hearth-frame-splitter.h"

#include <string.h>

/* The first byte of a frame, and the second (RFC 6455 5.2). */
#define FIN 0x80
#define RESERVED 0x70
#define CONTROL 0x08
#define OPCODE 0x0f
#define MASKED 0x80
#define LENGTH 0x7f

#define CONTINUATION 0
#define TEXT 1
#define BINARY 2

#define LENGTH_OF_16_BITS 126
#define LENGTH_OF_64_BITS 127

#define MASK_LENGTH 4
#define MAX_HEAD 14

struct _HearthFrameSplitter
{
  guint8 head[MAX_HEAD]; /* as it came; of the frame that is being read */
  gsize head_length;

  guint8 next_head[MAX_HEAD]; /* of what is handed on */
  gsize next_length;
  gsize next_at;

  gboolean in_frame;
  gboolean is_split;
  guint8 opcode;  /* of the next piece */
  guint64 left;   /* of the payload, behind the piece that is being handed on */
  guint64 in_piece; /* of that piece */

  gboolean is_disguised; /* the message that is being read */
  gboolean was_text;

  guint64 max_message;
  guint64 room;      /* for the rest of that message */
  gboolean is_full;  /* it has ended early, and the rest is swallowed */
  guint64 swallowed; /* that much of this frame will be */
};

HearthFrameSplitter *
hearth_frame_splitter_new (guint64 max_message)
{
  HearthFrameSplitter *self = g_new0 (HearthFrameSplitter, 1);

  self->max_message = max_message;
  self->room = max_message + 1;
  return self;
}

void
hearth_frame_splitter_free (HearthFrameSplitter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self);
}

/* --- heads ---------------------------------------------------------------------------------------- */

static gsize
get_length_bytes (const guint8 *head)
{
  switch (head[1] & LENGTH)
    {
    case LENGTH_OF_16_BITS:
      return 2;
    case LENGTH_OF_64_BITS:
      return 8;
    default:
      return 0;
    }
}

/* As far as can be told from what there is of it. */
static gsize
get_head_length (HearthFrameSplitter *self)
{
  if (self->head_length < 2)
    return 2;
  return 2 + get_length_bytes (self->head) + ((self->head[1] & MASKED) ? MASK_LENGTH : 0);
}

static guint64
read_length (const guint8 *head)
{
  gsize n_bytes = get_length_bytes (head);
  guint64 length = 0;

  if (n_bytes == 0)
    return head[1] & LENGTH;
  for (gsize i = 0; i < n_bytes; i++)
    length = length << 8 | head[2 + i];
  return length;
}

static gboolean
is_data (HearthFrameSplitter *self)
{
  return (self->head[0] & CONTROL) == 0;
}

/* A length of 64 bits that needs no more than 16 is an error, which splitting would hide. */
static gboolean
is_to_be_split (HearthFrameSplitter *self,
                guint64              length)
{
  return is_data (self) && (self->head[0] & RESERVED) == 0 && (self->head[1] & MASKED) != 0
         && length > MIN (HEARTH_FRAME_SPLITTER_MAX, self->room)
         && ((self->head[1] & LENGTH) != LENGTH_OF_64_BITS || length > G_MAXUINT16);
}

static void
begin_message (HearthFrameSplitter *self)
{
  gboolean is_whole = (self->head[0] & FIN) != 0 && !self->is_split;

  self->is_full = FALSE;
  self->is_disguised = self->opcode == TEXT && !is_whole;
  if (self->is_disguised)
    self->opcode = BINARY;
}

static void
begin_frame (HearthFrameSplitter *self)
{
  self->in_frame = TRUE;
  self->left = read_length (self->head);
  self->opcode = self->head[0] & OPCODE;
  if (self->opcode == TEXT || self->opcode == BINARY)
    self->room = self->max_message + 1;
  self->is_split = is_to_be_split (self, self->left);
  if (self->opcode == TEXT || self->opcode == BINARY)
    begin_message (self);
}

/* Nothing of a message that is too large is gathered beyond what shows that it is. */
static void
end_early (HearthFrameSplitter *self)
{
  self->is_full = TRUE;
  self->was_text = self->is_disguised;
  self->swallowed = self->left;
  self->left = 0;
}

/* The pieces begin where the mask begins anew, so that it is the same for each. */
static void
begin_piece (HearthFrameSplitter *self)
{
  gsize mask_at = self->head_length - MASK_LENGTH;
  gboolean is_last;

  self->in_piece = MIN (self->left, MIN (HEARTH_FRAME_SPLITTER_MAX, self->room));
  self->left -= self->in_piece;
  self->room -= self->in_piece;
  is_last = self->left == 0 && (self->head[0] & FIN) != 0;
  if (self->room == 0 && !is_last)
    end_early (self);
  self->next_head[0] = (guint8) ((is_last || self->is_full ? FIN : 0) | self->opcode);
  self->next_length = 2;
  if (self->in_piece < LENGTH_OF_16_BITS)
    self->next_head[1] = (guint8) (MASKED | self->in_piece);
  else
    {
      self->next_head[1] = MASKED | LENGTH_OF_16_BITS;
      self->next_head[2] = (guint8) (self->in_piece >> 8);
      self->next_head[3] = (guint8) self->in_piece;
      self->next_length = 4;
    }
  memcpy (self->next_head + self->next_length, self->head + mask_at, MASK_LENGTH);
  self->next_length += MASK_LENGTH;
  self->next_at = 0;
  self->opcode = CONTINUATION;
}

static void
pass_frame (HearthFrameSplitter *self)
{
  memcpy (self->next_head, self->head, self->head_length);
  self->next_head[0] = (guint8) ((self->head[0] & ~OPCODE) | self->opcode);
  self->next_length = self->head_length;
  self->next_at = 0;
  self->in_piece = self->left;
  self->left = 0;
  if (is_data (self))
    self->room -= MIN (self->room, self->in_piece);
}

static void
swallow_frame (HearthFrameSplitter *self)
{
  self->swallowed = self->left;
  self->left = 0;
}

/* --- bytes ---------------------------------------------------------------------------------------- */

/* Returns how many bytes were taken; FALSE in *@is_complete: more are needed. */
static gsize
read_head (HearthFrameSplitter *self,
           const guint8        *in,
           gsize                length,
           gboolean            *is_complete)
{
  gsize taken = 0;

  while (self->head_length < get_head_length (self) && taken < length)
    self->head[self->head_length++] = in[taken++];
  *is_complete = self->head_length == get_head_length (self);
  if (!*is_complete)
    return taken;
  begin_frame (self);
  if (self->is_full && is_data (self))
    swallow_frame (self);
  else if (self->is_split)
    begin_piece (self);
  else
    pass_frame (self);
  return taken;
}

/* Returns whether a message has ended with it. */
static gboolean
end_frame (HearthFrameSplitter *self)
{
  gboolean is_last = is_data (self) && (self->head[0] & FIN) != 0;

  self->in_frame = FALSE;
  self->head_length = 0;
  if (is_last && !self->is_full)
    self->was_text = self->is_disguised;
  return is_last;
}

static gsize
copy_head (HearthFrameSplitter *self,
           guint8              *out,
           gsize                length)
{
  gsize n = MIN (self->next_length - self->next_at, length);

  memcpy (out, self->next_head + self->next_at, n);
  self->next_at += n;
  return n;
}

static gsize
copy_payload (HearthFrameSplitter *self,
              const guint8        *in,
              gsize                in_length,
              guint8              *out,
              gsize                out_length)
{
  gsize n = (gsize) MIN (self->in_piece, MIN (in_length, out_length));

  if (n > 0)
    memcpy (out, in, n);
  self->in_piece -= n;
  return n;
}

gboolean
hearth_frame_splitter_has_output (HearthFrameSplitter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->next_at < self->next_length;
}

/* Right away, and not when the next bytes are asked for: by then the message has been looked at. */
static gboolean
is_over (HearthFrameSplitter *self)
{
  return self->in_frame && !hearth_frame_splitter_has_output (self) && self->in_piece == 0 && self->swallowed == 0
         && self->left == 0;
}

gsize
hearth_frame_splitter_feed (HearthFrameSplitter *self,
                            const guint8        *in,
                            gsize               *in_length,
                            guint8              *out,
                            gsize                out_length)
{
  gsize taken = 0;
  gsize written = 0;
  gboolean has_more = TRUE;

  g_return_val_if_fail (self != NULL && in_length != NULL && out != NULL, 0);

  while (has_more && written < out_length)
    {
      if (!self->in_frame)
        taken += read_head (self, in + taken, *in_length - taken, &has_more);
      else if (hearth_frame_splitter_has_output (self))
        written += copy_head (self, out + written, out_length - written);
      else if (self->in_piece > 0)
        {
          gsize n = copy_payload (self, in + taken, *in_length - taken, out + written, out_length - written);

          taken += n;
          written += n;
          has_more = n > 0;
        }
      else if (self->swallowed > 0)
        {
          gsize n = (gsize) MIN (self->swallowed, *in_length - taken);

          taken += n;
          self->swallowed -= n;
          has_more = n > 0;
        }
      else if (self->left > 0)
        begin_piece (self);
      else
        has_more = !end_frame (self);
    }
  if (is_over (self))
    end_frame (self);
  *in_length = taken;
  return written;
}

gboolean
hearth_frame_splitter_was_text (HearthFrameSplitter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->was_text;
}

/* test-frame-splitter.c: whatever the pieces in which it comes, a message is the same behind the splitter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-frame-splitter.h"

#include <string.h>

#define TEXT 1
#define BINARY 2
#define CLOSE 8
#define PING 9

typedef struct
{
  guint8 opcode; /* of its first frame */
  gboolean was_text;
  GByteArray *payload;
} Message;

static void
message_free (Message *self)
{
  g_byte_array_unref (self->payload);
  g_free (self);
}

/* As a page would send it. */
static void
add_frame (GByteArray   *line,
           guint8        first,
           const guint8 *payload,
           gsize         length)
{
  gsize n_bytes = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;
  guint8 head[14] = { first, (guint8) (0x80 | (n_bytes == 0 ? length : n_bytes == 2 ? 126 : 127)) };
  guint32 mask = g_test_rand_int ();

  for (gsize i = 0; i < n_bytes; i++)
    head[2 + i] = (guint8) ((guint64) length >> (8 * (n_bytes - 1 - i)));
  memcpy (head + 2 + n_bytes, &mask, 4);
  g_byte_array_append (line, head, (guint) (6 + n_bytes));
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = payload[i] ^ head[2 + n_bytes + (i & 3)];

      g_byte_array_append (line, &byte, 1);
    }
}

/* --- the other side, as libsoup reads it -------------------------------------------------------------- */

typedef struct
{
  GByteArray *line;
  GPtrArray *messages; /* of Message: those that ended, control frames as well */
  Message *open;
  gsize longest;
} Reader;

static void
reader_clear (Reader *self)
{
  g_byte_array_unref (self->line);
  g_ptr_array_unref (self->messages);
  g_clear_pointer (&self->open, message_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gsize
read_length (const guint8 *head,
             gsize        *head_length)
{
  gsize n_bytes = (head[1] & 0x7f) == 126 ? 2 : (head[1] & 0x7f) == 127 ? 8 : 0;
  gsize length = n_bytes == 0 ? head[1] & 0x7f : 0;

  for (gsize i = 0; i < n_bytes; i++)
    length = length << 8 | head[2 + i];
  *head_length = 2 + n_bytes + 4;
  return length;
}

static Message *
message_new (guint8 opcode)
{
  Message *self = g_new0 (Message, 1);

  self->opcode = opcode;
  self->payload = g_byte_array_new ();
  return self;
}

/* FALSE: there is no whole frame. */
static gboolean
reader_take_frame (Reader              *self,
                   HearthFrameSplitter *splitter)
{
  guint8 *data = self->line->data;
  gsize head_length, length;
  guint8 opcode;
  Message *message;

  if (self->line->len < 14 && (self->line->len < 2 || self->line->len < 6 + ((data[1] & 0x7f) < 126 ? 0 : 8u)))
    return FALSE;
  length = read_length (data, &head_length);
  if (self->line->len < head_length + length)
    return FALSE;
  opcode = data[0] & 0x0f;
  if (opcode == 0)
    g_assert_nonnull (self->open);
  else if (opcode < CLOSE)
    {
      g_assert_null (self->open);
      self->open = message_new (opcode);
    }
  message = opcode < CLOSE ? self->open : message_new (opcode);
  self->longest = MAX (self->longest, length);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = data[head_length + i] ^ data[head_length - 4 + (i & 3)];

      g_byte_array_append (message->payload, &byte, 1);
    }
  if (data[0] & 0x80)
    {
      message->was_text = hearth_frame_splitter_was_text (splitter);
      g_ptr_array_add (self->messages, message);
      if (opcode < CLOSE)
        self->open = NULL;
    }
  g_byte_array_remove_range (self->line, 0, (guint) (head_length + length));
  return TRUE;
}

/* In pieces of at most @max_in and @max_out bytes, of any length. */
static void
carry (Reader           *reader,
       const GByteArray *line,
       gsize             max_in,
       gsize             max_out)
{
  g_autoptr (HearthFrameSplitter) splitter = hearth_frame_splitter_new (1 << 30);
  g_autofree guint8 *out = g_malloc (max_out);
  gsize at = 0;

  while (at < line->len || hearth_frame_splitter_has_output (splitter))
    {
      gsize wanted = (gsize) g_test_rand_int_range (1, (gint32) max_in + 1);
      gsize length = MIN (line->len - at, wanted); /* MIN looks twice */
      gsize n = hearth_frame_splitter_feed (splitter, line->data + at, &length, out,
                                            (gsize) g_test_rand_int_range (1, (gint32) max_out + 1));

      at += length;
      g_byte_array_append (reader->line, out, (guint) n);
      while (reader_take_frame (reader, splitter))
        ;
    }
  g_assert_cmpuint (reader->line->len, ==, 0);
}

static void
reader_open (Reader *self)
{
  self->line = g_byte_array_new ();
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) message_free);
}

static guint8 *
make_payload (gsize length)
{
  guint8 *payload = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    payload[i] = (guint8) (i * 7 + (i >> 8));
  return payload;
}

static void
check_message (Reader *reader,
               guint   index,
               guint8  opcode,
               gboolean was_text,
               gsize   length)
{
  Message *message = g_ptr_array_index (reader->messages, index);
  g_autofree guint8 *payload = make_payload (length);

  g_assert_cmpuint (message->opcode, ==, opcode);
  if (opcode < CLOSE)
    g_assert_cmpint (message->was_text, ==, was_text);
  g_assert_cmpmem (message->payload->data, message->payload->len, payload, length);
}

/* Lengths at the edges of all forms of a head. */
static void
test_lengths (void)
{
  static const gsize lengths[] = { 0,     1,     125,   126,   127,    1000,   32767,  32768,
                                   32769, 65535, 65536, 65537, 98304,  98305,  98309,  200000 };
  g_autoptr (GByteArray) line = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree guint8 *payload = make_payload (lengths[i]);

      add_frame (line, 0x80 | TEXT, payload, lengths[i]);
      add_frame (line, 0x80 | PING, payload, MIN (lengths[i], 125));
      add_frame (line, 0x80 | BINARY, payload, lengths[i]);
    }
  for (guint round = 0; round < 4; round++)
    {
      g_auto (Reader) reader = { 0 };

      reader_open (&reader);
      carry (&reader, line, round & 1 ? 65536 : 7, round & 2 ? 1024 : 5);
      g_assert_cmpuint (reader.longest, <=, HEARTH_FRAME_SPLITTER_MAX);
      g_assert_cmpuint (reader.messages->len, ==, 3 * G_N_ELEMENTS (lengths));
      for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
        {
          gboolean is_large = lengths[i] > HEARTH_FRAME_SPLITTER_MAX;

          check_message (&reader, 3 * i, is_large ? BINARY : TEXT, is_large, lengths[i]);
          check_message (&reader, 3 * i + 1, PING, FALSE, MIN (lengths[i], 125));
          check_message (&reader, 3 * i + 2, BINARY, FALSE, lengths[i]);
        }
    }
}

/* What a page split itself stays one message, with a ping in the middle of it. */
static void
test_fragments (void)
{
  g_autoptr (GByteArray) line = g_byte_array_new ();
  g_auto (Reader) reader = { 0 };
  g_autofree guint8 *payload = make_payload (100010);

  add_frame (line, TEXT, payload, 10);
  add_frame (line, 0x80 | PING, payload, 5);
  add_frame (line, 0, payload + 10, 90000);
  add_frame (line, 0x80, payload + 90010, 10000);
  add_frame (line, 0x80 | TEXT, payload, 20);
  add_frame (line, 0x80 | CLOSE, payload, 2);
  reader_open (&reader);
  carry (&reader, line, 4096, 1024);
  g_assert_cmpuint (reader.messages->len, ==, 4);
  check_message (&reader, 0, PING, FALSE, 5);
  check_message (&reader, 1, BINARY, TRUE, 100010);
  check_message (&reader, 2, TEXT, FALSE, 20);
  check_message (&reader, 3, CLOSE, FALSE, 2);
}

/* Of what is too large one byte too many gets through, however it is cut, and then its end; the next is whole again. */
static void
test_too_large (void)
{
  for (guint round = 0; round < 4; round++)
    {
      g_autoptr (GByteArray) line = g_byte_array_new ();
      g_autoptr (HearthFrameSplitter) splitter = hearth_frame_splitter_new (100000);
      g_auto (Reader) reader = { 0 };
      g_autofree guint8 *payload = make_payload (300000);
      gsize piece = round == 0 ? 300000 : round == 1 ? 100001 : round == 2 ? 1000 : 100;
      g_autofree guint8 *out = g_malloc (1 << 20);
      gsize taken = 0;

      for (gsize at = 0; at < 300000; at += piece)
        {
          gsize n = MIN (piece, 300000 - at);

          add_frame (line, (at + n == 300000 ? 0x80 : 0) | (at == 0 ? TEXT : 0), payload + at, n);
        }
      add_frame (line, 0x80 | PING, payload, 5);
      add_frame (line, 0x80 | TEXT, payload, 100000);
      reader_open (&reader);
      while (taken < line->len || hearth_frame_splitter_has_output (splitter))
        {
          gsize length = line->len - taken;
          gsize n = hearth_frame_splitter_feed (splitter, line->data + taken, &length, out, 1 << 20);

          taken += length;
          g_byte_array_append (reader.line, out, (guint) n);
          while (reader_take_frame (&reader, splitter))
            ;
        }
      g_assert_cmpuint (reader.messages->len, ==, 3);
      check_message (&reader, 0, BINARY, TRUE, 100001);
      check_message (&reader, 1, PING, FALSE, 5);
      check_message (&reader, 2, BINARY, TRUE, 100000);
    }
}

/* What is wrong gets through as it is, so that libsoup can refuse it. */
static void
test_wrong (void)
{
  static const guint8 unmasked[] = { 0x81, 2, 'h', 'i' };
  static const guint8 reserved[] = { 0xc1, 0x82, 0, 0, 0, 0, 'h', 'i' };
  static const guint8 too_wide[] = { 0x81, 0xff, 0, 0, 0, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 'h', 'i' };
  static const struct
  {
    const guint8 *bytes;
    gsize length;
  } lines[] = {
    { unmasked, sizeof unmasked },
    { reserved, sizeof reserved },
    { too_wide, sizeof too_wide },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (HearthFrameSplitter) splitter = hearth_frame_splitter_new (1 << 30);
      guint8 out[64];
      gsize taken = lines[i].length;
      gsize n = hearth_frame_splitter_feed (splitter, lines[i].bytes, &taken, out, sizeof out);

      g_assert_cmpuint (taken, ==, lines[i].length);
      g_assert_cmpmem (out, n, lines[i].bytes, lines[i].length);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-splitter/lengths", test_lengths);
  g_test_add_func ("/frame-splitter/fragments", test_fragments);
  g_test_add_func ("/frame-splitter/too-large", test_too_large);
  g_test_add_func ("/frame-splitter/wrong", test_wrong);
  return g_test_run ();
}

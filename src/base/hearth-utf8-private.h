/* hearth-utf8-private.h: walking along text eight bytes at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define HEARTH_EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* The first byte of the text lies lowest, on every machine. */
static inline guint64
_hearth_load_bytes (const char *at)
{
  guint64 word;

  memcpy (&word, at, sizeof word);
  return GUINT64_FROM_LE (word);
}

static inline void
_hearth_store_bytes (char    *at,
                     guint64  word)
{
  word = GUINT64_TO_LE (word);
  memcpy (at, &word, sizeof word);
}

/* The same for the last bytes of a text, less than eight: no byte behind them is touched, the
 * missing ones are 0. Overlapping reads need neither a loop nor a branch for each length. */
static inline guint64
_hearth_load_tail (const char *at,
                   gsize       length)
{
  const guchar *byte = (const guchar *) at;
  guint32 low, high;

  if (length >= 4)
    {
      memcpy (&low, at, sizeof low);
      memcpy (&high, at + length - 4, sizeof high);
      return GUINT32_FROM_LE (low) | (guint64) GUINT32_FROM_LE (high) << (8 * (length - 4));
    }
  if (length == 0)
    return 0;
  return byte[0] | (guint64) byte[length / 2] << (8 * (length / 2)) |
         (guint64) byte[length - 1] << (8 * (length - 1));
}

/* Marks by its top bit every byte of @word that a JSON text cannot carry as it is: control
 * characters, the quotation mark and the backslash. A mark above a true one may be false, the
 * lowest never is; a byte from 0x80 on is never marked. */
static inline guint64
_hearth_mark_escaped (guint64 word)
{
  guint64 quote = word ^ HEARTH_EACH_BYTE ('"');
  guint64 backslash = word ^ HEARTH_EACH_BYTE ('\\');
  guint64 marks = (word - HEARTH_EACH_BYTE (0x20)) | (quote - HEARTH_EACH_BYTE (1)) | (backslash - HEARTH_EACH_BYTE (1));

  return marks & ~word & HEARTH_EACH_BYTE (0x80);
}

static inline guint
_hearth_lowest_mark (guint64 marks)
{
  return (guint) __builtin_ctzll (marks) / 8;
}

static inline gboolean
_hearth_is_utf8_tail (guchar byte)
{
  return (byte & 0xc0) == 0x80;
}

/* How many bytes the character at @at has; 0 if it is not UTF-8 (RFC 3629) or cut off by @end. */
static inline guint
_hearth_utf8_length (const char *at,
                     const char *end)
{
  const guchar *byte = (const guchar *) at;
  gsize left = (gsize) (end - at);

  if (byte[0] < 0x80)
    return 1;
  if (byte[0] < 0xc2 || left < 2 || !_hearth_is_utf8_tail (byte[1]))
    return 0;
  if (byte[0] < 0xe0)
    return 2;
  if (left < 3 || !_hearth_is_utf8_tail (byte[2]))
    return 0;
  if (byte[0] < 0xf0) /* neither a longer form than needed nor half a surrogate pair */
    return (byte[0] == 0xe0 && byte[1] < 0xa0) || (byte[0] == 0xed && byte[1] > 0x9f) ? 0 : 3;
  if (byte[0] > 0xf4 || left < 4 || !_hearth_is_utf8_tail (byte[3]))
    return 0;
  return (byte[0] == 0xf0 && byte[1] < 0x90) || (byte[0] == 0xf4 && byte[1] > 0x8f) ? 0 : 4;
}

/* Unlike g_utf8_validate_len() this takes NUL as a character. */
static inline gboolean
_hearth_utf8_is_valid (const char *text,
                       gsize       length)
{
  const char *at = text;
  const char *end = text + length;

  while (at < end)
    {
      guint step;

      if (end - at >= 8 && (_hearth_load_bytes (at) & HEARTH_EACH_BYTE (0x80)) == 0)
        step = 8;
      else
        step = _hearth_utf8_length (at, end);
      if (step == 0)
        return FALSE;
      at += step;
    }
  return TRUE;
}

G_END_DECLS

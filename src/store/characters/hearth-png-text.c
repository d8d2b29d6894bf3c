/* hearth-png-text.c: reads and writes the text chunks of a PNG (ISO/IEC 15948, 11.3.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-png-text.h"

#include <string.h>

#include "hearth-data-dir.h"
#include "hearth-png-private.h"
#include "hearth-i18n.h"

#define MAX_KEYWORD 79
#define UNPACK_STEP 65536

static void
fail_unreadable (GError **error)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
               _("A text in the picture cannot be read: it is damaged, or packed in a way nobody uses."));
}

/* --- unpacking ----------------------------------------------------------------------- */

/* One step; FALSE at the end or with an error. */
static gboolean
unpack_more (GConverter   *converter,
             const guint8 *data,
             gsize         length,
             gsize        *used,
             GByteArray   *out,
             GError      **error)
{
  gsize before = out->len;
  gsize n_read = 0;
  gsize n_written = 0;
  GConverterResult result;

  g_byte_array_set_size (out, (guint) (before + UNPACK_STEP));
  result = g_converter_convert (converter, data + *used, length - *used, out->data + before, UNPACK_STEP,
                                G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
  g_byte_array_set_size (out, (guint) (before + n_written));
  *used += n_read;
  return result == G_CONVERTER_CONVERTED;
}

static GByteArray *
unpack (const guint8 *data,
        gsize         length,
        GError      **error)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) reason = NULL;
  gsize used = 0;

  while (out->len <= HEARTH_PNG_MAX_TEXT_BYTES && unpack_more (converter, data, length, &used, out, &reason))
    ;
  if (reason == NULL && out->len <= HEARTH_PNG_MAX_TEXT_BYTES)
    return g_steal_pointer (&out);
  fail_unreadable (error);
  return NULL;
}

/* --- decoding ------------------------------------------------------------------------- */

static char *
from_latin (const guint8 *text,
            gsize         length)
{
  g_autoptr (GString) out = g_string_sized_new (length);

  for (gsize i = 0; i < length && text[i] != '\0'; i++)
    if (text[i] < 0x80)
      g_string_append_c (out, (char) text[i]);
    else
      g_string_append_unichar (out, text[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
decode_text (const guint8 *text,
             gsize         length,
             gboolean      packed,
             gboolean      is_utf8,
             GError      **error)
{
  g_autoptr (GByteArray) unpacked = packed ? unpack (text, length, error) : NULL;

  if (packed && unpacked == NULL)
    return NULL;
  if (packed)
    {
      text = unpacked->data;
      length = unpacked->len;
    }
  if (!is_utf8)
    return from_latin (text, length);
  if (length == 0 || g_utf8_validate_len ((const char *) text, length, NULL))
    return g_strndup ((const char *) text, length);
  fail_unreadable (error);
  return NULL;
}

/* What follows the next NUL, or NULL. */
static const guint8 *
skip_text (const guint8 *at,
           const guint8 *end)
{
  const guint8 *nul = at != NULL ? memchr (at, 0, (gsize) (end - at)) : NULL;

  return nul != NULL ? nul + 1 : NULL;
}

/* flag, method, language, translated keyword, text */
static char *
decode_international (const guint8 *at,
                      const guint8 *end,
                      GError      **error)
{
  const guint8 *text = end - at >= 2 ? skip_text (skip_text (at + 2, end), end) : NULL;

  if (text != NULL && at[0] <= 1 && (at[0] == 0 || at[1] == 0))
    return decode_text (text, (gsize) (end - text), at[0] == 1, TRUE, error);
  fail_unreadable (error);
  return NULL;
}

static char *
decode_chunk (const char *type,
              GBytes     *data,
              GError    **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  const guint8 *end = bytes + length;
  const guint8 *at = skip_text (bytes, end); /* behind the keyword */

  if (at != NULL && g_str_equal (type, "iTXt"))
    return decode_international (at, end, error);
  if (at != NULL && g_str_equal (type, "tEXt"))
    return decode_text (at, (gsize) (end - at), FALSE, FALSE, error);
  if (at != NULL && at < end && *at == 0) /* the one method there is */
    return decode_text (at + 1, (gsize) (end - at - 1), TRUE, FALSE, error);
  fail_unreadable (error);
  return NULL;
}

/* --- finding --------------------------------------------------------------------------- */

static gboolean
is_text_chunk (const HearthPngChunk *chunk)
{
  return g_str_equal (chunk->type, "tEXt") || g_str_equal (chunk->type, "zTXt") || g_str_equal (chunk->type, "iTXt");
}

/* The place of its keyword among @keywords, or the number of them. */
static guint
rank_chunk (HearthPngReader      *reader,
            const HearthPngChunk *chunk,
            const char *const    *keywords)
{
  guint8 buffer[MAX_KEYWORD + 1];
  gsize length = is_text_chunk (chunk) ? _hearth_png_reader_peek (reader, chunk, buffer, sizeof buffer) : 0;
  gboolean has_keyword = length > 0 && memchr (buffer, 0, length) != NULL;

  for (guint i = 0; has_keyword && keywords[i] != NULL; i++)
    if (g_str_equal ((const char *) buffer, keywords[i]))
      return i;
  return g_strv_length ((char **) keywords);
}

static char *
read_text (HearthPngReader      *reader,
           const HearthPngChunk *chunk,
           GError              **error)
{
  g_autoptr (GBytes) data = _hearth_png_reader_read (reader, chunk, HEARTH_PNG_MAX_TEXT_BYTES, error);

  return data != NULL ? decode_chunk (chunk->type, data, error) : NULL;
}

static char *
find (HearthPngReader   *reader,
      const char *const *keywords,
      GError           **error)
{
  guint best = g_strv_length ((char **) keywords);
  g_autofree char *found = NULL;
  g_autoptr (GError) damage = NULL;
  HearthPngChunk chunk;

  while (best > 0 && _hearth_png_reader_next (reader, &chunk, damage == NULL ? &damage : NULL))
    {
      guint rank = rank_chunk (reader, &chunk, keywords);
      char *text = rank < best ? read_text (reader, &chunk, damage == NULL ? &damage : NULL) : NULL;

      if (text == NULL)
        continue;
      g_free (found);
      found = text;
      best = rank;
    }
  if (found == NULL && damage != NULL)
    g_propagate_error (error, g_steal_pointer (&damage));
  return g_steal_pointer (&found);
}

char *
hearth_png_text_find (GBytes            *png,
                      const char *const *keywords,
                      GError           **error)
{
  g_auto (HearthPngReader) reader = HEARTH_PNG_READER_INIT;

  g_return_val_if_fail (png != NULL, NULL);
  g_return_val_if_fail (keywords != NULL, NULL);

  return _hearth_png_reader_open_bytes (&reader, png, error) ? find (&reader, keywords, error) : NULL;
}

char *
hearth_png_text_find_in_file (const char        *path,
                              const char *const *keywords,
                              GError           **error)
{
  g_auto (HearthPngReader) reader = HEARTH_PNG_READER_INIT;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (keywords != NULL, NULL);

  return _hearth_png_reader_open (&reader, path, error) ? find (&reader, keywords, error) : NULL;
}

/* --- writing ----------------------------------------------------------------------------- */

static void
append_text (GByteArray *out,
             const char *keyword,
             const char *text)
{
  static const guint8 international[] = { 0, 0, 0, 0 }; /* not packed, no language, not translated */
  gboolean is_ascii = g_str_is_ascii (text);
  g_autoptr (GByteArray) data = g_byte_array_new ();

  g_byte_array_append (data, (const guint8 *) keyword, (guint) strlen (keyword) + 1);
  if (!is_ascii)
    g_byte_array_append (data, international, sizeof international);
  g_byte_array_append (data, (const guint8 *) text, (guint) strlen (text));
  _hearth_png_append_chunk (out, is_ascii ? "tEXt" : "iTXt", data->data, data->len);
}

GBytes *
hearth_png_text_replace (GBytes     *png,
                         const char *keyword,
                         const char *text,
                         GError    **error)
{
  const char *const keywords[] = { keyword, NULL };
  g_auto (HearthPngReader) reader = HEARTH_PNG_READER_INIT;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) reason = NULL;
  HearthPngChunk chunk;

  g_return_val_if_fail (png != NULL, NULL);
  g_return_val_if_fail (keyword != NULL && *keyword != '\0' && strlen (keyword) <= MAX_KEYWORD, NULL);
  g_return_val_if_fail (text != NULL && strlen (text) <= HEARTH_PNG_MAX_TEXT_BYTES, NULL);

  if (!_hearth_png_reader_open_bytes (&reader, png, error))
    return NULL;
  g_byte_array_append (out, reader.bytes, HEARTH_PNG_SIGNATURE_BYTES);
  while (_hearth_png_reader_next (&reader, &chunk, &reason))
    {
      if (g_str_equal (chunk.type, "IEND"))
        append_text (out, keyword, text);
      if (rank_chunk (&reader, &chunk, keywords) != 0)
        g_byte_array_append (out, reader.bytes + chunk.at - HEARTH_PNG_HEAD_BYTES,
                             HEARTH_PNG_HEAD_BYTES + chunk.length + HEARTH_PNG_CHECK_BYTES);
    }
  if (reason == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

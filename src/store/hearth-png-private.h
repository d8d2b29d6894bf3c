/* hearth-png-private.h: walking over the chunks of a PNG without reading the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is ISO/IEC 15948 (PNG, third edition), 5.3: eight bytes of signature, then chunks of length,
 * type, data and a check sum over type and data.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HEARTH_PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define HEARTH_PNG_SIGNATURE_BYTES 8
#define HEARTH_PNG_HEAD_BYTES 8
#define HEARTH_PNG_CHECK_BYTES 4

typedef struct
{
  char    type[5];
  goffset at;     /* of the data */
  guint32 length; /* of the data */
} HearthPngChunk;

/* On the stack. Reads from a file or from memory, a few bytes at a time. */
typedef struct
{
  int           fd;    /* or -1 */
  const guint8 *bytes; /* or NULL */
  goffset       length;
  goffset       next;
  guint         n_chunks;
} HearthPngReader;

#define HEARTH_PNG_READER_INIT { .fd = -1 }

gboolean  _hearth_png_reader_open       (HearthPngReader       *self,
                                         const char            *path,
                                         GError               **error);
/* @bytes must outlive the reader. */
gboolean  _hearth_png_reader_open_bytes (HearthPngReader       *self,
                                         GBytes                *bytes,
                                         GError               **error);
void      _hearth_png_reader_clear      (HearthPngReader       *self);
/* FALSE without an error behind the last chunk. */
gboolean  _hearth_png_reader_next       (HearthPngReader       *self,
                                         HearthPngChunk        *chunk,
                                         GError               **error);
/* The first bytes of its data, as many as there are and fit; unchecked. */
gsize     _hearth_png_reader_peek       (HearthPngReader       *self,
                                         const HearthPngChunk  *chunk,
                                         guint8                *buffer,
                                         gsize                  size);
/* All of its data, its check sum compared. */
GBytes   *_hearth_png_reader_read       (HearthPngReader       *self,
                                         const HearthPngChunk  *chunk,
                                         gsize                  max_bytes,
                                         GError               **error);
/* @type: four letters. */
void      _hearth_png_append_chunk      (GByteArray            *out,
                                         const char            *type,
                                         const guint8          *data,
                                         gsize                  length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthPngReader, _hearth_png_reader_clear)

G_END_DECLS

/* hearth-png-reader.c: walks over the chunks of a PNG
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-png-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-store-private.h"
#include "hearth-i18n.h"

/* A picture of 500 MiB as programs write it; a file of nothing but empty chunks ends here. */
#define MAX_CHUNKS 65536

static gboolean
fail_damaged (GError **error)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
               _("The picture is no whole PNG file. Save it as PNG again, or get a new copy."));
  return FALSE;
}

/* --- bytes ------------------------------------------------------------------------ */

static gboolean
read_at (HearthPngReader *self,
         goffset          at,
         guint8          *buffer,
         gsize            length)
{
  if (at < 0 || at > self->length || length > (guint64) (self->length - at))
    return FALSE;
  if (self->bytes != NULL)
    {
      memcpy (buffer, self->bytes + at, length);
      return TRUE;
    }
  while (length > 0)
    {
      gssize n = pread (self->fd, buffer, length, at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      buffer += n;
      at += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static guint32
get_number (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
put_number (guint8 *bytes,
            guint32 number)
{
  for (guint i = 0; i < 4; i++)
    bytes[i] = (guint8) (number >> (24 - 8 * i));
}

static guint32
get_remainder (guint8 byte)
{
  guint32 remainder = byte;

  for (guint bit = 0; bit < 8; bit++)
    remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? 0xedb88320u : 0);
  return remainder;
}

/* The check sum of annex D, begun with 0xffffffff and turned round at the end. */
static guint32
update_check (guint32       check,
              const guint8 *bytes,
              gsize         length)
{
  static guint32 remainders[256];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < 256; i++)
        remainders[i] = get_remainder ((guint8) i);
      g_once_init_leave (&ready, 1);
    }
  for (gsize i = 0; i < length; i++)
    check = (check >> 8) ^ remainders[(check ^ bytes[i]) & 0xff];
  return check;
}

static guint32
compute_check (const char   *type,
               const guint8 *data,
               gsize         length)
{
  return ~update_check (update_check (0xffffffffu, (const guint8 *) type, 4), data, length);
}

/* --- opening ---------------------------------------------------------------------- */

static gboolean
check_signature (HearthPngReader *self,
                 GError         **error)
{
  guint8 signature[HEARTH_PNG_SIGNATURE_BYTES];

  if (!read_at (self, 0, signature, sizeof signature)
      || memcmp (signature, HEARTH_PNG_SIGNATURE, sizeof signature) != 0)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                   _("The file is no PNG picture, whatever its name says."));
      return FALSE;
    }
  self->next = sizeof signature;
  return TRUE;
}

gboolean
_hearth_png_reader_open (HearthPngReader *self,
                         const char      *path,
                         GError         **error)
{
  struct stat info;

  /* Not held up by a pipe of that name. */
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    return _hearth_store_fail (error, path, errno);
  if (!S_ISREG (info.st_mode))
    return _hearth_store_fail (error, path, ENOENT);
  self->length = info.st_size;
  return check_signature (self, error);
}

gboolean
_hearth_png_reader_open_bytes (HearthPngReader *self,
                               GBytes          *bytes,
                               GError         **error)
{
  gsize length;

  self->bytes = g_bytes_get_data (bytes, &length);
  self->length = (goffset) length;
  return check_signature (self, error);
}

void
_hearth_png_reader_clear (HearthPngReader *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* --- chunks ------------------------------------------------------------------------- */

static gboolean
is_type (const guint8 *type)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isalpha (type[i]))
      return FALSE;
  return TRUE;
}

gboolean
_hearth_png_reader_next (HearthPngReader *self,
                         HearthPngChunk  *chunk,
                         GError         **error)
{
  guint8 head[HEARTH_PNG_HEAD_BYTES];

  if (self->next < 0)
    return FALSE;
  if (++self->n_chunks > MAX_CHUNKS || !read_at (self, self->next, head, sizeof head) || !is_type (head + 4))
    return fail_damaged (error);
  chunk->length = get_number (head);
  chunk->at = self->next + (goffset) sizeof head;
  memcpy (chunk->type, head + 4, 4);
  chunk->type[4] = '\0';
  if (chunk->length > G_MAXINT32 || chunk->at + chunk->length + HEARTH_PNG_CHECK_BYTES > self->length)
    return fail_damaged (error);
  /* What lies behind the end is no longer the picture. */
  self->next = g_str_equal (chunk->type, "IEND") ? -1 : chunk->at + chunk->length + HEARTH_PNG_CHECK_BYTES;
  return TRUE;
}

gsize
_hearth_png_reader_peek (HearthPngReader      *self,
                         const HearthPngChunk *chunk,
                         guint8               *buffer,
                         gsize                 size)
{
  gsize length = MIN (size, chunk->length);

  return read_at (self, chunk->at, buffer, length) ? length : 0;
}

GBytes *
_hearth_png_reader_read (HearthPngReader      *self,
                         const HearthPngChunk *chunk,
                         gsize                 max_bytes,
                         GError              **error)
{
  gsize length = (gsize) chunk->length + HEARTH_PNG_CHECK_BYTES;
  g_autofree guint8 *data = NULL;

  if (chunk->length > max_bytes)
    {
      g_autofree char *limit = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                   _("A text in the picture is larger than %s, the most that is read."), limit);
      return NULL;
    }
  data = g_malloc (length);
  if (!read_at (self, chunk->at, data, length)
      || compute_check (chunk->type, data, chunk->length) != get_number (data + chunk->length))
    {
      fail_damaged (error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), chunk->length);
}

void
_hearth_png_append_chunk (GByteArray   *out,
                          const char   *type,
                          const guint8 *data,
                          gsize         length)
{
  guint8 number[4];

  put_number (number, (guint32) length);
  g_byte_array_append (out, number, sizeof number);
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, data, (guint) length);
  put_number (number, compute_check (type, data, length));
  g_byte_array_append (out, number, sizeof number);
}

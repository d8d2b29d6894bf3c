/* hearth-spool-writer.c: a request body written to temporary files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-spool-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hearth-id.h"
#include "hearth-multipart.h"
#include "hearth-payload.h"
#include "hearth-spool-folder.h"

#include "hearth-i18n.h"

/* The disk is asked for room after so much. */
#define CHECK_EVERY (G_GUINT64_CONSTANT (16) << 20)

typedef struct
{
  HearthPart part;
  char *path;
  guint64 size;
} SpoolFile;

typedef struct
{
  char *name;
  GString *content;
} SpoolText;

struct _HearthSpoolWriter
{
  HearthMultipart *form; /* NULL: bytes */
  char *folder;
  char *type; /* of bytes */
  guint64 expected;
  gboolean begun;

  GPtrArray *files;  /* of SpoolFile */
  int fd;            /* of the last of them while it comes, or -1 */
  guint64 unchecked; /* written since the disk was asked */

  GPtrArray *texts; /* of SpoolText */
  gsize text_bytes;
};

static void
spool_file_free (gpointer data)
{
  SpoolFile *self = data;

  (void) g_unlink (self->path);
  g_free (self->part.name);
  g_free (self->part.filename);
  g_free (self->part.type);
  g_free (self->path);
  g_free (self);
}

static void
spool_text_free (gpointer data)
{
  SpoolText *self = data;

  g_free (self->name);
  g_string_free (self->content, TRUE);
  g_free (self);
}

/* --- files ---------------------------------------------------------------------------------------- */

static gboolean
begin_file (HearthSpoolWriter *self,
            const HearthPart  *part,
            GError           **error)
{
  g_autofree char *id = hearth_id_new_nano (16);
  g_autofree char *name = g_strconcat (HEARTH_SPOOL_PREFIX, id, NULL);
  SpoolFile *file = g_new0 (SpoolFile, 1);

  file->part.name = g_strdup (part->name);
  file->part.filename = g_strdup (part->filename);
  file->part.type = g_strdup (part->type);
  file->path = g_build_filename (self->folder, name, NULL);
  g_ptr_array_add (self->files, file);
  self->fd = open (file->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  return self->fd >= 0 || hearth_spool_folder_fail (error, errno);
}

/* Before @length bytes more go to @file. */
static gboolean
check_size (HearthSpoolWriter *self,
            SpoolFile         *file,
            gsize              length,
            GError           **error)
{
  file->size += length;
  self->unchecked += length;
  if (file->size > HEARTH_SPOOL_MAX_FILE)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_TOO_LARGE,
                           _("The file is too large: 4 GiB are the most that is taken."));
      return FALSE;
    }
  if (self->unchecked < CHECK_EVERY)
    return TRUE;
  self->unchecked = 0;
  return hearth_spool_folder_check_room (self->folder, length, error);
}

static gboolean
write_file (HearthSpoolWriter *self,
            const char        *bytes,
            gsize              length,
            GError           **error)
{
  SpoolFile *file = g_ptr_array_index (self->files, self->files->len - 1);

  if (!check_size (self, file, length, error))
    return FALSE;
  while (length > 0)
    {
      gssize n = write (self->fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return hearth_spool_folder_fail (error, errno);
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* On the disk before it gets a name that says it is whole. */
static gboolean
end_file (HearthSpoolWriter *self,
          GError           **error)
{
  int fd = self->fd;
  int code;

  self->fd = -1;
  code = fsync (fd) != 0 ? errno : 0;
  if (close (fd) != 0 && code == 0)
    code = errno;
  return code == 0 || hearth_spool_folder_fail (error, code);
}

/* --- fields of a form -------------------------------------------------------------------------------- */

static gboolean
begin_part (const HearthPart *part,
            gpointer          user_data,
            GError          **error)
{
  HearthSpoolWriter *self = user_data;
  SpoolText *text;

  if (part->filename != NULL)
    return begin_file (self, part, error);
  text = g_new0 (SpoolText, 1);
  text->name = g_strdup (part->name);
  text->content = g_string_new (NULL);
  g_ptr_array_add (self->texts, text);
  return TRUE;
}

static gboolean
more_of_part (const char *bytes,
              gsize       length,
              gpointer    user_data,
              GError    **error)
{
  HearthSpoolWriter *self = user_data;
  SpoolText *text;

  if (self->fd >= 0)
    return write_file (self, bytes, length, error);
  self->text_bytes += length;
  if (self->text_bytes > HEARTH_SPOOL_MAX_TEXT)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_TOO_LARGE,
                           _("The fields of the form are too large: 1 MiB is the most that is taken, but for files."));
      return FALSE;
    }
  text = g_ptr_array_index (self->texts, self->texts->len - 1);
  g_string_append_len (text->content, bytes, (gssize) length);
  return TRUE;
}

static gboolean
end_part (gpointer user_data,
          GError **error)
{
  HearthSpoolWriter *self = user_data;
  SpoolText *text;

  if (self->fd >= 0)
    return end_file (self, error);
  text = g_ptr_array_index (self->texts, self->texts->len - 1);
  if (g_utf8_validate (text->content->str, (gssize) text->content->len, NULL))
    return TRUE;
  g_set_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE, _("The field “%s” is not UTF-8."), text->name);
  return FALSE;
}

static const HearthMultipartReader reader = { begin_part, more_of_part, end_part };

/* --- the whole ---------------------------------------------------------------------------------------- */

HearthSpoolWriter *
hearth_spool_writer_new (HearthBodyKind kind,
                         const char    *content_type,
                         const char    *folder,
                         guint64        expected,
                         GError       **error)
{
  g_autoptr (HearthSpoolWriter) self = NULL;

  g_return_val_if_fail (kind == HEARTH_BODY_BYTES || kind == HEARTH_BODY_FORM, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  self = g_new0 (HearthSpoolWriter, 1);
  self->folder = g_strdup (folder);
  self->type = g_strdup (content_type);
  self->expected = expected;
  self->fd = -1;
  self->files = g_ptr_array_new_with_free_func (spool_file_free);
  self->texts = g_ptr_array_new_with_free_func (spool_text_free);
  if (kind == HEARTH_BODY_FORM)
    {
      self->form = hearth_multipart_new (content_type, &reader, self, error);
      if (self->form == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
hearth_spool_writer_free (HearthSpoolWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->form, hearth_multipart_free);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->texts);
  g_free (self->folder);
  g_free (self->type);
  g_free (self);
}

/* Bytes are one file, even when there are none. */
static gboolean
begin (HearthSpoolWriter *self,
       GError           **error)
{
  HearthPart part = { NULL, NULL, self->type };

  if (self->begun)
    return TRUE;
  if (!hearth_spool_folder_prepare (self->folder, error)
      || !hearth_spool_folder_check_room (self->folder, self->expected, error))
    return FALSE;
  self->begun = TRUE;
  return self->form != NULL || begin_file (self, &part, error);
}

gboolean
hearth_spool_writer_write (HearthSpoolWriter *self,
                           GBytes            *bytes,
                           GError           **error)
{
  const char *data;
  gsize length;

  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &length);
  if (!begin (self, error))
    return FALSE;
  return self->form != NULL ? hearth_multipart_feed (self->form, data, length, error)
                            : write_file (self, data, length, error);
}

static HearthValue *
file_to_json (const SpoolFile *file)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&out, "field", file->part.name);
  hearth_builder_add_string (&out, "name", file->part.filename);
  hearth_builder_add_string (&out, "path", file->path);
  hearth_builder_add (&out, "size", hearth_value_integer ((gint64) file->size));
  hearth_builder_add_string (&out, "type", file->part.type);
  return hearth_builder_end_object (&out);
}

static HearthValue *
form_to_json (HearthSpoolWriter *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (HearthBuilder) files = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  /* Nobody's text stands for our files. */
  g_hash_table_add (seen, (gpointer) "files");
  for (guint i = 0; i < self->texts->len; i++)
    {
      SpoolText *text = g_ptr_array_index (self->texts, i);

      if (g_hash_table_add (seen, text->name))
        hearth_builder_add (&out, text->name, hearth_value_string_len (text->content->str, text->content->len));
    }
  for (guint i = 0; i < self->files->len; i++)
    hearth_builder_add (&files, NULL, file_to_json (g_ptr_array_index (self->files, i)));
  hearth_builder_add (&out, "files", hearth_builder_end_array (&files));
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_spool_writer_end (HearthSpoolWriter *self,
                         GError           **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!begin (self, error))
    return NULL;
  if (self->form != NULL)
    return hearth_multipart_finish (self->form, error) ? form_to_json (self) : NULL;
  if (!end_file (self, error))
    return NULL;
  return hearth_value_object ("file", file_to_json (g_ptr_array_index (self->files, 0)), NULL);
}

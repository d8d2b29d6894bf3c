/* hearth-cassette-writer.c: a recording on its way to the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-outside-private.h"

#include "hearth-i18n.h"

struct _HearthCassetteWriter
{
  GThreadPool *pool; /* one thread: lines stay in their order */
  GPtrArray *takes;  /* of HearthOpenTake, borrowed */
  char *path;
  int fd;
  gint problem;      /* atomic: errno of the first write that failed, or 0 */
};

static void
write_cb (gpointer data,
          gpointer user_data)
{
  HearthCassetteWriter *self = user_data;
  g_autoptr (GBytes) line = data;
  gsize length;
  const char *at = g_bytes_get_data (line, &length);

  while (length > 0 && g_atomic_int_get (&self->problem) == 0)
    {
      ssize_t n = write (self->fd, at, length);

      if (n < 0 && errno != EINTR)
        g_atomic_int_set (&self->problem, errno);
      at += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
}

static gboolean
fail (const char *path,
      int         problem,
      GError    **error)
{
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (problem), _("The recording “%s” cannot be written: %s. Choose another place for it."), path,
               g_strerror (problem));
  return FALSE;
}

HearthCassetteWriter *
_hearth_cassette_writer_new (const char  *path,
                             HearthValue *head,
                             GError     **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  HearthCassetteWriter *self;

  if (fd < 0)
    {
      fail (path, errno, error);
      return NULL;
    }
  self = g_new0 (HearthCassetteWriter, 1);
  self->fd = fd;
  self->path = g_strdup (path);
  self->takes = g_ptr_array_new ();
  self->pool = g_thread_pool_new (write_cb, self, 1, FALSE, NULL);
  _hearth_cassette_writer_add (self, head);
  return self;
}

void
_hearth_cassette_writer_add (HearthCassetteWriter *self,
                             HearthValue          *line)
{
  GString *text = g_string_new (NULL);

  hearth_json_append (text, line);
  g_string_append_c (text, '\n');
  g_thread_pool_push (self->pool, g_string_free_to_bytes (text), NULL);
}

void
_hearth_cassette_writer_expect (HearthCassetteWriter *self,
                                HearthOpenTake       *take)
{
  g_ptr_array_add (self->takes, take);
}

void
_hearth_cassette_writer_forget (HearthCassetteWriter *self,
                                HearthOpenTake       *take)
{
  g_ptr_array_remove (self->takes, take);
}

void
_hearth_cassette_writer_detach (HearthCassetteWriter *self)
{
  while (self->takes->len > 0)
    {
      HearthOpenTake *take = self->takes->pdata[0];

      take->detach (take);
    }
}

gboolean
_hearth_cassette_writer_finish (HearthCassetteWriter *self,
                                GError              **error)
{
  int problem;
  gboolean written;

  g_assert (self->takes->len == 0);

  g_thread_pool_free (self->pool, FALSE, TRUE);
  problem = self->problem;
  if (close (self->fd) != 0 && problem == 0)
    problem = errno;
  written = problem == 0 || fail (self->path, problem, error);
  g_ptr_array_unref (self->takes);
  g_free (self->path);
  g_free (self);
  return written;
}

/* hearth-pipe-writer.c: lines on their way into a program's input
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "hearth-program-private.h"

struct _HearthPipeWriter
{
  int fd;          /* -1: not open yet, or closed */
  GQueue lines;    /* of GBytes */
  gsize written;   /* of the first */
  GSource *source; /* while there is something to write, or NULL */
  gboolean closed; /* what is added goes nowhere */
  gboolean ends;
};

HearthPipeWriter *
_hearth_pipe_writer_new (void)
{
  HearthPipeWriter *self = g_new0 (HearthPipeWriter, 1);

  self->fd = -1;
  g_queue_init (&self->lines);
  return self;
}

static void
stop_writing (HearthPipeWriter *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
close_pipe (HearthPipeWriter *self)
{
  stop_writing (self);
  g_queue_clear_full (&self->lines, (GDestroyNotify) g_bytes_unref);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->closed = TRUE;
}

void
_hearth_pipe_writer_free (HearthPipeWriter *self)
{
  close_pipe (self);
  g_free (self);
}

/* FALSE: the program does not read any more. */
static gboolean
write_some (HearthPipeWriter *self)
{
  gsize length;
  const char *line = g_bytes_get_data (g_queue_peek_head (&self->lines), &length);
  ssize_t n = write (self->fd, line + self->written, length - self->written);

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;
  self->written += (gsize) n;
  if (self->written == length)
    {
      g_bytes_unref (g_queue_pop_head (&self->lines));
      self->written = 0;
    }
  return TRUE;
}

static gboolean
writable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  HearthPipeWriter *self = user_data;

  if (!write_some (self) || (self->lines.length == 0 && self->ends))
    close_pipe (self);
  else if (self->lines.length == 0)
    stop_writing (self);
  return G_SOURCE_CONTINUE;
}

static void
begin_writing (HearthPipeWriter *self)
{
  if (self->fd < 0 || self->source != NULL)
    return;
  if (self->lines.length == 0)
    {
      if (self->ends)
        close_pipe (self);
      return;
    }
  self->source = g_unix_fd_source_new (self->fd, G_IO_OUT);
  g_source_set_static_name (self->source, "[hearth] input of a program");
  g_source_set_priority (self->source, HEARTH_OUTSIDE_PRIORITY);
  g_source_set_callback (self->source, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->source, NULL);
}

void
_hearth_pipe_writer_open (HearthPipeWriter *self,
                          int               fd)
{
  self->fd = fd;
  begin_writing (self);
}

void
_hearth_pipe_writer_add_line (HearthPipeWriter *self,
                              const char       *line)
{
  gsize length = strlen (line);
  char *text;

  if (self->closed)
    return;
  text = g_malloc (length + 1);
  memcpy (text, line, length);
  text[length] = '\n';
  g_queue_push_tail (&self->lines, g_bytes_new_take (text, length + 1));
  begin_writing (self);
}

void
_hearth_pipe_writer_end (HearthPipeWriter *self)
{
  self->ends = TRUE;
  begin_writing (self);
}

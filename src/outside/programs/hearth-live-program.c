/* hearth-live-program.c: one program that runs, read no faster than it is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-program-private.h"

#include "hearth-i18n.h"

#define READ_BYTES (32 * 1024)
#define LINES_PER_TURN 64

/* One of its two outputs. */
typedef struct
{
  int fd;          /* -1: not open yet, or over */
  GSource *source; /* while it is read */
} Reading;

/* Lives until nobody listens and the process has ended. */
typedef struct
{
  HearthProgram parent;
  grefcount ref_count;
  const HearthProgramEvents *events; /* NULL: nobody listens any more */
  gpointer user_data;
  gsize max_bytes;
  GHashTable *secrets;     /* or NULL */
  HearthProgramTake *take; /* while recording and listened to; or NULL */

  HearthProcess *process;  /* NULL: not started yet, or nobody listens any more */
  HearthPipeWriter *input; /* NULL: closed */
  Reading output;
  Reading complaint;
  HearthLineBuffer lines;  /* of its output */
  GByteArray *said;        /* the end of its standard error */
  gsize n_bytes;           /* of both */

  gboolean paused;
  GSource *turn;           /* lines are left for the next turn of the loop */
  gboolean ends_at_once;   /* when it was stopped before it was started */
  gboolean exited;
  gboolean deserted;       /* who still has its outputs open is no concern of ours */
  int status;              /* as of waitpid() */
} LiveProgram;

static LiveProgram *
program_ref (gpointer data)
{
  LiveProgram *self = data;

  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
close_reading (Reading *self)
{
  clear_source (&self->source);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
program_unref (gpointer data)
{
  LiveProgram *self = data;

  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->input, _hearth_pipe_writer_free);
  close_reading (&self->output);
  close_reading (&self->complaint);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  _hearth_line_buffer_clear (&self->lines);
  g_byte_array_unref (self->said);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiveProgram, program_unref)

/* --- nobody listens any more ---------------------------------------------------------------------------- */

/* The caller's reference goes; another must be held to look at @self again. One that is asked to end may have something to
 * say meanwhile: its outputs stay open. */
static void
stop_listening (LiveProgram *self,
                gboolean     at_once)
{
  self->events = NULL;
  g_clear_pointer (&self->take, _hearth_program_take_break_off);
  clear_source (&self->turn);
  clear_source (&self->output.source);
  clear_source (&self->complaint.source);
  g_clear_pointer (&self->input, _hearth_pipe_writer_free);
  self->ends_at_once = at_once;
  if (at_once)
    {
      close_reading (&self->output);
      close_reading (&self->complaint);
    }
  if (self->process != NULL)
    _hearth_process_end (g_steal_pointer (&self->process), at_once);
  program_unref (self);
}

/* Exactly one of the two. */
static void
tell_end (LiveProgram            *self,
          const HearthProgramEnd *end,
          const GError           *error)
{
  const HearthProgramEvents *events = self->events;
  gpointer user_data = self->user_data;

  if (self->take != NULL)
    _hearth_program_take_end (g_steal_pointer (&self->take), end, error);
  stop_listening (self, TRUE);
  events->ended (end, error, user_data);
}

static void
fail_too_large (LiveProgram *self,
                const char  *message)
{
  g_autoptr (GError) error = g_error_new_literal (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE, message);

  tell_end (self, NULL, error);
}

static void
tell_exit (LiveProgram *self)
{
  g_autofree char *complaint = _hearth_last_words_dup (self->said, self->secrets);
  HearthProgramEnd end = { WIFEXITED (self->status) ? WEXITSTATUS (self->status) : -1,
                           WIFSIGNALED (self->status) ? WTERMSIG (self->status) : 0, complaint };

  tell_end (self, &end, NULL);
}

/* --- lines ------------------------------------------------------------------------------------------------ */

static void read_on (LiveProgram *self);

static gboolean
turn_cb (gpointer data)
{
  g_autoptr (LiveProgram) self = program_ref (data);

  clear_source (&self->turn);
  read_on (self);
  return G_SOURCE_REMOVE;
}

static void
take_turn (LiveProgram *self)
{
  if (self->turn != NULL)
    return;
  self->turn = g_idle_source_new ();
  g_source_set_static_name (self->turn, "[hearth] lines of a program");
  g_source_set_priority (self->turn, HEARTH_OUTSIDE_PRIORITY);
  g_source_set_callback (self->turn, turn_cb, self, NULL);
  g_source_attach (self->turn, NULL);
}

static gboolean
can_tell (LiveProgram *self)
{
  return self->events != NULL && !self->paused && self->turn == NULL;
}

static void
tell_lines (LiveProgram *self)
{
  for (guint n = 0; can_tell (self); n++)
    {
      g_autofree char *line = NULL;

      if (n == LINES_PER_TURN)
        {
          take_turn (self);
          return;
        }
      line = _hearth_line_buffer_take (&self->lines, self->output.fd < 0);
      if (line == NULL)
        return;
      if (self->take != NULL)
        _hearth_program_take_add (self->take, TRUE, line, strlen (line));
      self->events->line (line, strlen (line), self->user_data);
    }
}

/* --- reading ----------------------------------------------------------------------------------------------- */

static void
read_some (LiveProgram *self,
           Reading     *reading)
{
  guint8 bytes[READ_BYTES];
  gssize n = read (reading->fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EINTR || (errno == EAGAIN && !self->deserted)))
    return;
  if (n <= 0)
    close_reading (reading);
  else if (reading == &self->output)
    _hearth_line_buffer_append (&self->lines, bytes, (gsize) n);
  else
    _hearth_last_words_add (self->said, bytes, (gsize) n);
  self->n_bytes += (gsize) MAX (n, 0);
  read_on (self);
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     data)
{
  g_autoptr (LiveProgram) self = program_ref (data);

  read_some (self, fd == self->output.fd ? &self->output : &self->complaint);
  return G_SOURCE_CONTINUE;
}

static void
watch (LiveProgram *self,
       Reading     *reading)
{
  if (reading->fd >= 0 && reading->source == NULL)
    {
      reading->source = g_unix_fd_source_new (reading->fd, G_IO_IN);
      g_source_set_static_name (reading->source, "[hearth] output of a program");
      g_source_set_priority (reading->source, HEARTH_OUTSIDE_PRIORITY);
      g_source_set_callback (reading->source, G_SOURCE_FUNC (readable_cb), self, NULL);
      g_source_attach (reading->source, NULL);
    }
  if (reading->source != NULL && self->deserted)
    g_source_set_ready_time (reading->source, 0); /* also when there is nothing to be read */
}

/* Tells what there is, then waits for more, or tells the end. */
static void
read_on (LiveProgram *self)
{
  if (self->max_bytes > 0 && self->n_bytes > self->max_bytes)
    {
      fail_too_large (self, _("The program says more than is read of one run."));
      return;
    }
  tell_lines (self);
  if (self->events != NULL)
    watch (self, &self->complaint);
  if (!can_tell (self))
    clear_source (&self->output.source);
  else if (self->lines.is_full)
    fail_too_large (self, _("The program says more in one line than is read."));
  else if (self->output.fd < 0 && self->complaint.fd < 0 && self->exited)
    tell_exit (self);
  else
    watch (self, &self->output);
}

/* --- it begins and ends --------------------------------------------------------------------------------------- */

static void
exited_cb (int      status,
           gpointer user_data)
{
  g_autoptr (LiveProgram) self = program_ref (user_data);

  self->exited = TRUE;
  self->status = status;
  read_on (self);
}

static void
deserted_cb (gpointer user_data)
{
  g_autoptr (LiveProgram) self = program_ref (user_data);

  self->deserted = TRUE;
  read_on (self);
}

static void
spawned_cb (const HearthChild *child,
            const GError      *error,
            gpointer           user_data)
{
  static const HearthProcessEvents events = { exited_cb, deserted_cb };
  g_autoptr (LiveProgram) self = user_data;

  if (error != NULL && self->events != NULL)
    tell_end (self, NULL, error);
  if (error != NULL)
    return;
  self->output.fd = child->output;
  self->complaint.fd = child->complaint;
  self->process = _hearth_process_new (child->pid, &events, program_ref (self), program_unref);
  if (self->events != NULL)
    {
      _hearth_pipe_writer_open (self->input, child->input);
      read_on (self);
      return;
    }
  close (child->input);
  _hearth_process_end (g_steal_pointer (&self->process), self->ends_at_once);
}

/* --- from outside ------------------------------------------------------------------------------------------------ */

static void
live_write (HearthProgram *program,
            const char    *line)
{
  LiveProgram *self = (LiveProgram *) program;

  if (self->take != NULL)
    _hearth_program_take_add (self->take, FALSE, line, strlen (line));
  _hearth_pipe_writer_add_line (self->input, line);
}

static void
live_pause (HearthProgram *program)
{
  LiveProgram *self = (LiveProgram *) program;

  self->paused = TRUE;
  clear_source (&self->output.source);
}

static void
live_resume (HearthProgram *program)
{
  LiveProgram *self = (LiveProgram *) program;

  self->paused = FALSE;
  if (self->process != NULL)
    take_turn (self);
}

static void
live_stop (HearthProgram *program,
           gboolean       at_once)
{
  stop_listening ((LiveProgram *) program, at_once);
}

HearthProgram *
_hearth_live_program_new (const HearthProgramRequest *request,
                          HearthProgramTake          *take,
                          const HearthProgramEvents  *events,
                          gpointer                    user_data)
{
  static const HearthProgramKind kind = { live_write, live_pause, live_resume, live_stop };
  LiveProgram *self = g_new0 (LiveProgram, 1);
  g_autofree char *input = request->input != NULL ? hearth_json_print (request->input) : NULL;

  self->parent.kind = &kind;
  g_ref_count_init (&self->ref_count);
  self->events = events;
  self->user_data = user_data;
  self->max_bytes = request->max_bytes;
  self->secrets = request->secrets != NULL ? g_hash_table_ref (request->secrets) : NULL;
  self->take = take;
  self->input = _hearth_pipe_writer_new ();
  self->output.fd = self->complaint.fd = -1;
  _hearth_line_buffer_init (&self->lines, request->max_line);
  self->said = g_byte_array_new ();
  if (input != NULL)
    {
      _hearth_pipe_writer_add_line (self->input, input);
      _hearth_pipe_writer_end (self->input);
    }
  _hearth_spawn (request, spawned_cb, program_ref (self));
  return &self->parent;
}

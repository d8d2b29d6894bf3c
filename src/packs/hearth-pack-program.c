/* hearth-pack-program.c: a pack's node whose work a program does, in the sandbox
 *
 * One JSON object goes in. What comes out is read line by line and no faster than it is taken: while a consumer
 * of the stream has no room, nothing is read, and the program waits in its write. It is killed, with all it has
 * started, when it has said its output, when the step is cancelled, and when its time is over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-sandbox.h"
#include "shapes.h"
#include "hearth-i18n.h"

#define READ_BYTES (64 * 1024)
#define MAX_LINE_BYTES ((gsize) 1 << 20)
#define MAX_STDERR_BYTES 4096
#define LINES_PER_SLICE 64

/* Lives until the step has ended and the last of its readings has come back. */
typedef struct
{
  grefcount     ref_count;
  HearthStep   *step;    /* borrowed; NULL: it has ended */
  GSubprocess  *process;
  GCancellable *cancellable;
  GSource      *watch;
  guint         idle;    /* lines are left for the next slice */
  GBytes       *input;
  GByteArray   *buffer;  /* what was read and is no whole line yet */
  gsize         taken;   /* of the buffer */
  gsize         n_bytes; /* read so far, of both */
  GString      *complaint; /* the end of what it said to stderr */
  gboolean      full;    /* a consumer has no room */
  gboolean      reading;
  gboolean      ended;   /* it will say nothing more, */
  gboolean      silent;  /* nor complain */
} Program;

static Program *
program_ref (Program *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
program_unref (Program *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->process);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->input, g_bytes_unref);
  g_byte_array_unref (self->buffer);
  g_string_free (self->complaint, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_unref)

/* The step has ended. */
static void
program_stop (gpointer data)
{
  Program *self = data;

  self->step = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  program_unref (self);
}

static void
program_fail (Program    *self,
              const char *message)
{
  hearth_step_fail (self->step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message));
}

/* --- what it says ------------------------------------------------------------------------- */

static void
program_complete (Program     *self,
                  HearthValue *outputs)
{
  HearthStep *step = self->step;

  if (hearth_pack_node_of (step)->stream != NULL)
    hearth_step_yield (step, hearth_chunk_new_finish ("stop"));
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    hearth_step_set_output (step, hearth_value_key_at (outputs, i), hearth_value_ref (hearth_value_member_at (outputs, i)));
  hearth_step_complete (step);
}

/* FALSE: the step has ended. */
static gboolean
take_line (Program    *self,
           const char *line,
           gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = NULL;
  HearthPackLineKind kind;

  if (length == 0)
    return TRUE;
  value = _hearth_pack_read_line (line, length, hearth_pack_node_of (self->step)->stream, &kind, &error);
  if (value == NULL)
    program_fail (self, error->message);
  else if (kind == HEARTH_PACK_LINE_CHUNK)
    self->full = !hearth_step_yield (self->step, g_steal_pointer (&value));
  else if (kind == HEARTH_PACK_LINE_PROGRESS)
    hearth_step_log (self->step, hearth_value_get_string (value, NULL));
  else if (kind == HEARTH_PACK_LINE_ERROR)
    program_fail (self, hearth_value_get_string (value, NULL));
  else
    program_complete (self, value);
  return self->step != NULL;
}

/* The next whole line of the buffer, or its rest when nothing more comes; NULL: there is none. */
static const char *
next_line (Program *self,
           gsize   *length)
{
  const char *begin = (const char *) self->buffer->data + self->taken;
  gsize left = self->buffer->len - self->taken;
  const char *end = left > 0 ? memchr (begin, '\n', left) : NULL;

  if (end == NULL && (!self->ended || left == 0))
    return NULL;
  *length = end != NULL ? (gsize) (end - begin) : left;
  self->taken += *length + (end != NULL ? 1 : 0);
  return begin;
}

static void program_read (Program *self);
static void program_await_end (Program *self);
static gboolean slice_cb (gpointer data);

static void
program_pump (Program *self)
{
  const char *line;
  gsize length;

  for (guint n = 0; !self->full && (line = next_line (self, &length)) != NULL; n++)
    {
      if (!take_line (self, line, length))
        return;
      if (n + 1 >= LINES_PER_SLICE)
        {
          if (self->idle == 0)
            self->idle = g_idle_add (slice_cb, self);
          return;
        }
    }
  hearth_step_hold_time (self->step, !self->full);
  if (self->full)
    return;
  g_byte_array_remove_range (self->buffer, 0, (guint) self->taken);
  self->taken = 0;
  if (self->ended)
    program_await_end (self);
  else if (self->buffer->len > MAX_LINE_BYTES)
    program_fail (self, _("The program says more in one line than is read. Let it send chunks."));
  else
    program_read (self);
}

static gboolean
slice_cb (gpointer data)
{
  g_autoptr (Program) self = program_ref (data);

  self->idle = 0;
  program_pump (self);
  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Program) self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  self->reading = FALSE;
  if (self->step == NULL)
    return;
  self->ended = bytes == NULL || g_bytes_get_size (bytes) == 0;
  if (!self->ended)
    {
      self->n_bytes += g_bytes_get_size (bytes);
      g_byte_array_append (self->buffer, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }
  if (self->n_bytes > HEARTH_PACK_MAX_OUTPUT)
    program_fail (self, _("The program says more than is read of one run of a node."));
  else
    program_pump (self);
}

static void
program_read (Program *self)
{
  if (self->reading)
    return;
  self->reading = TRUE;
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (self->process), READ_BYTES, G_PRIORITY_DEFAULT,
                                   self->cancellable, read_cb, program_ref (self));
}

/* --- stderr ------------------------------------------------------------------------------- */

static void program_read_complaint (Program *self);

static void
complaint_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Program) self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (self->step == NULL)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      self->silent = TRUE;
      program_await_end (self);
      return;
    }
  self->n_bytes += g_bytes_get_size (bytes);
  if (self->n_bytes > HEARTH_PACK_MAX_OUTPUT)
    {
      program_fail (self, _("The program says more than is read of one run of a node."));
      return;
    }
  g_string_append_len (self->complaint, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  if (self->complaint->len > MAX_STDERR_BYTES)
    g_string_erase (self->complaint, 0, (gssize) (self->complaint->len - MAX_STDERR_BYTES));
  program_read_complaint (self);
}

static void
program_read_complaint (Program *self)
{
  g_input_stream_read_bytes_async (g_subprocess_get_stderr_pipe (self->process), MAX_STDERR_BYTES, G_PRIORITY_DEFAULT,
                                   self->cancellable, complaint_cb, program_ref (self));
}

/* The last line that says something; the traceback above it is the pack's author's business. New string. */
static char *
dup_last_complaint (Program *self)
{
  g_autofree char *valid = g_utf8_make_valid (self->complaint->str, (gssize) self->complaint->len);
  const char *last;

  g_strchomp (valid);
  last = strrchr (valid, '\n');
  return g_strdup (last != NULL ? last + 1 : valid);
}

/* --- its end -------------------------------------------------------------------------------- */

static char *
explain_end (Program *self)
{
  g_autofree char *said = dup_last_complaint (self);

  if (hearth_sandbox_is_refusal (self->complaint->str))
    return g_strdup_printf (_("The sandbox for programs of packs cannot be made here (%s). Without it they do not run."),
                            said);
  if (*said != '\0')
    return g_strdup_printf (_("The program ended without an output. It said: %s"), said);
  if (g_subprocess_get_if_signaled (self->process))
    return g_strdup_printf (_("The program was ended by signal %d, perhaps because it took too much time or memory."),
                            g_subprocess_get_term_sig (self->process));
  return g_strdup_printf (_("The program ended without an output, with status %d."),
                          g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process) : -1);
}

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Program) self = user_data;
  g_autofree char *message = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL) || self->step == NULL)
    return;
  message = explain_end (self);
  program_fail (self, message);
}

/* When it has closed both; what is left to read may still hold its output. */
static void
program_await_end (Program *self)
{
  if (!self->ended || !self->silent || self->full || self->taken < self->buffer->len)
    return;
  g_subprocess_wait_async (self->process, self->cancellable, exited_cb, program_ref (self));
}

static void
expired_cb (HearthStep *step,
            gpointer    user_data)
{
  hearth_step_fail (step, hearth_error_new_class ("timeout", 0, _("The program took longer than its time-out allows.")));
}

/* --- its start -------------------------------------------------------------------------------- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Program) self = user_data;

  /* A program need not read its input; then the pipe breaks. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_output_stream_close_async (G_OUTPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
program_write (Program *self)
{
  g_autoptr (HearthValue) world = _hearth_pack_dup_world (self->step);
  GString *text = g_string_new (NULL);
  gsize length;
  const char *data;

  hearth_json_append (text, world);
  g_string_append_c (text, '\n');
  self->input = g_string_free_to_bytes (text);
  data = g_bytes_get_data (self->input, &length);
  g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (self->process), data, length, G_PRIORITY_DEFAULT,
                                   self->cancellable, written_cb, program_ref (self));
}

void
_hearth_pack_program_start (HearthStep *step)
{
  HearthPackNode *node = hearth_pack_node_of (step);
  GError *error = NULL;
  GSubprocess *process = _hearth_pack_spawn (node, &error);
  Program *self;

  if (process == NULL)
    {
      hearth_step_fail (step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, error->message));
      g_error_free (error);
      return;
    }
  self = g_new0 (Program, 1);
  g_ref_count_init (&self->ref_count);
  self->step = step;
  self->process = process;
  self->cancellable = g_cancellable_new ();
  self->buffer = g_byte_array_new ();
  self->complaint = g_string_new (NULL);
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, program_stop);
  hearth_step_hold_time (step, TRUE);
  hearth_step_add_timeout (step, _hearth_pack_get_timeout (node->behavior) * 1000, expired_cb, NULL);
  program_write (self);
  program_read_complaint (self);
  program_read (self);
}

void
_hearth_pack_program_resume (HearthStep *step)
{
  Program *self = hearth_step_get_data (step);

  if (self == NULL || !self->full)
    return;
  self->full = FALSE;
  if (self->idle == 0)
    self->idle = g_idle_add (slice_cb, self);
}

/* told.h: one program, and what was heard of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-program.h"

#include "await.h"
#include "hearth-json.h"

typedef struct
{
  HearthProgram *program; /* NULL: it has ended */
  GString *lines;         /* each with "\n" */
  guint n_lines;
  gboolean ended;
  int status;
  int signal;
  char *complaint;
  GError *error;

  guint pause_after;      /* lines; 0: never */
  guint kill_after;
} Told;

static inline void
told_line_cb (const char *line,
              gsize       length,
              gpointer    user_data)
{
  Told *self = user_data;

  g_assert_nonnull (self->program);
  g_assert_cmpuint (strlen (line), ==, length);
  g_assert_true (g_utf8_validate_len (line, length, NULL));
  g_string_append_printf (self->lines, "%s\n", line);
  self->n_lines++;
  if (self->n_lines == self->pause_after)
    hearth_program_pause (self->program);
  if (self->n_lines == self->kill_after)
    g_clear_pointer (&self->program, hearth_program_kill);
}

static inline void
told_ended_cb (const HearthProgramEnd *end,
               const GError           *error,
               gpointer                user_data)
{
  Told *self = user_data;

  g_assert_false (self->ended);
  g_assert_true ((end == NULL) == (error != NULL));
  self->ended = TRUE;
  self->program = NULL;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  if (end == NULL)
    return;
  self->status = end->status;
  self->signal = end->signal;
  self->complaint = g_strdup (end->complaint);
}

static inline void
told_clear (Told *self)
{
  g_clear_pointer (&self->program, hearth_program_kill);
  if (self->lines != NULL)
    g_string_free (self->lines, TRUE);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_error (&self->error);
  *self = (Told) { 0 };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

/* @request: what it says of itself is kept; its command is "sh -c SCRIPT", and known by that. */
static inline void
told_start (Told                 *self,
            HearthOutside        *outside,
            const char           *script,
            HearthProgramRequest  request)
{
  static const HearthProgramEvents events = { told_line_cb, told_ended_cb };
  const char *command[] = { "sh", "-c", script, NULL };
  g_autoptr (HearthValue) description = hearth_value_object ("command", hearth_value_strv (command), NULL);

  if (request.description == NULL)
    request.description = description;
  if (request.argv == NULL)
    request.argv = command;
  if (request.max_line == 0)
    request.max_line = 1 << 20;
  self->lines = g_string_new (NULL);
  self->program = hearth_outside_start_program (outside, &request, &events, self);
  g_assert_nonnull (self->program);
  g_assert_false (self->ended);
}

static inline void
told_run (Told                 *self,
          HearthOutside        *outside,
          const char           *script,
          HearthProgramRequest  request)
{
  told_start (self, outside, script, request);
  AWAIT (self->ended);
}

/* The number of a process that a program has told, in its line @index. */
static inline int
told_pid (Told *self,
          guint index)
{
  g_auto (GStrv) lines = g_strsplit (self->lines->str, "\n", -1);

  g_assert_cmpuint (index, <, g_strv_length (lines));
  return atoi (lines[index]);
}

/* One that has ended and that nobody has buried is not. */
static inline gboolean
told_is_alive (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *state = NULL;

  g_assert_cmpint (pid, >, 1);
  return g_file_get_contents (path, &state, NULL, NULL) && strstr (state, ") Z ") == NULL;
}

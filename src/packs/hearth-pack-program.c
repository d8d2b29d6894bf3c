/* hearth-pack-program.c: a pack's node whose work a program does, in the sandbox
 *
 * One JSON object goes in. What comes out is read line by line and no faster than it is taken: while a consumer
 * of the stream has no room, the program waits in its write. It is killed, with all it has started, when it has
 * said its output, when the step is cancelled, and when its time is over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-sandbox.h"
#include "shapes.h"
#include "hearth-i18n.h"

#define MAX_LINE_BYTES ((gsize) 1 << 20)

/* Lives until the step has ended. */
typedef struct
{
  HearthStep    *step;    /* borrowed; owns this */
  GSource       *watch;
  HearthProgram *program; /* NULL: it has ended */
} Program;

static void
program_free (gpointer data)
{
  Program *self = data;

  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_clear_pointer (&self->program, hearth_program_kill);
  g_free (self);
}

static void
fail (HearthStep *step,
      const char *message)
{
  hearth_step_fail (step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message));
}

/* --- what it says ------------------------------------------------------------------------- */

static void
complete (HearthStep  *step,
          HearthValue *outputs)
{
  if (hearth_pack_node_of (step)->stream != NULL)
    hearth_step_yield (step, hearth_chunk_new_finish ("stop"));
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    hearth_step_set_output (step, hearth_value_key_at (outputs, i), hearth_value_ref (hearth_value_member_at (outputs, i)));
  hearth_step_complete (step);
}

static void
line_cb (const char *line,
         gsize       length,
         gpointer    user_data)
{
  Program *self = user_data;
  HearthStep *step = self->step;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = NULL;
  HearthPackLineKind kind;

  value = _hearth_pack_read_line (line, length, hearth_pack_node_of (step)->stream, &kind, &error);
  if (value == NULL)
    fail (step, error->message);
  else if (kind == HEARTH_PACK_LINE_CHUNK)
    {
      if (!hearth_step_yield (step, g_steal_pointer (&value)))
        hearth_program_pause (self->program);
    }
  else if (kind == HEARTH_PACK_LINE_PROGRESS)
    hearth_step_log (step, hearth_value_get_string (value, NULL));
  else if (kind == HEARTH_PACK_LINE_ERROR)
    fail (step, hearth_value_get_string (value, NULL));
  else
    complete (step, value);
}

/* --- its end -------------------------------------------------------------------------------- */

/* The last line that it complained in; the traceback above it is the pack's author's business. */
static char *
explain_end (const HearthProgramEnd *end)
{
  const char *line = strrchr (end->complaint, '\n');
  const char *said = line != NULL ? line + 1 : end->complaint;

  if (hearth_sandbox_is_refusal (end->complaint))
    return g_strdup_printf (_("The sandbox for programs of packs cannot be made here (%s). Without it they do not run."), said);
  if (*said != '\0')
    return g_strdup_printf (_("The program ended without an output. It said: %s"), said);
  if (end->status < 0)
    return g_strdup_printf (_("The program was ended by signal %d, perhaps because it took too much time or memory."), end->signal);
  return g_strdup_printf (_("The program ended without an output, with status %d."), end->status);
}

static void
ended_cb (const HearthProgramEnd *end,
          const GError           *error,
          gpointer                user_data)
{
  Program *self = user_data;
  g_autofree char *message = error != NULL ? g_strdup (error->message) : explain_end (end);

  self->program = NULL;
  fail (self->step, message);
}

static void
expired_cb (HearthStep *step,
            gpointer    user_data)
{
  hearth_step_fail (step, hearth_error_new_class ("timeout", 0, _("The program took longer than its time-out allows.")));
}

/* --- its start -------------------------------------------------------------------------------- */

/* A replay needs neither sandbox nor permission: nothing runs. */
static gboolean
start_program (Program       *self,
               HearthOutside *outside,
               GError       **error)
{
  static const HearthProgramEvents events = { line_cb, ended_cb };
  HearthPackNode *node = hearth_pack_node_of (self->step);
  g_auto (GStrv) command = NULL;
  g_autoptr (HearthValue) world = _hearth_pack_dup_world (self->step);
  g_autoptr (HearthValue) description = hearth_value_object (
      "pack", hearth_value_string (node->pack->name), "command", hearth_value_ref (hearth_value_get (node->behavior, "command")), NULL);
  HearthProgramRequest request = {
    .description = description, .input = world, .max_line = MAX_LINE_BYTES, .max_bytes = HEARTH_PACK_MAX_OUTPUT,
  };

  if (!hearth_outside_is_replaying (outside) && (command = _hearth_pack_dup_command (node, error)) == NULL)
    return FALSE;
  request.argv = (const char *const *) command;
  self->program = hearth_outside_start_program (outside, &request, &events, self);
  return TRUE;
}

void
_hearth_pack_program_start (HearthStep *step)
{
  HearthOutside *outside = hearth_step_get_service (step, HEARTH_TYPE_OUTSIDE);
  g_autoptr (GError) error = NULL;
  Program *self;

  if (outside == NULL)
    {
      fail (step, _("This run has no way to start programs."));
      return;
    }
  self = g_new0 (Program, 1);
  self->step = step;
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, program_free);
  if (!start_program (self, outside, &error))
    {
      fail (step, error->message);
      return;
    }
  hearth_step_add_timeout (step, _hearth_pack_get_timeout (hearth_pack_node_of (step)->behavior) * 1000, expired_cb, NULL);
}

void
_hearth_pack_program_resume (HearthStep *step)
{
  Program *self = hearth_step_get_data (step);

  if (self != NULL && self->program != NULL)
    hearth_program_resume (self->program);
}

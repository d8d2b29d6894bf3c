/* hearth-replayed-program.c: a program that comes out of a recording: what it is told is compared, and what it said then
 * comes at the time it came then
 *
 * Lines that it is told may come in another order than in the recording, for calls that run side by side are no race that
 * is always won by the same. What it says keeps its order: a line comes when all has been told that was told before it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-program-private.h"

#include "hearth-i18n.h"

#define MAX_DIFFERENCES 3 /* that a message names */

/* Lives until it is over. */
typedef struct
{
  HearthProgram parent;
  grefcount ref_count;
  HearthClock *clock;
  HearthValue *recorded; /* NULL: there is none */
  const HearthProgramEvents *events;
  gpointer user_data;

  GArray *lines;    /* of HearthRecordedLine */
  GPtrArray *asked; /* for each: what it is compared as, or NULL: it is said, or was told */
  HearthLineNumbers *numbers;
  guint next;       /* of the lines: all before it are over */
  gint64 now_ms;    /* the time at which the last line was told that was told before @next, */
  gint64 then_ms;   /* and in the recording */
  guint timer;      /* of the clock; 0: none */
  GError *error;    /* it ends with */
  gboolean paused;
  gboolean over;
} ReplayedProgram;

static void
value_unref (gpointer value)
{
  if (value != NULL)
    hearth_value_unref (value);
}

static ReplayedProgram *
program_ref (ReplayedProgram *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
program_unref (ReplayedProgram *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->clock);
  g_clear_pointer (&self->recorded, hearth_value_unref);
  g_array_unref (self->lines);
  g_ptr_array_unref (self->asked);
  _hearth_line_numbers_free (self->numbers);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplayedProgram, program_unref)

static void
clear_timer (ReplayedProgram *self)
{
  if (self->timer != 0)
    hearth_clock_remove (self->clock, self->timer);
  self->timer = 0;
}

/* --- what it says ---------------------------------------------------------------------------------- */

static HearthRecordedLine *
get_line (ReplayedProgram *self,
          guint            index)
{
  return index < self->lines->len ? &g_array_index (self->lines, HearthRecordedLine, index) : NULL;
}

static void
tell_line (ReplayedProgram    *self,
           HearthRecordedLine *line)
{
  g_autofree char *renewed = _hearth_line_numbers_renew (self->numbers, line->text);

  if (renewed != NULL)
    self->events->line (renewed, strlen (renewed), self->user_data);
  else
    self->events->line (line->text, line->length, self->user_data);
}

static void
tell_end (ReplayedProgram *self)
{
  HearthValue *error = hearth_value_get (self->recorded, "error");
  HearthProgramEnd end = { (int) hearth_value_get_member_integer (self->recorded, "exit", -1),
                           (int) hearth_value_get_member_integer (self->recorded, "signal", 0),
                           hearth_value_get_member_string (self->recorded, "complaint", "") };

  if (self->error == NULL && error != NULL)
    self->error = _hearth_outside_error_read (error);
  self->over = TRUE;
  self->events->ended (self->error == NULL ? &end : NULL, self->error, self->user_data);
  program_unref (self);
}

/* On the clock; -1: not before something is told, or never. */
static gint64
get_due (ReplayedProgram *self)
{
  HearthRecordedLine *line = get_line (self, self->next);
  gint64 then_ms;

  if (self->error != NULL)
    return 0;
  if (line != NULL && !line->is_said)
    return -1;
  then_ms = line != NULL ? MAX (0, line->at_ms) : hearth_value_get_member_integer (self->recorded, "endMs", -1);
  return then_ms >= 0 ? self->now_ms + MAX (0, then_ms - self->then_ms) : -1;
}

static void wait_for_next (ReplayedProgram *self);

/* What was told already is passed over. */
static void
pass_told (ReplayedProgram *self)
{
  HearthRecordedLine *line;

  while ((line = get_line (self, self->next)) != NULL && !line->is_said && self->asked->pdata[self->next] == NULL)
    {
      self->now_ms = hearth_clock_get_now_ms (self->clock);
      self->then_ms = line->at_ms;
      self->next++;
    }
}

static void
due_cb (gpointer user_data)
{
  g_autoptr (ReplayedProgram) self = program_ref (user_data);
  HearthRecordedLine *line = self->error == NULL ? get_line (self, self->next) : NULL;

  self->timer = 0;
  if (line == NULL)
    {
      tell_end (self);
      return;
    }
  self->next++;
  pass_told (self);
  tell_line (self, line);
  wait_for_next (self);
}

static void
wait_for_next (ReplayedProgram *self)
{
  gint64 due = get_due (self);

  if (self->over || self->timer != 0 || due < 0 || self->paused)
    return;
  due -= hearth_clock_get_now_ms (self->clock);
  self->timer = hearth_clock_add_timeout (self->clock, (guint) CLAMP (due, 0, G_MAXUINT), due_cb, self);
}

/* --- what it is told --------------------------------------------------------------------------------- */

/* How @now differs from the line that is nearest to it; NULL: no line is left. New string. */
static char *
describe_nearest (ReplayedProgram *self,
                  HearthValue     *now)
{
  g_autofree char *nearest = NULL;
  guint least = G_MAXUINT;
  guint at = 0;

  for (guint i = 0; i < self->asked->len; i++)
    if (self->asked->pdata[i] != NULL)
      {
        guint n;
        g_autofree char *said = _hearth_description_compare (self->asked->pdata[i], now, MAX_DIFFERENCES, &n);

        if (n >= least)
          continue;
        least = n;
        at = i;
        g_free (nearest);
        nearest = g_steal_pointer (&said);
      }
  if (nearest == NULL)
    return NULL;
  /* Translators: how a line differs, the number of the recorded call, and of the line in it */
  return g_strdup_printf (_("%s (call %u, line %u)."), nearest,
                          (guint) hearth_value_get_member_integer (self->recorded, "number", 0), at + 1);
}

static void
refuse (ReplayedProgram *self,
        HearthValue     *now)
{
  g_autofree char *nearest = describe_nearest (self, now);

  if (self->error != NULL)
    return;
  self->error = g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_NOT_RECORDED,
                             /* Translators: why not, in a sentence */
                             _("The recording does not have what the program is told now: %s"),
                             nearest != NULL ? nearest : _("It was told less than that."));
  clear_timer (self);
}

/* FALSE: no line is like that. */
static gboolean
find_told (ReplayedProgram *self,
           HearthValue     *now,
           const char      *text)
{
  for (guint i = self->next; i < self->asked->len; i++)
    if (self->asked->pdata[i] != NULL && hearth_value_equal (self->asked->pdata[i], now))
      {
        _hearth_line_numbers_learn (self->numbers, get_line (self, i)->text, text);
        g_clear_pointer ((HearthValue **) &self->asked->pdata[i], hearth_value_unref);
        pass_told (self);
        return TRUE;
      }
  return FALSE;
}

static void
replayed_write (HearthProgram *program,
                const char    *text)
{
  ReplayedProgram *self = (ReplayedProgram *) program;
  g_autoptr (HearthValue) now = _hearth_line_numbers_strip (self->numbers, text, strlen (text));

  if (!find_told (self, now, text))
    refuse (self, now);
  wait_for_next (self);
}

/* --- from outside -------------------------------------------------------------------------------------- */

static void
replayed_pause (HearthProgram *program)
{
  ReplayedProgram *self = (ReplayedProgram *) program;

  self->paused = TRUE;
  clear_timer (self);
}

static void
replayed_resume (HearthProgram *program)
{
  ReplayedProgram *self = (ReplayedProgram *) program;

  self->paused = FALSE;
  wait_for_next (self);
}

static void
replayed_stop (HearthProgram *program,
               gboolean       at_once)
{
  ReplayedProgram *self = (ReplayedProgram *) program;

  self->over = TRUE;
  clear_timer (self);
  program_unref (self);
}

static void
read_lines (ReplayedProgram *self)
{
  GArray *lines = self->recorded != NULL ? _hearth_program_take_read (self->recorded) : NULL;

  self->lines = lines != NULL ? lines : g_array_new (FALSE, FALSE, sizeof (HearthRecordedLine));
  self->asked = g_ptr_array_new_with_free_func (value_unref);
  for (guint i = 0; i < self->lines->len; i++)
    {
      HearthRecordedLine *line = get_line (self, i);

      g_ptr_array_add (self->asked, line->is_said ? NULL : _hearth_line_numbers_strip (self->numbers, line->text, line->length));
    }
}

HearthProgram *
_hearth_replayed_program_new (HearthClock                *clock,
                              HearthValue                *recorded,
                              GError                     *error,
                              const HearthProgramRequest *request,
                              const HearthProgramEvents  *events,
                              gpointer                    user_data)
{
  static const HearthProgramKind kind = { replayed_write, replayed_pause, replayed_resume, replayed_stop };
  ReplayedProgram *self = g_new0 (ReplayedProgram, 1);

  self->parent.kind = &kind;
  g_ref_count_init (&self->ref_count);
  self->clock = g_object_ref (clock);
  self->recorded = hearth_value_ref_or_null (recorded);
  self->error = error;
  self->events = events;
  self->user_data = user_data;
  self->numbers = _hearth_line_numbers_new (request->numbers);
  self->now_ms = hearth_clock_get_now_ms (clock);
  read_lines (self);
  wait_for_next (self);
  return &self->parent;
}

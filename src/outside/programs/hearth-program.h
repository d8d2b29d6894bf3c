/* hearth-program.h: programs that are started, told lines and listened to
 *
 * The other way on which calls leave, beside HTTP (hearth-outside.h): servers of the Model Context Protocol and programs
 * of packs. What they say can be recorded and played back without the program (docs/record-and-replay.md).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outside.h"

G_BEGIN_DECLS

/**
 * HearthProgramRequest:
 * @description: what a recording knows the program by: an object with "command", a list of texts as the user wrote them,
 *   and whatever else tells it from others. Never holds a key
 * @argv: what is run; its first word is looked for in our PATH. Holds no key. Not looked at while replaying
 * @environment: all of it, "NAME=value"; or NULL for none. Holds no key
 * @secrets: name -> HearthSecret, or NULL: variables on top of it. Not recorded, and starred out in what the program says
 *   when it ends
 * @folder: where it starts, or NULL: ours
 * @input: one value that is all it is told, as a line, before its input is closed; it belongs to what a recording knows
 *   the program by. Or NULL: it is told by hearth_program_write()
 * @numbers: members that only number a line, as "params.id", or name a version of ours; NULL-terminated and static; or NULL.
 *   A replay does not compare them, and what it says has those of now
 * @max_line: bytes of one line that it says; more is an error
 * @max_bytes: of all that it says, on both outputs; 0: any number
 *
 * Filled by the caller, copied by the callee.
 */
typedef struct
{
  HearthValue        *description;
  const char *const  *argv;
  const char *const  *environment;
  GHashTable         *secrets;
  const char         *folder;
  HearthValue        *input;
  const char *const  *numbers;
  gsize               max_line;
  gsize               max_bytes;
} HearthProgramRequest;

/* How a program ended that was not told to. @status: its exit status, or -1: the signal @signal has ended it.
 * @complaint: the end of what it said to its standard error, without blanks around it, at most 2000 characters. */
typedef struct
{
  int         status;
  int         signal;
  const char *complaint;
} HearthProgramEnd;

/* One program. Belongs to the caller until @ended was called, or hearth_program_stop() or hearth_program_kill(). */
typedef struct _HearthProgram HearthProgram;

/**
 * HearthProgramEvents:
 * @line: one line that is not empty, without its end; NUL-terminated valid UTF-8 (bad bytes replaced)
 * @ended: the last, when it has ended and every line was told; or with @error, a sentence, and without @end:
 *   HEARTH_OUTSIDE_ERROR_UNREACHABLE it could not be started, _TOO_LARGE it said too much and was killed, _NOT_RECORDED.
 *   The program is gone when it returns
 *
 * Never called from within the functions below. Each may stop the program.
 */
typedef struct
{
  void (*line)  (const char             *line,
                 gsize                   length,
                 gpointer                user_data);
  void (*ended) (const HearthProgramEnd *end,
                 const GError           *error,
                 gpointer                user_data);
} HearthProgramEvents;

/* Main thread. Never NULL, and never waits: a thread of its own starts programs. Each is the leader of a group of
 * processes, which ends with it, and it is asked to end when we do. @events must stay. */
HearthProgram *hearth_outside_start_program (HearthOutside              *self,
                                             const HearthProgramRequest *request,
                                             const HearthProgramEvents  *events,
                                             gpointer                    user_data);
/* @line, which has no line break in it, goes to the program when it reads. One that does not read any more is no error:
 * it will end. */
void           hearth_program_write         (HearthProgram              *self,
                                             const char                 *line);
/* Back-pressure: no @line until resumed, and no @ended but with an error; little more is read, and the program waits in its
 * write. */
void           hearth_program_pause         (HearthProgram              *self);
void           hearth_program_resume        (HearthProgram              *self);
/* Its input ends, then it is asked to end, then it and its group are killed, each two seconds after the other. Nothing is
 * called any more and @self is gone. */
void           hearth_program_stop          (HearthProgram              *self);
/* The same at once. */
void           hearth_program_kill          (HearthProgram              *self);

G_END_DECLS

/* hearth-program-private.h: programs from the inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sys/types.h>

#include "hearth-outside-private.h"
#include "hearth-program.h"

G_BEGIN_DECLS

typedef struct
{
  void (*write)  (HearthProgram *self,
                  const char    *line);
  void (*pause)  (HearthProgram *self);
  void (*resume) (HearthProgram *self);
  void (*stop)   (HearthProgram *self,
                  gboolean       at_once);
} HearthProgramKind;

struct _HearthProgram
{
  const HearthProgramKind *kind;
};

/* --- starting: hearth-spawner.c ------------------------------------------------------------- */

/* A program that runs, with our ends of its pipes, which do not block. */
typedef struct
{
  pid_t pid; /* and group */
  int   input;
  int   output;
  int   complaint;
} HearthChild;

/* Exactly one of the two; on the main loop. What @child has belongs to the callee. */
typedef void (*HearthSpawned) (const HearthChild *child,
                               const GError      *error,
                               gpointer           user_data);

/* Copies all it is given. Errors are HEARTH_OUTSIDE_ERROR_UNREACHABLE. */
void               _hearth_spawn                (const HearthProgramRequest *request,
                                                 HearthSpawned               spawned,
                                                 gpointer                    user_data);

/* --- ending: hearth-process.c ----------------------------------------------------------------- */

/* @exited: @status as of waitpid(); its group is asked to end. @deserted: some time later, when that was killed. */
typedef struct
{
  void (*exited)   (int      status,
                    gpointer user_data);
  void (*deserted) (gpointer user_data);
} HearthProcessEvents;

typedef struct _HearthProcess HearthProcess;

/* @pid: the leader of a group. @destroy is called when there is none of it any more. */
HearthProcess     *_hearth_process_new          (pid_t                       pid,
                                                 const HearthProcessEvents  *events,
                                                 gpointer                    user_data,
                                                 GDestroyNotify              destroy);
/* Nothing is called any more but @destroy, and @self is gone. If it runs still, it is killed at once, or asked to end
 * and killed when it does not. */
void               _hearth_process_end          (HearthProcess              *self,
                                                 gboolean                    at_once);

/* --- its output: hearth-line-buffer.c ----------------------------------------------------------- */

typedef struct
{
  GByteArray *bytes;
  gsize       taken;    /* of them */
  gsize       searched; /* of them, for the end of a line */
  gsize       max_line;
  gboolean    is_full;  /* the line that would be next is too long, and there will be none */
} HearthLineBuffer;

void               _hearth_line_buffer_init     (HearthLineBuffer           *self,
                                                 gsize                       max_line);
void               _hearth_line_buffer_clear    (HearthLineBuffer           *self);
void               _hearth_line_buffer_append   (HearthLineBuffer           *self,
                                                 const guint8               *bytes,
                                                 gsize                       length);
/* The next line that is not empty, without its end, valid UTF-8. @is_over: nothing more comes, so a last line without an
 * end is one. NULL: there is none. New string. */
char              *_hearth_line_buffer_take     (HearthLineBuffer           *self,
                                                 gboolean                    is_over);

/* --- its standard error: hearth-last-words.c ------------------------------------------------------ */

/* Keeps the end of what was said in @said. */
void               _hearth_last_words_add       (GByteArray                 *said,
                                                 const guint8               *bytes,
                                                 gsize                       length);
/* As HearthProgramEnd has them, without the keys (values of @secrets, or NULL). New string. */
char              *_hearth_last_words_dup       (GByteArray                 *said,
                                                 GHashTable                 *secrets);

/* --- its input: hearth-pipe-writer.c ---------------------------------------------------------- */

typedef struct _HearthPipeWriter HearthPipeWriter;

HearthPipeWriter  *_hearth_pipe_writer_new      (void);
/* Closes the pipe, whatever is left. */
void               _hearth_pipe_writer_free     (HearthPipeWriter           *self);
/* Takes @fd, which does not block. What was added before is written now. */
void               _hearth_pipe_writer_open     (HearthPipeWriter           *self,
                                                 int                         fd);
void               _hearth_pipe_writer_add_line (HearthPipeWriter           *self,
                                                 const char                 *line);
/* The pipe is closed when all is written. */
void               _hearth_pipe_writer_end      (HearthPipeWriter           *self);

/* --- recordings --------------------------------------------------------------------------------- */

/* {"program", "input"?}: without the keys of @request. New reference. */
HearthValue       *_hearth_program_describe     (const HearthProgramRequest *request);
/* Stars instead of the keys (values of @secrets, or NULL). New string. */
char              *_hearth_program_mask         (GHashTable                 *secrets,
                                                 const char                 *text,
                                                 gsize                       length);

/* One program that is being recorded. */
typedef struct _HearthProgramTake HearthProgramTake;

HearthProgramTake *_hearth_program_take_new     (HearthCassetteWriter       *writer,
                                                 const HearthProgramRequest *request,
                                                 guint                       number);
void               _hearth_program_take_add     (HearthProgramTake          *self,
                                                 gboolean                    is_said,
                                                 const char                 *line,
                                                 gsize                       length);
/* Each writes and frees it. */
void               _hearth_program_take_end     (HearthProgramTake          *self,
                                                 const HearthProgramEnd     *end,
                                                 const GError               *error);
void               _hearth_program_take_break_off (HearthProgramTake        *self);

/* One line of a recorded conversation. */
typedef struct
{
  gint64       at_ms;
  gboolean     is_said; /* by the program */
  const char  *text;    /* of the recording */
  gsize        length;
} HearthRecordedLine;

/* NULL: the recording is damaged. An array of HearthRecordedLine. */
GArray            *_hearth_program_take_read    (HearthValue                *recorded);

/* --- members that number lines: hearth-line-numbers.c --------------------------------------------- */

/* Of a replay: its numbers, and those that the recording has in their place. */
typedef struct _HearthLineNumbers HearthLineNumbers;

/* @members: as of HearthProgramRequest. */
HearthLineNumbers *_hearth_line_numbers_new     (const char *const          *members);
void               _hearth_line_numbers_free    (HearthLineNumbers          *self);
/* The line @text as it is compared: JSON without numbers, or else a text. New reference. */
HearthValue       *_hearth_line_numbers_strip   (HearthLineNumbers          *self,
                                                 const char                 *text,
                                                 gsize                       length);
/* The line @now stands where @recorded does in the recording. */
void               _hearth_line_numbers_learn   (HearthLineNumbers          *self,
                                                 const char                 *recorded,
                                                 const char                 *now);
/* @recorded with the numbers of now. New string; NULL: nothing is to be changed. */
char              *_hearth_line_numbers_renew   (HearthLineNumbers          *self,
                                                 const char                 *recorded);

/* --- programs ------------------------------------------------------------------------------------- */

/* Takes @take, which may be NULL. */
HearthProgram     *_hearth_live_program_new     (const HearthProgramRequest *request,
                                                 HearthProgramTake          *take,
                                                 const HearthProgramEvents  *events,
                                                 gpointer                    user_data);
/* @recorded: as _hearth_cassette_take() gives it, or NULL: @error (taken) is told as the end. */
HearthProgram     *_hearth_replayed_program_new (HearthClock                *clock,
                                                 HearthValue                *recorded,
                                                 GError                     *error,
                                                 const HearthProgramRequest *request,
                                                 const HearthProgramEvents  *events,
                                                 gpointer                    user_data);

G_END_DECLS

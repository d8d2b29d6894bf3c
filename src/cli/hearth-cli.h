/* hearth-cli.h: what the commands of hearthctl share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"
#include "hearth-surroundings.h"
#include "hearth-workspace.h"

G_BEGIN_DECLS

/* Exit statuses (hearthctl(1)). */
enum
{
  HEARTH_EXIT_OK = 0,
  HEARTH_EXIT_FAILED = 1,
  HEARTH_EXIT_USAGE = 2,
  HEARTH_EXIT_INTERRUPTED = 130,
  HEARTH_EXIT_TERMINATED = 143,
};

/* Each gets the arguments from its own name on and returns the exit status. */
int          hearth_cli_check         (int                  argc,
                                       char               **argv);
int          hearth_cli_history       (int                  argc,
                                       char               **argv);
int          hearth_cli_mcp           (int                  argc,
                                       char               **argv);
int          hearth_cli_plugins       (int                  argc,
                                       char               **argv);
int          hearth_cli_models        (int                  argc,
                                       char               **argv);
int          hearth_cli_nodes         (int                  argc,
                                       char               **argv);
int          hearth_cli_run           (int                  argc,
                                       char               **argv);
int          hearth_cli_serve         (int                  argc,
                                       char               **argv);
/* The ceilings that were typed, or NULL when nothing was; complains about what cannot be read. */
gboolean     hearth_cli_read_budget   (const char          *text,
                                       HearthValue        **ceilings);
int          hearth_cli_usage         (int                  argc,
                                       char               **argv);
int          hearth_cli_show          (int                  argc,
                                       char               **argv);
int          hearth_cli_tokens        (int                  argc,
                                       char               **argv);

/* --- words in, words out ---------------------------------------------------------------- */

/* Options into @entries; what is left must be @n_rest words and comes back in @rest (free it).
 * FALSE after a complaint: leave with HEARTH_EXIT_USAGE. --help does not return. */
gboolean     hearth_cli_parse_options (int                  argc,
                                       char               **argv,
                                       const GOptionEntry  *entries,
                                       const char          *parameters, /* "FILE", or NULL */
                                       const char          *summary,
                                       guint                n_rest,
                                       char              ***rest);
/* A sentence on standard error. */
void         hearth_cli_complain      (const char          *format,
                                       ...) G_GNUC_PRINTF (1, 2);
/* To standard output, at once. FALSE: nobody reads it any more. */
gboolean     hearth_cli_write         (const char          *text,
                                       gsize                length);
/* One line of JSON, or text as it is when @value is one and @bare. */
gboolean     hearth_cli_write_value   (HearthValue         *value,
                                       gboolean             bare);

/* --- waiting -------------------------------------------------------------------------------- */

/* For callbacks: keeps the result in the GAsyncResult ** that is @user_data. */
void         hearth_cli_keep_cb       (GObject             *source,
                                       GAsyncResult        *result,
                                       gpointer             user_data);
/* Runs the main loop until *@result is there; then the caller owns it. */
void         hearth_cli_await         (GAsyncResult       **result);
/* Called in the main loop with SIGINT or SIGTERM, once for each. The second of a kind ends the program
 * at once, even while the main loop hangs in a write to somebody who does not read. */
void         hearth_cli_watch_signals (void               (*callback) (int      number,
                                                                       gpointer user_data),
                                       gpointer             user_data);
/* Everything on standard input; the main loop goes on meanwhile. */
GBytes      *hearth_cli_read_stdin    (GError             **error);

/* One line of standard input, which a terminal does not show; a string that is wiped when it goes. NULL after a
 * complaint. Blocks. */
HearthValue *hearth_cli_read_secret   (const char          *prompt);

/* Opens the data folder, so that runs are recorded and results reused. FALSE after a complaint. */
gboolean     hearth_cli_open          (HearthWorkspace     *workspace);
/* Lets go of it, if there is one, and waits until it is gone: what is told of runs is written at its end, and a
 * question that is under way would keep it. */
void         hearth_cli_close         (HearthWorkspace    **workspace);
/* The answer to a question to the workspace; NULL after a complaint. */
HearthValue *hearth_cli_answer        (HearthWorkspace     *workspace,
                                       GAsyncResult       **result);

/* Surroundings for a run that is recorded into a file, or replayed from one; NULL when both are NULL. FALSE after a
 * complaint. */
gboolean     hearth_cli_begin_recording (HearthWorkspace   *workspace,
                                         const char        *record,
                                         const char        *replay,
                                         HearthSurroundings **surroundings);
/* What nodes change in themselves before a run of ours; @surroundings: of it, or NULL. */
void         hearth_cli_before_run    (HearthGraph         *graph,
                                       HearthSurroundings  *surroundings);
/* Its run has ended: waits until the recording is on the disk. FALSE after a complaint; NULL: there is none. */
gboolean     hearth_cli_end_recording (HearthSurroundings  *surroundings);

/* The nodes of packs, for commands that do without the rest of the data folder. Leaves nothing there. */
void         hearth_cli_load_plugins  (HearthWorkspace     *workspace);
/* Asks the workspace. Takes @arguments; NULL is none. NULL after a complaint. */
HearthValue *hearth_cli_perform       (HearthWorkspace     *workspace,
                                       const HearthOperation *operation,
                                       HearthValue         *arguments);

/* --- the workflow -------------------------------------------------------------------------------- */

/* A workflow or payload out of a file, ready to be checked or run. */
typedef struct
{
  HearthGraph *graph;
  HearthValue *mappings;   /* of a payload, or NULL */
  HearthValue *metadata;
  gboolean     is_payload;
  gboolean     used_stdin;
  char        *project_id; /* where references are looked up: a project of the data folder… */
  char        *directory;  /* …or a folder; one of the two */
} HearthCliFile;

/* @file "-": standard input. @project: id of a project, or a folder, or NULL: beside @file. */
HearthCliFile *hearth_cli_file_load   (HearthWorkspace     *workspace,
                                       const char          *file,
                                       const char          *project,
                                       GError             **error);
void           hearth_cli_file_free   (HearthCliFile       *self);

/* KEY=VALUE, KEY=@FILE and KEY=- as the types of the interface ask for. NULL with an error. */
HearthValue   *hearth_cli_read_inputs (HearthGraph         *graph,
                                       const char *const   *arguments,
                                       gboolean             used_stdin,
                                       GError             **error);
/* Keys of one side of the interface without the open slot, "“a”, “b”"; NULL when there is none. */
char          *hearth_cli_list_keys   (HearthGraph         *graph,
                                       gboolean             outputs);
/* Borrowed, or NULL; the open slot has no key of its own. */
HearthValue   *hearth_cli_find_entry  (HearthGraph         *graph,
                                       gboolean             outputs,
                                       const char          *key);

/* FALSE after a complaint: there is no such output. */
gboolean       hearth_cli_check_output (HearthGraph         *graph,
                                        const char          *key);

/* Ids of nodes that are named by id or by title; NULL with an error when one is not there. */
char         **hearth_cli_find_nodes  (HearthGraph         *graph,
                                       const char *const   *names,
                                       GError             **error);
/* Says on standard error why a node ran or did not. */
void           hearth_cli_explain     (HearthGraph          *graph,
                                       const HearthRunEvent *event);
/* Says there that a node failed, and why. */
void           hearth_cli_tell_failure (HearthGraph          *graph,
                                        const HearthRunEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthCliFile, hearth_cli_file_free)

G_END_DECLS

/* hearth-cli-run.c: `hearthctl run`: one workflow, from the arguments to the result
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hearth-event-json.h"
#include "hearth-graph.h"
#include "hearth-step.h"
#include "hearth-i18n.h"

typedef struct
{
  /* as the arguments say */
  char *file;
  char *data_dir;
  char *project;
  char *output;
  char *record;
  char *replay;
  char **inputs;
  char **from;
  char **to;
  char *budget;
  gboolean events;
  gboolean explain;
  gboolean anew;

  HearthWorkspace *workspace;
  HearthSurroundings *surroundings; /* of a run that is recorded or replayed, or NULL */
  HearthCliFile *workflow;
  HearthValue *values;
  HearthValue *ceilings;
  char *run_id;
  HearthRun *run;
  GString *line;      /* for one event, kept to save making it anew each time */
  gboolean streamed;  /* some of the output has been written */
  gboolean closed;    /* nobody reads our output any more */
  int signal;         /* that asked us to stop, or 0 */
} Command;

static void
command_clear (Command *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->surroundings);
  g_clear_pointer (&self->values, hearth_value_unref);
  g_clear_pointer (&self->ceilings, hearth_value_unref);
  g_clear_pointer (&self->workflow, hearth_cli_file_free);
  hearth_cli_close (&self->workspace);
  g_string_free (self->line, TRUE);
  g_strfreev (self->inputs);
  g_strfreev (self->from);
  g_strfreev (self->to);
  g_free (self->run_id);
  g_free (self->file);
  g_free (self->data_dir);
  g_free (self->project);
  g_free (self->output);
  g_free (self->record);
  g_free (self->replay);
  g_free (self->budget);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

/* --- stopping ------------------------------------------------------------------------------- */

static void
stop (Command *self)
{
  if (self->run_id != NULL)
    hearth_workspace_cancel (self->workspace, self->run_id);
}

static int
get_stopped_status (Command *self)
{
  return self->signal == SIGTERM ? HEARTH_EXIT_TERMINATED : HEARTH_EXIT_INTERRUPTED;
}

static void
signal_cb (int      number,
           gpointer user_data)
{
  Command *self = user_data;

  self->signal = number;
  if (self->run_id == NULL)
    exit (get_stopped_status (self));
  stop (self);
}

/* --- telling ----------------------------------------------------------------------------------- */

static void
tell (Command    *self,
      const char *text,
      gsize       length)
{
  if (self->closed || hearth_cli_write (text, length))
    return;
  self->closed = TRUE;
  stop (self);
}

static void
tell_event (Command              *self,
            const HearthRunEvent *event)
{
  g_string_truncate (self->line, 0);
  if (!hearth_event_append_json (self->line, event))
    return;
  g_string_append_c (self->line, '\n');
  tell (self, self->line->str, self->line->len);
}

static void
tell_chunk (Command              *self,
            const HearthRunEvent *event)
{
  const char *text = event->value != NULL ? hearth_chunk_get_text (event->value) : NULL;

  if (text == NULL || !g_str_equal (event->key, self->output))
    return;
  self->streamed = TRUE;
  tell (self, text, strlen (text));
}

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Command *self = user_data;

  if (event->kind == HEARTH_EVENT_LOG)
    g_printerr ("%s\n", event->message);
  /* The run's own message only says that there was a failure. */
  if (event->kind == HEARTH_EVENT_NODE_ERROR && self->signal == 0 && !self->closed)
    hearth_cli_tell_failure (self->workflow->graph, event);
  if (event->kind == HEARTH_EVENT_NODE_COMPLETE && self->explain)
    hearth_cli_explain (self->workflow->graph, event);
  if (self->events)
    tell_event (self, event);
  else if (self->output != NULL && event->kind == HEARTH_EVENT_INTERFACE_YIELD)
    tell_chunk (self, event);
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              Command     *self)
{
  if (!g_str_equal (hearth_run_get_id (run), self->run_id))
    return;
  self->run = g_object_ref (run);
  /* Without a plan nothing runs: that is a bad file, not a run. */
  if (hearth_run_get_plan (run) != NULL)
    hearth_run_add_observer (run, event_cb, self, NULL);
}

/* --- the result ------------------------------------------------------------------------------- */

/* FALSE: there is no such value. */
static gboolean
print_output (Command *self)
{
  HearthValue *value = hearth_value_get (hearth_run_get_outputs (self->run), self->output);

  if (!self->streamed && value == NULL)
    return FALSE;
  if (!self->streamed && !self->closed)
    self->closed = !hearth_cli_write_value (value, TRUE);
  if ((self->streamed || hearth_value_is (value, STRING)) && isatty (STDOUT_FILENO))
    tell (self, "\n", 1);
  return TRUE;
}

static int
finish_output (Command *self)
{
  gboolean complete = hearth_run_get_status (self->run) == HEARTH_RUN_COMPLETE;
  gboolean printed = (complete || self->streamed) && print_output (self);

  if (complete && !printed)
    hearth_cli_complain (_("The output “%s” has no value: nothing is connected to it in the workflow."), self->output);
  return complete && printed ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
finish_object (Command *self)
{
  g_autoptr (HearthValue) result = hearth_run_to_result (self->run);

  self->closed |= !hearth_cli_write_value (result, FALSE);
  return hearth_run_get_status (self->run) == HEARTH_RUN_COMPLETE ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
finish (Command *self)
{
  int status;

  if (hearth_run_get_plan (self->run) == NULL && hearth_run_get_status (self->run) == HEARTH_RUN_ERROR)
    {
      hearth_cli_complain ("%s", hearth_run_get_message (self->run));
      return HEARTH_EXIT_USAGE;
    }
  if (self->events)
    status = hearth_run_get_status (self->run) == HEARTH_RUN_COMPLETE ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
  else
    status = self->output != NULL ? finish_output (self) : finish_object (self);
  if (self->closed)
    return HEARTH_EXIT_FAILED;
  return hearth_run_get_status (self->run) == HEARTH_RUN_INTERRUPTED ? get_stopped_status (self) : status;
}

/* --- the way there ------------------------------------------------------------------------------ */

/* What the user calls nodes becomes their ids. */
static gboolean
find_nodes (Command *self,
            char  ***names,
            GError **error)
{
  char **ids;

  if (*names == NULL)
    return TRUE;
  ids = hearth_cli_find_nodes (self->workflow->graph, (const char *const *) *names, error);
  if (ids == NULL)
    return FALSE;
  g_strfreev (*names);
  *names = ids;
  return TRUE;
}

/* A plain run starts sooner without the data folder, and leaves nothing there. */
static gboolean
needs_results (Command *self)
{
  return self->explain || self->from != NULL;
}

static gboolean
load (Command *self)
{
  g_autoptr (GError) error = NULL;

  self->workspace = hearth_workspace_new (self->data_dir);
  if (!hearth_cli_begin_recording (self->workspace, self->record, self->replay, &self->surroundings))
    return FALSE;
  if (!needs_results (self))
    hearth_cli_load_plugins (self->workspace);
  else if (!hearth_cli_open (self->workspace))
    return FALSE;
  self->workflow = hearth_cli_file_load (self->workspace, self->file, self->project, &error);
  if (self->workflow != NULL)
    self->values = hearth_cli_read_inputs (self->workflow->graph, (const char *const *) self->inputs,
                                           self->workflow->used_stdin, &error);
  if (error == NULL && find_nodes (self, &self->from, &error))
    find_nodes (self, &self->to, &error);
  if (error != NULL)
    {
      hearth_cli_complain ("%s", error->message);
      return FALSE;
    }
  return self->output == NULL || hearth_cli_check_output (self->workflow->graph, self->output);
}

static HearthValue *
make_metadata (Command *self)
{
  const char *id = hearth_graph_get_id (self->workflow->graph);
  const char *name = hearth_graph_get_name (self->workflow->graph);
  const char *project_id = self->workflow->project_id;

  if (self->workflow->metadata != NULL)
    return hearth_value_ref (self->workflow->metadata);
  return hearth_value_object ("workflowId", id != NULL ? hearth_value_string (id) : NULL,
                              "workflowName", name != NULL ? hearth_value_string (name) : NULL,
                              "projectId", project_id != NULL ? hearth_value_string (project_id) : NULL,
                              NULL);
}

static void
submit (Command *self)
{
  g_autoptr (HearthValue) metadata = make_metadata (self);
  const HearthRunRequest request = {
    .graph = self->workflow->graph,
    .mappings = self->workflow->mappings,
    .metadata = metadata,
    .inputs = self->values,
    .project_id = self->workflow->project_id,
    .directory = self->workflow->directory,
    .reuse = self->anew ? HEARTH_RUN_REUSE_NOTHING : self->from != NULL ? HEARTH_RUN_REUSE_ALL : HEARTH_RUN_REUSE_PURE,
    .anew = (const char *const *) self->from,
    .only = (const char *const *) self->to,
    .budget = self->ceilings,
    .surroundings = self->surroundings,
  };

  g_signal_connect (hearth_workspace_get_queue (self->workspace), "run-added", G_CALLBACK (run_added_cb), self);
  self->run_id = hearth_workspace_submit (self->workspace, &request);
}

static gboolean
parse (Command *self,
       int      argc,
       char   **argv)
{
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->inputs,
      N_("Set an input: a value, @FILE for a file's content, - for standard input"), N_("KEY=VALUE") },
    { "output", 'o', 0, G_OPTION_ARG_STRING, &self->output, N_("Print this output alone, a stream as it arrives"),
      N_("KEY") },
    { "events", 'e', 0, G_OPTION_ARG_NONE, &self->events, N_("Print every event of the run as a line of JSON"), NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &self->explain,
      N_("Reuse earlier results, and say of each node why it ran or did not"), NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->from,
      N_("Run this node and all behind it anew, and reuse the results of the others"), N_("NODE") },
    { "to", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->to, N_("Run only this node and what it depends on"), N_("NODE") },
    { "anew", 0, 0, G_OPTION_ARG_NONE, &self->anew, N_("Reuse nothing"), NULL },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &self->record, N_("Write every call to the outside into this file"), N_("FILE") },
    { "replay", 0, 0, G_OPTION_ARG_FILENAME, &self->replay,
      N_("Answer every call from this recording, without a network"), N_("FILE") },
    { "budget", 0, 0, G_OPTION_ARG_STRING, &self->budget, N_("What calls to models may cost: “2 USD, 50 calls, 10m”"), N_("BUDGET") },
    { "project", 'p', 0, G_OPTION_ARG_FILENAME, &self->project,
      N_("Look for referenced workflows in this project instead of beside FILE"), N_("PROJECT") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, _("FILE"),
                                 _("Runs a workflow, or an execution payload, and prints its result as JSON. FILE may be - for standard input."),
                                 1, &rest))
    return FALSE;
  if ((self->record != NULL) + (self->replay != NULL) + needs_results (self) > 1)
    {
      hearth_cli_complain (_("--record, --replay and what reuses earlier results (--from, --explain) exclude each other. Leave all "
                             "but one of them out."));
      return FALSE;
    }
  if (self->events && self->output != NULL)
    {
      hearth_cli_complain (_("--events and --output exclude each other. Leave one of them out."));
      return FALSE;
    }
  self->file = g_strdup (rest[0]);
  return hearth_cli_read_budget (self->budget, &self->ceilings);
}

int
hearth_cli_run (int    argc,
                char **argv)
{
  g_auto (Command) self = { .line = g_string_new (NULL) };
  int status;

  if (!parse (&self, argc, argv))
    return HEARTH_EXIT_USAGE;
  hearth_cli_watch_signals (signal_cb, &self);
  if (!load (&self))
    return HEARTH_EXIT_USAGE;
  if (!self.workflow->is_payload) /* of a browser, whose scripts have done this already */
    hearth_cli_before_run (self.workflow->graph, self.surroundings);
  submit (&self);
  while (self.run == NULL || !hearth_run_status_is_final (hearth_run_get_status (self.run)))
    g_main_context_iteration (NULL, TRUE);
  status = finish (&self);
  return hearth_cli_end_recording (self.surroundings) ? status : HEARTH_EXIT_FAILED;
}

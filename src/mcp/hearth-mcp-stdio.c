/* hearth-mcp-stdio.c: messages through the pipes of a program of our own, one JSON text a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-transport.h"

#include "hearth-json.h"
#include "hearth-program.h"
#include "hearth-i18n.h"

typedef struct
{
  HearthMcpTransport  parent;
  HearthProgram      *program; /* NULL: it has ended */
  const HearthMcpTransportEvents *events;
  gpointer            user_data;
} Stdio;

/* The protocol's way: its input ends, then it is asked to end, then it is ended. */
static void
stdio_close (HearthMcpTransport *transport)
{
  Stdio *self = (Stdio *) transport;

  g_clear_pointer (&self->program, hearth_program_stop);
  g_free (self);
}

static void
stdio_send (HearthMcpTransport *transport,
            HearthValue        *message)
{
  Stdio *self = (Stdio *) transport;
  g_autofree char *line = hearth_json_print (message);

  if (self->program != NULL)
    hearth_program_write (self->program, line);
}

/* --- what it says --------------------------------------------------------------------------------------- */

/* Some servers say things on their output that are no messages; those are passed over. */
static void
line_cb (const char *line,
         gsize       length,
         gpointer    user_data)
{
  Stdio *self = user_data;
  g_autoptr (HearthValue) message = *line == '{' ? hearth_json_parse (line, (gssize) length, NULL) : NULL;

  if (message != NULL)
    self->events->received (message, self->user_data);
}

static GError *
explain (const HearthProgramEnd *end,
         const GError           *error)
{
  if (g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE))
    return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ANSWER, _("The server's message cannot be read: %s"), error->message);
  if (g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_NOT_RECORDED))
    return g_error_new_literal (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_RECORDED, error->message);
  if (error != NULL)
    return g_error_new_literal (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START, error->message);
  if (*end->complaint != '\0')
    return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The program of the server ended. It said: %s"), end->complaint);
  return g_error_new_literal (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The program of the server ended without a word."));
}

static void
ended_cb (const HearthProgramEnd *end,
          const GError           *error,
          gpointer                user_data)
{
  Stdio *self = user_data;
  g_autoptr (GError) reason = explain (end, error);

  self->program = NULL;
  self->events->closed (reason, self->user_data);
}

/* --- the beginning -------------------------------------------------------------------------------------- */

/* What programs need to find others and their own files, nothing that may hold a key; and what was entered. */
static char **
make_environment (HearthValue *server)
{
  static const char *const kept[] = { "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TMPDIR", "TZ",
                                      "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR" };
  HearthValue *environment = hearth_value_get_member_kind (server, "environment", HEARTH_VALUE_OBJECT);
  char **variables = g_new0 (char *, 1);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      variables = g_environ_setenv (variables, kept[i], g_getenv (kept[i]), TRUE);
  for (gsize i = 0; environment != NULL && i < hearth_value_get_length (environment); i++)
    variables = g_environ_setenv (variables, hearth_value_key_at (environment, i),
                                  hearth_value_get_string (hearth_value_member_at (environment, i), NULL), TRUE);
  return variables;
}

/* As the user has entered it. */
static HearthValue *
describe (HearthValue *server)
{
  return hearth_value_object ("server", hearth_value_ref (hearth_value_get (server, "id")), "command",
                              hearth_value_ref (hearth_value_get (server, "command")), "folder",
                              hearth_value_ref_or_null (hearth_value_get (server, "folder")), NULL);
}

static GPtrArray *
list_words (HearthValue *command)
{
  GPtrArray *words = g_ptr_array_new ();

  for (gsize i = 0; i < hearth_value_get_length (command); i++)
    g_ptr_array_add (words, (gpointer) hearth_value_get_string (hearth_value_at (command, i), NULL));
  g_ptr_array_add (words, NULL);
  return words;
}

HearthMcpTransport *
_hearth_mcp_stdio_new (HearthOutside                  *outside,
                       HearthValue                    *server,
                       GHashTable                     *secrets,
                       const HearthMcpTransportEvents *events,
                       gpointer                        user_data)
{
  static const HearthProgramEvents program_events = { line_cb, ended_cb };
  static const char *const numbers[] = { "id", "params._meta.progressToken", "params.progressToken", "params.requestId",
                                         "params.clientInfo.version", NULL };
  g_auto (GStrv) environment = make_environment (server);
  g_autoptr (HearthValue) description = describe (server);
  g_autoptr (GPtrArray) words = list_words (hearth_value_get (server, "command"));
  HearthProgramRequest request = {
    .description = description,
    .argv = (const char *const *) words->pdata,
    .environment = (const char *const *) environment,
    .secrets = secrets,
    .folder = hearth_value_get_member_string (server, "folder", NULL),
    .numbers = numbers,
    .max_line = HEARTH_MCP_MAX_MESSAGE,
  };
  Stdio *self = g_new0 (Stdio, 1);

  self->parent = (HearthMcpTransport) { .send = stdio_send, .close = stdio_close };
  self->events = events;
  self->user_data = user_data;
  self->program = hearth_outside_start_program (outside, &request, &program_events, self);
  return &self->parent;
}

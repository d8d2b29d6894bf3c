/* hearth-mcp-stdio.c: messages through the pipes of a program of our own, one JSON text a line
 *
 * The program gets what it needs to start and the variables it was given, nothing else of our environment, and is the
 * leader of a group of processes: whatever it has started ends with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-transport.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-line-reader.h"
#include "hearth-i18n.h"

#define READ_BYTES (64 * 1024)
#define MAX_COMPLAINT 2000 /* characters of what it said last on stderr */
#define GRACE_SECONDS 2    /* between asking a program to end and telling it */

typedef struct
{
  HearthMcpTransport  parent;
  grefcount           ref_count;
  const HearthMcpTransportEvents *events; /* NULL: closed */
  gpointer            user_data;
  GSubprocess        *process;
  pid_t               group;    /* of processes */
  GCancellable       *cancellable;
  HearthLineReader   *lines;
  GQueue              outgoing; /* of GBytes; the first is being written */
  GString            *complaint;
  GPtrArray          *secrets;  /* of HearthSecret, to be masked in what it says */
  guint               n_open;   /* of its two outputs */
} Stdio;

static Stdio *
stdio_ref (Stdio *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
stdio_unref (Stdio *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->process);
  g_object_unref (self->cancellable);
  hearth_line_reader_free (self->lines);
  g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
  g_string_free (self->complaint, TRUE);
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stdio, stdio_unref)

/* --- the end ---------------------------------------------------------------------------------------- */

/* Its own last words, without what nobody may see. */
static char *
dup_complaint (Stdio *self)
{
  GString *text = g_string_new (self->complaint->str);

  for (guint i = 0; i < self->secrets->len; i++)
    {
      const char *secret = hearth_secret_get_text (g_ptr_array_index (self->secrets, i));

      if (*secret != '\0')
        g_string_replace (text, secret, "•••", 0);
    }
  return g_strstrip (g_string_free (text, FALSE));
}

static void
tell_closed (Stdio        *self,
             const GError *error)
{
  const HearthMcpTransportEvents *events = g_steal_pointer (&self->events);

  if (events != NULL)
    events->closed (error, self->user_data);
}

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Stdio) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  kill (-self->group, SIGTERM); /* what it left behind */
  if (self->events == NULL)
    return;
  complaint = dup_complaint (self);
  if (*complaint != '\0')
    error = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The program of the server ended. It said: %s"), complaint);
  else
    error = g_error_new_literal (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The program of the server ended without a word."));
  tell_closed (self, error);
}

static gboolean
kill_cb (gpointer data)
{
  Stdio *self = data;

  kill (-self->group, SIGKILL);
  stdio_unref (self);
  return G_SOURCE_REMOVE;
}

static gboolean
terminate_cb (gpointer data)
{
  Stdio *self = data;

  kill (-self->group, SIGTERM);
  g_timeout_add_seconds (GRACE_SECONDS, kill_cb, self);
  return G_SOURCE_REMOVE;
}

/* The protocol's way: its input ends, then it is asked to end, then it is ended. */
static void
stdio_close (HearthMcpTransport *transport)
{
  Stdio *self = (Stdio *) transport;

  self->events = NULL;
  g_cancellable_cancel (self->cancellable);
  g_output_stream_close_async (g_subprocess_get_stdin_pipe (self->process), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_subprocess_wait_async (self->process, NULL, exited_cb, stdio_ref (self));
  g_timeout_add_seconds (GRACE_SECONDS, terminate_cb, self);
}

/* --- writing ------------------------------------------------------------------------------------------ */

static void write_next (Stdio *self);

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Stdio) self = user_data;

  /* A pipe that is closed on the other side: what matters is told when the program has ended. */
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
      return;
    }
  g_bytes_unref (g_queue_pop_head (&self->outgoing));
  write_next (self);
}

static void
write_next (Stdio *self)
{
  GBytes *bytes = g_queue_peek_head (&self->outgoing);

  if (bytes != NULL && self->events != NULL)
    g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (self->process), g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes), G_PRIORITY_DEFAULT, self->cancellable, written_cb,
                                     stdio_ref (self));
}

static void
stdio_send (HearthMcpTransport *transport,
            HearthValue        *message)
{
  Stdio *self = (Stdio *) transport;
  GString *line = g_string_new (NULL);

  hearth_json_append (line, message);
  g_string_append_c (line, '\n');
  g_queue_push_tail (&self->outgoing, g_string_free_to_bytes (line));
  if (self->outgoing.length == 1)
    write_next (self);
}

/* --- reading ------------------------------------------------------------------------------------------ */

/* Some servers say things on their output that are no messages; those are passed over. */
static gboolean
line_cb (const char *name,
         const char *data,
         gsize       length,
         gpointer    user_data)
{
  Stdio *self = user_data;
  g_autoptr (HearthValue) message = NULL;

  if (length == 0 || data[0] != '{')
    return TRUE;
  message = hearth_json_parse (data, (gssize) length, NULL);
  if (message != NULL && self->events != NULL)
    self->events->received (message, self->user_data);
  return self->events != NULL;
}

static void read_more (Stdio        *self,
                       GInputStream *stream);

/* The program may have closed its output and go on; it is of no use then. */
static void
output_ended (Stdio *self)
{
  if (--self->n_open == 0 && self->events != NULL)
    g_subprocess_wait_async (self->process, NULL, exited_cb, stdio_ref (self));
}

static void
take_output (Stdio  *self,
             GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;

  if (hearth_line_reader_feed (self->lines, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
    return;
  told = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ANSWER, _("The server's message cannot be read: %s"), error->message);
  tell_closed (self, told);
}

static void
take_complaint (Stdio  *self,
                GBytes *bytes)
{
  g_autofree char *text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  glong n_too_many;

  g_string_append (self->complaint, text);
  n_too_many = g_utf8_strlen (self->complaint->str, (gssize) self->complaint->len) - MAX_COMPLAINT;
  if (n_too_many > 0)
    g_string_erase (self->complaint, 0, g_utf8_offset_to_pointer (self->complaint->str, n_too_many) - self->complaint->str);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Stdio) self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (self->events == NULL)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      output_ended (self);
      return;
    }
  if (G_INPUT_STREAM (source) == g_subprocess_get_stdout_pipe (self->process))
    take_output (self, bytes);
  else
    take_complaint (self, bytes);
  read_more (self, G_INPUT_STREAM (source));
}

static void
read_more (Stdio        *self,
           GInputStream *stream)
{
  if (self->events != NULL)
    g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable, read_cb, stdio_ref (self));
}

/* --- the beginning -------------------------------------------------------------------------------------- */

/* What programs need to find others and their own files; nothing that may hold a key. */
static char **
make_environment (HearthValue *server,
                  GHashTable  *secrets)
{
  static const char *const kept[] = { "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TMPDIR", "TZ",
                                      "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR" };
  HearthValue *environment = hearth_value_get_member_kind (server, "environment", HEARTH_VALUE_OBJECT);
  char **variables = g_new0 (char *, 1);
  GHashTableIter iter;
  gpointer name, secret;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      variables = g_environ_setenv (variables, kept[i], g_getenv (kept[i]), TRUE);
  for (gsize i = 0; environment != NULL && i < hearth_value_get_length (environment); i++)
    variables = g_environ_setenv (variables, hearth_value_key_at (environment, i),
                                  hearth_value_get_string (hearth_value_member_at (environment, i), NULL), TRUE);
  if (secrets != NULL)
    g_hash_table_iter_init (&iter, secrets);
  while (secrets != NULL && g_hash_table_iter_next (&iter, &name, &secret))
    variables = g_environ_setenv (variables, name, hearth_secret_get_text (secret), TRUE);
  return variables;
}

/* The variables hold keys. */
static void
wipe_environment (char **variables)
{
  for (char **variable = variables; *variable != NULL; variable++)
    explicit_bzero (*variable, strlen (*variable));
  g_strfreev (variables);
}

/* In the new process. */
static void
set_up_child (gpointer user_data)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
spawn (HearthValue *server,
       GHashTable  *secrets,
       GError     **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  HearthValue *command = hearth_value_get (server, "command");
  const char *folder = hearth_value_get_member_string (server, "folder", NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  char **variables = make_environment (server, secrets);
  GSubprocess *process;

  for (gsize i = 0; i < hearth_value_get_length (command); i++)
    g_ptr_array_add (words, (gpointer) hearth_value_get_string (hearth_value_at (command, i), NULL));
  g_ptr_array_add (words, NULL);
  g_subprocess_launcher_set_environ (launcher, variables);
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  if (folder != NULL)
    g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, error);
  wipe_environment (variables);
  return process;
}

static GPtrArray *
list_secrets (GHashTable *secrets)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_secret_unref);
  GHashTableIter iter;
  gpointer secret;

  if (secrets != NULL)
    g_hash_table_iter_init (&iter, secrets);
  while (secrets != NULL && g_hash_table_iter_next (&iter, NULL, &secret))
    g_ptr_array_add (list, hearth_secret_ref (secret));
  return list;
}

HearthMcpTransport *
_hearth_mcp_stdio_new (HearthValue                    *server,
                       GHashTable                     *secrets,
                       const HearthMcpTransportEvents *events,
                       gpointer                        user_data,
                       GError                        **error)
{
  g_autoptr (GError) cause = NULL;
  GSubprocess *process = spawn (server, secrets, &cause);
  Stdio *self;

  if (process == NULL)
    {
      g_set_error (error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START, _("The program of the server does not start: %s."),
                   cause->message);
      return NULL;
    }
  self = g_new0 (Stdio, 1);
  self->parent = (HearthMcpTransport) { .send = stdio_send, .close = stdio_close };
  g_ref_count_init (&self->ref_count);
  self->events = events;
  self->user_data = user_data;
  self->process = process;
  self->group = atoi (g_subprocess_get_identifier (process));
  self->cancellable = g_cancellable_new ();
  self->lines = hearth_line_reader_new (HEARTH_FRAMING_LINES, HEARTH_MCP_MAX_MESSAGE, line_cb, self);
  self->complaint = g_string_new (NULL);
  self->secrets = list_secrets (secrets);
  self->n_open = 2;
  read_more (self, g_subprocess_get_stdout_pipe (process));
  read_more (self, g_subprocess_get_stderr_pipe (process));
  return &self->parent;
}

/* hearth-cli-serve.c: `hearthctl serve`: the server without a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <string.h>
#include <unistd.h>

#include "hearth-access-operations.h"
#include "hearth-qr-code.h"
#include "hearth-server.h"
#include "hearth-watchdog.h"
#include "hearth-i18n.h"

typedef struct
{
  char *data_dir;
  char *frontend;
  char **origins;
  int port;
  gboolean allow_others;

  HearthWorkspace *workspace;
  HearthServer *server;
  gboolean stopped;
} Command;

static void
command_clear (Command *self)
{
  g_clear_object (&self->server);
  g_clear_object (&self->workspace);
  g_strfreev (self->origins);
  g_free (self->frontend);
  g_free (self->data_dir);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

static void
signal_cb (int      number,
           gpointer user_data)
{
  Command *self = user_data;

  self->stopped = TRUE;
}

/* --- beginning ---------------------------------------------------------------------------------- */

static gboolean
open_workspace (Command *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->workspace = hearth_workspace_new (self->data_dir);
  hearth_workspace_open_async (self->workspace, TRUE, NULL, hearth_cli_keep_cb, &result);
  hearth_cli_await (&result);
  if (hearth_workspace_open_finish (self->workspace, result, &error))
    return TRUE;
  hearth_cli_complain ("%s", error->message);
  return FALSE;
}

static gboolean
check_frontend (Command *self)
{
  g_autofree char *index = NULL;

  if (self->frontend == NULL)
    return TRUE;
  index = g_build_filename (self->frontend, "index.html", NULL);
  if (g_file_test (index, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  hearth_cli_complain (_("“%s” holds no built web frontend: its index.html is missing. Build it, then name its “dist” folder."),
                       self->frontend);
  return FALSE;
}

static gboolean
listen_on_port (Command *self)
{
  g_autoptr (GError) error = NULL;

  self->server = hearth_server_new (self->workspace);
  hearth_server_set_frontend_dir (self->server, self->frontend);
  hearth_server_set_allow_other_devices (self->server, self->allow_others);
  if (self->origins != NULL)
    hearth_server_set_allowed_origins (self->server, (const char *const *) self->origins);
  if (hearth_server_listen (self->server, (guint16) self->port, &error))
    return TRUE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    hearth_cli_complain (_("Port %d is in use, perhaps by a Hearth that is open already. Choose another one with --port."),
                         self->port);
  else
    hearth_cli_complain (_("Port %d cannot be used: %s"), self->port, error->message);
  return FALSE;
}

static void
tell_address (Command *self)
{
  g_autofree char *address = hearth_server_dup_address (self->server);
  g_autofree char *ready = g_strdup_printf (_("Hearth is ready at %s\n"), address);

  hearth_cli_write (ready, strlen (ready));
  if (self->frontend != NULL)
    {
      g_autofree char *folder = g_strdup_printf (_("It serves the web frontend in %s\n"), self->frontend);

      hearth_cli_write (folder, strlen (folder));
    }
}

/* --- other devices ------------------------------------------------------------------------------- */

static void
tell_token (Command    *self,
            const char *token)
{
  g_autofree char *address = hearth_server_dup_share_address (self->server, token);
  g_autoptr (HearthQrCode) code = address != NULL ? hearth_qr_code_new (address) : NULL;
  g_autofree char *pattern = code != NULL ? hearth_qr_code_to_text (code) : NULL;
  g_autofree char *text = NULL;

  text = g_strdup_printf (_("Other devices come in with this token, which is shown only now: %s\n%s%s%s"), token,
                          address != NULL ? _("Or open this address there:\n") : "", address != NULL ? address : "",
                          address != NULL ? "\n" : "");
  hearth_cli_write (text, strlen (text));
  if (pattern != NULL && isatty (STDOUT_FILENO))
    hearth_cli_write (pattern, strlen (pattern));
}

/* The first device needs a token to come in; later ones get theirs with `hearthctl tokens --new`. */
static gboolean
ensure_token (Command *self)
{
  g_autoptr (HearthValue) tokens = hearth_cli_perform (self->workspace, &hearth_operation_list_access_tokens, NULL);
  g_autoptr (HearthValue) token = NULL;
  const char *hint;

  if (tokens == NULL)
    return FALSE;
  if (hearth_value_get_length (tokens) > 0)
    {
      hint = _("Other devices come in with the tokens they have; “hearthctl tokens --new NAME” makes another one.\n");
      return hearth_cli_write (hint, strlen (hint));
    }
  token = hearth_cli_perform (self->workspace, &hearth_operation_create_access_token, NULL);
  if (token == NULL)
    return FALSE;
  tell_token (self, hearth_value_get_member_string (token, "token", NULL));
  return TRUE;
}

/* --- ending --------------------------------------------------------------------------------------- */

/* Runs are cancelled properly: every node is told and has ended before we leave. */
static void
shut_down (Command *self)
{
  HearthQueue *queue = hearth_workspace_get_queue (self->workspace);

  hearth_queue_cancel_all (queue);
  while (hearth_queue_get_n_running (queue) > 0)
    g_main_context_iteration (NULL, TRUE);
  hearth_server_stop (self->server);
  /* The close frames, on their way. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
parse (Command *self,
       int      argc,
       char   **argv)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, N_("Listen on this port instead of 3233"), N_("N") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_("Serve the projects in this folder"), N_("DIR") },
    { "frontend", 0, 0, G_OPTION_ARG_FILENAME, &self->frontend, N_("Also serve the built web frontend in this folder"),
      N_("DIR") },
    { "allow-origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->origins,
      N_("Let pages of this web origin talk to the server; may be repeated"), N_("ORIGIN") },
    { "allow-other-devices", 0, 0, G_OPTION_ARG_NONE, &self->allow_others,
      N_("Also listen on the network; other devices need an access token"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!hearth_cli_parse_options (argc, argv, entries, NULL,
                                 _("Serves projects to browsers and other programs on this computer until Ctrl+C."), 0,
                                 NULL))
    return FALSE;
  if (self->port >= 0 && self->port <= G_MAXUINT16)
    return TRUE;
  hearth_cli_complain (_("%d is no port. Choose a number up to 65535."), self->port);
  return FALSE;
}

int
hearth_cli_serve (int    argc,
                  char **argv)
{
  g_auto (Command) self = { .port = HEARTH_SERVER_DEFAULT_PORT };

  if (!parse (&self, argc, argv) || !check_frontend (&self))
    return HEARTH_EXIT_USAGE;
  hearth_cli_watch_signals (signal_cb, &self);
  hearth_watchdog_start ();
  if (!open_workspace (&self) || !listen_on_port (&self))
    return HEARTH_EXIT_USAGE;
  tell_address (&self);
  if (self.allow_others && !ensure_token (&self))
    return HEARTH_EXIT_FAILED;
  while (!self.stopped)
    g_main_context_iteration (NULL, TRUE);
  shut_down (&self);
  return HEARTH_EXIT_OK;
}

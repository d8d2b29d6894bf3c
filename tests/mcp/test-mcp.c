/* test-mcp.c: servers of the Model Context Protocol are asked, through pipes and by HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-mcp-hub.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hearth-json.h"

typedef struct
{
  HearthOutside *outside;
  HearthMcpHub  *hub;
  gboolean       wanted; /* the servers */
  gboolean       answered;
  HearthValue   *result;
  GError        *error;
} World;

static char *
dup_script (void)
{
  return g_test_build_filename (G_TEST_DIST, "mcp", "server.py", NULL);
}

/* --- what the user has entered ------------------------------------------------------------------ */

/* With all that is there allowed. @more: further members, or NULL. */
static void
enter (World      *world,
       const char *command,
       const char *more)
{
  g_autofree char *text = g_strdup_printf ("{\"id\": \"test\", %s%s}", command, more != NULL ? more : "");
  g_autoptr (HearthValue) server = hearth_json_parse (text, -1, NULL);
  g_autofree char *fingerprint = hearth_mcp_server_dup_fingerprint (server);
  g_autoptr (HearthValue) allowed = hearth_value_string (fingerprint);
  g_autoptr (HearthValue) entered = hearth_value_with (server, "allowed", allowed);
  g_autoptr (HearthValue) servers = hearth_value_array (&entered, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_mcp_server_check (server, &error));
  g_assert_no_error (error);
  hearth_mcp_hub_set_servers (world->hub, servers);
}

static void
enter_program (World      *world,
               const char *words,
               const char *more)
{
  g_autofree char *script = dup_script ();
  g_autofree char *command = g_strdup_printf ("\"command\": [\"python3\", \"-B\", \"%s\"%s]", script, words);

  enter (world, command, more);
}

/* The same without permission. */
static void
enter_forbidden (World       *world,
                 HearthValue *server)
{
  g_autoptr (HearthValue) forbidden = hearth_value_with (server, "allowed", NULL);
  g_autoptr (HearthValue) servers = hearth_value_array (&forbidden, 1);

  hearth_mcp_hub_set_servers (world->hub, servers);
}

/* The value of every secret is "canary-<name>". */
static void
load_secrets (gpointer             owner,
              HearthValue         *server,
              HearthMcpSecretsFunc done,
              gpointer             user_data)
{
  g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_secret_unref);
  HearthValue *names = hearth_value_get (server, "secrets");

  for (gsize i = 0; i < hearth_value_get_length (names); i++)
    {
      const char *name = hearth_value_get_string (hearth_value_at (names, i), NULL);
      g_autofree char *text = g_strconcat ("canary-", name, NULL);

      g_hash_table_insert (secrets, g_strdup (name), hearth_secret_new (text));
    }
  done (secrets, NULL, user_data);
}

/* The test enters them when it wants. */
static void
load_servers (gpointer owner)
{
  ((World *) owner)->wanted = TRUE;
}

static void
set_up (World        *world,
        gconstpointer data)
{
  static const HearthMcpSource source = { load_servers, load_secrets };

  world->outside = hearth_outside_new ();
  world->hub = hearth_mcp_hub_new (world->outside, &source, world);
}

static void
forget_answer (World *world)
{
  world->answered = FALSE;
  g_clear_pointer (&world->result, hearth_value_unref);
  g_clear_error (&world->error);
}

static void
tear_down (World        *world,
           gconstpointer data)
{
  forget_answer (world);
  g_object_unref (world->hub);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* whoever is left takes leave */
  hearth_outside_finish (world->outside, NULL);
  g_object_unref (world->outside);
}

/* --- asking ----------------------------------------------------------------------------------------- */

static void
answered_cb (HearthValue  *result,
             const GError *error,
             gpointer      user_data)
{
  World *world = user_data;

  g_assert_false (world->answered);
  g_assert_true ((result == NULL) == (error != NULL));
  world->answered = TRUE;
  world->result = hearth_value_ref_or_null (result);
  world->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
await (World *world)
{
  g_assert_false (world->answered);
  while (!world->answered)
    g_main_context_iteration (NULL, TRUE);
}

static void
call (World      *world,
      const char *tool,
      const char *arguments,
      guint       timeout_ms)
{
  g_autoptr (HearthValue) value = hearth_json_parse (arguments, -1, NULL);

  forget_answer (world);
  hearth_mcp_hub_call_tool (world->hub, "test", tool, value, timeout_ms, answered_cb, world);
  await (world);
}

static void
assert_text (World      *world,
             const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_no_error (world->error);
  text = hearth_mcp_result_dup_text (world->result);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_echo (World *world)
{
  call (world, "echo", "{\"text\": \"hello\"}", 0);
  assert_text (world, "hello\n[image: image/png]");
}

static void
test_pipes (World        *world,
            gconstpointer data)
{
  enter_program (world, data, NULL);
  g_assert_false (hearth_mcp_hub_is_running (world->hub, "test"));
  assert_echo (world);
  g_assert_true (hearth_mcp_hub_is_running (world->hub, "test"));

  forget_answer (world);
  hearth_mcp_hub_list (world->hub, "test", "tools", answered_cb, world);
  await (world);
  g_assert_no_error (world->error);
  g_assert_cmpint (hearth_value_get_length (world->result), ==, 5);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (world->result, 4), "name", NULL), ==, "tool4");

  forget_answer (world);
  hearth_mcp_hub_read_resource (world->hub, "test", "note://1", answered_cb, world);
  await (world);
  g_assert_no_error (world->error);
  g_assert_cmpint (hearth_value_get_length (hearth_value_get (world->result, "contents")), ==, 2);
}

/* Whoever asks before the servers are known waits for them. */
static void
test_early (World        *world,
            gconstpointer data)
{
  hearth_mcp_hub_list (world->hub, "test", "tools", answered_cb, world);
  while (!world->wanted)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (world->answered);
  enter_program (world, "", NULL);
  await (world);
  g_assert_no_error (world->error);
  g_assert_cmpint (hearth_value_get_length (world->result), ==, 5);
}

static void
test_refusals (World        *world,
               gconstpointer data)
{
  enter_program (world, "", NULL);
  call (world, "strange", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_REFUSED);
  g_assert_nonnull (strstr (world->error->message, "no such thing"));
  call (world, "fail", "{}", 0);
  g_assert_no_error (world->error);
  g_assert_true (hearth_value_get_member_boolean (world->result, "isError", FALSE));
}

/* It is not started, and the person is told what would be. */
static void
test_not_allowed (World        *world,
                  gconstpointer data)
{
  g_autofree char *marker = g_build_filename (g_get_tmp_dir (), "hearth-test-mcp-started", NULL);
  g_autofree char *text = g_strdup_printf ("[{\"id\": \"test\", \"command\": [\"touch\", \"%s\"], \"allowed\": \"0\"}]", marker);
  g_autoptr (HearthValue) servers = hearth_json_parse (text, -1, NULL);

  hearth_mcp_hub_set_servers (world->hub, servers);
  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (world->error->message, marker));
  g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));

  forget_answer (world);
  hearth_mcp_hub_list (world->hub, "nobody", "tools", answered_cb, world);
  await (world);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_UNKNOWN);
}

/* A command that was allowed is not any more when a word of it changes; and what runs ends. */
static void
test_changed (World        *world,
              gconstpointer data)
{
  g_autoptr (HearthValue) server = NULL;
  g_autoptr (HearthValue) variables = hearth_value_object ("LD_PRELOAD", hearth_value_string ("/tmp/x.so"), NULL);
  g_autoptr (HearthValue) changed = NULL;
  g_autoptr (HearthValue) servers = NULL;

  enter_program (world, "", NULL);
  assert_echo (world);
  server = hearth_value_ref (hearth_mcp_hub_find_server (world->hub, "test"));
  g_assert_true (hearth_mcp_server_is_allowed (server));
  changed = hearth_value_with (server, "environment", variables);
  g_assert_false (hearth_mcp_server_is_allowed (changed));
  servers = hearth_value_array (&changed, 1);
  hearth_mcp_hub_set_servers (world->hub, servers);
  g_assert_false (hearth_mcp_hub_is_running (world->hub, "test"));
  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_ALLOWED);
}

static void
test_does_not_start (World        *world,
                     gconstpointer data)
{
  enter (world, "\"command\": [\"/no/such/program\"]", NULL);
  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START);

  enter_program (world, ", \"refuse\"", NULL);
  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED);
  g_assert_nonnull (strstr (world->error->message, "I want a licence"));
}

/* Nothing of our environment but what programs need; the secret, which its last words do not tell. */
static void
test_environment (World        *world,
                  gconstpointer data)
{
  g_setenv ("HEARTH_TEST_OURS", "ours", TRUE);
  enter_program (world, "", ", \"environment\": {\"GIVEN\": \"yes\"}, \"secrets\": [\"API_KEY\"]");
  call (world, "environment", "{\"names\": [\"GIVEN\", \"API_KEY\", \"HEARTH_TEST_OURS\", \"DBUS_SESSION_BUS_ADDRESS\"]}", 0);
  assert_text (world, "{\"GIVEN\":\"yes\",\"API_KEY\":\"canary-API_KEY\",\"HEARTH_TEST_OURS\":null,\"DBUS_SESSION_BUS_ADDRESS\":null}");
  call (world, "end", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED);
  g_assert_nonnull (strstr (world->error->message, "told to end"));
  g_assert_null (strstr (world->error->message, "canary"));
  /* The next who asks starts it anew. */
  assert_echo (world);
}

/* Whoever gives signs of life is waited for, whoever does not is not. */
static void
test_timeout (World        *world,
              gconstpointer data)
{
  enter_program (world, "", NULL);
  call (world, "slow", "{\"steps\": 6, \"pause\": 0.5}", 2000);
  assert_text (world, "slowly");
  call (world, "slow", "{\"steps\": 1, \"pause\": 1000}", 300);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_TIMEOUT);
  call (world, "cancelled", "{}", 0);
  assert_text (world, "1");
}

static void
test_withdraw (World        *world,
               gconstpointer data)
{
  guint number;

  enter_program (world, "", NULL);
  assert_echo (world);
  forget_answer (world);
  number = hearth_mcp_hub_call_tool (world->hub, "test", "slow", NULL, 0, answered_cb, world);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  hearth_mcp_hub_withdraw (world->hub, number);
  call (world, "cancelled", "{}", 0);
  assert_text (world, "1");
}

/* One that has ended and that nobody has buried is not. */
static gboolean
is_alive (const char *pid_file)
{
  g_autofree char *pid = NULL;
  g_autofree char *path = NULL;
  g_autofree char *state = NULL;

  g_assert_true (g_file_get_contents (pid_file, &pid, NULL, NULL));
  path = g_strdup_printf ("/proc/%s/stat", pid);
  return g_file_get_contents (path, &state, NULL, NULL) && strstr (state, ") Z ") == NULL;
}

static gboolean
again_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* What a server has started ends with it. */
static void
test_children (World        *world,
               gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("hearth-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "pid", NULL);
  g_autofree char *more = g_strdup_printf (", \"environment\": {\"CHILD_FILE\": \"%s\"}", file);
  guint again;

  enter_program (world, ", \"child\"", more);
  assert_echo (world);
  g_assert_true (is_alive (file));
  hearth_mcp_hub_end (world->hub, "test");
  again = g_timeout_add (10, again_cb, NULL);
  while (is_alive (file))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (again);
  g_unlink (file);
  g_rmdir (folder);
}

/* --- by HTTP ------------------------------------------------------------------------------------------- */

static GSubprocess *
start_http (const char *word,
            char      **url)
{
  g_autofree char *script = dup_script ();
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *port = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "API_KEY", "canary-Authorization", TRUE);
  process = g_subprocess_launcher_spawn (launcher, NULL, "python3", "-B", script, "--http", word, NULL);
  g_assert_nonnull (process);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  port = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  *url = g_strdup_printf ("http://127.0.0.1:%s/mcp", port);
  return process;
}

static void
stop_http (GSubprocess *process)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static void
test_http (World        *world,
           gconstpointer data)
{
  g_autofree char *url = NULL;
  GSubprocess *process = start_http (data, &url);
  g_autofree char *entered = g_strdup_printf ("\"url\": \"%s\"", url);

  enter (world, entered, ", \"secrets\": [\"Authorization\"]");
  assert_echo (world);
  forget_answer (world);
  hearth_mcp_hub_list (world->hub, "test", "tools", answered_cb, world);
  await (world);
  g_assert_cmpint (hearth_value_get_length (world->result), ==, 5);
  call (world, "fail", "{}", 0);
  g_assert_true (hearth_value_get_member_boolean (world->result, "isError", FALSE));

  enter (world, entered, NULL);
  call (world, "echo", "{}", 0);
  g_assert_nonnull (strstr (world->error->message, "wants a key"));
  stop_http (process);

  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED);
}

/* --- recordings --------------------------------------------------------------------------------------------- */

static void
test_recorded (World        *world,
               gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("hearth-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "talk.jsonl", NULL);
  g_autofree char *url = NULL;
  GSubprocess *process = start_http (data, &url);
  g_autofree char *entered = g_strdup_printf ("\"url\": \"%s\"", url);
  g_autofree char *recording = NULL;

  g_assert_true (hearth_outside_record (world->outside, path, NULL));
  enter (world, entered, ", \"secrets\": [\"Authorization\"]");
  assert_echo (world);
  stop_http (process);
  tear_down (world, NULL);
  g_assert_true (g_file_get_contents (path, &recording, NULL, NULL));
  g_assert_null (strstr (recording, "canary"));

  set_up (world, NULL);
  g_assert_true (hearth_outside_replay (world->outside, path, NULL));
  enter (world, entered, ", \"secrets\": [\"Authorization\"]");
  assert_echo (world);
  enter_program (world, "", NULL);
  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_RECORDED);
  g_assert_nonnull (strstr (world->error->message, "server.py"));
  g_unlink (path);
  g_rmdir (folder);
}

/* A replay starts no program, asks for no key, and needs nobody's permission. */
static void
test_recorded_program (World        *world,
                       gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("hearth-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "talk.jsonl", NULL);
  g_autofree char *marker = g_build_filename (folder, "started", NULL);
  g_autofree char *more = g_strdup_printf (", \"environment\": {\"CHILD_FILE\": \"%s\"}, \"secrets\": [\"API_KEY\"]", marker);
  g_autofree char *recording = NULL;
  HearthValue *server;

  g_assert_true (hearth_outside_record (world->outside, path, NULL));
  enter_program (world, ", \"child\"", more);
  assert_echo (world);
  call (world, "environment", "{\"names\": [\"API_KEY\"]}", 0);
  assert_text (world, "{\"API_KEY\":\"canary-API_KEY\"}");
  call (world, "slow", "{\"steps\": 1, \"pause\": 1000}", 300);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_TIMEOUT);
  call (world, "end", "{}", 0);
  server = hearth_value_ref (hearth_mcp_hub_find_server (world->hub, "test"));
  tear_down (world, NULL);
  g_assert_true (g_file_get_contents (path, &recording, NULL, NULL));
  g_assert_null (strstr (recording, "canary"));
  g_assert_cmpint (g_unlink (marker), ==, 0);

  set_up (world, NULL);
  g_assert_true (hearth_outside_replay (world->outside, path, NULL));
  enter_forbidden (world, server);
  assert_echo (world);
  call (world, "environment", "{\"names\": [\"API_KEY\"]}", 0);
  assert_text (world, "{\"API_KEY\":\"**************\"}");
  call (world, "slow", "{\"steps\": 1, \"pause\": 1000}", 300);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_TIMEOUT);
  call (world, "end", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED);
  g_assert_nonnull (strstr (world->error->message, "It said: told to end, the key is **************"));
  g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));
  call (world, "echo", "{}", 0);
  g_assert_error (world->error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_RECORDED);
  hearth_value_unref (server);
  g_unlink (path);
  g_rmdir (folder);
}

/* --- what may be entered ---------------------------------------------------------------------------------- */

static void
test_config (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"id\": \"Big\", \"command\": [\"a\"]}",
    "{\"id\": \"../x\", \"command\": [\"a\"]}",
    "{\"id\": \"a\"}",
    "{\"id\": \"a\", \"command\": []}",
    "{\"id\": \"a\", \"command\": \"rm -rf /\"}",
    "{\"id\": \"a\", \"command\": [\"\"]}",
    "{\"id\": \"a\", \"command\": [\"a\", 1]}",
    "{\"id\": \"a\", \"command\": [\"a\"], \"folder\": \"here\"}",
    "{\"id\": \"a\", \"command\": [\"a\"], \"environment\": {\"A=B\": \"\"}}",
    "{\"id\": \"a\", \"command\": [\"a\"], \"environment\": {\"A\": 1}}",
    "{\"id\": \"a\", \"command\": [\"a\"], \"secrets\": {\"A\": \"key\"}}",
    "{\"id\": \"a\", \"url\": \"ftp://x\"}",
    "{\"id\": \"a\", \"url\": \"http://user:key@x\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (HearthValue) server = hearth_json_parse (bad[i], -1, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (server);
      g_assert_false (hearth_mcp_server_check (server, &error));
      g_assert_error (error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_CONFIG);
    }
}

static void
test_command (void)
{
  g_autoptr (HearthValue) server = hearth_json_parse (
      "{\"id\": \"a\", \"command\": [\"npx\", \"a b\", \"$(x)\"], \"environment\": {\"A\": \"1 \\u202e2\"}, \"secrets\": [\"KEY\"]}", -1, NULL);
  g_autofree char *line = hearth_mcp_server_dup_command (server);

  g_assert_cmpstr (line, ==, "'A=1 \\u{202E}2' KEY=••• npx 'a b' '$(x)'");
  g_assert_false (hearth_mcp_server_is_allowed (server));
}

#define ADD(path, data, func) g_test_add (path, World, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mcp/config", test_config);
  g_test_add_func ("/mcp/command", test_command);
  ADD ("/mcp/pipes", "", test_pipes);
  ADD ("/mcp/noise", ", \"noise\"", test_pipes);
  ADD ("/mcp/early", NULL, test_early);
  ADD ("/mcp/refusals", NULL, test_refusals);
  ADD ("/mcp/not-allowed", NULL, test_not_allowed);
  ADD ("/mcp/changed", NULL, test_changed);
  ADD ("/mcp/does-not-start", NULL, test_does_not_start);
  ADD ("/mcp/environment", NULL, test_environment);
  ADD ("/mcp/timeout", NULL, test_timeout);
  ADD ("/mcp/withdraw", NULL, test_withdraw);
  ADD ("/mcp/children", NULL, test_children);
  ADD ("/mcp/http", "json", test_http);
  ADD ("/mcp/recorded", "json", test_recorded);
  ADD ("/mcp/recorded-program", NULL, test_recorded_program);
  ADD ("/mcp/http-events", "events", test_http);
  return g_test_run ();
}

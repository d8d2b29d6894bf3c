/* test-pack-program.c: programs of packs, in the real sandbox: what they say, and what they cannot do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "pack-run.h"

/* A node whose program is a script in the pack, "./s", run by sh or python3. */
#define RUNS(language, more, outputs) \
  "{\"type\":\"N\",\"category\":\"c\",\"displayName\":\"Runs\",\"inputs\":{\"a\":{\"dataFlowType\":\"STRING\"}}," \
  "\"outputs\":{" outputs "},\"configSchema\":{\"c\":{\"dataFlowType\":\"INTEGER\",\"config\":{\"default\":7}}}," \
  "\"behavior\":{\"program\":{\"command\":[\"" language "\",\"s\"]" more "}}}"
#define PLAIN "\"o\":{\"dataFlowType\":\"WILDCARD\"}"
#define STREAM "\"s\":{\"dataFlowType\":\"STRING\",\"isStream\":true},\"o\":{\"dataFlowType\":\"WILDCARD\"}"
#define PYTHON_HEAD "import sys, os, json, socket\ndef say(x): print(json.dumps(x), flush=True)\n"

static void
write_script (PackRun    *self,
              const char *script)
{
  g_autofree char *path = g_build_filename (self->base.path, "s", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &error);
  g_assert_no_error (error);
}

static const char *
run_sh (PackRun    *self,
        const char *script,
        const char *inputs)
{
  write_script (self, script);
  return pack_run (self, RUNS ("sh", ",\"timeoutSeconds\":20", PLAIN), NULL, inputs);
}

static const char *
run_python (PackRun    *self,
            const char *script)
{
  g_autofree char *whole = g_strconcat (PYTHON_HEAD, script, NULL);

  write_script (self, whole);
  return pack_run (self, RUNS ("python3", ",\"timeoutSeconds\":20,\"memoryMb\":512", PLAIN), NULL, "{}");
}

static void
assert_like (const char *said,
             const char *pattern)
{
  if (!g_str_equal (said, pattern) && !g_pattern_match_simple (pattern, said))
    g_error ("Expected %s, got %s", pattern, said);
}

/* --- what it says -------------------------------------------------------------------------------- */

static void
test_object_in (PackRun      *self,
                gconstpointer data)
{
  self->settings = "{\"k\":[1,\"ü\"]}";
  assert_like (run_sh (self, "read -r line; printf '{\"output\":{\"o\":%s}}\\n' \"$line\"", "{\"a\":\"line\\nbreak\"}"),
               "{\"o\":{\"inputs\":{\"a\":\"line\\nbreak\"},\"config\":{\"c\":7},\"settings\":{\"k\":[1,\"ü\"]}}}");
  /* Not reading the input is no mistake, nor is a last line that does not end. */
  assert_like (run_sh (self, "printf '\\n{\"progress\":\"half\"}\\n{\"output\":{\"o\":1}}'", "{}"), "{\"o\":1}");
  g_assert_cmpstr (self->log->str, ==, "half;");
  /* What it does behind its output does not count. */
  assert_like (run_sh (self, "echo '{\"output\":{\"o\":2}}'; echo '{\"error\":\"late\"}'; sleep 1000", "{}"), "{\"o\":2}");
}

static void
test_stream (PackRun      *self,
             gconstpointer data)
{
  write_script (self, "for w in a b c; do echo \"{\\\"chunk\\\":\\\"$w \\\",\\\"output\\\":\\\"s\\\"}\"; done\n"
                      "echo '{\"chunk\":{\"n\":1}}'; echo '{\"output\":{\"o\":3}}'");
  pack_run (self, RUNS ("sh", "", STREAM), NULL, "{}");
  g_assert_cmpstr (self->failure, ==, NULL);
  g_assert_cmpstr (self->chunks->str, ==, "a b c {\"n\":1}");
}

/* A consumer that takes a few at a time gets all of them, in order. */
static void
test_long_stream (PackRun      *self,
                  gconstpointer data)
{
  write_script (self, "i=0; while [ $i -lt 20000 ]; do echo \"{\\\"chunk\\\":\\\"$i,\\\"}\"; i=$((i+1)); done; echo '{\"output\":{}}'");
  pack_start_workflow (
      self, RUNS ("sh", "", STREAM), NULL,
      "{\"nodes\":[{\"id\":\"p\",\"type\":\"t:N\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{}},"
      "{\"id\":\"n\",\"type\":\"core:StreamSuffixRelay\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"suffix\":\"\"}}],"
      "\"edges\":[{\"id\":\"e\",\"source\":\"p\",\"sourceHandle\":\"s\",\"target\":\"n\",\"targetHandle\":\"inputStream\"}]}");
  AWAIT (self->ended);
  g_assert_cmpstr (self->failure, ==, NULL);
  g_assert_true (g_str_has_prefix (self->chunks->str, "0,1,2,3,"));
  g_assert_true (g_str_has_suffix (self->chunks->str, ",19998,19999,"));
  g_assert_cmpuint (self->chunks->len, ==, 10 * 2 + 90 * 3 + 900 * 4 + 9000 * 5 + 10000 * 6);
}

static void
test_failures (PackRun      *self,
               gconstpointer data)
{
  assert_like (run_sh (self, "echo '{\"error\":\"No such word.\"}'; sleep 1000", "{}"), "No such word.");
  assert_like (run_sh (self, "exit 3", "{}"), "The program ended without an output, with status 3.");
  assert_like (run_sh (self, "echo first >&2; echo last >&2; exit 1", "{}"),
               "The program ended without an output. It said: last");
  assert_like (run_sh (self, "echo hello", "{}"), "*not one JSON object in a line: hello");
  assert_like (run_sh (self, "echo '{\"other\":1}'", "{}"), "*neither chunk, output, progress nor error*");
  assert_like (run_sh (self, "echo '{\"chunk\":\"x\"}'", "{}"), "*none of the node's outputs is a stream*");
  assert_like (run_sh (self, "nosuchprogram", "{}"), "*nosuchprogram*not found*");
  assert_like (run_sh (self, "printf '\\377\\376\\n'", "{}"), "*not one JSON object in a line*");
}

static void
test_not_allowed (PackRun      *self,
                  gconstpointer data)
{
  self->programs = FALSE;
  assert_like (run_sh (self, "echo '{\"output\":{}}'", "{}"), "*Allow the pack's programs first*");
  self->programs = TRUE;
  self->asks_network = TRUE;
  assert_like (pack_run (self, RUNS ("sh", ",\"network\":true", PLAIN), NULL, "{}"), "*uses the network. Allow it*");
}

/* --- hostile ---------------------------------------------------------------------------------------- */

static void
test_endless (PackRun      *self,
              gconstpointer data)
{
  assert_like (run_sh (self, "yes | tr -d '\\n'", "{}"), "*more in one line than is read*");
  assert_like (run_sh (self, "yes '{\"progress\":\"0123456789012345678901234567890123456789\"}'", "{}"),
               "*more than is read of one run*");
  assert_like (run_sh (self, "yes complaint >&2", "{}"), "*more than is read of one run*");
  write_script (self, "while :; do :; done");
  assert_like (pack_run (self, RUNS ("sh", ",\"timeoutSeconds\":1", PLAIN), NULL, "{}"), "The program *");
}

static gboolean
is_running (const char *argument)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (proc)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "cmdline", NULL);
      g_autofree char *line = NULL;
      gsize length = 0;

      if (g_ascii_isdigit (*name) && g_file_get_contents (path, &line, &length, NULL) && length > 0
          && memmem (line, length, argument, strlen (argument)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* With all it has started, also what has left its session. */
static void
test_cancel (PackRun      *self,
             gconstpointer data)
{
  write_script (self, "setsid sleep 87654 & (sleep 87654 &) ; echo '{\"progress\":\"there\"}'; trap '' TERM; sleep 87654");
  pack_start (self, RUNS ("sh", "", PLAIN), NULL, "{}");
  AWAIT (self->log->len > 0 || self->ended);
  AWAIT (is_running ("87654"));
  hearth_run_cancel (self->run);
  AWAIT (self->ended);
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_INTERRUPTED);
  AWAIT (!is_running ("87654"));
}

static void
test_sees_nothing (PackRun      *self,
                   gconstpointer data)
{
  g_autofree char *home = g_strdup_printf (PYTHON_HEAD
      "seen = [p for p in ('/home', '/root', '/etc/passwd', '/etc/shadow', '/var', '/run', '/sys', '%s', '%s') if os.path.exists(p)]\n"
      "env = sorted(k for k in os.environ if k not in ('PATH', 'LANG', 'HOME', 'PWD', 'LC_CTYPE'))\n"
      "pids = [p for p in os.listdir('/proc') if p.isdigit()]\n"
      "say({'output': {'o': [seen, env, len(pids) < 6, os.getcwd(), socket.gethostname()]}})\n",
      g_get_home_dir (), self->base.path);

  write_script (self, home);
  assert_like (pack_run (self, RUNS ("python3", "", PLAIN), NULL, "{}"), "{\"o\":[[],[],true,\"/pack\",\"sandbox\"]}");
  assert_like (run_python (self,
                           "def tries(f):\n  try:\n    f()\n    return True\n  except OSError: return False\n"
                           "w = lambda p: tries(lambda: open(p, 'w').write('x'))\n"
                           "say({'output': {'o': [w('/pack/x'), w('/usr/x'), w('/x'), w('/dev/shm/x'), w('/proc/sys/kernel/core_pattern'), "
                           "w('/tmp/x'), tries(lambda: os.chroot('/tmp')), tries(lambda: os.setuid(0))]}})\n"),
               "{\"o\":[false,false,false,false,false,true,false,false]}");
}

/* Not even of this machine */
static void
test_no_network (PackRun      *self,
                 gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *script = g_strdup_printf (PYTHON_HEAD
      "try:\n  socket.create_connection(('127.0.0.1', %u), 5)\n  say({'output': {'o': 'reached'}})\n"
      "except OSError as e: say({'output': {'o': 'not reached'}})\n", port);

  g_assert_cmpuint (port, >, 0);
  write_script (self, script);
  assert_like (pack_run (self, RUNS ("python3", "", PLAIN), NULL, "{}"), "{\"o\":\"not reached\"}");
  self->asks_network = self->network = TRUE;
  assert_like (pack_run (self, RUNS ("python3", "", PLAIN), NULL, "{}"), "{\"o\":\"not reached\"}");
  assert_like (pack_run (self, RUNS ("python3", ",\"network\":true", PLAIN), NULL, "{}"), "{\"o\":\"reached\"}");
}

static void
test_greedy (PackRun      *self,
             gconstpointer data)
{
  assert_like (run_python (self, "n = 0\ntry:\n  while n < 200:\n    if os.fork() == 0: __import__('time').sleep(1000)\n    n += 1\n"
                                 "except OSError: pass\nsay({'output': {'o': n < 40}})\n"),
               "{\"o\":true}");
  assert_like (run_sh (self, "f() { f | f & }; f; sleep 1; echo '{\"output\":{\"o\":\"alive\"}}'", "{}"), "*");
  assert_like (run_python (self, "try:\n  x = bytearray(1 << 30)\n  say({'output': {'o': 'got'}})\n"
                                 "except MemoryError: say({'output': {'o': 'refused'}})\n"),
               "{\"o\":\"refused\"}");
  assert_like (run_python (self, "try:\n  f = open('/tmp/x', 'wb')\n  for i in range(200): f.write(b'x' * (1 << 20))\n"
                                 "  f.flush()\n  say({'output': {'o': 'got'}})\nexcept OSError: say({'output': {'o': 'refused'}})\n"),
               "{\"o\":\"refused\"}");
}

/* The kernel may forbid namespaces; then nothing runs, and says so. */
static gboolean
sandbox_works (void)
{
  PackRun probe = { .programs = TRUE };
  gboolean works;

  pack_run_set_up (&probe, NULL);
  works = g_str_equal (run_sh (&probe, "echo '{\"output\":{\"o\":1}}'", "{}"), "{\"o\":1}");
  if (!works)
    {
      g_assert_true (strstr (probe.failure, "sandbox") != NULL);
      g_test_message ("%s", probe.failure);
    }
  pack_run_tear_down (&probe, NULL);
  return works;
}

static void
test_no_sandbox (void)
{
  g_test_skip ("There is no sandbox on this machine");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PACK_TEST ("/pack-program/not-allowed", test_not_allowed);
  if (!sandbox_works ())
    {
      g_test_add_func ("/pack-program/sandbox", test_no_sandbox);
      return g_test_run ();
    }
  PACK_TEST ("/pack-program/object-in", test_object_in);
  PACK_TEST ("/pack-program/stream", test_stream);
  PACK_TEST ("/pack-program/long-stream", test_long_stream);
  PACK_TEST ("/pack-program/failures", test_failures);
  PACK_TEST ("/pack-program/endless", test_endless);
  PACK_TEST ("/pack-program/cancel", test_cancel);
  PACK_TEST ("/pack-program/sees-nothing", test_sees_nothing);
  PACK_TEST ("/pack-program/no-network", test_no_network);
  PACK_TEST ("/pack-program/greedy", test_greedy);
  return g_test_run ();
}

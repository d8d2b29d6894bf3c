/* test-program.c: programs are started, told lines, listened to and ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "told.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "temporary.h"

static const char *program_path;

#define RUN(script, ...) \
  g_auto (Told) told = { 0 }; \
  g_autoptr (HearthOutside) outside = hearth_outside_new (); \
  told_run (&told, outside, script, (HearthProgramRequest) { __VA_ARGS__ })

#define START(script, ...) \
  g_auto (Told) told = { 0 }; \
  g_autoptr (HearthOutside) outside = hearth_outside_new (); \
  told_start (&told, outside, script, (HearthProgramRequest) { __VA_ARGS__ })

#define assert_too_large(told, pattern) \
  g_assert_error ((told).error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE); \
  g_assert_nonnull (strstr ((told).error->message, pattern))

/* --- what it says -------------------------------------------------------------------------------- */

static void
test_lines (void)
{
  RUN ("printf 'one\\n\\ntwo\\r\\nh\\303\\251 \\377\\000.\\nlast'; echo ' first' >&2; echo 'last words ' >&2; exit 3");

  g_assert_no_error (told.error);
  g_assert_cmpstr (told.lines->str, ==, "one\ntwo\nhé \xef\xbf\xbd\xef\xbf\xbd.\nlast\n");
  g_assert_cmpint (told.status, ==, 3);
  g_assert_cmpstr (told.complaint, ==, "first\nlast words");
}

static void
test_signal (void)
{
  RUN ("kill -9 $$");

  g_assert_no_error (told.error);
  g_assert_cmpint (told.status, ==, -1);
  g_assert_cmpint (told.signal, ==, SIGKILL);
  g_assert_cmpstr (told.complaint, ==, "");
}

/* Only the end of what it complains of; characters are not cut. */
static void
test_complaint (void)
{
  RUN ("i=0; while [ $i -lt 9000 ]; do printf 'é' >&2; i=$((i+1)); done; printf end >&2");

  g_assert_cmpint (g_utf8_strlen (told.complaint, -1), ==, 2000);
  g_assert_true (g_utf8_validate (told.complaint, -1, NULL));
  g_assert_true (g_str_has_suffix (told.complaint, "éend"));
}

static void
test_too_large (void)
{
  {
    RUN ("yes | tr -d '\\n'");
    assert_too_large (told, "more in one line than is read");
  }
  {
    RUN ("printf '%2000s\\n' x; sleep 1000", .max_line = 1000);
    assert_too_large (told, "more in one line than is read");
  }
  {
    RUN ("printf '%1000s\\n' x", .max_line = 1000);
    g_assert_no_error (told.error);
  }
  {
    RUN ("yes", .max_bytes = 100000);
    assert_too_large (told, "more than is read of one run");
    g_assert_cmpuint (told.lines->len, <=, 100000);
  }
  {
    RUN ("yes >&2", .max_bytes = 100000);
    assert_too_large (told, "more than is read of one run");
  }
}

static gboolean
nothing_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* While it is paused it waits in its write; nothing is lost and nothing comes twice. */
static void
test_pause (void)
{
  gboolean rested = FALSE;
  g_auto (Told) told = { .pause_after = 10 };
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  g_autofree char *said = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  int pid;

  told_start (&told, outside, "echo $$; i=1; while [ $i -lt 40000 ]; do echo line $i; i=$((i+1)); done", (HearthProgramRequest) { 0 });
  AWAIT (told.n_lines == 10);
  pid = told_pid (&told, 0);
  g_timeout_add (300, nothing_cb, &rested);
  AWAIT (rested);
  g_assert_cmpuint (told.n_lines, ==, 10);
  g_assert_true (told_is_alive (pid));
  hearth_program_resume (told.program);
  g_assert_cmpuint (told.n_lines, ==, 10);
  AWAIT (told.ended);
  g_string_append_printf (expected, "%d\n", pid);
  for (int i = 1; i < 40000; i++)
    g_string_append_printf (expected, "line %d\n", i);
  g_assert_cmpstr (told.lines->str, ==, expected->str);
}

/* --- what it is told ------------------------------------------------------------------------------- */

static void
test_input (void)
{
  g_autoptr (HearthValue) input = hearth_json_parse ("{\"a\":\"line\\nbreak\",\"b\":[1,2.5]}", -1, NULL);
  g_autofree char *text = NULL;

  {
    RUN ("cat; echo over", .input = input);
    g_assert_cmpstr (told.lines->str, ==, "{\"a\":\"line\\nbreak\",\"b\":[1,2.5]}\nover\n");
  }
  {
    RUN ("exec <&-; echo deaf; sleep 0.1", .input = input); /* not reading is no mistake */
    g_assert_cmpint (told.status, ==, 0);
  }
}

/* More than a pipe holds, written before it runs and while it does. */
static void
test_written (void)
{
  g_autofree char *long_word = g_strnfill (30000, 'x');
  START ("while read -r line; do echo \"${#line} $line\"; done; exit 7");

  for (int i = 0; i < 10; i++)
    hearth_program_write (told.program, long_word);
  AWAIT (told.n_lines == 10);
  hearth_program_write (told.program, "one more");
  AWAIT (told.n_lines == 11);
  g_assert_true (g_str_has_prefix (told.lines->str, "30000 xxx"));
  g_assert_true (g_str_has_suffix (told.lines->str, "xxx\n8 one more\n"));
}

/* --- how it begins ---------------------------------------------------------------------------------- */

static void
test_does_not_start (void)
{
  static const char *const absent[] = { "/no/such/program", NULL }, *const unknown[] = { "no-such-program", NULL };

  {
    RUN ("", .argv = absent);
    g_assert_error (told.error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE);
    g_assert_cmpstr (told.error->message, ==, "The program “/no/such/program” cannot be started: No such file or directory.");
  }
  {
    RUN ("", .argv = unknown);
    g_assert_error (told.error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE);
  }
  {
    RUN ("true", .folder = "/no/such/folder");
    g_assert_error (told.error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE);
    g_assert_nonnull (strstr (told.error->message, "“/no/such/folder”"));
  }
}

static void
test_surroundings (void)
{
  static const char *const environment[] = { "GIVEN=yes", "BOTH=plain", NULL };
  g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) hearth_secret_unref);
  int leaked = open ("/dev/null", O_RDONLY);

  g_assert_cmpint (leaked, >=, 0);
  g_setenv ("HEARTH_TEST_OURS", "ours", TRUE);
  g_hash_table_insert (secrets, (char *) "KEY", hearth_secret_new ("canary-0123"));
  g_hash_table_insert (secrets, (char *) "BOTH", hearth_secret_new ("canary-4567"));
  {
    RUN ("echo \"$GIVEN|$KEY|$BOTH|$HEARTH_TEST_OURS\"; pwd; echo /proc/self/fd/*; grep -E 'Sig(Blk|Ign)' /proc/self/status;"
         "echo \"the key is $KEY, $BOTH\" >&2",
         .environment = environment, .secrets = secrets, .folder = "/usr");
    g_auto (GStrv) lines = g_strsplit (told.lines->str, "\n", -1);

    g_assert_cmpuint (told.n_lines, ==, 5);
    g_assert_cmpstr (lines[0], ==, "yes|canary-0123|canary-4567|");
    g_assert_cmpstr (lines[1], ==, "/usr");
    g_assert_true (g_str_has_prefix (lines[2], "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2"));
    g_assert_cmpuint (strlen (lines[2]), <=, strlen ("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3"));
    g_assert_cmpstr (lines[3], ==, "SigBlk:\t0000000000000000");
    g_assert_cmpint (g_ascii_strtoull (lines[4] + 8, NULL, 16) & (1 << (SIGPIPE - 1)), ==, 0);
    g_assert_cmpstr (told.complaint, ==, "the key is ***********, ***********");
  }
  close (leaked);
}

/* A script without a first line that says what reads it. */
static void
test_script (void)
{
  Temporary folder;
  g_autofree char *path = NULL;
  const char *argv[] = { "./s", "word", NULL };

  temporary_set_up (&folder, NULL);
  path = g_build_filename (folder.path, "s", NULL);
  g_assert_true (g_file_set_contents_full (path, "echo got $1", -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  {
    RUN ("", .argv = argv, .folder = folder.path);
    g_assert_no_error (told.error);
    g_assert_cmpstr (told.lines->str, ==, "got word\n");
  }
  temporary_tear_down (&folder, NULL);
}

/* --- how it ends ----------------------------------------------------------------------------------------- */

#define FAMILY "sleep 1000 & echo $!; echo $$; "

static void
test_kill (void)
{
  int child, parent;
  START ("trap '' TERM; " FAMILY "wait; sleep 1000");

  AWAIT (told.n_lines == 2);
  child = told_pid (&told, 0);
  parent = told_pid (&told, 1);
  g_clear_pointer (&told.program, hearth_program_kill);
  AWAIT (!told_is_alive (child) && !told_is_alive (parent));
  g_assert_false (told.ended);
}

/* First its input ends. */
static void
test_stop (void)
{
  int child;
  START (FAMILY "cat; exit 0");

  AWAIT (told.n_lines == 2);
  child = told_pid (&told, 0);
  g_clear_pointer (&told.program, hearth_program_stop);
  AWAIT (!told_is_alive (child));
}

/* One that hears neither that its input has ended nor that it should. */
static void
test_stop_stubborn (void)
{
  int parent;
  START ("trap '' TERM; " FAMILY "while :; do sleep 0.1; done");

  AWAIT (told.n_lines == 2);
  parent = told_pid (&told, 1);
  g_clear_pointer (&told.program, hearth_program_stop);
  AWAIT (!told_is_alive (parent));
}

/* Before it has begun. */
static void
test_stop_early (void)
{
  {
    START ("sleep 1000");
    g_clear_pointer (&told.program, hearth_program_kill);
  }
  {
    START ("sleep 1000");
    g_clear_pointer (&told.program, hearth_program_stop);
  }
  {
    g_auto (Told) told = { .kill_after = 5 };
    g_autoptr (HearthOutside) outside = hearth_outside_new ();

    told_start (&told, outside, "seq 1000", (HearthProgramRequest) { 0 });
    AWAIT (told.n_lines == 5);
    await_idle ();
    g_assert_cmpuint (told.n_lines, ==, 5);
  }
}

/* What it leaves behind has its outputs open and is ended; what has left its group does not hold anybody up. */
static void
test_left_behind (void)
{
  {
    RUN ("sleep 1000 & echo $!");
    AWAIT (!told_is_alive (told_pid (&told, 0)));
  }
  {
    RUN ("setsid sh -c 'echo $$; exec sleep 1000' & sleep 0.3");
    g_assert_cmpuint (told.n_lines, ==, 1);
    kill (told_pid (&told, 0), SIGKILL);
  }
}

/* A program that we have started, and then we are killed. The thread that starts programs has rested meanwhile. */
static void
test_orphan (void)
{
  g_autoptr (GSubprocess) starter = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, NULL,
                                                      program_path, "--starter", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (starter));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_nonnull (line);
  g_assert_true (told_is_alive (atoi (line)));
  g_subprocess_force_exit (starter);
  g_subprocess_wait (starter, NULL, NULL);
  AWAIT (!told_is_alive (atoi (line)));
}

static void G_GNUC_NORETURN
be_starter (void)
{
  START ("echo $$; exec sleep 1000");

  AWAIT (told.n_lines == 1);
  g_print ("%s", told.lines->str);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

/* Many at once */
static void
test_many (void)
{
  Told all[50] = { 0 };
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  guint n_ended = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    told_start (&all[i], outside, "echo hello", (HearthProgramRequest) { 0 });
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      AWAIT (all[i].ended);
      n_ended += g_str_equal (all[i].lines->str, "hello\n") && all[i].status == 0;
      told_clear (&all[i]);
    }
  g_assert_cmpuint (n_ended, ==, G_N_ELEMENTS (all));
}

int
main (int   argc,
      char *argv[])
{
  program_path = argv[0];
  if (argc > 1 && strcmp (argv[1], "--starter") == 0)
    be_starter ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/lines", test_lines);
  g_test_add_func ("/program/signal", test_signal);
  g_test_add_func ("/program/complaint", test_complaint);
  g_test_add_func ("/program/too-large", test_too_large);
  g_test_add_func ("/program/pause", test_pause);
  g_test_add_func ("/program/input", test_input);
  g_test_add_func ("/program/written", test_written);
  g_test_add_func ("/program/does-not-start", test_does_not_start);
  g_test_add_func ("/program/surroundings", test_surroundings);
  g_test_add_func ("/program/script", test_script);
  g_test_add_func ("/program/kill", test_kill);
  g_test_add_func ("/program/stop", test_stop);
  g_test_add_func ("/program/stop-stubborn", test_stop_stubborn);
  g_test_add_func ("/program/stop-early", test_stop_early);
  g_test_add_func ("/program/left-behind", test_left_behind);
  g_test_add_func ("/program/orphan", test_orphan);
  g_test_add_func ("/program/many", test_many);
  return g_test_run ();
}

/* test-program-recording.c: programs are recorded, and come out of the recording when they are not there any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "told.h"

#include "temporary.h"

#define KEY "sk-canary-0123456789\"x"
/* Answers a line with "<line>!" after a while, and says something unasked first. */
#define PARROT "echo hello; while read -r line; do sleep 0.2; echo \"$line!\"; done"

static const char *const numbers[] = { "id", "params.token", NULL };

typedef struct
{
  HearthOutside *outside;
  Temporary folder;
  char *path;
  GHashTable *secrets;
} Recording;

static void
set_up (Recording    *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->outside = hearth_outside_new ();
  temporary_set_up (&self->folder, NULL);
  self->path = g_build_filename (self->folder.path, "cassette.jsonl", NULL);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) hearth_secret_unref);
  g_hash_table_insert (self->secrets, (char *) "KEY", hearth_secret_new (KEY));
  g_assert_true (hearth_outside_record (self->outside, self->path, &error));
  g_assert_no_error (error);
}

static void
tear_down (Recording    *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->outside);
  await_idle ();
  temporary_tear_down (&self->folder, NULL);
  g_hash_table_unref (self->secrets);
  g_free (self->path);
}

static void
begin_replay (Recording *self)
{
  g_autoptr (GError) error = NULL;

  hearth_outside_finish (self->outside, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (self->outside);
  self->outside = hearth_outside_new ();
  hearth_outside_replay (self->outside, self->path, &error);
  g_assert_no_error (error);
}

/* While replaying what is to be run is not there; the program is known by its description alone. */
static void
start (Recording           *self,
       Told                *told,
       const char          *script,
       HearthProgramRequest request)
{
  static const char *const gone[] = { "/no/such/program", NULL };

  if (hearth_outside_is_replaying (self->outside))
    request.argv = gone;
  told_start (told, self->outside, script, request);
}

static char *
describe (Told *told)
{
  return g_strdup_printf ("%s%d %d %s|%s", told->lines->str, told->status, told->signal, told->complaint != NULL ? told->complaint : "",
                          told->error != NULL ? told->error->message : "");
}

static char *
run_and_describe (Recording           *self,
                  const char          *script,
                  HearthProgramRequest request)
{
  g_auto (Told) told = { 0 };

  start (self, &told, script, request);
  AWAIT (told.ended);
  return describe (&told);
}

/* --- the same again ------------------------------------------------------------------------------- */

static void
test_same (Recording    *self,
           gconstpointer data)
{
  static const char *const scripts[] = {
    "echo one; sleep 0.1; printf 'h\\303\\251 \\377\\n\\nlast'; echo why >&2; exit 3",
    "kill -9 $$",
    "printf '%2000s' x; sleep 1000",
    "cat",
  };
  g_autoptr (HearthValue) input = hearth_json_parse ("{\"a\":[1,\"é\"]}", -1, NULL);
  HearthProgramRequest request = { .input = input, .max_line = 1000 };
  char *recorded[G_N_ELEMENTS (scripts)];

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    recorded[i] = run_and_describe (self, scripts[i], request);
  begin_replay (self);
  for (guint i = G_N_ELEMENTS (scripts); i-- > 0;) /* whatever the order */
    {
      g_autofree char *replayed = run_and_describe (self, scripts[i], request);

      g_assert_cmpstr (recorded[i], ==, replayed);
      g_free (recorded[i]);
    }
}

/* One that cannot be started, either. */
static void
test_does_not_start (Recording    *self,
                     gconstpointer data)
{
  g_autofree char *recorded = run_and_describe (self, "true", (HearthProgramRequest) { .folder = "/no/such/folder" });
  g_autofree char *replayed = NULL;

  begin_replay (self);
  replayed = run_and_describe (self, "true", (HearthProgramRequest) { .folder = "/no/such/folder" });
  g_assert_nonnull (strstr (recorded, "/no/such/folder"));
  g_assert_cmpstr (recorded, ==, replayed);
}

static void
converse (Recording *self)
{
  g_auto (Told) told = { 0 };

  start (self, &told, PARROT, (HearthProgramRequest) { 0 });
  AWAIT (told.n_lines == 1);
  hearth_program_write (told.program, "a");
  AWAIT (told.n_lines == 2);
  hearth_program_write (told.program, "b");
  hearth_program_write (told.program, "c");
  g_assert_cmpuint (told.n_lines, ==, 2);
  AWAIT (told.n_lines == 4);
  g_assert_cmpstr (told.lines->str, ==, "hello\na!\nb!\nc!\n");
  g_clear_pointer (&told.program, hearth_program_stop);
}

/* Time passes as it did, in no time. */
static void
test_conversation (Recording    *self,
                   gconstpointer data)
{
  HearthClock *clock;
  gint64 begin;

  converse (self);
  begin_replay (self);
  clock = hearth_outside_get_clock (self->outside);
  begin = hearth_clock_get_now_ms (clock);
  converse (self);
  g_assert_cmpint (hearth_clock_get_now_ms (clock) - begin, >=, 597);
}

static void
elapsed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* It has not ended by itself, so neither does its replay; nor when the recording ends before it. */
static void
test_broken_off (Recording    *self,
                 gconstpointer data)
{
  g_auto (Told) unfinished = { 0 };
  gboolean elapsed = FALSE;

  converse (self);
  start (self, &unfinished, "echo 1; sleep 1000", (HearthProgramRequest) { 0 });
  AWAIT (unfinished.n_lines == 1);
  g_assert_true (hearth_outside_finish (self->outside, NULL));
  told_clear (&unfinished);
  begin_replay (self);
  start (self, &unfinished, "echo 1; sleep 1000", (HearthProgramRequest) { 0 });
  hearth_clock_add_timeout (hearth_outside_get_clock (self->outside), 3600000, elapsed_cb, &elapsed);
  AWAIT (elapsed);
  g_assert_cmpstr (unfinished.lines->str, ==, "1\n");
  g_assert_false (unfinished.ended);
}

static void
test_paused (Recording    *self,
             gconstpointer data)
{
  g_auto (Told) told = { .pause_after = 2 };
  gboolean elapsed = FALSE;

  g_free (run_and_describe (self, "seq 5", (HearthProgramRequest) { 0 }));
  begin_replay (self);
  start (self, &told, "seq 5", (HearthProgramRequest) { 0 });
  hearth_clock_add_timeout (hearth_outside_get_clock (self->outside), 60000, elapsed_cb, &elapsed);
  AWAIT (elapsed);
  g_assert_cmpstr (told.lines->str, ==, "1\n2\n");
  hearth_program_resume (told.program);
  g_assert_cmpuint (told.n_lines, ==, 2);
  AWAIT (told.ended);
  g_assert_cmpstr (told.lines->str, ==, "1\n2\n3\n4\n5\n");
}

/* --- another order ------------------------------------------------------------------------------------ */

/* Tells @first and @second side by side, with numbers as they come. What each has heard, sorted. */
static char *
ask_both (Recording  *self,
          const char *first,
          const char *second)
{
  const char *asked[] = { first, second };
  g_auto (Told) told = { 0 };
  g_auto (GStrv) lines = NULL;

  /* Answers with the number and the token of the question; both questions come first. */
  start (self, &told, "read -r a; read -r b; sleep 0.1; for l in \"$b\" \"$a\"; do echo \"$l\" | sed 's/\"ask\"/\"answer\"/'; done; cat",
         (HearthProgramRequest) { .numbers = numbers });
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *line = g_strdup_printf ("{\"id\":%d,\"ask\":\"%s\",\"params\":{\"token\":%d}}", i + 1, asked[i], i + 1);

      hearth_program_write (told.program, line);
    }
  AWAIT (told.n_lines == 2 || told.ended);
  lines = g_strsplit (told.lines->str, "\n", -1);
  return told.ended ? describe (&told) : g_strcmp0 (lines[0], lines[1]) < 0 ? g_strjoin (" ", lines[0], lines[1], NULL)
                                                                              : g_strjoin (" ", lines[1], lines[0], NULL);
}

static void
test_order (Recording    *self,
            gconstpointer data)
{
  g_autofree char *swapped = NULL;

  g_free (ask_both (self, "x", "y"));
  begin_replay (self);
  swapped = ask_both (self, "y", "x");
  g_assert_cmpstr (swapped, ==, "{\"id\":1,\"answer\":\"y\",\"params\":{\"token\":1}} {\"id\":2,\"answer\":\"x\",\"params\":{\"token\":2}}");
}

/* Members may come in any order. */
static void
test_canonical (Recording    *self,
                gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      g_auto (Told) told = { 0 };

      if (round == 1)
        begin_replay (self);
      start (self, &told, PARROT, (HearthProgramRequest) { 0 });
      hearth_program_write (told.program, round == 0 ? "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}" : "{ \"b\": {\"d\":3, \"c\":2.0}, \"a\":1 }");
      AWAIT (told.n_lines == 2);
      g_assert_cmpstr (told.lines->str, ==, "hello\n{\"a\":1,\"b\":{\"c\":2,\"d\":3}}!\n");
    }
}

/* --- what is not there --------------------------------------------------------------------------------- */

#define assert_missing(told, pattern) \
  g_assert_error ((told)->error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_NOT_RECORDED); \
  if (strstr ((told)->error->message, pattern) == NULL) \
    g_error ("%s", (told)->error->message)

static void
fail_with (Recording           *self,
           Told                *told,
           const char          *script,
           HearthProgramRequest request,
           const char          *line)
{
  start (self, told, script, request);
  if (line != NULL)
    hearth_program_write (told->program, line);
  AWAIT (told->ended);
}

static void
test_missing_program (Recording    *self,
                      gconstpointer data)
{
  g_auto (Told) other = { 0 };
  g_auto (Told) changed = { 0 };
  g_auto (Told) often = { 0 };
  g_autoptr (HearthValue) input = hearth_json_parse ("{\"inputs\":{\"text\":\"a\"}}", -1, NULL);
  g_autoptr (HearthValue) another = hearth_json_parse ("{\"inputs\":{\"text\":\"b\"}}", -1, NULL);

  g_free (run_and_describe (self, "cat", (HearthProgramRequest) { .input = input }));
  begin_replay (self);
  fail_with (self, &other, "dog", (HearthProgramRequest) { .input = input }, NULL);
  assert_missing (&other, "no answer to “sh -c dog”. Undo what was changed, or record the run anew. The nearest is call 1: program.command[2] is \"cat\" in the recording and \"dog\" now.");
  fail_with (self, &changed, "cat", (HearthProgramRequest) { .input = another }, NULL);
  assert_missing (&changed, "The nearest is call 1: input.inputs.text is \"a\" in the recording and \"b\" now.");
  g_free (run_and_describe (self, "cat", (HearthProgramRequest) { .input = input }));
  fail_with (self, &often, "cat", (HearthProgramRequest) { .input = input }, NULL);
  assert_missing (&often, "more often");
}

static void
test_missing_line (Recording    *self,
                   gconstpointer data)
{
  g_auto (Told) told = { 0 };
  g_auto (Told) changed = { 0 };
  g_auto (Told) more = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      start (self, &told, PARROT, (HearthProgramRequest) { .numbers = numbers });
      hearth_program_write (told.program, "{\"id\":1,\"params\":{\"name\":\"far\",\"at\":[1,2]}}");
      hearth_program_write (told.program, "{\"id\":2,\"params\":{\"name\":\"x\"}}");
      AWAIT (told.n_lines == 3);
      told_clear (&told);
    }
  begin_replay (self);
  fail_with (self, &changed, PARROT, (HearthProgramRequest) { .numbers = numbers }, "{\"id\":7,\"params\":{\"name\":\"y\"}}");
  assert_missing (&changed, "told now: params.name is \"x\" in the recording and \"y\" now (call 1, line ");
  start (self, &more, PARROT, (HearthProgramRequest) { .numbers = numbers });
  hearth_program_write (more.program, "{\"id\":2,\"params\":{\"name\":\"x\"}}");
  hearth_program_write (more.program, "{\"id\":1,\"params\":{\"name\":\"far\",\"at\":[1,2]}}");
  hearth_program_write (more.program, "{\"id\":3,\"params\":{\"name\":\"x\"}}");
  AWAIT (more.ended);
  assert_missing (&more, "told less than that");
}

/* --- keys ------------------------------------------------------------------------------------------------ */

/* Repeated in every form that the program may give it: it is nowhere. */
static void
test_key (Recording    *self,
          gconstpointer data)
{
  g_autoptr (HearthValue) described = hearth_json_parse ("{\"command\":[\"parrot\"]}", -1, NULL);
  HearthProgramRequest request = { .description = described, .secrets = self->secrets };
  g_auto (Told) told = { 0 };
  g_autofree char *text = NULL;

  start (self, &told, "echo \"it is $KEY\"; printf '{\"key\":\"sk-canary-0123456789\\\\\"x\"}\\n'; read -r l; echo \"$l\"; echo \"$KEY\" >&2", request);
  hearth_program_write (told.program, "you are sk-canary-0123456789\"x");
  AWAIT (told.ended);
  g_assert_nonnull (strstr (told.lines->str, "it is " KEY "\n"));
  g_assert_cmpstr (told.complaint, ==, "**********************");
  begin_replay (self);
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "you are *****"));
  g_assert_null (strstr (text, "sk-canary"));
  g_assert_null (strstr (text, "0123456789"));
}

/* --- the file -------------------------------------------------------------------------------------------- */

static void
test_damaged (void)
{
  static const char *const lines[] = { "", ",\"lines\":{}", ",\"lines\":[1]", ",\"lines\":[[0,\"in\"]]", ",\"lines\":[[0,\"up\",\"x\"]]",
                                       ",\"lines\":[[\"0\",\"in\",\"x\"]]", ",\"lines\":[[0,\"out\",{}]]", ",\"lines\":[[0,\"out\",\"a\\u0000b\"]]" };
  Temporary folder;
  g_autofree char *path = NULL;

  temporary_set_up (&folder, NULL);
  path = g_build_filename (folder.path, "c.jsonl", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (HearthOutside) outside = hearth_outside_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup_printf ("{\"hearthCassette\":1}\n{\"number\":1,\"request\":{\"program\":{}}%s}\n", lines[i]);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_assert_false (hearth_outside_replay (outside, path, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "is no recording: line 2: “lines” is no list of"));
    }
  temporary_tear_down (&folder, NULL);
}

/* Members that have been mended into something else: it is played as far as it makes sense. */
static void
test_mended (void)
{
  static const char *const ends[] = { "\"exit\":\"x\"", "\"exit\":-7,\"signal\":{}", "\"error\":[]", "\"error\":{\"kind\":1,\"message\":2}",
                                      "\"complaint\":null" };
  Temporary folder;
  g_autofree char *path = NULL;

  temporary_set_up (&folder, NULL);
  path = g_build_filename (folder.path, "c.jsonl", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (HearthOutside) outside = hearth_outside_new ();
      g_auto (Told) told = { 0 };
      g_autofree char *text = g_strdup_printf (
          "{\"hearthCassette\":1}\n{\"number\":1,\"request\":{\"program\":{\"command\":[\"sh\",\"-c\",\"x\"]}},"
          "\"lines\":[[9,\"out\",\"a\"],[-5,\"out\",\"b\"]],%s,\"endMs\":1}\n", ends[i]);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_assert_true (hearth_outside_replay (outside, path, NULL));
      told_run (&told, outside, "x", (HearthProgramRequest) { 0 });
      g_assert_cmpstr (told.lines->str, ==, "a\nb\n");
      told_clear (&told);
    }
  temporary_tear_down (&folder, NULL);
}

#define ADD(name, function) g_test_add ("/program-recording/" name, Recording, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same", test_same);
  ADD ("does-not-start", test_does_not_start);
  ADD ("conversation", test_conversation);
  ADD ("broken-off", test_broken_off);
  ADD ("paused", test_paused);
  ADD ("order", test_order);
  ADD ("canonical", test_canonical);
  ADD ("missing-program", test_missing_program);
  ADD ("missing-line", test_missing_line);
  ADD ("key", test_key);
  g_test_add_func ("/program-recording/damaged", test_damaged);
  g_test_add_func ("/program-recording/mended", test_mended);
  return g_test_run ();
}

/* test-nodes-context.c: the context builder on hand-worked cases
 *
 * Each file of tests/data/context says in `about` what it shows, and has the `inputs` of the node and the `messages` that
 * come of them by the rules of docs/nodes/context-builder.md and docs/nodes/world-books.md; in `worked` it says how.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include <string.h>

#include "hearth-json.h"

static HearthValue *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  HearthValue *value;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  value = hearth_json_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_case (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "context", data, NULL);
  g_autoptr (HearthValue) whole = load (path);
  g_autofree char *inputs = hearth_json_print (hearth_value_get (whole, "inputs"));
  g_autofree char *expected = hearth_json_print (hearth_value_get (whole, "messages"));
  g_autofree char *got = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");

  g_test_message ("%s", hearth_value_get_member_string (whole, "about", ""));
  g_assert_cmpstr (got, ==, expected);
}

/* The same conversation, the same choices; another one may choose otherwise. */
static void
test_chance (void)
{
  guint n_in = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *inputs = g_strdup_printf ("{\"historyMessages\":[{\"role\":\"user\",\"content\":\"gate %u\"}],"
                                                 "\"worldBookData\":{\"entries\":[{\"keys\":[\"gate\"],\"content\":\"in\",\"probability\":30}]}}", i);
      g_autofree char *first = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");
      g_autofree char *second = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");

      g_assert_cmpstr (first, ==, second);
      n_in += strstr (first, "\"in\"") != NULL;
    }
  g_assert_cmpuint (n_in, >, 30);
  g_assert_cmpuint (n_in, <, 90);
}

/* @n answers, each to “gate”, and one more “gate”. */
static gboolean
is_called_after (guint       n,
                 const char *settings)
{
  g_autoptr (GString) inputs = g_string_new ("{\"historyMessages\":[");
  g_autofree char *got = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append (inputs, "{\"role\":\"user\",\"content\":\"gate\"},{\"role\":\"assistant\",\"content\":\"yes\"},");
  g_string_append_printf (inputs, "{\"role\":\"user\",\"content\":\"gate\"}],\"worldBookData\":{\"scan_depth\":1,\"entries\":"
                          "[{\"keys\":[\"gate\"],\"content\":\"called\",%s}]}}", settings);
  got = fake_step_try (fake_find_decl ("ContextBuilder"), inputs->str, NULL, "finalMessages");
  return strstr (got, "called") != NULL;
}

/* Looked at are the messages 1, 3, 5, …: with a cooldown of 7 it comes at 1, is held back until 8, comes at 9, and so on: at
 * 8 k + 1. After n answers there are 2 n + 1, so n is a multiple of 4. Long histories are not looked through from their
 * beginning; where it begins is a multiple of 256 answers, which is one of 4. */
static void
test_long_history (void)
{
  const guint lengths[] = { 0, 1, 3, 4, 255, 256, 300, 301, 511, 512, 516, 517, 768 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_assert_cmpint (is_called_after (lengths[i], "\"cooldown\":7"), ==, lengths[i] % 4 == 0);
  g_assert_true (is_called_after (600, "\"sticky\":1"));
}

/* What the only prompt of a preset says, in a run whose chance begins with @seed. */
static char *
expand (const char *prompt,
        const char *history,
        guint64     seed)
{
  g_autofree char *inputs = g_strdup_printf ("{\"historyMessages\":[{\"role\":\"assistant\",\"content\":\"Hello.\"}%s],"
                                             "\"presetData\":{\"prompts\":[{\"identifier\":\"p\",\"role\":\"system\",\"content\":\"%s\"}]}}",
                                             history, prompt);
  g_autoptr (HearthStep) step = fake_step_new (fake_find_decl ("ContextBuilder"), inputs, NULL);
  g_autofree char *error = NULL;
  HearthValue *messages;

  fake_step_set_seed (step, seed);
  error = fake_step_run (step);
  g_assert_null (error);
  messages = fake_step_get_output (step, "finalMessages");
  return g_strdup (hearth_value_get_member_string (hearth_value_at (messages, 0), "content", ""));
}

/* The same run draws the same, another one something else, and all there is. */
static void
test_random (void)
{
  const char *prompt = "{{random::a::b::c}}{{roll:d6}}";
  g_autofree char *first = expand (prompt, "", 1);
  g_autofree char *again = expand (prompt, "", 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (first, ==, again);
  for (guint64 seed = 1; seed <= 600; seed++)
    {
      char *text = expand (prompt, "", seed);

      g_assert_true (strlen (text) == 2 && strchr ("abc", text[0]) != NULL && text[1] >= '1' && text[1] <= '6');
      g_hash_table_add (seen, text);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 3 * 6);
}

/* {{pick}} has nothing to do with the run: while the conversation goes on it stays, and each place has its own. */
static void
test_pick (void)
{
  const char *prompt = "{{pick::a::b::c}}{{pick::a::b::c}}{{pick::a::b::c}}{{pick::a::b::c}}{{pick::a::b::c}}{{pick::a::b::c}}";
  g_autofree char *first = expand (prompt, "", 1);
  g_autofree char *later = expand (prompt, ",{\"role\":\"user\",\"content\":\"Yes?\"}", 2);

  g_assert_cmpstr (first, ==, later);
  g_assert_cmpuint (strspn (first, (char[]) { first[0], '\0' }), <, 6);
}

static GString *
repeat (const char *text,
        guint       n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return all;
}

/* A card that puts itself into itself: of texts of 26 KB and less would come 4 GB, if nothing held it. */
static void
test_hostile_card (void)
{
  g_autoptr (GString) description = repeat ("twenty-six letters or so, ", 1000);
  g_autoptr (GString) personality = repeat ("{{description}}", 200);
  g_autoptr (GString) scenario = repeat ("{{personality}}", 800);
  g_autofree char *inputs = g_strdup_printf ("{\"characterData\":{\"description\":\"%s\",\"personality\":\"%s\",\"scenario\":\"%s\"}}",
                                             description->str, personality->str, scenario->str);
  g_autofree char *got = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");

  g_assert_nonnull (strstr (got, "{{personality}}"));
  g_assert_cmpuint (strlen (got), <, 10 << 20);
}

/* Each of them is looked at once. */
static void
test_many_braces (void)
{
  g_autoptr (GString) braces = repeat ("{{", 500000);
  g_autofree char *got = expand (braces->str, "", 1);

  g_assert_cmpstr (got, ==, braces->str);
}

static void
test_not_json (void)
{
  g_autofree char *got = fake_step_try (fake_find_decl ("ContextBuilder"), "{\"worldBookData\":\"{\"}", NULL, "finalMessages");

  g_assert_nonnull (strstr (got, "worldBookData"));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "data", "context", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/nodes/context/", name, NULL);

      g_ptr_array_add (names, g_strdup (name));
      g_test_add_data_func (test, g_ptr_array_index (names, names->len - 1), test_case);
    }
  g_assert_cmpuint (names->len, >=, 10);
  g_test_add_func ("/nodes/context/chance", test_chance);
  g_test_add_func ("/nodes/context/long-history", test_long_history);
  g_test_add_func ("/nodes/context/random", test_random);
  g_test_add_func ("/nodes/context/pick", test_pick);
  g_test_add_func ("/nodes/context/hostile-card", test_hostile_card);
  g_test_add_func ("/nodes/context/many-braces", test_many_braces);
  g_test_add_func ("/nodes/context/not-json", test_not_json);
  return g_test_run ();
}

/* test-json-limits.c: how deep, wide and long JSON may be, and what others find doubtful
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "json-text.h"

static char *
nest (const char *opening,
      const char *inner,
      const char *closing,
      guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, closing);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *arrays = nest ("[", "1", "]", HEARTH_JSON_MAX_DEPTH);
  g_autofree char *objects = nest ("{\"a\":", "{}", "}", HEARTH_JSON_MAX_DEPTH - 1);
  g_autofree char *too_deep = nest ("[", "[]", "]", HEARTH_JSON_MAX_DEPTH);
  g_autofree char *opened = nest ("[{\"a\":", "", "", 200000);
  g_autofree char *wide = nest ("[[]],", "1", "", 2000);
  g_autofree char *wide_array = g_strdup_printf ("[%s]", wide);
  g_autoptr (HearthValue) deep_arrays = parse (arrays);
  g_autoptr (HearthValue) deep_objects = parse (objects);
  g_autoptr (HearthValue) wide_value = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = hearth_json_print (deep_arrays);

  g_assert_cmpstr (printed, ==, arrays);
  g_assert_cmpuint (hearth_value_get_length (deep_objects), ==, 1);
  g_assert_null (hearth_json_parse (too_deep, -1, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DEPTH);
  assert_position (error, 1, HEARTH_JSON_MAX_DEPTH + 1);
  g_clear_error (&error);
  g_assert_null (hearth_json_parse (opened, -1, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DEPTH);

  /* Depth is what is open at once, not what has been. */
  wide_value = parse (wide_array);
  g_assert_cmpuint (hearth_value_get_length (wide_value), ==, 2001);
}

/* An object with @n members; from @twin on the names start again at 0 if it is not 0. */
static char *
make_wide_object (guint n,
                  guint twin)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"key %u\":%u", i > 0 ? ",\n" : "", twin != 0 && i == twin ? 0 : i, i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_wide_objects (void)
{
  for (guint n = 1; n < 3000; n = n < 70 ? n + 1 : n * 2)
    {
      g_autofree char *text = make_wide_object (n, 0);
      g_autofree char *with_twin = make_wide_object (n + 1, n);
      g_autoptr (HearthValue) value = parse (text);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (hearth_value_get_length (value), ==, n);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *key = g_strdup_printf ("key %u", i);

          g_assert_cmpstr (hearth_value_key_at (value, i), ==, key);
          g_assert_cmpint (hearth_value_get_member_integer (value, key, -1), ==, i);
        }
      g_assert_null (hearth_value_get (value, "key"));
      g_assert_null (hearth_value_get (value, "key 99999"));

      g_assert_null (hearth_json_parse (with_twin, -1, &error));
      g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DUPLICATE_KEY);
      assert_position (error, n + 1, 1);
    }
}

static void
test_length (void)
{
  g_autoptr (HearthValue) value = hearth_json_parse ("[1]garbage", 3, NULL);
  g_autoptr (HearthValue) number = hearth_json_parse ("12345", 2, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (hearth_value_get_length (value), ==, 1);
  g_assert_cmpint (hearth_value_get_integer (number), ==, 12);
  g_assert_null (hearth_json_parse (NULL, 0, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_SYNTAX);
  g_assert_null (hearth_json_parse ("[", -1, NULL));
}

/* --- a published collection, where there is one -------------------------------------------------- */

/* RFC 8259 leaves it to the reader whether an object may name one key twice; we refuse it. */
static gboolean
must_accept (const char *name)
{
  return g_str_has_prefix (name, "y_") && !g_str_has_prefix (name, "y_object_duplicated_key");
}

static void
check_corpus_file (const char *directory,
                   const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = NULL;
  gsize length;

  g_test_message ("%s", name);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  value = parse_bytes (text, length, &error);
  g_assert_true ((value == NULL) == (error != NULL));
  if (must_accept (name))
    g_assert_no_error (error);
  else if (g_str_has_prefix (name, "n_"))
    g_assert_null (value);
  if (value != NULL)
    assert_same_after_print (value);
}

static void
test_corpus (void)
{
  const char *directory = g_getenv ("HEARTH_JSON_CORPUS");
  g_autoptr (GDir) files = directory != NULL ? g_dir_open (directory, 0, NULL) : NULL;
  const char *name;
  guint n_files = 0;

  if (files == NULL)
    {
      g_test_skip ("HEARTH_JSON_CORPUS names no directory with y_*.json and n_*.json");
      return;
    }
  while ((name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        check_corpus_file (directory, name);
        n_files++;
      }
  g_assert_cmpuint (n_files, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/wide-objects", test_wide_objects);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/corpus", test_corpus);

  return g_test_run ();
}

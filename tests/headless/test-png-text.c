/* test-png-text.c: texts beside a picture, from files of all origins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-data-dir.h"
#include "hearth-png-text.h"

static const char *const card_keywords[] = { "ccv3", "chara", NULL };

static char *
dup_picture (const char *name)
{
  /* Apart, because it would take the fuzzer too long. */
  gboolean is_large = g_str_equal (name, "bomb.png");

  return g_test_build_filename (G_TEST_DIST, "data", is_large ? "png-large" : "png", name, NULL);
}

static char *
find_in (const char *name,
         GError    **error)
{
  g_autofree char *path = dup_picture (name);

  return hearth_png_text_find_in_file (path, card_keywords, error);
}

static GBytes *
load (const char *name)
{
  g_autofree char *path = dup_picture (name);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *name, *text;
  } cases[] = {
    { "plain.png", "eyJuYW1lIjoiUGxhaW4ifQ==" },
    { "packed.png", "eyJuYW1lIjoiUGFja2VkIn0=" },
    { "international.png", "Grüße, 名前" },
    { "international-packed.png", "eyJuYW1lIjoiSW50ZXJuYXRpb25hbCJ9" },
    { "latin.png", "Gr\xc3\xbc\xc3\x9f" "e" },
    { "both.png", "eyJuYW1lIjoiVGhyZWUifQ==" },  /* ccv3 comes second and counts */
    { "second-good.png", "eyJuYW1lIjoiR29vZCJ9" }, /* its ccv3 has a wrong check sum */
    { "torn.png", "eyJuYW1lIjoiVG9ybiJ9" },      /* ends in the middle of the picture, behind the text */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = load (cases[i].name);
      g_autofree char *text = find_in (cases[i].name, &error);
      g_autofree char *same = hearth_png_text_find (bytes, card_keywords, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (same, ==, text);
    }
}

static void
test_none (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (find_in ("none.png", &error));
  g_assert_no_error (error);
}

/* Each is refused with a sentence, none is guessed at. */
static void
test_damaged (void)
{
  static const char *const names[] = { "wrong-check.png",  "bomb.png",     "no-picture.png", "bad-packing.png",
                                       "cut-header.png",   "long-chunk.png", "bad-utf8.png",  "odd-method.png" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = find_in (names[i], &error);

      g_test_message ("%s: %s", names[i], error != NULL ? error->message : "accepted");
      g_assert_null (text);
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
    }
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_png_text_find_in_file ("/nowhere/x.png", card_keywords, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_png_text_find_in_file ("/dev/zero", card_keywords, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
assert_replaced (GBytes     *png,
                 const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) once = hearth_png_text_replace (png, "chara", "old", &error);
  g_autoptr (GBytes) twice = once != NULL ? hearth_png_text_replace (once, "chara", text, &error) : NULL;
  g_autofree char *read = NULL;

  g_assert_no_error (error);
  read = hearth_png_text_find (twice, card_keywords, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, text);
}

static void
test_replace (void)
{
  g_autoptr (GBytes) plain = load ("plain.png");
  g_autoptr (GBytes) none = load ("none.png");
  g_autoptr (GBytes) torn = load ("torn.png");
  g_autoptr (GBytes) first = hearth_png_text_replace (none, "chara", "x", NULL);
  g_autoptr (GBytes) second = hearth_png_text_replace (first, "chara", "x", NULL);
  g_autoptr (GError) error = NULL;

  assert_replaced (plain, "");
  assert_replaced (plain, "bmV3");
  assert_replaced (none, "Grüße, 名前");
  g_assert_true (g_bytes_equal (first, second)); /* the old text is gone */
  g_assert_cmpuint (g_bytes_get_size (first), ==, g_bytes_get_size (none) + 12 + strlen ("chara") + 1 + 1);
  g_assert_null (hearth_png_text_replace (torn, "chara", "x", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/png-text/kinds", test_kinds);
  g_test_add_func ("/png-text/none", test_none);
  g_test_add_func ("/png-text/damaged", test_damaged);
  g_test_add_func ("/png-text/no-file", test_no_file);
  g_test_add_func ("/png-text/replace", test_replace);
  return g_test_run ();
}

/* test-qr-code.c: a pattern of the right form, the same in a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-qr-code.h"

#include <string.h>

#define TEXT "http://192.168.1.5:3233/?token=abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE"

/* Three corners have a square in a square (ISO/IEC 18004, 6.3.3). */
static void
assert_finder (const HearthQrCode *code,
               guint               left,
               guint               top)
{
  for (guint y = 0; y < 7; y++)
    for (guint x = 0; x < 7; x++)
      {
        gboolean outer = x == 0 || y == 0 || x == 6 || y == 6;
        gboolean inner = x >= 2 && x <= 4 && y >= 2 && y <= 4;

        g_assert_cmpuint (code->is_dark[(top + y) * code->size + left + x], ==, outer || inner);
      }
}

static void
test_pattern (void)
{
  g_autoptr (HearthQrCode) code = hearth_qr_code_new (TEXT);

  g_assert_nonnull (code);
  g_assert_cmpuint (code->size, >=, 21);
  g_assert_cmpuint ((code->size - 17) % 4, ==, 0);
  assert_finder (code, 0, 0);
  assert_finder (code, code->size - 7, 0);
  assert_finder (code, 0, code->size - 7);
}

/* Every module is where it is in the pattern, with four light ones around. */
static void
test_terminal (void)
{
  g_autoptr (HearthQrCode) code = hearth_qr_code_new (TEXT);
  g_autofree char *text = hearth_qr_code_to_text (code);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint width = code->size + 8;

  g_assert_cmpuint (g_strv_length (lines), ==, (width + 1) / 2 + 1);
  for (guint y = 0; y < code->size; y++)
    {
      const char *at = strchr (lines[(y + 4) / 2], 'm') + 1;

      g_assert_true (g_str_has_prefix (at, "    "));
      for (guint x = 0; x < code->size; x++)
        {
          gunichar c = g_utf8_get_char (g_utf8_offset_to_pointer (at, 4 + (glong) x));
          gboolean is_upper = c == 0x2580 || c == 0x2588;
          gboolean is_lower = c == 0x2584 || c == 0x2588;

          g_assert_cmpint ((y + 4) % 2 == 0 ? is_upper : is_lower, ==, code->is_dark[y * code->size + x]);
        }
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_null (hearth_qr_code_new (text));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr-code/pattern", test_pattern);
  g_test_add_func ("/qr-code/terminal", test_terminal);
  g_test_add_func ("/qr-code/too-long", test_too_long);
  return g_test_run ();
}

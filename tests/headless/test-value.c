/* test-value.c: values: made, looked at, changed and compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "values.h"

/* --- making and looking --------------------------------------------------------------- */

static void
test_scalars (void)
{
  g_autoptr (HearthValue) small = hearth_value_integer (7);
  g_autoptr (HearthValue) large = hearth_value_integer (G_MININT64);
  g_autoptr (HearthValue) number = hearth_value_double (2.75);
  g_autoptr (HearthValue) text = hearth_value_string_len ("a\0b", 3);
  gsize length;

  g_assert_true (hearth_value_is (hearth_value_null (), NULL));
  g_assert_true (hearth_value_get_boolean (hearth_value_boolean (42)));
  g_assert_false (hearth_value_get_boolean (hearth_value_boolean (FALSE)));
  g_assert_cmpint (hearth_value_get_integer (small), ==, 7);
  g_assert_cmpint (hearth_value_get_integer (large), ==, G_MININT64);
  g_assert_cmpint (hearth_value_get_integer (number), ==, 2);
  g_assert_cmpfloat (hearth_value_get_double (number), ==, 2.75);
  g_assert_cmpfloat (hearth_value_get_double (small), ==, 7);
  g_assert_cmpstr (hearth_value_get_string (text, &length), ==, "a");
  g_assert_cmpuint (length, ==, 3);
  g_assert_cmpuint (hearth_value_get_length (text), ==, 0);
  g_assert_cmpuint (hearth_value_get_length (NULL), ==, 0);
  g_assert_false (hearth_value_is (NULL, NULL));
}

static void
test_every_small_integer (void)
{
  for (gint64 i = -300; i < 600; i++)
    {
      g_autoptr (HearthValue) value = hearth_value_integer (i);

      g_assert_cmpint (hearth_value_get_integer (value), ==, i);
    }
}

static void
test_integer_from_other_numbers (void)
{
  g_autoptr (HearthValue) huge = hearth_value_double (1e30);
  g_autoptr (HearthValue) low = hearth_value_double (-1e30);
  g_autoptr (HearthValue) negative = hearth_value_double (-2.9);
  g_autoptr (HearthValue) big = hearth_value_big_number ("18446744073709551616", 20);

  g_assert_cmpint (hearth_value_get_integer (huge), ==, G_MAXINT64);
  g_assert_cmpint (hearth_value_get_integer (low), ==, G_MININT64);
  g_assert_cmpint (hearth_value_get_integer (negative), ==, -2);
  g_assert_cmpint (hearth_value_get_integer (big), ==, G_MAXINT64);
  g_assert_cmpfloat (hearth_value_get_double (big), ==, 0x1p64);
  g_assert_cmpstr (hearth_value_get_string (big, NULL), ==, "18446744073709551616");
}

static void
test_not_finite (void)
{
  g_assert_true (hearth_value_double (NAN) == hearth_value_null ());
  g_assert_true (hearth_value_double (INFINITY) == hearth_value_null ());
  g_assert_true (hearth_value_double (-INFINITY) == hearth_value_null ());
}

static void
test_big_number_that_is_not (void)
{
  g_autoptr (HearthValue) small = hearth_value_big_number ("12", 2);

  g_assert_cmpint (hearth_value_get_kind (small), ==, HEARTH_VALUE_INTEGER);
  if (g_test_subprocess ())
    {
      hearth_value_big_number ("12x", 3);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*CRITICAL*");
}

static void
test_arrays (void)
{
  static const char *const strings[] = { "a", "", "c", NULL };
  g_autoptr (HearthValue) strv = hearth_value_strv (strings);
  HearthValue *elements[] = { strv, hearth_value_null () };
  g_autoptr (HearthValue) array = hearth_value_array (elements, 2);

  assert_prints (array, "[[\"a\",\"\",\"c\"],null]");
  g_assert_true (hearth_value_at (array, 0) == strv);
  g_assert_true (hearth_value_array (NULL, 0) == hearth_value_empty_array ());
  g_assert_null (hearth_value_get (array, "a"));
}

static void
test_objects (void)
{
  g_autoptr (HearthValue) object =
      hearth_value_object ("b", hearth_value_integer (1), "gone", NULL, "a", hearth_value_string ("x"), NULL);
  g_autoptr (HearthValue) nothing = hearth_value_object (NULL, NULL);

  assert_prints (object, "{\"b\":1,\"a\":\"x\"}");
  g_assert_cmpstr (hearth_value_key_at (object, 1), ==, "a");
  g_assert_cmpstr (hearth_value_get_string (hearth_value_member_at (object, 1), NULL), ==, "x");
  g_assert_null (hearth_value_get (object, "gone"));
  g_assert_null (hearth_value_get (NULL, "b"));
  g_assert_true (nothing == hearth_value_empty_object ());
}

static void
test_twins (void)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) small =
      hearth_value_object ("a", hearth_value_integer (1), "b", hearth_value_integer (2), "a",
                           hearth_value_string ("last"), NULL);
  g_autoptr (HearthValue) large = NULL;

  assert_prints (small, "{\"a\":\"last\",\"b\":2}");
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i % 40);

      hearth_builder_add (&builder, key, hearth_value_integer (1000 + i));
    }
  large = hearth_builder_end_object (&builder);
  g_assert_cmpuint (hearth_value_get_length (large), ==, 40);
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i);

      g_assert_cmpstr (hearth_value_key_at (large, (gsize) i), ==, key);
      g_assert_cmpint (hearth_value_get_member_integer (large, key, 0), ==, 1000 + (i < 20 ? i + 80 : i + 40));
    }
}

static void
test_builder (void)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) array = NULL;
  g_autoptr (HearthValue) object = NULL;

  g_assert_true (hearth_builder_end_array (&builder) == hearth_value_empty_array ());
  g_assert_true (hearth_builder_end_object (&builder) == hearth_value_empty_object ());
  hearth_builder_add (&builder, NULL, hearth_value_integer (1000));
  hearth_builder_add (&builder, NULL, NULL);
  hearth_builder_add_string (&builder, NULL, "x");
  array = hearth_builder_end_array (&builder);
  hearth_builder_add (&builder, "a", hearth_value_ref (array));
  hearth_builder_add_string (&builder, "b", NULL);
  object = hearth_builder_end_object (&builder);
  assert_prints (array, "[1000,\"x\"]");
  assert_prints (object, "{\"a\":[1000,\"x\"]}");
  /* Left filled: the clean-up at the end of the block has to free it. */
  hearth_builder_add_string (&builder, "left", "over");
}

static void
test_members_with_fallback (void)
{
  g_autoptr (HearthValue) object = parse ("{\"s\":\"x\",\"b\":true,\"i\":3,\"d\":2.5,\"o\":{},\"z\":null}");

  g_assert_cmpstr (hearth_value_get_member_string (object, "s", "-"), ==, "x");
  g_assert_cmpstr (hearth_value_get_member_string (object, "i", "-"), ==, "-");
  g_assert_cmpstr (hearth_value_get_member_string (NULL, "s", "-"), ==, "-");
  g_assert_true (hearth_value_get_member_boolean (object, "b", FALSE));
  g_assert_true (hearth_value_get_member_boolean (object, "i", TRUE));
  g_assert_cmpint (hearth_value_get_member_integer (object, "d", 0), ==, 2);
  g_assert_cmpint (hearth_value_get_member_integer (object, "s", -1), ==, -1);
  g_assert_cmpfloat (hearth_value_get_member_double (object, "i", 0), ==, 3);
  g_assert_cmpfloat (hearth_value_get_member_double (object, "z", 9), ==, 9);
  g_assert_nonnull (hearth_value_get_member_kind (object, "o", HEARTH_VALUE_OBJECT));
  g_assert_null (hearth_value_get_member_kind (object, "o", HEARTH_VALUE_ARRAY));
  g_assert_null (hearth_value_get_member_kind (object, "none", HEARTH_VALUE_NULL));
}

/* --- new values from old ones ---------------------------------------------------------------- */

static void
test_with (void)
{
  g_autoptr (HearthValue) object = parse ("{\"a\":1,\"b\":2}");
  g_autoptr (HearthValue) one = hearth_value_string ("one");
  g_autoptr (HearthValue) replaced = hearth_value_with (object, "a", one);
  g_autoptr (HearthValue) added = hearth_value_with (replaced, "c", hearth_value_null ());
  g_autoptr (HearthValue) removed = hearth_value_with (added, "a", NULL);
  g_autoptr (HearthValue) same = hearth_value_with (object, "none", NULL);
  g_autoptr (HearthValue) first = hearth_value_with (NULL, "a", one);
  g_autoptr (HearthValue) empty = hearth_value_with (first, "a", NULL);

  assert_prints (object, "{\"a\":1,\"b\":2}");
  assert_prints (replaced, "{\"a\":\"one\",\"b\":2}");
  assert_prints (added, "{\"a\":\"one\",\"b\":2,\"c\":null}");
  assert_prints (removed, "{\"b\":2,\"c\":null}");
  g_assert_true (same == object);
  assert_prints (first, "{\"a\":\"one\"}");
  assert_prints (empty, "{}");
}

/* Across the size from which on objects have an index. */
static void
test_with_grows (void)
{
  g_autoptr (HearthValue) object = hearth_value_ref (hearth_value_empty_object ());

  for (gint64 i = 0; i < 80; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%d", (int) i);
      g_autoptr (HearthValue) number = hearth_value_integer (i);
      HearthValue *next = hearth_value_with (object, key, number);

      hearth_value_unref (object);
      object = next;
    }
  for (gint64 i = 79; i >= 0; i--)
    {
      g_autofree char *key = g_strdup_printf ("k%d", (int) i);
      HearthValue *next;

      g_assert_cmpint (hearth_value_get_member_integer (object, key, -1), ==, i);
      next = hearth_value_with (object, key, NULL);
      g_assert_null (hearth_value_get (next, key));
      g_assert_cmpuint (hearth_value_get_length (next), ==, (gsize) i);
      hearth_value_unref (object);
      object = next;
    }
}

static void
test_overlay (void)
{
  g_autoptr (HearthValue) base = parse ("{\"a\":1,\"b\":{\"x\":1}}");
  g_autoptr (HearthValue) over = parse ("{\"b\":2,\"c\":3}");
  g_autoptr (HearthValue) both = hearth_value_overlay (base, over);
  g_autoptr (HearthValue) only_base = hearth_value_overlay (base, NULL);
  g_autoptr (HearthValue) only_over = hearth_value_overlay (NULL, over);
  g_autoptr (HearthValue) none = hearth_value_overlay (NULL, NULL);

  assert_prints (both, "{\"a\":1,\"b\":2,\"c\":3}");
  g_assert_true (only_base == base);
  g_assert_true (only_over == over);
  assert_prints (none, "{}");
}

/* --- comparing ----------------------------------------------------------------------------------- */

static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean is_equal;
  } cases[] = {
    { "1", "1.0", TRUE },
    { "0", "-0", TRUE },
    { "0", "-0.0", TRUE },
    { "1", "1.5", FALSE },
    { "1", "true", FALSE },
    { "0", "null", FALSE },
    { "\"1\"", "1", FALSE },
    { "9007199254740993", "9007199254740992", FALSE },
    { "9007199254740993", "9007199254740992.0", FALSE },
    { "9007199254740992", "9007199254740992.0", TRUE },
    { "18446744073709551616", "18446744073709551616", TRUE },
    { "18446744073709551616", "18446744073709551617", FALSE },
    { "18446744073709551616", "-18446744073709551616", FALSE },
    { "18446744073709551616.0", "18446744073709551616", TRUE },
    { "100000000000000000000", "1e20", TRUE },
    { "1e400", "10e399", TRUE },
    { "1e400", "0.1E401", TRUE },
    { "1e400", "1e401", FALSE },
    { "1e-400", "0.01e-398", TRUE },
    { "1e-400", "0", FALSE },
    { "\"a\\u0000b\"", "\"a\\u0000c\"", FALSE },
    { "[1,2]", "[1,2]", TRUE },
    { "[1,2]", "[2,1]", FALSE },
    { "[1]", "[1,1]", FALSE },
    { "[]", "{}", FALSE },
    { "{\"a\":1,\"b\":[{}]}", "{\"b\":[{}],\"a\":1.0}", TRUE },
    { "{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", FALSE },
    { "{\"a\":null}", "{}", FALSE },
    { "[[1,[2,[3]]],4]", "[[1,[2,[3]]],4]", TRUE },
    { "[[1,[2,[3]]],4]", "[[1,[2,[5]]],4]", FALSE },
    { "[[1,[2,[3]]],4]", "[[1,[2,[3]]],5]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) a = parse (cases[i].a);
      g_autoptr (HearthValue) b = parse (cases[i].b);

      g_test_message ("%s %s", cases[i].a, cases[i].b);
      g_assert_cmpint (hearth_value_equal (a, b), ==, cases[i].is_equal);
      g_assert_cmpint (hearth_value_equal (b, a), ==, cases[i].is_equal);
      g_assert_true (hearth_value_equal (a, a));
    }
  g_assert_true (hearth_value_equal (NULL, NULL));
  g_assert_false (hearth_value_equal (NULL, hearth_value_null ()));
  g_assert_false (hearth_value_equal (hearth_value_null (), NULL));
}

static void
test_equal_wide (void)
{
  g_auto (HearthBuilder) up = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) down = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) a = NULL;
  g_autoptr (HearthValue) b = NULL;
  g_autoptr (HearthValue) c = NULL;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *low = g_strdup_printf ("%d", i);
      g_autofree char *high = g_strdup_printf ("%d", 999 - i);

      hearth_builder_add (&up, low, hearth_value_integer (i));
      hearth_builder_add (&down, high, hearth_value_integer (999 - i));
    }
  a = hearth_builder_end_object (&up);
  b = hearth_builder_end_object (&down);
  c = hearth_value_with (b, "500", hearth_value_null ());
  g_assert_true (hearth_value_equal (a, b));
  g_assert_false (hearth_value_equal (a, c));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/scalars", test_scalars);
  g_test_add_func ("/value/every-small-integer", test_every_small_integer);
  g_test_add_func ("/value/integer-from-other-numbers", test_integer_from_other_numbers);
  g_test_add_func ("/value/not-finite", test_not_finite);
  g_test_add_func ("/value/big-number-that-is-not", test_big_number_that_is_not);
  g_test_add_func ("/value/arrays", test_arrays);
  g_test_add_func ("/value/objects", test_objects);
  g_test_add_func ("/value/twins", test_twins);
  g_test_add_func ("/value/builder", test_builder);
  g_test_add_func ("/value/members-with-fallback", test_members_with_fallback);
  g_test_add_func ("/value/with", test_with);
  g_test_add_func ("/value/with-grows", test_with_grows);
  g_test_add_func ("/value/overlay", test_overlay);
  g_test_add_func ("/value/equal", test_equal);
  g_test_add_func ("/value/equal-wide", test_equal_wide);

  return g_test_run ();
}

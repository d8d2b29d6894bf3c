/* json-text.h: text that is read exactly as it is, and values that survive being written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "hearth-json.h"
#include "parse.h"

/* A text with a length, so that it can hold NUL bytes. */
#define TEXT(literal) (literal), sizeof (literal) - 1

/* The parser gets a copy without anything behind it, so that reading too far is noticed. */
static inline HearthValue *
parse_bytes (const char *text,
             gsize       length,
             GError    **error)
{
  g_autofree char *copy = length > 0 ? g_memdup2 (text, length) : g_malloc (1);

  return hearth_json_parse (copy, (gssize) length, error);
}

static inline void
assert_position (const GError *error,
                 guint         line,
                 guint         column)
{
  g_autofree char *prefix = g_strdup_printf ("Line %u, column %u: ", line, column);

  g_assert_true (g_str_has_prefix (error->message, prefix));
  g_assert_cmpuint (strlen (error->message), >, strlen (prefix) + 10);
  g_assert_true (g_str_has_suffix (error->message, ".") || strchr (error->message, '\\') != NULL);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static inline void
assert_same_after_print (HearthValue *value)
{
  g_autofree char *compact = hearth_json_print (value);
  g_autofree char *pretty = hearth_json_print_pretty (value);
  g_autoptr (HearthValue) from_compact = parse (compact);
  g_autoptr (HearthValue) from_pretty = parse (pretty);
  g_autofree char *again = hearth_json_print (from_pretty);

  g_assert_true (hearth_value_equal (value, from_compact));
  g_assert_true (hearth_value_equal (from_pretty, value));
  g_assert_cmpstr (compact, ==, again);
}

static inline guint64
make_random_bits (void)
{
  return (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
}

/* fuzz-json.c: whatever bytes come in, what is accepted survives being written and read again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json.h"

#include "fuzz.h"

static void
check_written (HearthValue *value,
               char        *written)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) again = hearth_json_parse (written, -1, &error);

  g_assert_no_error (error);
  g_assert_true (hearth_value_equal (value, again));
  g_assert_true (hearth_value_equal (again, value));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_json_parse ((const char *) data, (gssize) size, &error);
  g_autofree char *compact = NULL;
  g_autofree char *pretty = NULL;
  g_autofree char *text = NULL;

  if (value == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "Line "));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_no_error (error);
  compact = hearth_json_print (value);
  pretty = hearth_json_print_pretty (value);
  check_written (value, compact);
  check_written (value, pretty);
  text = hearth_value_to_text (value);
  g_assert_true (hearth_value_to_number (value) != 1 || hearth_value_is_truthy (value));
  return 0;
}

/* fuzz-yaml.c: whatever file comes in, it ends in a value that is as small as the file, or in a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json.h"
#include "hearth-plugin-manifest.h"
#include "hearth-yaml.h"

#include "fuzz.h"

static void
check_manifest (const char *text,
                gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) manifest = hearth_plugin_manifest_parse (text, size, &error);

  if (manifest == NULL)
    {
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  g_assert_true (hearth_plugin_name_is_usable (hearth_value_get_member_string (manifest, "name", "")));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_yaml_parse ((const char *) data, size, HEARTH_YAML_MAX_DATA, &lines, &error);
  g_autofree char *json = NULL;
  g_autoptr (HearthValue) again = NULL;

  check_manifest ((const char *) data, size);
  if (value == NULL)
    {
      g_assert_true (error != NULL && error->domain == HEARTH_YAML_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_no_error (error);
  json = hearth_json_print (value);
  again = hearth_json_parse (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (hearth_value_equal (value, again));
  return 0;
}

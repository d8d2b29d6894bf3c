/* parse.h: JSON that a test has written down, as a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-json.h"

static inline HearthValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value = hearth_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

/* values.h: values as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <math.h>
#include <string.h>

#include "hearth-json.h"
#include "parse.h"

static inline void
assert_prints (const HearthValue *value,
               const char        *expected)
{
  g_autofree char *printed = hearth_json_print (value);

  g_assert_cmpstr (printed, ==, expected);
}

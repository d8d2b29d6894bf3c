/* fuzz-context.c: whatever cards, books and presets hold, messages come of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"
#include "hearth-message.h"

#include "fuzz.h"

/* A history is left out when it is none; what cannot be read at all is said. */
static void
check_messages (HearthValue *inputs)
{
  g_autofree char *text = hearth_json_print (inputs);
  g_autoptr (HearthStep) step = fake_step_new (fake_find_decl ("ContextBuilder"), text, NULL);
  g_autofree char *error = fake_step_run (step);
  HearthValue *messages = fake_step_get_output (step, "finalMessages");

  if (error != NULL)
    g_assert_true (g_utf8_validate (error, -1, NULL));
  else
    g_assert_true (hearth_message_list_is_valid (messages));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (HearthValue) whole = hearth_json_parse ((const char *) data, (gssize) size, NULL);
  HearthValue *inputs = hearth_value_get_member_kind (whole, "inputs", HEARTH_VALUE_OBJECT);

  if (inputs != NULL)
    check_messages (inputs);
  return 0;
}

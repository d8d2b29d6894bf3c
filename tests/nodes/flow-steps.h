/* flow-steps.h: nodes of control flow on a fake step, and what they did to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-step.h"

#include "hearth-json.h"

#include <gio/gio.h>
#include <string.h>

static inline char *
print_output (HearthStep *step,
              const char *key)
{
  HearthValue *value = fake_step_get_output (step, key);

  return value != NULL ? hearth_json_print (value) : g_strdup (fake_step_is_dead (step, key) ? "dead" : "undefined");
}

#define assert_output(step, key, expected) \
  G_STMT_START \
  { \
    g_autofree char *output_ = print_output (step, key); \
\
    g_assert_cmpstr (output_, ==, expected); \
  } \
  G_STMT_END

#define assert_calls(step, expected) \
  G_STMT_START \
  { \
    g_autofree char *calls_ = fake_step_list_calls (step); \
\
    g_assert_cmpstr (calls_, ==, expected); \
  } \
  G_STMT_END

#define assert_failed(step, part) \
  G_STMT_START \
  { \
    g_test_message ("%s", fake_step_get_state (step)); \
    g_assert_true (g_str_has_prefix (fake_step_get_state (step), "failed: ")); \
    g_assert_nonnull (strstr (fake_step_get_state (step), part)); \
  } \
  G_STMT_END

/* Starts a node; its workflow has the inputs item and tone, and the outputs text and mood. */
static inline HearthStep *
start (const char *type,
       const char *inputs,
       const char *config)
{
  HearthStep *step = fake_step_new (fake_find_decl (type), inputs, config);

  fake_step_set_call (step, "item tone", "text mood");
  fake_step_start (step);
  return step;
}

/* offline.h: questions to the model that is always there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

#include "deltas.h"
#include "parse.h"

#define USER(text) "{\"role\":\"user\",\"content\":" text "}"

static inline const HearthLocalProvider *
get_local (void)
{
  return hearth_providers_lookup ("offline")->local;
}

/* Asks until the end; @waits: what it wants between the pieces, or NULL. */
static inline HearthAnswer *
ask (const char *text,
     GString    *heard,
     GString    *waits)
{
  g_autoptr (HearthValue) asked = parse (text);
  g_autoptr (GError) error = NULL;
  HearthAnswer *answer = hearth_answer_new (heard != NULL ? heard_delta_cb : NULL, heard);
  HearthModelRequest request = {
    .model = hearth_value_get_member_string (asked, "model", "core:offline"),
    .messages = hearth_value_get (asked, "messages"),
    .params = hearth_value_get (asked, "params"),
    .tools = hearth_value_get (asked, "tools"),
    .tool_choice = hearth_value_get_member_string (asked, "tool_choice", NULL),
    .schema = hearth_value_get (asked, "schema"),
    .stream = hearth_value_get_member_boolean (asked, "stream", TRUE),
  };
  gpointer state = get_local ()->begin (&request, &error);
  guint wait_ms = 0;

  g_assert_no_error (error);
  while (get_local ()->next (state, answer, &wait_ms, &error))
    if (waits != NULL)
      g_string_append_printf (waits, "%u ", wait_ms);
  g_assert_no_error (error);
  g_assert_true (hearth_answer_is_done (answer));
  get_local ()->end (state);
  return answer;
}

static inline void
assert_value (HearthValue *value,
              const char  *expected)
{
  g_autofree char *text = hearth_json_print (value);
  g_autoptr (HearthValue) wanted = parse (expected);

  if (!hearth_value_equal (value, wanted))
    g_error ("expected %s, got %s", expected, text);
}

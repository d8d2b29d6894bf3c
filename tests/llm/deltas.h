/* deltas.h: what was heard of an answer, written down for comparing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"

/* "text:Hel|text:lo|call 0 id=a name=f:{|…" */
static inline void
heard_add (GString           *heard,
           const HearthDelta *delta)
{
  static const char *const kinds[] = { "text", "reasoning", "call", "usage" };

  if (heard->len > 0)
    g_string_append_c (heard, '|');
  g_string_append (heard, kinds[delta->kind]);
  if (delta->kind == HEARTH_DELTA_TOOL_CALL)
    g_string_append_printf (heard, " %u", delta->index);
  if (delta->id != NULL)
    g_string_append_printf (heard, " id=%s", delta->id);
  if (delta->name != NULL)
    g_string_append_printf (heard, " name=%s", delta->name);
  if (delta->text != NULL)
    g_string_append_printf (heard, ":%s", delta->text);
}

static inline void
heard_delta_cb (HearthAnswer      *answer,
                const HearthDelta *delta,
                gpointer           user_data)
{
  heard_add (user_data, delta);
}

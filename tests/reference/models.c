/* models.c: what plain nodes make of their inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models.h"

#include <string.h>

void
ref_model_add (RefCall *call)
{
  ref_call_set (call, "sum", hearth_value_integer (ref_call_get_integer (call, "a", 0) + ref_call_get_integer (call, "b", 0)));
}

void
ref_model_concat (RefCall *call)
{
  g_autofree char *a = ref_call_dup_text (call, "a");
  g_autofree char *b = ref_call_dup_text (call, "b");
  HearthValue *between = call->get_config (call, "between");
  g_autofree char *text = NULL;

  /* Feeding on themselves, texts would double with every node. */
  if (strlen (a) > 200)
    a[g_utf8_offset_to_pointer (a, 20) - a] = '\0';
  text = g_strconcat (a, hearth_value_is (between, STRING) ? hearth_value_get_string (between, NULL) : "", b, NULL);
  ref_call_set (call, "text", hearth_value_string (text));
  ref_call_set (call, "length", hearth_value_integer (g_utf8_strlen (text, -1)));
}

void
ref_model_join (RefCall *call)
{
  HearthValue *list = call->get_input (call, "v");
  gboolean is_list = hearth_value_is (list, ARRAY);

  ref_call_set (call, "out", hearth_value_ref_or_null (list));
  ref_call_set (call, "n", hearth_value_integer (is_list ? (gint64) hearth_value_get_length (list) : -1));
}

/* Undefined in, undefined out. */
void
ref_model_pass (RefCall *call)
{
  HearthValue *value = call->get_input (call, "v");

  if (value)
    ref_call_set (call, "out", hearth_value_ref (value));
}

/* Also says what no declaration names. */
void
ref_model_extra (RefCall *call)
{
  ref_model_pass (call);
  ref_call_set (call, "hidden", hearth_value_string ("found"));
  ref_call_set (call, "stray", hearth_value_ref_or_null (call->get_input (call, "stray")));
}

void
ref_model_modal (RefCall *call)
{
  HearthValue *x = call->get_input (call, "x");
  HearthValue *y = call->get_input (call, "y");

  ref_call_set (call, "out", hearth_value_ref_or_null (x ? x : y));
}

void
ref_model_paired (RefCall *call)
{
  ref_call_set (call, "x", hearth_value_ref_or_null (call->get_input (call, "a")));
  ref_call_set (call, "z", hearth_value_ref_or_null (call->get_input (call, "b")));
}

void
ref_model_fail (RefCall *call)
{
  g_autofree char *text = ref_call_dup_text (call, "v");
  g_autofree char *message = g_strconcat ("boom ", text, NULL);

  ref_call_set (call, "out", hearth_value_string ("too late"));
  ref_call_fail (call, message);
}

void
ref_model_fussy (RefCall *call)
{
  if (ref_call_get_integer (call, "n", 0) % 3 == 2)
    ref_call_fail (call, "two is too much");
  else
    ref_call_set (call, "out", hearth_value_integer (ref_call_get_integer (call, "n", 0) * 2));
}

void
ref_model_group_input (RefCall *call)
{
}

/* --- branches and joins ------------------------------------------------------------ */

void
ref_model_fork (RefCall *call)
{
  static const char *const outputs[] = { "x", "y", "z" };
  gint64 take = ref_call_get_integer (call, "n", 0) & 3;

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (take == i || (take == 3 && i < 2))
      ref_call_set (call, outputs[i], hearth_value_ref_or_null (call->get_input (call, "v")));
    else
      ref_call_kill (call, outputs[i]);
}

void
ref_model_meet (RefCall *call)
{
  HearthValue *a = call->get_input (call, "a");
  HearthValue *b = call->get_input (call, "b");

  ref_call_set (call, "out", hearth_value_ref_or_null (a ? a : b));
  ref_call_set (call, "all", hearth_value_object ("a", hearth_value_ref_or_null (a), "b", hearth_value_ref_or_null (b), "list",
                                                  hearth_value_ref_or_null (call->get_input (call, "list")), NULL));
}

/* --- tries -------------------------------------------------------------------------- */

static gint64
get_config_integer (RefCall    *call,
                    const char *key)
{
  HearthValue *value = call->get_config (call, key);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : 0;
}

guint
ref_call_get_duration (RefCall *call)
{
  return call->attempt <= get_config_integer (call, "hangs") ? REF_HANGING_MS : get_config_integer (call, "takes");
}

void
ref_model_flaky (RefCall *call)
{
  HearthValue *error_class = call->get_config (call, "class");

  if (call->attempt > get_config_integer (call, "fails"))
    {
      ref_model_pass (call);
      return;
    }
  ref_call_set (call, "out", hearth_value_string ("of a failed try"));
  ref_call_fail (call, "not yet");
  call->error_class = hearth_value_is (error_class, STRING) ? g_intern_string (hearth_value_get_string (error_class, NULL)) : NULL;
  call->retry_after = get_config_integer (call, "after");
}

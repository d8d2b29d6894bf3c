/* flow.c: what the control-flow nodes share: their settings, decisions, calls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-expr.h"

#include "hearth-i18n.h"

/* --- settings ------------------------------------------------------------------- */

char *
hearth_flow_dup_config_text (HearthStep *step,
                             const char *key,
                             const char *fallback)
{
  HearthValue *value = hearth_step_get_config (step, key);
  g_autofree char *text = NULL;

  if (value == NULL || hearth_value_is (value, NULL))
    return g_strdup (fallback);
  text = hearth_value_to_text (value);
  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (fallback);
}

guint
hearth_flow_read_count (HearthValue *value,
                        guint        fallback,
                        guint        min,
                        guint        max)
{
  double number = value != NULL ? hearth_value_to_number (value) : fallback;

  g_return_val_if_fail (min <= max, fallback);

  /* An empty field is null or "", which JavaScript reads as 0. */
  if (!(number == number) || hearth_value_is (value, NULL)
      || (hearth_value_is (value, STRING) && hearth_value_get_string (value, NULL)[0] == '\0'))
    return fallback;
  return (guint) CLAMP (number, min, max);
}

guint
hearth_flow_get_config_count (HearthStep *step,
                              const char *key,
                              guint       fallback,
                              guint       min,
                              guint       max)
{
  return hearth_flow_read_count (hearth_step_get_config (step, key), fallback, min, max);
}

/* --- decisions ------------------------------------------------------------------ */

gboolean
hearth_flow_decide (const char  *expression,
                    HearthValue *variables,
                    gboolean    *is_true,
                    GError     **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthExpr) parsed = NULL;
  g_autoptr(HearthValue) result = NULL;

  g_return_val_if_fail (expression != NULL && is_true != NULL, FALSE);

  parsed = hearth_expr_parse (expression, &cause);
  if (parsed != NULL)
    result = hearth_expr_evaluate (parsed, variables, &cause);
  if (result == NULL)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                   _("The expression “%s” cannot be used. %s"), expression, cause->message);
      return FALSE;
    }
  *is_true = hearth_value_is_truthy (result);
  return TRUE;
}

/* --- calls of another workflow ----------------------------------------------------- */

gboolean
hearth_flow_can_call (HearthStep      *step,
                      HearthStepCalled called)
{
  g_autoptr(HearthValue) nothing = NULL;

  if (hearth_step_get_call_inputs (step) != NULL)
    return TRUE;
  nothing = hearth_value_empty_object ();
  hearth_step_call (step, "", nothing, called, NULL); /* fails, and knows why */
  return FALSE;
}

/* What the setting @key names among @keys; without it the first of them. */
static char *
choose (HearthStep        *step,
        const char        *key,
        const char *const *keys,
        gboolean           is_output,
        GError           **error)
{
  g_autofree char *wanted = hearth_flow_dup_config_text (step, key, NULL);
  g_autofree char *all = NULL;

  if (wanted == NULL)
    return g_strdup (keys[0]);
  if (g_strv_contains (keys, wanted) || (is_output && g_str_equal (wanted, "*")))
    return g_steal_pointer (&wanted);
  all = g_strjoinv (", ", (char **) keys);
  hearth_shape_fail (error, is_output ? N_("The workflow that this node runs has no output “%s”. Its outputs are: %s.")
                                      : N_("The workflow that this node runs has no input “%s”. Its inputs are: %s."), wanted, all);
  return NULL;
}

char *
hearth_flow_choose_input (HearthStep *step,
                          const char *key,
                          GError    **error)
{
  const char *const *keys = hearth_step_get_call_inputs (step);

  g_return_val_if_fail (keys != NULL, NULL);

  return choose (step, key, keys, FALSE, error);
}

char *
hearth_flow_choose_output (HearthStep *step,
                           const char *key,
                           GError    **error)
{
  const char *const *keys = hearth_step_get_call_outputs (step);

  g_return_val_if_fail (keys != NULL, NULL);

  return choose (step, key, keys, TRUE, error);
}

HearthValue *
hearth_flow_dup_shared (HearthStep *step,
                        const char *key,
                        GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) shared = hearth_shape_dup_json (step, key, &cause);

  if (cause != NULL)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                   _("The shared values are not valid JSON: %s"), cause->message);
      return NULL;
    }
  if (shared == NULL || hearth_value_is (shared, NULL))
    return hearth_value_empty_object ();
  if (!hearth_value_is (shared, OBJECT))
    {
      hearth_shape_fail (error, N_("The shared values must be an object with a value for each input."));
      return NULL;
    }
  return g_steal_pointer (&shared);
}

HearthValue *
hearth_flow_pick_output (HearthValue *outputs,
                         const char  *key)
{
  HearthValue *value;

  if (g_strcmp0 (key, "*") == 0)
    return hearth_value_ref (outputs);
  value = key != NULL ? hearth_value_get (outputs, key) : NULL;
  return value != NULL ? hearth_value_ref (value) : hearth_value_null ();
}

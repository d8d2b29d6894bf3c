/* hearth-expr-call.c: the arguments of a function that is being called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

static HearthValue *
fail_argument (HearthExprCall *call,
               guint           i,
               const char     *wanted)
{
  /* Translators: function name, its arguments, what is needed ("a text"), what is there ("a list") */
  return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_TYPE, _("%s (%s) needs %s here, but got %s."),
                            call->function->name, call->function->usage, wanted,
                            _hearth_expr_describe (call->arguments[i]));
}

HearthValue *
_hearth_expr_call_text (HearthExprCall *call,
                        guint           i)
{
  HearthValue *value = call->arguments[i];

  return hearth_value_is (value, STRING) ? value : fail_argument (call, i, _("a text"));
}

HearthValue *
_hearth_expr_call_list (HearthExprCall *call,
                        guint           i)
{
  HearthValue *value = call->arguments[i];

  return hearth_value_is (value, ARRAY) ? value : fail_argument (call, i, _("a list"));
}

HearthValue *
_hearth_expr_call_object (HearthExprCall *call,
                          guint           i)
{
  HearthValue *value = call->arguments[i];

  return hearth_value_is (value, OBJECT) ? value : fail_argument (call, i, _("an object"));
}

HearthValue *
_hearth_expr_call_number (HearthExprCall *call,
                          guint           i)
{
  HearthValue *value = call->arguments[i];

  return hearth_value_is_number (value) ? value : fail_argument (call, i, _("a number"));
}

gboolean
_hearth_expr_call_integer (HearthExprCall *call,
                           guint           i,
                           gint64         *number)
{
  if (_hearth_expr_get_integer (call->arguments[i], number))
    return TRUE;
  if (hearth_value_is_number (call->arguments[i]))
    _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_VALUE, _("%s (%s) needs a whole number here."),
                       call->function->name, call->function->usage);
  else
    fail_argument (call, i, _("a whole number"));
  return FALSE;
}

HearthValue *
_hearth_expr_call_apply (HearthExprCall *call,
                         HearthValue    *element)
{
  HearthExprEvaluation *evaluation = call->evaluation;
  HearthValue *result;

  if (call->lambda == NULL)
    return hearth_value_ref (element);
  g_ptr_array_add (evaluation->locals, element);
  result = _hearth_expr_evaluate_node (evaluation, _hearth_expr_node_part (call->lambda, 0)->node);
  g_ptr_array_set_size (evaluation->locals, (int) evaluation->locals->len - 1);
  evaluation->offset = call->offset;
  return result;
}

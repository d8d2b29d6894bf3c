/* math-operation.c: core:MathOperation, one of 34 operations on numbers
 *
 * Results are those of the same expressions in JavaScript (nodes.md 5.6); the operations
 * themselves are in math-functions.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "math-functions.h"
#include "shapes.h"

#include <math.h>

#include "hearth-i18n.h"

/* --- slots: every mode is one of these sets ---------------------------------- */

#define NUMBER(k, n, t) \
  { .key = k, .type = HEARTH_DATA_FLOAT, .name = n, .title = t, .flags = HEARTH_SLOT_REQUIRED }
#define NUMBER_OR(k, n, t, ...) \
  { .key = k, .type = HEARTH_DATA_FLOAT, .name = n, .title = t, .flags = HEARTH_SLOT_REQUIRED, \
    .config = HEARTH_JSON (__VA_ARGS__) }
#define CLAMP_INPUT \
  { .key = "clamp", .type = HEARTH_DATA_BOOLEAN, .name = "钳制 (0-1)", .title = N_("Clamp to 0…1"), \
    .description = N_("Keeps the result between 0 and 1."), .flags = HEARTH_SLOT_OPTIONAL, \
    .config = HEARTH_JSON ({ "default": false }) }

static const HearthSlotDecl pair[] = {
  NUMBER ("a", "数值 A", N_("A")),
  NUMBER ("b", "数值 B", N_("B")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl three[] = {
  NUMBER ("val1", "数值 A", N_("A")),
  NUMBER ("val2", "数值 B", N_("B")),
  NUMBER ("val3", "数值 C", N_("C")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl one[] = {
  NUMBER ("value", "数值", N_("Number")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl angle[] = {
  NUMBER ("value", "数值 (弧度)", N_("Number (Radians)")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl unit[] = {
  NUMBER ("value", "数值 (-1 to 1)", N_("Number (−1 to 1)")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl power_inputs[] = {
  NUMBER ("base", "底数", N_("Base")),
  NUMBER_OR ("exponent", "指数", N_("Exponent"), { "default": 2 }),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl logarithm_inputs[] = {
  NUMBER_OR ("value", "数值", N_("Number"), { "default": 1 }),
  NUMBER_OR ("base", "底数", N_("Base"), { "default": 2.718281828459045 }),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl atan2_inputs[] = {
  NUMBER ("y", "Y", NULL),
  NUMBER ("x", "X", NULL),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl degrees_inputs[] = {
  NUMBER ("degrees", "角度", N_("Degrees")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl radians_inputs[] = {
  NUMBER ("radians", "弧度", N_("Radians")),
  CLAMP_INPUT,
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "result", .type = HEARTH_DATA_FLOAT, .name = "结果", .title = N_("Result"),
    .description = N_("The result; nothing when it is not a number.") },
  { NULL },
};

/* --- modes, in the order they are offered ------------------------------------- */

#define MODE(i, n, t, in) { .id = i, .name = n, .title = t, .inputs = in, .outputs = outputs }

static const HearthModeDecl modes[] = {
  MODE ("add", "相加", N_("Add"), pair),
  MODE ("subtract", "相减", N_("Subtract"), pair),
  MODE ("multiply", "相乘", N_("Multiply"), pair),
  MODE ("multiply_add", "乘后再加", N_("Multiply and Add"), three),
  MODE ("divide", "相除", N_("Divide"), pair),
  MODE ("power", "幂", N_("Power"), power_inputs),
  MODE ("logarithm", "对数", N_("Logarithm"), logarithm_inputs),
  MODE ("sqrt", "平方根", N_("Square Root"), one),
  MODE ("inverse_sqrt", "平方根取倒", N_("Inverse Square Root"), one),
  MODE ("absolute", "绝对值", N_("Absolute Value"), one),
  MODE ("exp", "指数", N_("Exponential"), one),
  MODE ("min", "最小值", N_("Minimum"), pair),
  MODE ("max", "最大值", N_("Maximum"), pair),
  MODE ("lessThan", "小于", N_("Less Than"), pair),
  MODE ("greaterThan", "大于", N_("Greater Than"), pair),
  MODE ("sign", "符号", N_("Sign"), one),
  MODE ("round", "四舍五入", N_("Round"), one),
  MODE ("floor", "向下取整", N_("Round Down"), one),
  MODE ("ceil", "向上取整", N_("Round Up"), one),
  MODE ("truncate", "截断", N_("Truncate"), one),
  MODE ("fraction", "分数", N_("Fraction"), one),
  MODE ("modulo", "模数", N_("Modulo"), pair),
  MODE ("sin", "正弦", N_("Sine"), angle),
  MODE ("cos", "余弦", N_("Cosine"), angle),
  MODE ("tan", "正切", N_("Tangent"), angle),
  MODE ("asin", "反正弦", N_("Arcsine"), unit),
  MODE ("acos", "反余弦", N_("Arccosine"), unit),
  MODE ("atan", "反正切", N_("Arctangent"), one),
  MODE ("atan2", "反正切2", N_("Arctangent of Y and X"), atan2_inputs),
  MODE ("sinh", "双曲正弦", N_("Hyperbolic Sine"), one),
  MODE ("cosh", "双曲余弦", N_("Hyperbolic Cosine"), one),
  MODE ("tanh", "双曲正切", N_("Hyperbolic Tangent"), one),
  MODE ("to_radians", "到弧度", N_("To Radians"), degrees_inputs),
  MODE ("to_degrees", "到角度", N_("To Degrees"), radians_inputs),
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "operationMode", .type = HEARTH_DATA_STRING, .name = "运算模式", .title = N_("Operation"),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "searchable": true, "suggestions": [
      { "value": "add", "label": "函数/相加" },
      { "value": "subtract", "label": "函数/相减" },
      { "value": "multiply", "label": "函数/相乘" },
      { "value": "multiply_add", "label": "函数/乘后再加" },
      { "value": "divide", "label": "函数/相除" },
      { "value": "power", "label": "函数/幂" },
      { "value": "logarithm", "label": "函数/对数" },
      { "value": "sqrt", "label": "函数/平方根" },
      { "value": "inverse_sqrt", "label": "函数/平方根取倒" },
      { "value": "absolute", "label": "函数/绝对值" },
      { "value": "exp", "label": "函数/指数" },
      { "value": "min", "label": "比较/最小值" },
      { "value": "max", "label": "比较/最大值" },
      { "value": "lessThan", "label": "比较/小于" },
      { "value": "greaterThan", "label": "比较/大于" },
      { "value": "sign", "label": "比较/符号" },
      { "value": "round", "label": "舍入/四舍五入" },
      { "value": "floor", "label": "舍入/向下取整" },
      { "value": "ceil", "label": "舍入/向上取整" },
      { "value": "truncate", "label": "舍入/截断" },
      { "value": "fraction", "label": "舍入/分数" },
      { "value": "modulo", "label": "舍入/模数" },
      { "value": "sin", "label": "三角函数/正弦" },
      { "value": "cos", "label": "三角函数/余弦" },
      { "value": "tan", "label": "三角函数/正切" },
      { "value": "asin", "label": "三角函数/反正弦" },
      { "value": "acos", "label": "三角函数/反余弦" },
      { "value": "atan", "label": "三角函数/反正切" },
      { "value": "atan2", "label": "三角函数/反正切2" },
      { "value": "sinh", "label": "三角函数/双曲正弦" },
      { "value": "cosh", "label": "三角函数/双曲余弦" },
      { "value": "tanh", "label": "三角函数/双曲正切" },
      { "value": "to_radians", "label": "转换/到弧度" },
      { "value": "to_degrees", "label": "转换/到角度" }
    ], "default": "add" }) },
  { NULL },
};

/* --- behaviour -------------------------------------------------------------------- */

static const HearthModeDecl *
find_mode (const char *id)
{
  for (const HearthModeDecl *mode = modes; id != NULL && mode->id != NULL; mode++)
    if (g_str_equal (mode->id, id))
      return mode;
  return &modes[0];
}

static double
read_operand (HearthStep *step,
              const char *key,
              double      substitute)
{
  HearthValue *value = hearth_step_get_input (step, key);

  return hearth_value_is_truthy (value) ? hearth_value_to_number (value) : substitute;
}

static gboolean
math_operation_run (HearthStep *step,
                    GError    **error)
{
  const HearthModeDecl *mode = find_mode (hearth_step_get_mode (step));
  const HearthMathFunction *function = hearth_math_find (mode->id);
  double operands[HEARTH_MATH_MAX_OPERANDS] = { 0 };
  const char *problem = NULL;
  double result;

  for (guint i = 0; i < HEARTH_MATH_MAX_OPERANDS && mode->inputs[i].type == HEARTH_DATA_FLOAT && mode->inputs[i].key; i++)
    operands[i] = read_operand (step, mode->inputs[i].key, function->substitutes[i]);

  result = function->apply (operands, &problem);
  if (problem != NULL)
    return hearth_shape_fail_literal (error, problem);
  if (hearth_value_is_truthy (hearth_step_get_input (step, "clamp")) && !isnan (result))
    result = CLAMP (result, 0.0, 1.0);
  hearth_step_set_output (step, "result", hearth_value_double (result));
  return TRUE;
}

const HearthNodeDecl hearth_node_math_operation = {
  .type = "MathOperation",
  .category = "数学",
  .category_title = N_("Mathematics"),
  .name = "数学运算",
  .title = N_("Math"),
  .description = N_("Calculates with numbers: arithmetic, comparison, rounding, trigonometry and conversion."),
  .inputs = pair,
  .outputs = outputs,
  .config = config,
  .modes = modes,
  .mode_key = "operationMode",
  .default_mode = "add",
  .config_values = HEARTH_JSON ({ "operationMode": "add" }),
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = math_operation_run,
};

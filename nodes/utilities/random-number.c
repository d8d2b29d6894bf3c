/* random-number.c: core:RandomNumber, a whole number that may change before every run
 *
 * In a browser its client script changes the number; before_run does the same for runs that
 * start here (nodes.md 6).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

#define MAX_NUMBER 0xffffff /* 24 bits, as the client script */

#define MODE_FIXED "固定"
#define MODE_INCREASE "增加"
#define MODE_DECREASE "减少"

static gboolean
random_number_run (HearthStep *step,
                   GError    **error)
{
  HearthValue *value = hearth_step_get_input (step, "value");

  hearth_step_set_output (step, "number",
                          hearth_value_is_truthy (value) ? hearth_value_ref (value) : hearth_value_integer (0));
  return TRUE;
}

static gint64
random_number_draw (HearthChance *chance)
{
  return hearth_chance_draw_below (chance, MAX_NUMBER + 1);
}

static gint64
random_number_current (HearthValue  *input_values,
                       HearthChance *chance)
{
  HearthValue *value = hearth_value_get (input_values, "value");
  double number;

  if (value == NULL)
    return 0; /* files leave the default out */
  if (hearth_value_is (value, NULL))
    return random_number_draw (chance);
  number = hearth_value_to_number (value);
  /* Written so that NaN ends at 0. */
  return number > 0 ? (gint64) MIN (number, MAX_NUMBER) : 0;
}

static HearthValue *
random_number_before_run (HearthValue  *input_values,
                          HearthChance *chance)
{
  const char *mode = NULL;
  gint64 number;

  /* The button was pressed: whatever the mode, a new number is wanted */
  if (hearth_value_is (input_values, OBJECT) && hearth_value_get_member_boolean (input_values, "reroll", FALSE))
    return hearth_value_object ("value", hearth_value_integer (random_number_draw (chance)), NULL);
  if (hearth_value_is (input_values, OBJECT))
    mode = hearth_value_get_member_string (input_values, "mode", MODE_FIXED);
  if (mode == NULL || g_str_equal (mode, MODE_FIXED))
    return NULL;

  number = random_number_current (input_values, chance);
  if (g_str_equal (mode, MODE_INCREASE))
    number = MIN (number + 1, MAX_NUMBER);
  else if (g_str_equal (mode, MODE_DECREASE))
    number = MAX (number - 1, 0);
  else
    number = random_number_draw (chance);
  return hearth_value_object ("value", hearth_value_integer (number), NULL);
}

static const HearthSlotDecl inputs[] = {
  { .key = "mode", .type = HEARTH_DATA_STRING, .name = "模式", .title = N_("Mode"),
    .description = N_("What happens to the number before each run: it stays (固定), goes up by one (增加), "
                      "goes down by one (减少), or is drawn anew (随机)."),
    .categories = "ComboOption",
    .config = HEARTH_JSON ({ "suggestions": [ { "value": "固定", "label": "固定" },
                                              { "value": "增加", "label": "增加" },
                                              { "value": "减少", "label": "减少" },
                                              { "value": "随机", "label": "随机" } ],
                             "default": "固定" }) },
  { .key = "value", .type = HEARTH_DATA_INTEGER, .name = "当前值", .title = N_("Current Value"),
    .description = N_("The number of the next run."),
    .config = HEARTH_JSON ({ "default": 0, "min": 0, "max": 4294967295 }) },
  { .key = "reroll", .type = HEARTH_DATA_WILDCARD, .name = "重新随机", .title = N_("Draw Again"),
    .description = N_("Draws a new random number now."),
    .categories = "Trigger",
    .config = HEARTH_JSON ({ "label": "重新随机" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "number", .type = HEARTH_DATA_INTEGER, .name = "数值", .title = N_("Number"),
    .description = N_("The current value.") },
  { NULL },
};

const HearthNodeDecl hearth_node_random_number = {
  .type = "RandomNumber",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "🎲随机数生成器",
  .title = N_("Random Number"),
  .icon = "🎲",
  .description = N_("Gives a whole number that can be fixed, counted up or down, or drawn by chance before each run."),
  .width = 260,
  .inputs = inputs,
  .outputs = outputs,
  .client_script_url = "client-scripts/RandomNumberNode.js",
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = random_number_run,
  .before_run = random_number_before_run,
};

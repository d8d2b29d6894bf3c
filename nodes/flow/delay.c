/* delay.c: core:Delay, holds a value back for a while
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

#define DEFAULT_DELAY 1000 /* milliseconds */
#define MAX_DELAY (24 * 60 * 60 * 1000)

static void
unwatch (gpointer watch)
{
  hearth_shape_unwatch (watch);
}

static void
elapsed_cb (HearthStep *step,
            gpointer    user_data)
{
  hearth_step_set_output (step, "value", hearth_value_ref (hearth_step_get_input (step, "value")));
  hearth_step_complete (step);
}

static void
delay_start (HearthStep *step)
{
  guint delay = hearth_flow_read_count (hearth_step_get_input (step, "milliseconds"), DEFAULT_DELAY, 0, MAX_DELAY);

  hearth_step_set_data (step, hearth_shape_watch_cancel (step), unwatch);
  hearth_step_add_timeout (step, delay, elapsed_cb, NULL);
}

static const HearthSlotDecl inputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("What is passed on later."), .flags = HEARTH_SLOT_REQUIRED },
  { .key = "milliseconds", .type = HEARTH_DATA_INTEGER, .name = "延时 (毫秒)", .title = N_("Delay (ms)"),
    .description = N_("How long the value waits, in thousandths of a second; at most a day."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": 1000, "min": 0, "max": 86400000 }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("The value, unchanged.") },
  { NULL },
};

const HearthNodeDecl hearth_node_delay = {
  .type = "Delay",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "⏳延时",
  .title = N_("Delay"),
  .icon = "⏳",
  .description = N_("Passes a value on after a while."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .start = delay_start,
};

/* usage-sum.h: what several answers took together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"

G_BEGIN_DECLS

/* Starts as {0}. What one of them did not tell is unknown for all. */
typedef struct
{
  HearthUsage usage;
  guint       n_answers;
} HearthUsageSum;

void         hearth_usage_sum_add      (HearthUsageSum       *self,
                                        const HearthUsage    *usage);
/* As the wire has it; {} when nothing is known. */
HearthValue *hearth_usage_sum_to_value (const HearthUsageSum *self);

G_END_DECLS

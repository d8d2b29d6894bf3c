/* figures.h: medians, and the lines of JSON that benchmarks print
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Of the sorted values, the one below which @part (0…1) of them lie; sorts @values. */
double       bench_quantile  (double      *values,
                              gsize        n,
                              double       part);
double       bench_median    (double      *values,
                              gsize        n);
/* Rounded to what a measurement is worth: four digits. */
HearthValue *bench_figure    (double       value);
/* Prints @line, an object, as one line; takes it. */
void         bench_report    (HearthValue *line);

/* Microseconds of processor time that process @pid has used. */
double       bench_cpu_of    (GPid         pid);
/* The same of its first thread alone: the main loop. */
double       bench_main_cpu_of (GPid       pid);
/* What this process holds of memory that is really there. */
double       bench_resident_mib (void);

G_END_DECLS

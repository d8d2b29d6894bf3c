/* served.h: the real `hearthctl serve`, in a process of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* On a free port and an empty data directory of its own. */
typedef struct
{
  GSubprocess *process;
  GPid         pid;
  guint16      port;
  char        *data_dir;
} BenchServed;

void bench_served_start (BenchServed *self,
                         const char  *hearthctl);
void bench_served_stop  (BenchServed *self);

G_END_DECLS

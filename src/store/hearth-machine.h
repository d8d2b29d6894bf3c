/* hearth-machine.h: what the computer says of itself and of this program (http-api.md 18.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* {"version", "uptime", "os", "cpu", "memory", "disks", "network", "timestamp"}: texts for people, and the
 * number of cores. What cannot be found out is "unknown". The load of the processor is that since the
 * last call, the first time since the computer was started. Blocking, any thread. */
HearthValue *hearth_machine_describe (void);

G_END_DECLS

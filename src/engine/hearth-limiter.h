/* hearth-limiter.h: how many steps may use one thing outside at the same time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-engine-types.h"

G_BEGIN_DECLS

#define HEARTH_LIMITER_DEFAULT_CAP 6 /* per resource; what browsers allow per host */

/* Process-wide; main thread. @resource: "host:api.example.org"; @cap 0: no limit. */
void  hearth_limiter_set_cap   (const char *resource,
                                guint       cap);
guint hearth_limiter_get_cap   (const char *resource);
guint hearth_limiter_get_in_use(const char *resource);

G_END_DECLS

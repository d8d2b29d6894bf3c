/* hearth-memory.h: how memory is given back, so that nobody waits for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Once, before there are threads. Tells the C library to take large pieces from the system one by one: then one that
 * grows is not copied, and one that is given back keeps nobody else from getting any, as giving back the end of the
 * common heap does. */
void  hearth_memory_init          (void);
/* Calls @destroy on a thread. */
void  hearth_memory_release       (gpointer           data,
                                   GDestroyNotify     destroy);
/* About how many bytes @value prints to as JSON; stops counting at @limit. */
gsize hearth_memory_weigh         (const HearthValue *value,
                                   gsize              limit);
/* As hearth_value_unref(), but on a thread if it is large. NULL: nothing. */
void  hearth_memory_release_value (HearthValue       *value);

G_END_DECLS

/* hearth-machine-private.h: what the files about the computer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-machine.h"

G_BEGIN_DECLS

/* "23.54 GB": steps of 1024, at most two decimals. */
char        *_hearth_machine_format_size  (double        bytes);
/* "20.40%" */
char        *_hearth_machine_format_share (double        part,
                                           double        whole);
/* A file of /proc or /sys without the white space around it; "" when it cannot be read. */
char        *_hearth_machine_read         (const char   *path);
HearthValue *_hearth_machine_list_disks   (void);
HearthValue *_hearth_machine_list_network (void);

G_END_DECLS

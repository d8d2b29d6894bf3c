/* resource.h: things that only so many nodes may use at a time, and a guard who counts them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

G_BEGIN_DECLS

#define REF_N_RESOURCES 4

/* Numbers are below REF_N_RESOURCES. */
const char *ref_resource_get_name (guint        number);
void        ref_resources_open    (void);
/* For the declaration of a node: what its configuration says it uses, or NULL. */
char       *ref_resource_choose   (HearthStep  *step);
/* Its function was called: the resource it uses now, borrowed, or NULL. */
const char *ref_resource_enter    (HearthStep  *step);
void        ref_resource_leave    (const char  *resource);
/* When nothing is to be done but to wait: does everybody who has a place use it? */
gboolean    ref_resource_has_room (const char  *resource);
void        ref_resources_look    (char       **complaint);
/* When all is over. */
void        ref_resources_close   (char       **complaint);

G_END_DECLS

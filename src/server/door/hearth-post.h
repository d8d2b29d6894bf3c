/* hearth-post.h: what was gathered goes out when the loop is about to wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For all connections together: a source of its own for each would be asked in each round.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The data of a link that was added. */
typedef void (*HearthPostFunc) (gpointer data);

/* Once for each connection, all with the same @func. */
void _hearth_post_join   (HearthPostFunc  func);
void _hearth_post_leave  (void);
/* @func is called soon for the data of @link, which is in no list then. */
void _hearth_post_add    (GList          *link);
void _hearth_post_remove (GList          *link);

G_END_DECLS

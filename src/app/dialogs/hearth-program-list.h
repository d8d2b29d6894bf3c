/* hearth-program-list.h: the commands of a pack's nodes, as they would run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @plugin: of hearth_workspace_get_plugins(). */

/* Whether there are any. */
gboolean   hearth_program_list_is_needed     (HearthValue *plugin);
/* Whether one of them wants the network. */
gboolean   hearth_program_list_wants_network (HearthValue *plugin);
/* Whether @a and @b are one pack with the same programs. */
gboolean   hearth_program_list_is_same       (HearthValue *a,
                                              HearthValue *b);
/* All of them, each with its node and with whether it wants the network. */
GtkWidget *hearth_program_list_new           (HearthValue *plugin);
/* One of another kind, ready as a person reads it. @title may be NULL. */
GtkWidget *hearth_program_list_new_command   (const char  *title,
                                              const char  *command);

G_END_DECLS

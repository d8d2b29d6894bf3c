/* hearth-name-dialog.h: asks for a name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @name is what the entry shows at first; @accept the button. Answers with a name that is not
 * blank, or NULL without error when the user thought better of it. */
void  hearth_name_dialog_ask        (GtkWidget           *parent,
                                     const char          *heading,
                                     const char          *name,
                                     const char          *accept,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
char *hearth_name_dialog_ask_finish (GAsyncResult        *result);

G_END_DECLS

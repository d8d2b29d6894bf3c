/* hearth-question.h: a dialog that asks whether to do one thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Over the window that @parent is in; still to be presented. It answers @response, or "cancel", which is also what
 * closing it means. What is suggested is the answer to Enter, everything else has to be chosen.
 * @label: of the button for @response, with its mnemonic. */
AdwMessageDialog *hearth_question_new (GtkWidget             *parent,
                                       const char            *heading,
                                       const char            *body, /* or NULL */
                                       const char            *response,
                                       const char            *label,
                                       AdwResponseAppearance  appearance);

G_END_DECLS

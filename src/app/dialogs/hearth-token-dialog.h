/* hearth-token-dialog.h: shows a new access token, this once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_TOKEN_CARD (hearth_token_card_get_type ())
G_DECLARE_FINAL_TYPE (HearthTokenCard, hearth_token_card, HEARTH, TOKEN_CARD, GtkBox)

/* @token: the answer of hearth_operation_create_access_token */
void hearth_token_dialog_present (GtkWidget    *parent,
                                  HearthServer *server,
                                  HearthValue  *token);

G_END_DECLS

/* hearth-token-row.h: an access token in the list of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_TOKEN_ROW (hearth_token_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthTokenRow, hearth_token_row, HEARTH, TOKEN_ROW, AdwActionRow)

/* Signal ::revoke: the user has confirmed it. @token: of hearth_operation_list_access_tokens. */
GtkWidget  *hearth_token_row_new    (HearthValue    *token);
const char *hearth_token_row_get_id (HearthTokenRow *self);

G_END_DECLS

/* hearth-stored-credentials.h: the user's credentials of other services, for nodes that name one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-credentials.h"
#include "hearth-surroundings.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_STORED_CREDENTIALS (hearth_stored_credentials_get_type ())
G_DECLARE_FINAL_TYPE (HearthStoredCredentials, hearth_stored_credentials, HEARTH, STORED_CREDENTIALS, GObject)

/* Of @surroundings, which may go first. */
HearthCredentials *_hearth_stored_credentials_new (HearthSurroundings *surroundings);

G_END_DECLS

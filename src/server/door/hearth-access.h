/* hearth-access.h: whether a request from another device brings a token that is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"
#include "hearth-workspace.h"

G_BEGIN_DECLS

typedef struct _HearthAccess HearthAccess;

/* @changed is called after the tokens that are known have changed. */
HearthAccess *hearth_access_new         (HearthWorkspace   *workspace,
                                         void             (*changed) (gpointer user_data),
                                         gpointer           user_data);
void          hearth_access_free        (HearthAccess      *self);
/* TRUE: it may go on, and hearth_access_get_token_id() tells who it is. Otherwise the message has its
 * answer: 401, 429 with Retry-After, or 303 to the same page without the token in its address and
 * with a cookie in its place. */
gboolean      hearth_access_check       (HearthAccess      *self,
                                         HearthConnection  *connection,
                                         SoupServerMessage *message);
/* Of the token the last request over @connection brought; NULL: none did. */
const char   *hearth_access_get_token_id (HearthConnection *connection);
gboolean      hearth_access_knows_id    (HearthAccess      *self,
                                         const char        *token_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthAccess, hearth_access_free)

G_END_DECLS

/* hearth-operation-private.h: what operations of several nouns share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* The member @key of @arguments, or of any other object; NULL when it is not there or no text. */
static inline const char *
_hearth_text (HearthValue *arguments,
              const char  *key)
{
  return hearth_value_get_member_string (arguments, key, NULL);
}

/* hearth_workspace_perform() that takes the reference to the arguments. */
void _hearth_workspace_ask (HearthWorkspace       *self,
                            const HearthOperation *operation,
                            HearthValue           *arguments,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               user_data);

/* For .announce of what changes projects. They are folders, so files that move may be projects. */
void _hearth_operation_announce_projects (HearthWorkspace *workspace,
                                          HearthValue     *arguments,
                                          HearthValue     *answer);

G_END_DECLS

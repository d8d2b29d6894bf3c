/* hearth-request-private.h: what gathering the arguments needs of a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-router.h"

G_BEGIN_DECLS

GHashTable *_hearth_request_get_params     (HearthRequest *self); /* name -> text */
void        _hearth_request_take_arguments (HearthRequest *self,
                                            HearthValue   *arguments);

G_END_DECLS

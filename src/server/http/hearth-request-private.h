/* hearth-request-private.h: what gathering arguments and sending in pieces need of a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-router.h"

G_BEGIN_DECLS

GHashTable        *_hearth_request_get_params     (HearthRequest *self); /* name -> text */
void               _hearth_request_take_arguments (HearthRequest *self,
                                                   HearthValue   *arguments);
/* The body has been checked against the fields of the route: @details is what hearth_body_check() said. */
void               _hearth_request_take_checked   (HearthRequest *self,
                                                   HearthValue   *details);
gboolean           _hearth_request_is_checked     (HearthRequest *self);
HearthValue       *_hearth_request_steal_details  (HearthRequest *self);
SoupServerMessage *_hearth_request_get_message    (HearthRequest *self);
/* The head of an answer whose body comes later. */
void               _hearth_request_begin          (HearthRequest *self,
                                                   guint          status,
                                                   const char    *content_type);
/* The same in two steps: FALSE when nobody waits for the answer any more; what there is of it may be
 * sent. */
gboolean           _hearth_request_begin_reply    (HearthRequest *self,
                                                   guint          status);
void               _hearth_request_release        (HearthRequest *self);

G_END_DECLS

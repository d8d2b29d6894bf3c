/* hearth-json-body.h: the JSON body of a request, gathered while it comes, then parsed and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* When the head of the request is there. libsoup would keep each piece, and copy them all in the end. */
void hearth_json_body_attach (SoupServerMessage *message);

/* When all of it is there. @then gets the body, or NULL where there is none; its details, where it does not
 * fit the fields of the route, wait for hearth_request_collect(). A body that is no JSON is answered here.
 * Large ones are parsed and checked on a thread. */
void hearth_json_body_read   (HearthRequest     *request,
                              SoupServerMessage *message,
                              void             (*then) (HearthRequest *request,
                                                        HearthValue   *body));

G_END_DECLS

/* hearth-prebuilt.h: an answer that is made once and sent many times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* Bytes with their type and ETag. */
typedef struct _HearthPrebuilt HearthPrebuilt;

HearthPrebuilt *hearth_prebuilt_new      (const char     *type,
                                          GBytes         *bytes);
HearthPrebuilt *hearth_prebuilt_new_json (HearthValue    *value); /* taken */
void            hearth_prebuilt_free     (HearthPrebuilt *self);
/* 304 when the client has it already. */
void            hearth_prebuilt_reply    (HearthPrebuilt *self,
                                          HearthRequest  *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPrebuilt, hearth_prebuilt_free)

G_END_DECLS

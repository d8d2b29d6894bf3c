/* hearth-multipart-private.h: the words of a form: boundary, and the head of a part
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-multipart.h"

G_BEGIN_DECLS

/* Out of "multipart/form-data; boundary=x"; NULL with an error. */
char    *_hearth_multipart_dup_boundary (const char  *content_type,
                                         GError     **error);
/* @head: the lines before the empty one, each ended by CR LF. */
gboolean _hearth_part_parse             (HearthPart  *part,
                                         const char  *head,
                                         gsize        length,
                                         GError     **error);
void     _hearth_part_clear             (HearthPart  *part);
/* "The form cannot be read: @reason". Returns FALSE. */
gboolean _hearth_multipart_fail         (GError     **error,
                                         const char  *reason);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthPart, _hearth_part_clear)

G_END_DECLS

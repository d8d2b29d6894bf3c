/* hearth-send-file.h: a file as an answer, read from the disk while it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-file-operations.h"
#include "hearth-request.h"

G_BEGIN_DECLS

/* Answers with @file, which is taken; it may be sent later only, for memory holds one block of it at a
 * time. Heeds Range with If-Range (206, 416), If-None-Match (304) and HEAD. @content_type: NULL for that
 * of the file. Headers of its own (Cache-Control, Content-Disposition) the caller sets before. */
void hearth_request_reply_file         (HearthRequest        *self,
                                        HearthOpenFile       *file,
                                        const char           *content_type);
/* The file that hearth_workspace_open_file() was to open, for its callback: a browser asks each time
 * whether it is still the same. NULL when it could not be opened; then the request has its answer. */
HearthOpenFile *hearth_request_take_opened (HearthRequest    *self,
                                        GObject              *workspace,
                                        GAsyncResult         *result);
/* Opens the file with that logical path and answers with it, to be shown or saved by its type. */
void hearth_request_reply_download     (HearthRequest        *self,
                                        const char           *logical_path);
/* Content-Disposition: whether a browser shows @file or saves it, and as what (http-api.md 13.5). */
void hearth_request_set_disposition    (HearthRequest        *self,
                                        const HearthOpenFile *file);

G_END_DECLS

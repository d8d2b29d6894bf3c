/* hearth-json-job-private.h: large JSON texts, read and written on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HearthJsonJob HearthJsonJob;

/* @value: borrowed; NULL: @text is no JSON. */
typedef void (*HearthParsedFunc)  (HearthValue *value,
                                   gpointer     user_data);
typedef void (*HearthPrintedFunc) (GBytes      *text,
                                   gpointer     user_data);

/* What is quick is done at once, within the call, and the result is NULL; else the job, which is gone when the function
 * was called. */
HearthJsonJob *_hearth_json_job_parse  (const char       *text,
                                        gsize             length,
                                        HearthParsedFunc  done,
                                        gpointer          user_data);
HearthJsonJob *_hearth_json_job_print  (HearthValue      *value,
                                        HearthPrintedFunc done,
                                        gpointer          user_data);
/* Its function is not called any more. */
void           _hearth_json_job_cancel (HearthJsonJob    *self);

G_END_DECLS

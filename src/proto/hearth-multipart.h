/* hearth-multipart.h: a form as browsers send it, multipart/form-data, read piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of the lines before a part's content; and parts of one form. */
#define HEARTH_MULTIPART_MAX_HEAD 16384
#define HEARTH_MULTIPART_MAX_PARTS 1000

/**
 * HearthPart:
 * @name: of the field
 * @filename: as the sender named it, which may be a whole path; NULL for a field that is no file
 * @type: its Content-Type, or NULL
 *
 * One field of the form. All text is UTF-8.
 */
typedef struct
{
  char *name;
  char *filename;
  char *type;
} HearthPart;

/**
 * HearthMultipartReader:
 * @begin: a field begins
 * @more: so much of its content has come
 * @end: the field is whole
 *
 * Who is told what comes. Returning FALSE, with an error, ends the reading.
 */
typedef struct
{
  gboolean (*begin) (const HearthPart *part, gpointer user_data, GError **error);
  gboolean (*more)  (const char *bytes, gsize length, gpointer user_data, GError **error);
  gboolean (*end)   (gpointer user_data, GError **error);
} HearthMultipartReader;

/**
 * HearthMultipart:
 *
 * Keeps no more of the form than one part's head and the length of the boundary. Errors are
 * HEARTH_PROTO_ERROR_SHAPE or the reader's own; after one nothing more is read.
 */
typedef struct _HearthMultipart HearthMultipart;

/* @content_type: the header, which names the boundary. @reader must stay where it is. */
HearthMultipart *hearth_multipart_new    (const char                  *content_type,
                                          const HearthMultipartReader *reader,
                                          gpointer                     user_data,
                                          GError                     **error);
void             hearth_multipart_free   (HearthMultipart             *self);
gboolean         hearth_multipart_feed   (HearthMultipart             *self,
                                          const char                  *bytes,
                                          gsize                        length,
                                          GError                     **error);
/* Nothing more comes. FALSE, with an error, when the form is not whole. */
gboolean         hearth_multipart_finish (HearthMultipart             *self,
                                          GError                     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMultipart, hearth_multipart_free)

G_END_DECLS

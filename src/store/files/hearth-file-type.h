/* hearth-file-type.h: what kind of content a file has, by the end of its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthFileType:
 * @suffix: in lower case, with its dot
 * @type: a MIME type without parameters
 * @shown: whether a browser may show it in place of saving it (http-api.md 13.5)
 * @harmless: whether it may show it whoever wrote it: no script can be in a picture, sound or film
 */
typedef struct
{
  const char *suffix;
  const char *type;
  gboolean    shown;
  gboolean    harmless;
} HearthFileType;

/* Never NULL: application/octet-stream when the name says nothing. Letter case does not matter. */
const HearthFileType *hearth_file_type_of (const char *name);

G_END_DECLS

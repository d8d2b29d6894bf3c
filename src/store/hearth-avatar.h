/* hearth-avatar.h: the picture of a user (http-api.md 6.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"

G_BEGIN_DECLS

#define HEARTH_MAX_AVATAR_BYTES ((gsize) 5 << 20)

/* Blocks. Takes the picture in the file @path, JPEG, PNG, GIF or WebP by its content and not by its
 * name, and returns its address, "/avatars/<user>.png". The one before is gone, whatever its format. */
char *hearth_avatar_store (HearthDataDir  *dir,
                           const char     *user,
                           const char     *path,
                           GError        **error);

G_END_DECLS

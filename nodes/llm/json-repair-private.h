/* json-repair-private.h: what the files of the repair share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *at;
  GString    *out;
  guint       depth;
} HearthJsonRepair;

/* Blanks and comments. */
void      _hearth_json_repair_skip_blanks (HearthJsonRepair *self);
/* What ends a text that begins with @quote; 0: it begins none. */
gunichar  _hearth_json_repair_find_end    (gunichar          quote);
/* At such a quote; up to @end. */
void      _hearth_json_repair_text        (HearthJsonRepair *self,
                                           gunichar          end);
/* A number, true, or a text that nobody put in quotes. FALSE: there is no word here. */
gboolean  _hearth_json_repair_word        (HearthJsonRepair *self);
/* Letters, digits and the like; maybe "". New string. */
char     *_hearth_json_repair_take_word   (HearthJsonRepair *self);

G_END_DECLS

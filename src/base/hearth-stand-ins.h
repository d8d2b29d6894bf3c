/* hearth-stand-ins.h: what goes along wires in place of keys
 *
 * What goes along a wire is an event, a row of the history, a line of a log and maybe a file. So a key does not: its
 * stand-in does, the text that may be shown of it, and whoever asks a model gets the key back by it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-secret.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* A service of runs (hearth_run_add_service()): each run has its own, and the keys go with it. Main thread. */
#define HEARTH_TYPE_STAND_INS (hearth_stand_ins_get_type ())
G_DECLARE_FINAL_TYPE (HearthStandIns, hearth_stand_ins, HEARTH, STAND_INS, GObject)

HearthStandIns *hearth_stand_ins_new    (void);
/* "••••wxyz"; the same for the same key, another for another key. New reference. @self NULL: nobody will know what it stands for. */
HearthValue    *hearth_stand_ins_hide   (HearthStandIns *self,
                                         HearthSecret   *key);
/* What @text stands for; a key in clear stands for itself, an empty or unknown text for none (NULL). New reference. @self: or
 * NULL; @text: of any kind, or NULL. */
HearthSecret   *hearth_stand_ins_reveal (HearthStandIns *self,
                                         HearthValue    *text);

G_END_DECLS

/* api-key.h: the stand-ins of keys that pass from node to node
 *
 * What goes along a wire is an event, a row of the history, a line of a log and maybe a file. So a key does not: its
 * stand-in does, the text that may be shown of it, and whoever asks a model gets the key back by it. Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-secret.h"

G_BEGIN_DECLS

/* "••••wxyz"; the same for the same key, another for another key, until the program ends. */
HearthValue  *hearth_api_key_hide    (HearthSecret *key);
/* What @text stands for; a key in clear stands for itself, an empty or unknown text for none (NULL). */
HearthSecret *hearth_api_key_reveal  (HearthValue  *text);

G_END_DECLS

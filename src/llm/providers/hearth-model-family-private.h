/* hearth-model-family-private.h: what a model takes, told by its name
 *
 * Services refuse parameters that a model does not take, and our nodes send some of them with every request.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* temperature and top_p: reasoning models of OpenAI and Claude from 4.7 on refuse them. */
gboolean _hearth_model_takes_sampling      (const char *model);
/* Claude's output_config.format (Claude from 4.5 on). */
gboolean _hearth_model_takes_output_config (const char *model);

G_END_DECLS

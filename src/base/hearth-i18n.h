/* hearth-i18n.h: texts for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "config.h"

#include <glib/gi18n-lib.h>

/* Binds the message catalogue; called once, first thing in main(). HEARTH_LOCALE_DIR overrides the
 * installed place, for running uninstalled. */
void hearth_i18n_init (void);

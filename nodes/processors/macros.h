/* macros.h: {{char}} and the like in texts of cards, world books and presets (docs/nodes/context-builder.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HearthMacros HearthMacros;

/* @seed: what {{random}} and {{pick}} choose by; the same seed, the same choices. */
HearthMacros *hearth_macros_new    (guint64        seed);
/* The same macros without the variables, which are its own. */
HearthMacros *hearth_macros_new_from (HearthMacros *other);
void          hearth_macros_free   (HearthMacros  *self);
/* What {{@name}} stands for, whatever the case of its letters. NULL: it is left standing. */
void          hearth_macros_set    (HearthMacros  *self,
                                    const char    *name,
                                    const char    *text);
/* New string. What is put in is not looked through again. */
char         *hearth_macros_expand (HearthMacros  *self,
                                    const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMacros, hearth_macros_free)

G_END_DECLS

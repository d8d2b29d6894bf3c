/* macros.h: {{char}} and the like in texts of cards, world books and presets (docs/nodes/macros.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

G_BEGIN_DECLS

typedef struct _HearthMacros HearthMacros;

/* @step: whose time and chance {{time}}, {{random}} and the like have (borrowed); NULL: {{time}} is left standing, and
 * chance follows from @seed, which is what {{pick}} chooses by; the same seed, the same choices. */
HearthMacros *hearth_macros_new           (HearthStep    *step,
                                           guint64        seed);
/* The same names without the variables, which are its own, and without a step. */
HearthMacros *hearth_macros_new_from      (HearthMacros  *other);
void          hearth_macros_free          (HearthMacros  *self);
/* What {{@name}} stands for, whatever the case of its letters. NULL: it is left standing. */
void          hearth_macros_set           (HearthMacros  *self,
                                           const char    *name,
                                           const char    *text);
/* When the user said something, for {{idle_duration}}. Unix time; 0: nobody knows. */
void          hearth_macros_set_last_said (HearthMacros  *self,
                                           gint64         unix_ms);
/* From now on {{hidden_key:a}} is a, rather than nothing. */
void          hearth_macros_show_keys     (HearthMacros  *self);
/* New string. What is put in is not looked through again. */
char         *hearth_macros_expand        (HearthMacros  *self,
                                           const char    *text);
/* The same with variables of its own: for what is only looked at, and changes nothing for what is said. */
char         *hearth_macros_expand_apart  (HearthMacros  *self,
                                           const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMacros, hearth_macros_free)

G_END_DECLS

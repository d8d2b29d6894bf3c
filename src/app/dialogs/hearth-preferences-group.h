/* hearth-preferences-group.h: a part of the preferences that asks the workspace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"
#include "hearth-operation.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_PREFERENCES_GROUP (hearth_preferences_group_get_type ())
G_DECLARE_DERIVABLE_TYPE (HearthPreferencesGroup, hearth_preferences_group, HEARTH, PREFERENCES_GROUP, AdwPreferencesGroup)

/**
 * HearthPreferencesGroupClass:
 * @begin: or NULL; called once, when there is an application
 * @update: or NULL; shows everything as it is now, after @begin and whenever it may be other
 */
struct _HearthPreferencesGroupClass
{
  AdwPreferencesGroupClass parent_class;

  void (*begin)  (HearthPreferencesGroup *self);
  void (*update) (HearthPreferencesGroup *self);
};

/* Once. */
void               hearth_preferences_group_set_application (HearthPreferencesGroup *self,
                                                             HearthApplication      *application);
/* Nothing once the preferences are closed. */
void               hearth_preferences_group_update          (HearthPreferencesGroup *self);

/* --- for those that derive from it; @group is a HearthPreferencesGroup --------------------------- */

/* NULL: the preferences were closed. */
HearthApplication *hearth_preferences_group_get_application (gpointer                group);
/* Only while there is an application. */
HearthWorkspace   *hearth_preferences_group_get_workspace   (gpointer                group);
/* Takes @arguments; NULL is none. @callback gets a reference to @group, and hearth_preferences_group_take_answer()
 * the answer. */
void               hearth_preferences_group_perform         (gpointer                group,
                                                             const HearthOperation  *operation,
                                                             HearthValue            *arguments,
                                                             GAsyncReadyCallback     callback);
/* NULL when it failed, which the user is told, or when the preferences were closed meanwhile. */
HearthValue       *hearth_preferences_group_take_answer     (gpointer                group,
                                                             GObject                *workspace,
                                                             GAsyncResult           *result);

G_END_DECLS

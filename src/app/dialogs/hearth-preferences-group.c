/* hearth-preferences-group.c: a part of the preferences that asks the workspace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-preferences-group.h"

#include "hearth-preferences-part.h"

typedef struct
{
  HearthApplication *application; /* owned; NULL after the preferences were closed */
} HearthPreferencesGroupPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HearthPreferencesGroup, hearth_preferences_group, ADW_TYPE_PREFERENCES_GROUP)

static HearthPreferencesGroupPrivate *
get_private (gpointer group)
{
  return hearth_preferences_group_get_instance_private (HEARTH_PREFERENCES_GROUP (group));
}

void
hearth_preferences_group_set_application (HearthPreferencesGroup *self,
                                          HearthApplication      *application)
{
  HearthPreferencesGroupClass *klass;

  g_return_if_fail (HEARTH_IS_PREFERENCES_GROUP (self));
  g_return_if_fail (HEARTH_IS_APPLICATION (application));
  g_return_if_fail (get_private (self)->application == NULL);

  klass = HEARTH_PREFERENCES_GROUP_GET_CLASS (self);
  get_private (self)->application = g_object_ref (application);
  if (klass->begin != NULL)
    klass->begin (self);
  hearth_preferences_group_update (self);
}

void
hearth_preferences_group_update (HearthPreferencesGroup *self)
{
  HearthPreferencesGroupClass *klass;

  g_return_if_fail (HEARTH_IS_PREFERENCES_GROUP (self));

  klass = HEARTH_PREFERENCES_GROUP_GET_CLASS (self);
  if (get_private (self)->application != NULL && klass->update != NULL)
    klass->update (self);
}

HearthApplication *
hearth_preferences_group_get_application (gpointer group)
{
  g_return_val_if_fail (HEARTH_IS_PREFERENCES_GROUP (group), NULL);

  return get_private (group)->application;
}

HearthWorkspace *
hearth_preferences_group_get_workspace (gpointer group)
{
  g_return_val_if_fail (HEARTH_IS_PREFERENCES_GROUP (group), NULL);

  return hearth_application_get_workspace (get_private (group)->application);
}

void
hearth_preferences_group_perform (gpointer               group,
                                  const HearthOperation *operation,
                                  HearthValue           *arguments,
                                  GAsyncReadyCallback    callback)
{
  g_autoptr (HearthValue) owned = arguments != NULL ? arguments : hearth_value_empty_object ();

  g_return_if_fail (HEARTH_IS_PREFERENCES_GROUP (group));

  hearth_workspace_perform (hearth_preferences_group_get_workspace (group), operation, owned, NULL, callback,
                            g_object_ref (group));
}

HearthValue *
hearth_preferences_group_take_answer (gpointer      group,
                                      GObject      *workspace,
                                      GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);

  g_return_val_if_fail (HEARTH_IS_PREFERENCES_GROUP (group), NULL);

  if (get_private (group)->application == NULL)
    return NULL;
  if (answer == NULL)
    hearth_preferences_toast (GTK_WIDGET (group), error->message);
  return g_steal_pointer (&answer);
}

static void
hearth_preferences_group_dispose (GObject *object)
{
  g_clear_object (&get_private (object)->application);

  G_OBJECT_CLASS (hearth_preferences_group_parent_class)->dispose (object);
}

static void
hearth_preferences_group_class_init (HearthPreferencesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_preferences_group_dispose;
}

static void
hearth_preferences_group_init (HearthPreferencesGroup *self)
{
}

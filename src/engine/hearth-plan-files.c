/* hearth-plan-files.c: which files the steps of a plan read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

static void collect (HearthPlan *self, GHashTable *paths, GHashTable *seen);

static void
collect_step (HearthPlanStep *step,
              GHashTable     *paths,
              GHashTable     *seen)
{
  const char *const *key = step->type ? step->type->decl->file_configs : NULL;

  for (; key && *key; key++)
    {
      const char *path = hearth_value_get_member_string (step->config, *key, "");

      if (*path && !g_hash_table_contains (paths, path))
        g_hash_table_add (paths, g_strdup (path));
    }
  if (step->call)
    collect (step->call, paths, seen);
  for (guint i = 0; step->tools && i < step->tools->len; i++)
    if (g_array_index (step->tools, HearthPlanTool, i).plan)
      collect (g_array_index (step->tools, HearthPlanTool, i).plan, paths, seen);
}

static void
collect (HearthPlan *self,
         GHashTable *paths,
         GHashTable *seen)
{
  if (!g_hash_table_add (seen, self))
    return;
  for (guint i = 0; i < self->steps->len; i++)
    collect_step (hearth_plan_step (self, i), paths, seen);
}

char **
hearth_plan_list_files (HearthPlan *self)
{
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree gpointer *keys = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  collect (self, paths, seen);
  keys = g_hash_table_get_keys_as_array (paths, NULL);
  return (char **) g_steal_pointer (&keys);
}

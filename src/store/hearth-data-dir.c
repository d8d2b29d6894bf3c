/* hearth-data-dir.c: the paths below one root
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-data-dir.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "hearth-i18n.h"

struct _HearthDataDir
{
  gatomicrefcount ref_count;
  char *root;
};

G_DEFINE_QUARK (hearth-store-error-quark, hearth_store_error)

static char *
find_root (const char *root)
{
  const char *variable = g_getenv ("HEARTH_DATA_DIR");

  if (root != NULL && *root != '\0')
    return g_canonicalize_filename (root, NULL);
  if (variable != NULL && *variable != '\0')
    return g_canonicalize_filename (variable, NULL);
  return g_build_filename (g_get_user_data_dir (), "hearth", NULL);
}

HearthDataDir *
hearth_data_dir_new (const char *root)
{
  HearthDataDir *self = g_new0 (HearthDataDir, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->root = find_root (root);
  return self;
}

HearthDataDir *
hearth_data_dir_ref (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_data_dir_unref (HearthDataDir *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->root);
  g_free (self);
}

const char *
hearth_data_dir_get_root (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

static gboolean
make_directory (HearthDataDir *self,
                const char    *place,
                GError       **error)
{
  g_autofree char *path = g_build_filename (self->root, place, NULL);

  /* What lies here is the user's own business, so only the user may look in. */
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
               _("The folder “%s” cannot be made: %s. Choose another data folder, or give yourself the right to write there."),
               path, g_strerror (errno));
  return FALSE;
}

gboolean
hearth_data_dir_prepare (HearthDataDir *self,
                         GError       **error)
{
  static const char *const places[] = {
    "data",
    "library/workflows",
    "logs/executions",
    "public",
    "userData/" HEARTH_DEFAULT_USER "/library",
    "userData/" HEARTH_DEFAULT_USER "/projects",
  };

  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (!make_directory (self, places[i], error))
      return FALSE;
  return TRUE;
}

/* --- paths ------------------------------------------------------------------- */

char *
hearth_data_dir_dup_user (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "userData", HEARTH_DEFAULT_USER, NULL);
}

char *
hearth_data_dir_dup_projects (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "userData", HEARTH_DEFAULT_USER, "projects", NULL);
}

char *
hearth_data_dir_dup_project (HearthDataDir *self,
                             const char    *project_id)
{
  g_autofree char *projects = NULL;
  g_autofree char *safe = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  safe = hearth_name_to_project_id (project_id);
  if (safe == NULL)
    return NULL;
  projects = hearth_data_dir_dup_projects (self);
  return g_build_filename (projects, safe, NULL);
}

char *
hearth_data_dir_dup_workflows (HearthDataDir *self,
                               const char    *project_id)
{
  g_autofree char *project = hearth_data_dir_dup_project (self, project_id);

  return project != NULL ? g_build_filename (project, "workflows", NULL) : NULL;
}

char *
hearth_data_dir_dup_characters (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "userData", HEARTH_DEFAULT_USER, "library", "SillyTavern", "CharacterCard", NULL);
}

char *
hearth_data_dir_dup_recycle_bin (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "userData", HEARTH_DEFAULT_USER, ".recycle_bin", NULL);
}

char *
hearth_data_dir_dup_shared (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "library", NULL);
}

char *
hearth_data_dir_dup_templates (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "templates", NULL);
}

char *
hearth_data_dir_dup_public (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "public", NULL);
}

char *
hearth_data_dir_dup_database (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "data", "app.sqlite", NULL);
}

char *
hearth_data_dir_dup_access_tokens (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "data", "access-tokens.json", NULL);
}

char *
hearth_data_dir_dup_access_uses (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "data", "access-uses.json", NULL);
}

char *
hearth_data_dir_dup_budget (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "data", "budget.json", NULL);
}

char *
hearth_data_dir_dup_prices (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "data", "prices.json", NULL);
}

char *
hearth_data_dir_dup_plugins (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "plugins", NULL);
}

char *
hearth_data_dir_dup_temporary (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "tmp", NULL);
}

char *
hearth_data_dir_dup_config (HearthDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->root, "config.json", NULL);
}

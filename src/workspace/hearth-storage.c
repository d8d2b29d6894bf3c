/* hearth-storage.c: the data folder and its database, as worker threads see them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-panel-store.h"
#include "hearth-workspace-private.h"

#define DEMO_PROJECT "Demo"
#define MAX_BACKLOG_BYTES ((gsize) 64 << 20)

HearthStorage *
_hearth_storage_new (const char *root)
{
  HearthStorage *self = g_new0 (HearthStorage, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->dir = hearth_data_dir_new (root);
  self->secrets = hearth_secrets_new ();
  self->max_backlog = MAX_BACKLOG_BYTES;
  return self;
}

HearthStorage *
_hearth_storage_ref (HearthStorage *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
_hearth_storage_unref (HearthStorage *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->database, hearth_database_unref);
  hearth_secrets_unref (self->secrets);
  hearth_data_dir_unref (self->dir);
  g_free (self);
}

HearthDatabase *
_hearth_storage_open_database (HearthStorage *self,
                               GError       **error)
{
  g_autofree char *path = hearth_data_dir_dup_database (self->dir);

  if (self->database == NULL && hearth_data_dir_prepare (self->dir, error))
    self->database = hearth_database_open (path, error);
  return self->database;
}

static char *
dup_example (const char *name)
{
  const char *examples = g_getenv ("HEARTH_EXAMPLES_DIR");

  if (examples == NULL || *examples == '\0')
    examples = HEARTH_DATA_DIR_INSTALLED "/examples";
  return g_build_filename (examples, name, NULL);
}

/* Only into a data folder that has never been used: who deletes the demo does not want it back. */
static void
install_demo_project (HearthStorage *self)
{
  g_autofree char *projects = hearth_data_dir_dup_projects (self->dir);
  g_autofree char *demo = dup_example ("demo");
  g_autoptr (GError) error = NULL;

  if (g_file_test (projects, G_FILE_TEST_EXISTS) || !g_file_test (demo, G_FILE_TEST_IS_DIR))
    return;
  if (!hearth_project_store_install (self->dir, demo, DEMO_PROJECT, &error) && error != NULL)
    g_warning ("The demo project is left out: %s", error->message);
}

static void
install_templates (HearthStorage *self)
{
  g_autofree char *templates = dup_example ("templates");
  g_autoptr (GError) error = NULL;

  if (g_file_test (templates, G_FILE_TEST_IS_DIR)
      && !hearth_panel_store_install_templates (self->dir, templates, &error))
    g_warning ("The templates of panels are left out: %s", error->message);
}

gboolean
_hearth_storage_prepare (HearthStorage *self,
                         gboolean       install_demo,
                         GError       **error)
{
  g_autoptr (HearthValue) user = NULL;

  if (install_demo)
    {
      install_demo_project (self);
      install_templates (self);
    }
  if (!hearth_data_dir_prepare (self->dir, error) || _hearth_storage_open_database (self, error) == NULL)
    return FALSE;
  user = hearth_users_table_get (self->database, HEARTH_DEFAULT_USER, error);
  return user != NULL;
}

/* databases.h: databases of a test, open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-database.h"
#include "temporary.h"

static inline HearthDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  HearthDatabase *database = hearth_database_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  return database;
}

/* The one in the fixture's folder; a new one the first time. */
static inline HearthDatabase *
open_in (Temporary *fixture)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);

  return open_database (path);
}

/* One that knows its user, whom rows of other tables name. */
static inline HearthDatabase *
open_of_user (const char *path,
              const char *user)
{
  HearthDatabase *database = open_database (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) row = hearth_users_table_get (database, user, &error);

  g_assert_no_error (error);
  return database;
}

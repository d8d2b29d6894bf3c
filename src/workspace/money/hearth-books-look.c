/* hearth-books-look.c: looks at the disk for what may have changed there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-books-look.h"

#include <glib/gstdio.h>

#include "hearth-budget-file.h"
#include "hearth-usage-table.h"

/* On its way to the storage thread and back. */
typedef struct
{
  GWeakRef workspace;
  HearthBooksLookFunc looked;
  char *process;
  char *last_day;          /* NULL: nothing was seen yet */
  gint64 last_change;
  HearthBooksLook *look;   /* its stamps are the last ones until it has looked */
} Errand;

void
_hearth_books_look_free (HearthBooksLook *self)
{
  g_clear_pointer (&self->prices, hearth_value_unref);
  g_clear_pointer (&self->budget, hearth_value_unref);
  g_clear_pointer (&self->days, hearth_value_unref);
  g_clear_pointer (&self->projects, hearth_value_unref);
  g_free (self->day);
  g_free (self);
}

static void
errand_free (gpointer data)
{
  Errand *self = data;

  g_clear_pointer (&self->look, _hearth_books_look_free);
  g_weak_ref_clear (&self->workspace);
  g_free (self->last_day);
  g_free (self->process);
  g_free (self);
}

/* --- on the storage thread -------------------------------------------------------------------- */

/* Another number when the file was changed; 0: there is none. Takes @path. */
static gint64
read_stamp (char *path)
{
  g_autofree char *owned = path;
  GStatBuf info;

  if (g_stat (owned, &info) != 0)
    return 0;
  return (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec + info.st_size;
}

static void
look_at_files (Errand        *self,
               HearthDataDir *dir)
{
  HearthBooksLook *look = self->look;
  gint64 prices = read_stamp (hearth_data_dir_dup_prices (dir));
  gint64 budget = read_stamp (hearth_data_dir_dup_budget (dir));
  gboolean first = self->last_day == NULL;
  g_autoptr (GError) error = NULL;

  if (first || prices != look->prices_stamp)
    look->prices = _hearth_prices_read (dir, &error);
  if (error != NULL)
    g_warning ("The prices of models cannot be read: %s", error->message);
  g_clear_error (&error);
  if (first || budget != look->budget_stamp)
    look->budget = _hearth_budget_read (dir, &error);
  if (error != NULL)
    g_warning ("The ceilings of money cannot be read: %s", error->message);
  look->prices_stamp = prices;
  look->budget_stamp = budget;
}

/* Where nothing was ever written there is nothing to add up, and no database is made for that. */
static HearthDatabase *
find_database (HearthStorage *storage,
               GError       **error)
{
  g_autofree char *path = hearth_data_dir_dup_database (storage->dir);

  if (storage->database == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return _hearth_storage_open_database (storage, error);
}

static gboolean
add_up (Errand         *self,
        HearthDatabase *database,
        GError        **error)
{
  HearthBooksLook *look = self->look;
  HearthUsageFilter filter = { .not_process = self->process, .currency = HEARTH_CURRENCY };

  look->change = hearth_usage_table_get_change (database, error);
  if (look->change < 0)
    return FALSE;
  if (look->change == self->last_change && g_strcmp0 (look->day, self->last_day) == 0)
    return TRUE;
  look->projects = hearth_usage_table_sum (database, HEARTH_USAGE_BY_PROJECT, &filter, error);
  filter.from = filter.to = look->day;
  look->days = look->projects != NULL ? hearth_usage_table_sum (database, HEARTH_USAGE_BY_DAY, &filter, error) : NULL;
  return look->days != NULL;
}

static gboolean deliver_cb (gpointer data);

static gpointer
look_work (HearthJob *job,
           GError   **error)
{
  Errand *self = g_steal_pointer (&job->data); /* it goes its own way back */
  HearthDatabase *database;
  GError *reason = NULL;

  job->free_data = NULL;
  self->look->day = _hearth_today ();
  look_at_files (self, job->storage->dir);
  database = find_database (job->storage, &reason);
  if (database != NULL)
    add_up (self, database, &reason);
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, self, errand_free);
  if (reason == NULL)
    return hearth_value_null ();
  g_propagate_error (error, reason);
  return NULL;
}

/* --- on the main thread ----------------------------------------------------------------------- */

static gboolean
deliver_cb (gpointer data)
{
  Errand *self = data;
  g_autoptr (HearthWorkspace) workspace = g_weak_ref_get (&self->workspace);

  if (workspace != NULL)
    self->looked (g_steal_pointer (&self->look), workspace);
  return G_SOURCE_REMOVE;
}

void
_hearth_books_look (HearthWorkspace       *workspace,
                    const HearthBooksLook *last,
                    const char            *process,
                    HearthBooksLookFunc    looked)
{
  Errand *self = g_new0 (Errand, 1);

  g_weak_ref_init (&self->workspace, workspace);
  self->looked = looked;
  self->process = g_strdup (process);
  self->look = g_new0 (HearthBooksLook, 1);
  self->last_change = -1;
  if (last != NULL)
    {
      self->last_day = g_strdup (last->day);
      self->last_change = last->change;
      self->look->prices_stamp = last->prices_stamp;
      self->look->budget_stamp = last->budget_stamp;
    }
  _hearth_job_push (_hearth_job_new_silent (workspace->storage, look_work, self, errand_free), workspace->storage_pool);
}

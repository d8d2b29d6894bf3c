/* hearth-history-operations.c: what was run before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-history-operations.h"

#include "hearth-operation-private.h"
#include "hearth-runs-table.h"
#include "hearth-usage-operations.h"
#include "hearth-workspace-private.h"

/* An empty word is as good as none. */
static const char *
read_word (HearthValue *arguments,
           const char  *name)
{
  const char *word = _hearth_text (arguments, name);

  return word != NULL && *word != '\0' ? word : NULL;
}

static HearthValue *
list_history (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  const HearthRunFilter filter = {
    .status = read_word (arguments, "status"),
    .project_id = read_word (arguments, "project"),
    .workflow_id = read_word (arguments, "workflow"),
    .text = read_word (arguments, "q"),
    .page = (guint) hearth_value_get_member_integer (arguments, "page", 1),
    .limit = (guint) hearth_value_get_member_integer (arguments, "limit", 0),
  };

  return database != NULL ? hearth_runs_table_list (database, &filter, error) : NULL;
}

const HearthOperation hearth_operation_list_history = { .work = list_history, .of_runs = TRUE };

static HearthValue *
read_run (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (HearthValue) run = NULL;

  run = database != NULL ? hearth_runs_table_read (database, _hearth_text (arguments, "promptId"), error) : NULL;
  return run != NULL ? _hearth_usage_add_to_run (storage, run, error) : NULL;
}

const HearthOperation hearth_operation_read_run = { .work = read_run, .of_runs = TRUE };

static HearthValue *
read_value (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? hearth_runs_table_read_value (database, _hearth_text (arguments, "promptId"),
                                                          _hearth_text (arguments, "ref"), error)
                          : NULL;
}

const HearthOperation hearth_operation_read_value = { .work = read_value, .of_runs = TRUE };

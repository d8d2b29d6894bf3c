/* hearth-model-operations.c: the models chosen from the services (http-api.md 12.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channels-table.h"
#include "hearth-llm-operations.h"
#include "hearth-workspace-private.h"

#define USER HEARTH_DEFAULT_USER

static const char *
get_id (HearthValue *arguments)
{
  return hearth_value_get_member_string (arguments, "modelId", NULL);
}

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? hearth_models_table_list (database, USER, error) : NULL;
}

const HearthOperation hearth_operation_list_models = { .work = list };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? hearth_models_table_read (database, USER, get_id (arguments), error) : NULL;
}

const HearthOperation hearth_operation_read_model = { .work = read_one };

static HearthValue *
put (HearthStorage *storage,
     HearthValue   *arguments,
     GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? hearth_models_table_put (database, USER, arguments, error) : NULL;
}

const HearthOperation hearth_operation_put_model = { .work = put };

static HearthValue *
update (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? hearth_models_table_update (database, USER, get_id (arguments), arguments, error) : NULL;
}

const HearthOperation hearth_operation_update_model = { .work = update };

static HearthValue *
delete_one (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  if (database == NULL || !hearth_models_table_delete (database, USER, get_id (arguments), error))
    return NULL;
  return hearth_value_object ("success", hearth_value_boolean (TRUE), "modelId", hearth_value_string (get_id (arguments)), NULL);
}

const HearthOperation hearth_operation_delete_model = { .work = delete_one };

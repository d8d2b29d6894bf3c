/* hearth-models-table.c: the models a user has chosen (storage.md 6.6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channels-table.h"

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-rows-private.h"
#include "hearth-i18n.h"

#define TABLE "activated_models"

static const HearthColumn columns[] = {
  { "modelId", "model_id", HEARTH_COLUMN_TEXT },
  { "userId", "user_id", HEARTH_COLUMN_TEXT },
  { "displayName", "display_name", HEARTH_COLUMN_TEXT },
  { "capabilities", "capabilities", HEARTH_COLUMN_JSON },
  { "modelType", "model_type", HEARTH_COLUMN_TEXT },
  { "groupName", "group_name", HEARTH_COLUMN_TEXT },
  { "icon", "icon", HEARTH_COLUMN_TEXT },
  { "defaultChannelId", "default_channel_id", HEARTH_COLUMN_TEXT },
  { "tags", "tags", HEARTH_COLUMN_JSON },
  { "tokenizerId", "tokenizer_id", HEARTH_COLUMN_TEXT },
  { "createdAt", "created_at", HEARTH_COLUMN_TEXT },
};

#define SELECT                                                                                              \
  "SELECT model_id, user_id, display_name, capabilities, model_type, group_name, icon, default_channel_id," \
  " tags, tokenizer_id, created_at FROM " TABLE " WHERE user_id = ?"
/* displayName to tokenizerId */
#define FIRST_SETTABLE 2
#define N_SETTABLE (G_N_ELEMENTS (columns) - FIRST_SETTABLE - 1)

static HearthValue *
make_model (HearthSqliteStatement *row)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) model = NULL;

  _hearth_columns_add (columns, G_N_ELEMENTS (columns), row, &out);
  model = hearth_builder_end_object (&out);
  return hearth_value_with (model, "defaultChannelRef", hearth_value_get (model, "defaultChannelId"));
}

/* The columns of @members; the frontend's name for one of them counts as well. */
static HearthValue *
pick_settable (HearthValue *members)
{
  HearthValue *channel = hearth_value_get (members, "defaultChannelRef");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) picked = NULL;

  for (gsize i = FIRST_SETTABLE; i < FIRST_SETTABLE + N_SETTABLE; i++)
    hearth_builder_add (&out, columns[i].member, hearth_value_ref_or_null (hearth_value_get (members, columns[i].member)));
  picked = hearth_builder_end_object (&out);
  return channel != NULL ? hearth_value_with (picked, "defaultChannelId", channel) : g_steal_pointer (&picked);
}

HearthValue *
hearth_models_table_list (HearthDatabase *self,
                          const char     *user,
                          GError        **error)
{
  const char *const of_user[] = { user, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  return _hearth_rows_list (self, SELECT " ORDER BY created_at DESC, rowid DESC", of_user, make_model, error);
}

static void
fail_missing (GError    **error,
              const char *id)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND, _("The model “%s” is not among the chosen ones."), id);
}

HearthValue *
hearth_models_table_read (HearthDatabase *self,
                          const char     *user,
                          const char     *id,
                          GError        **error)
{
  const char *const address[] = { user, id, NULL };
  g_autoptr (HearthValue) rows = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  rows = _hearth_rows_list (self, SELECT " AND model_id = ?", address, make_model, error);
  if (rows != NULL && hearth_value_get_length (rows) == 0)
    fail_missing (error, id);
  return rows != NULL && hearth_value_get_length (rows) > 0 ? hearth_value_ref (hearth_value_at (rows, 0)) : NULL;
}

HearthValue *
hearth_models_table_put (HearthDatabase *self,
                         const char     *user,
                         HearthValue    *members,
                         GError        **error)
{
  const char *id = hearth_value_get_member_string (members, "modelId", NULL);
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthValue) settable = NULL;
  g_autoptr (HearthValue) fixed = NULL;
  g_autoptr (HearthValue) row = NULL;
  gint64 n_changed;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  settable = pick_settable (members);
  fixed = hearth_value_object ("modelId", hearth_value_string (id), "userId", hearth_value_string (user),
                               "createdAt", hearth_value_string (now), NULL);
  row = hearth_value_overlay (settable, fixed);
  n_changed = _hearth_rows_update (self, TABLE, columns, G_N_ELEMENTS (columns), row, user, "model_id", id, error);
  if (n_changed < 0 || (n_changed == 0 && !_hearth_rows_insert (self, TABLE, columns, G_N_ELEMENTS (columns), row, error)))
    return NULL;
  return hearth_models_table_read (self, user, id, error);
}

HearthValue *
hearth_models_table_update (HearthDatabase *self,
                            const char     *user,
                            const char     *id,
                            HearthValue    *members,
                            GError        **error)
{
  g_autoptr (HearthValue) settable = NULL;
  gint64 n_changed;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  settable = pick_settable (members);
  n_changed = _hearth_rows_update (self, TABLE, columns, G_N_ELEMENTS (columns), settable, user, "model_id", id, error);
  if (n_changed == 0)
    fail_missing (error, id);
  return n_changed > 0 ? hearth_models_table_read (self, user, id, error) : NULL;
}

gboolean
hearth_models_table_delete (HearthDatabase *self,
                            const char     *user,
                            const char     *id,
                            GError        **error)
{
  const char *const values[] = { user, id };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return _hearth_rows_change (self, "DELETE FROM " TABLE " WHERE user_id = ? AND model_id = ?", values, G_N_ELEMENTS (values), error)
         >= 0;
}

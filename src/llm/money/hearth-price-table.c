/* hearth-price-table.c: the shipped prices and the user's own as one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-price-row-private.h"

#include "hearth-ceilings.h"

#include "hearth-i18n.h"

struct _HearthPriceTable
{
  gatomicrefcount ref_count;
  GPtrArray *rows;      /* of HearthPriceRow, the user's first */
  HearthValue *values;  /* the rows as they were read, for people */
  char *date;           /* of the shipped ones */
  char *source;
};

G_DEFINE_QUARK (hearth-price-error, hearth_price_error)

static gboolean
read_rows (HearthPriceTable *self,
           HearthValue      *table,
           gboolean          own,
           HearthBuilder    *values,
           GError          **error)
{
  HearthValue *list = hearth_value_get_member_kind (table, "prices", HEARTH_VALUE_ARRAY);
  g_autoptr (HearthValue) mark = hearth_value_boolean (TRUE);

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      HearthValue *value = hearth_value_at (list, i);
      HearthPriceRow *row = _hearth_price_row_new (value, i + 1, error);

      if (row == NULL)
        return FALSE;
      g_ptr_array_add (self->rows, row);
      hearth_builder_add (values, NULL, own ? hearth_value_with (value, "own", mark) : hearth_value_ref (value));
    }
  return TRUE;
}

static gboolean
read_table (HearthPriceTable *self,
            HearthValue      *table,
            gboolean          own,
            HearthBuilder    *values,
            GError          **error)
{
  const char *currency = hearth_value_get_member_string (table, "currency", HEARTH_CURRENCY);

  if (table == NULL)
    return TRUE;
  if (hearth_value_get_member_kind (table, "prices", HEARTH_VALUE_ARRAY) == NULL)
    {
      g_set_error (error, HEARTH_PRICE_ERROR, HEARTH_PRICE_ERROR_TABLE,
                   _("This is no table of prices: it has no list “prices”. Correct it in prices.json."));
      return FALSE;
    }
  if (!g_str_equal (currency, HEARTH_CURRENCY))
    {
      g_set_error (error, HEARTH_PRICE_ERROR, HEARTH_PRICE_ERROR_TABLE,
                   _("The prices are in %s, but all must be in %s. Convert them in prices.json."), currency, HEARTH_CURRENCY);
      return FALSE;
    }
  return read_rows (self, table, own, values, error);
}

HearthPriceTable *
hearth_price_table_new (HearthValue *shipped,
                        HearthValue *own,
                        GError     **error)
{
  g_autoptr (HearthPriceTable) self = g_new0 (HearthPriceTable, 1);
  g_auto (HearthBuilder) values = HEARTH_BUILDER_INIT;

  g_atomic_ref_count_init (&self->ref_count);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_price_row_free);
  self->date = g_strdup (hearth_value_get_member_string (shipped, "date", NULL));
  self->source = g_strdup (hearth_value_get_member_string (shipped, "source", NULL));
  if (!read_table (self, own, TRUE, &values, error) || !read_table (self, shipped, FALSE, &values, error))
    return NULL;
  self->values = hearth_builder_end_array (&values);
  return g_steal_pointer (&self);
}

HearthPriceTable *
hearth_price_table_ref (HearthPriceTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_price_table_unref (HearthPriceTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->values, hearth_value_unref);
  g_free (self->date);
  g_free (self->source);
  g_free (self);
}

/* Of rows that fit equally well the first counts, so the user's before those shipped. */
static HearthPriceRow *
find_best (HearthPriceTable *self,
           const char       *provider,
           const char       *model)
{
  HearthPriceRow *best = NULL;
  guint best_weight = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint weight = _hearth_price_row_match (self->rows->pdata[i], provider, model);

      if (weight > best_weight)
        best = self->rows->pdata[i];
      best_weight = MAX (weight, best_weight);
    }
  return best;
}

gboolean
hearth_price_table_lookup (HearthPriceTable *self,
                           const char       *provider,
                           const char       *model,
                           HearthPrice      *price)
{
  g_autofree char *provider_id = NULL;
  g_autofree char *model_id = NULL;
  HearthPriceRow *row;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (price != NULL, FALSE);

  provider_id = provider != NULL ? g_ascii_strdown (provider, -1) : NULL;
  model_id = g_ascii_strdown (g_str_has_prefix (model, "models/") ? model + strlen ("models/") : model, -1);
  row = find_best (self, provider_id, model_id);
  if (row == NULL || !row->is_known)
    return FALSE;
  *price = row->price;
  return TRUE;
}

HearthValue *
hearth_price_table_to_value (HearthPriceTable *self)
{
  g_auto (HearthBuilder) table = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);

  hearth_builder_add_string (&table, "date", self->date);
  hearth_builder_add_string (&table, "source", self->source);
  hearth_builder_add_string (&table, "currency", HEARTH_CURRENCY);
  hearth_builder_add (&table, "prices", hearth_value_ref (self->values));
  return hearth_builder_end_object (&table);
}

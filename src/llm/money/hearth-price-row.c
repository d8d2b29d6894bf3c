/* hearth-price-row.c: one row of a table of prices, and which models it is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-price-row-private.h"

#include <math.h>
#include <string.h>

#include "hearth-i18n.h"

#define MICRO 1000000
#define MAX_PRICE 10000 /* for a million tokens; far above all that is asked */

/* A provider that fits weighs more than any name of a model. */
#define PROVIDER_WEIGHT (1u << 20)
#define EXACT_WEIGHT (1u << 16)

static gboolean
refuse (guint       number,
        const char *what,
        GError    **error)
{
  g_set_error (error, HEARTH_PRICE_ERROR, HEARTH_PRICE_ERROR_TABLE,
               _("Row %u of the prices cannot be used: %s Correct it in prices.json."), number, what);
  return FALSE;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A member that is missing is @fallback; null is -1: not known. */
static gboolean
read_rate (HearthValue *object,
           const char  *key,
           gint64       fallback,
           guint        number,
           gint64      *rate,
           GError     **error)
{
  HearthValue *value = hearth_value_get (object, key);
  g_autofree char *what = NULL;
  double price;

  *rate = value == NULL ? fallback : -1;
  if (value == NULL || hearth_value_is (value, NULL))
    return TRUE;
  price = hearth_value_is_number (value) ? hearth_value_get_double (value) : -1;
  if (price >= 0 && price <= MAX_PRICE)
    {
      *rate = llround (price * MICRO);
      return TRUE;
    }
  what = g_strdup_printf (_("“%s” must be a number from 0 to %d, or null for not known."), key, MAX_PRICE);
  return refuse (number, what, error);
}

/* What is not told of the cache costs as much as other input. */
static gboolean
read_rates (HearthValue *object,
            guint        number,
            HearthRates *rates,
            GError     **error)
{
  return read_rate (object, "input", -1, number, &rates->input, error)
         && read_rate (object, "output", -1, number, &rates->output, error)
         && read_rate (object, "cachedInput", rates->input, number, &rates->cached, error)
         && read_rate (object, "cacheWrite", rates->input, number, &rates->cache_written, error);
}

static gboolean
are_known (const HearthRates *rates)
{
  return rates->input >= 0 && rates->output >= 0 && rates->cached >= 0 && rates->cache_written >= 0;
}

static gboolean
read_price (HearthPriceRow *self,
            HearthValue    *value,
            guint           number,
            GError        **error)
{
  HearthValue *longer = hearth_value_get_member_kind (value, "longPrompt", HEARTH_VALUE_OBJECT);

  if (!read_rates (value, number, &self->price.rates, error))
    return FALSE;
  self->is_known = are_known (&self->price.rates);
  if (longer == NULL)
    return TRUE;
  self->price.long_from = hearth_value_get_member_integer (longer, "from", 0);
  if (self->price.long_from <= 0)
    return refuse (number, _("“longPrompt” must say from how many tokens on it is."), error);
  if (!read_rates (longer, number, &self->price.long_rates, error))
    return FALSE;
  self->is_known = self->is_known && are_known (&self->price.long_rates);
  return TRUE;
}

static char *
dup_name (HearthValue *value,
          const char  *key)
{
  const char *name = hearth_value_get_member_string (value, key, "");

  return *name != '\0' ? g_ascii_strdown (name, -1) : NULL;
}

HearthPriceRow *
_hearth_price_row_new (HearthValue *value,
                       guint        number,
                       GError     **error)
{
  g_autoptr (HearthPriceRow) self = g_new0 (HearthPriceRow, 1);

  self->provider = dup_name (value, "provider");
  self->model = dup_name (value, "model");
  if (self->provider == NULL || self->model == NULL)
    {
      refuse (number, _("It must name a provider and a model, “*” stands for any."), error);
      return NULL;
    }
  return read_price (self, value, number, error) ? g_steal_pointer (&self) : NULL;
}

void
_hearth_price_row_free (HearthPriceRow *self)
{
  g_free (self->provider);
  g_free (self->model);
  g_free (self);
}

/* --- matching --------------------------------------------------------------------------------- */

static gboolean
is_number (const char *text,
           gsize       min_digits)
{
  text += *text == 'v'; /* "v1" */
  return strlen (text) >= min_digits && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
is_word_of_a_version (const char *text)
{
  static const char *const words[] = { "latest", "preview", "exp", "beta", "stable", NULL };

  return g_strv_contains (words, text);
}

/* "-2024-08-06", "@20250514", "-latest", "-preview-05-20"; not "-mini" nor "-5", which are other models. */
static gboolean
is_version (const char *rest)
{
  g_auto (GStrv) parts = NULL;

  if (strchr ("-@:", *rest) == NULL)
    return FALSE;
  parts = g_strsplit_set (rest + 1, "-@:", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!is_number (parts[i], i == 0 ? 3 : 1) && !is_word_of_a_version (parts[i]))
      return FALSE;
  return TRUE;
}

/* The longer the name that fits, the better. */
static guint
match_model (const char *pattern,
             const char *model)
{
  gsize length = strlen (pattern);

  if (strchr (pattern, '*') != NULL)
    return g_pattern_match_simple (pattern, model) ? MIN (length, EXACT_WEIGHT - 1) : 0;
  if (g_str_equal (pattern, model))
    return EXACT_WEIGHT;
  return g_str_has_prefix (model, pattern) && is_version (model + length) ? MIN (length, EXACT_WEIGHT - 1) : 0;
}

guint
_hearth_price_row_match (const HearthPriceRow *self,
                         const char           *provider,
                         const char           *model)
{
  guint weight = match_model (self->model, model);

  if (weight == 0 || g_str_equal (self->provider, "*"))
    return weight;
  return provider != NULL && g_pattern_match_simple (self->provider, provider) ? PROVIDER_WEIGHT + weight : 0;
}

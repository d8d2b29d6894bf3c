/* hearth-body-check.c: is a request body of the shape a route wants?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"

#include "hearth-body-check-private.h"
#include "hearth-i18n.h"

/* A broken generator breaks every node alike; nobody reads more than these. */
#define MAX_REASONS 20

/* --- details --------------------------------------------------------------------------- */

static GPtrArray *
details_get_reasons (HearthDetails *self,
                     const char    *field)
{
  GPtrArray *reasons;

  if (self->fields == NULL)
    {
      self->fields = g_ptr_array_new_with_free_func (g_free);
      self->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
    }
  reasons = g_hash_table_lookup (self->reasons, field);
  if (reasons == NULL)
    {
      char *name = g_strdup (field);

      reasons = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->fields, name);
      g_hash_table_insert (self->reasons, name, reasons);
    }
  return reasons;
}

void
_hearth_details_add (HearthDetails *self,
                     const char    *field,
                     const char    *place,
                     const char    *reason)
{
  GPtrArray *reasons = details_get_reasons (self, field);

  if (reasons->len >= MAX_REASONS)
    return;
  g_ptr_array_add (reasons, place != NULL ? g_strdup_printf ("%s: %s", place, reason) : g_strdup (reason));
}

HearthValue *
_hearth_details_end (HearthDetails *self)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (self->fields == NULL)
    return NULL;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const char *name = g_ptr_array_index (self->fields, i);
      GPtrArray *reasons = g_hash_table_lookup (self->reasons, name);
      g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

      for (guint k = 0; k < reasons->len; k++)
        hearth_builder_add_string (&list, NULL, g_ptr_array_index (reasons, k));
      hearth_builder_add (&out, name, hearth_builder_end_array (&list));
    }
  _hearth_details_clear (self);
  return hearth_builder_end_object (&out);
}

void
_hearth_details_clear (HearthDetails *self)
{
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

/* --- one value -------------------------------------------------------------------------- */

/* "a string or null" */
static char *
describe_kinds (guint kinds)
{
  gboolean whole = (kinds & HEARTH_KINDS_NUMBER) == HEARTH_KIND (INTEGER);
  const struct
  {
    guint mask;
    const char *name;
  } names[] = {
    { HEARTH_KIND (STRING), _("a string") },
    { HEARTH_KINDS_NUMBER, whole ? _("a whole number") : _("a number") },
    { HEARTH_KIND (BOOLEAN), _("true or false") },
    { HEARTH_KIND (OBJECT), _("an object") },
    { HEARTH_KIND (ARRAY), _("a list") },
    { HEARTH_KIND (NULL), _("null") },
  };
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if ((kinds & names[i].mask) != 0)
        g_strv_builder_add (list, names[i].name);
    }
  parts = g_strv_builder_end (list);
  return g_strjoinv (_(" or "), parts);
}

gboolean
_hearth_body_check_kind (HearthDetails *details,
                         HearthValue   *value,
                         guint          kinds,
                         const char    *field,
                         const char    *place)
{
  g_autofree char *expected = NULL;
  g_autofree char *reason = NULL;

  if (value != NULL && (kinds & (1u << hearth_value_get_kind (value))) != 0)
    return TRUE;
  expected = describe_kinds (kinds);
  reason = value != NULL ? g_strdup_printf (_("expected %s"), expected) : g_strdup_printf (_("missing; expected %s"), expected);
  _hearth_details_add (details, field, place, reason);
  return FALSE;
}

static gsize
count_length (HearthValue *value)
{
  const char *text;
  gsize bytes;

  if (!hearth_value_is (value, STRING))
    return hearth_value_get_length (value);
  text = hearth_value_get_string (value, &bytes);
  return memchr (text, '\0', bytes) != NULL ? bytes : (gsize) g_utf8_strlen (text, (gssize) bytes);
}

static void
check_length (HearthDetails         *details,
              HearthValue           *value,
              const HearthBodyField *rule,
              const char            *field,
              const char            *place)
{
  g_autofree char *reason = NULL;
  gsize length;

  if (!hearth_value_is (value, STRING) && !hearth_value_is (value, ARRAY))
    return;
  length = count_length (value);
  if (length < rule->min_length && length == 0)
    reason = g_strdup (_("must not be empty"));
  else if (length < rule->min_length)
    reason = g_strdup_printf (_("too short: %u where at least %u are needed"), (guint) length, (guint) rule->min_length);
  else if (rule->max_length > 0 && length > rule->max_length)
    reason = g_strdup_printf (_("too long: %u where at most %u are allowed"), (guint) length, (guint) rule->max_length);
  if (reason != NULL)
    _hearth_details_add (details, field, place, reason);
}

static void
check_range (HearthDetails         *details,
             HearthValue           *value,
             const HearthBodyField *rule,
             const char            *field,
             const char            *place)
{
  g_autofree char *reason = NULL;
  double number;

  if (rule->minimum >= rule->maximum || !hearth_value_is_number (value))
    return;
  number = hearth_value_get_double (value);
  if (number >= rule->minimum && number <= rule->maximum)
    return;
  reason = g_strdup_printf (_("must be from %g to %g"), rule->minimum, rule->maximum);
  _hearth_details_add (details, field, place, reason);
}

/* The frontend refuses any form but UTC with a Z. */
static gboolean
is_utc_date (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  return date != NULL && g_str_has_suffix (text, "Z");
}

static void
check_text (HearthDetails         *details,
            HearthValue           *value,
            const HearthBodyField *rule,
            const char            *field,
            const char            *place)
{
  const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : NULL;
  g_autofree char *allowed = NULL;
  g_autofree char *reason = NULL;

  if (text == NULL)
    return;
  if (rule->format == HEARTH_BODY_FORMAT_DATE && !is_utc_date (text))
    reason = g_strdup (_("expected a date like 2026-01-31T12:00:00.000Z"));
  else if (rule->values != NULL && !g_strv_contains (rule->values, text))
    {
      allowed = g_strjoinv (_(", "), (char **) rule->values);
      reason = g_strdup_printf (_("must be one of: %s"), allowed);
    }
  if (reason != NULL)
    _hearth_details_add (details, field, place, reason);
}

static void check_value (HearthDetails         *details,
                         HearthValue           *value,
                         const HearthBodyField *rule,
                         const char            *field,
                         const char            *place);

static void
check_items (HearthDetails         *details,
             HearthValue           *list,
             const HearthBodyField *rule,
             const char            *field,
             const char            *place)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", place, i);
      HearthValue *item = hearth_value_at (list, i);

      if ((rule->items == 0 || _hearth_body_check_kind (details, item, rule->items, field, at))
          && rule->members != NULL && hearth_value_is (item, OBJECT))
        _hearth_body_check_fields (details, item, rule->members, field, at);
    }
}

static void
check_entries (HearthDetails         *details,
               HearthValue           *object,
               const HearthBodyField *rule,
               const char            *field,
               const char            *place)
{
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", place, hearth_value_key_at (object, i));
      HearthValue *value = hearth_value_member_at (object, i);

      if (_hearth_body_check_kind (details, value, rule->kinds, field, at))
        check_value (details, value, rule, field, at);
    }
}

/* Of the right kind: is it also what the rule asks for? @field and @place as for the object around. */
static void
check_value (HearthDetails         *details,
             HearthValue           *value,
             const HearthBodyField *rule,
             const char            *field,
             const char            *place)
{
  check_length (details, value, rule, field, place);
  check_range (details, value, rule, field, place);
  check_text (details, value, rule, field, place);
  if (hearth_value_is (value, ARRAY) && (rule->items != 0 || rule->members != NULL))
    check_items (details, value, rule, field, place != NULL ? place : field);
  else if (hearth_value_is (value, OBJECT) && rule->entries != NULL)
    check_entries (details, value, rule->entries, field, place != NULL ? place : field);
  else if (hearth_value_is (value, OBJECT) && rule->members != NULL)
    _hearth_body_check_fields (details, value, rule->members, field, place != NULL ? place : field);
}

void
_hearth_body_check_fields (HearthDetails         *details,
                           HearthValue           *object,
                           const HearthBodyField *fields,
                           const char            *field,
                           const char            *place)
{
  for (; fields->key != NULL; fields++)
    {
      HearthValue *value = hearth_value_get (object, fields->key);
      const char *name = field != NULL ? field : fields->key;
      g_autofree char *at = field != NULL ? g_strdup_printf ("%s.%s", place, fields->key) : NULL;

      if (value == NULL && !fields->required)
        continue;
      if (_hearth_body_check_kind (details, value, fields->kinds, name, at))
        check_value (details, value, fields, name, at);
    }
}

HearthValue *
hearth_body_check (HearthValue           *body,
                   const HearthBodyField *fields)
{
  g_auto (HearthDetails) details = HEARTH_DETAILS_INIT;

  g_return_val_if_fail (fields != NULL, NULL);

  if (_hearth_body_check_kind (&details, body, HEARTH_KIND (OBJECT), "body", NULL))
    _hearth_body_check_fields (&details, body, fields, NULL, NULL);
  return _hearth_details_end (&details);
}

HearthValue *
hearth_body_read_query (const HearthBodyField *field,
                        const char            *text)
{
  gint64 number;

  g_return_val_if_fail (field != NULL && text != NULL, NULL);

  if ((field->kinds & HEARTH_KIND (INTEGER)) != 0
      && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return hearth_value_integer (number);
  if ((field->kinds & HEARTH_KIND (BOOLEAN)) != 0 && (g_str_equal (text, "true") || g_str_equal (text, "false")))
    return hearth_value_boolean (*text == 't');
  return hearth_value_string (text);
}

/* hearth-body-check.c: is a request body of the shape a route wants?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"

#include "hearth-i18n.h"

/* A broken generator breaks every node alike; nobody reads more than these. */
#define MAX_REASONS 20

/* --- details --------------------------------------------------------------------------- */

/* Reasons by top-level field, in the order in which they were found. */
typedef struct
{
  GPtrArray  *fields;  /* names, owned; NULL: nothing was found */
  GHashTable *reasons; /* name -> GPtrArray of texts */
} Details;

static void
details_clear (Details *self)
{
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Details, details_clear)

static GPtrArray *
details_get_reasons (Details    *self,
                     const char *field)
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

/* NULL when nothing was found. */
static HearthValue *
details_to_value (Details *self)
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
  return hearth_builder_end_object (&out);
}

/* Where in the body one is. At the top (@field NULL) each member is a field of its own; inside, all belong
 * to @field, and @path leads from there. */
typedef struct
{
  Details    *details;
  const char *field;
  const char *path; /* @field itself: not inside of it */
} Place;

/* Takes @reason; NULL: there is nothing to complain about. */
static void
complain (const Place *place,
          char        *reason)
{
  GPtrArray *reasons = reason != NULL ? details_get_reasons (place->details, place->field) : NULL;

  if (reasons != NULL && reasons->len < MAX_REASONS)
    g_ptr_array_add (reasons, place->path != place->field ? g_strdup_printf ("%s: %s", place->path, reason)
                                                          : g_steal_pointer (&reason));
  g_free (reason);
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

static gboolean
check_kind (const Place *place,
            HearthValue *value,
            guint        kinds)
{
  g_autofree char *expected = NULL;

  if (value != NULL && (kinds & (1u << hearth_value_get_kind (value))) != 0)
    return TRUE;
  expected = describe_kinds (kinds);
  complain (place, value != NULL ? g_strdup_printf (_("expected %s"), expected)
                                 : g_strdup_printf (_("missing; expected %s"), expected));
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
check_length (const Place           *place,
              HearthValue           *value,
              const HearthBodyField *rule)
{
  char *reason = NULL;
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
  complain (place, reason);
}

static void
check_range (const Place           *place,
             HearthValue           *value,
             const HearthBodyField *rule)
{
  double number;

  if (rule->minimum >= rule->maximum || !hearth_value_is_number (value))
    return;
  number = hearth_value_get_double (value);
  if (!(number >= rule->minimum && number <= rule->maximum))
    complain (place, g_strdup_printf (_("must be from %g to %g"), rule->minimum, rule->maximum));
}

/* The frontend refuses any form but UTC with a Z. */
static gboolean
is_utc_date (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  return date != NULL && g_str_has_suffix (text, "Z");
}

static void
check_text (const Place           *place,
            HearthValue           *value,
            const HearthBodyField *rule)
{
  const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : NULL;
  g_autofree char *allowed = NULL;

  if (text == NULL)
    return;
  if (rule->format == HEARTH_BODY_FORMAT_DATE && !is_utc_date (text))
    complain (place, g_strdup (_("expected a date like 2026-01-31T12:00:00.000Z")));
  else if (rule->values != NULL && !g_strv_contains (rule->values, text))
    {
      allowed = g_strjoinv (_(", "), (char **) rule->values);
      complain (place, g_strdup_printf (_("must be one of: %s"), allowed));
    }
}

/* --- what values hold -------------------------------------------------------------------- */

static void check_members (const Place           *place,
                           HearthValue           *object,
                           const HearthBodyField *fields);
static void check_value   (const Place           *place,
                           HearthValue           *value,
                           const HearthBodyField *rule);

static void
check_items (const Place           *outer,
             HearthValue           *list,
             const HearthBodyField *rule)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", outer->path, i);
      const Place place = { outer->details, outer->field, path };
      HearthValue *item = hearth_value_at (list, i);

      if ((rule->items == 0 || check_kind (&place, item, rule->items)) && rule->members != NULL
          && hearth_value_is (item, OBJECT))
        check_members (&place, item, rule->members);
    }
}

static void
check_entries (const Place           *outer,
               HearthValue           *object,
               const HearthBodyField *rule)
{
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", outer->path, hearth_value_key_at (object, i));
      const Place place = { outer->details, outer->field, path };

      check_value (&place, hearth_value_member_at (object, i), rule);
    }
}

static void
check_members (const Place           *outer,
               HearthValue           *object,
               const HearthBodyField *fields)
{
  for (; fields->key != NULL; fields++)
    {
      HearthValue *value = hearth_value_get (object, fields->key);
      g_autofree char *path = outer->field != NULL ? g_strdup_printf ("%s.%s", outer->path, fields->key) : NULL;
      const Place inside = { outer->details, outer->field, path };
      const Place top = { outer->details, fields->key, fields->key };

      if (value != NULL || fields->required)
        check_value (outer->field != NULL ? &inside : &top, value, fields);
    }
}

static void
check_value (const Place           *place,
             HearthValue           *value,
             const HearthBodyField *rule)
{
  if (!check_kind (place, value, rule->kinds))
    return;
  check_length (place, value, rule);
  check_range (place, value, rule);
  check_text (place, value, rule);
  if (hearth_value_is (value, ARRAY) && (rule->items != 0 || rule->members != NULL))
    check_items (place, value, rule);
  else if (hearth_value_is (value, OBJECT) && rule->entries != NULL)
    check_entries (place, value, rule->entries);
  else if (hearth_value_is (value, OBJECT) && rule->members != NULL)
    check_members (place, value, rule->members);
}

HearthValue *
hearth_body_check (HearthValue           *body,
                   const HearthBodyField *fields)
{
  static const char name[] = "body";
  g_auto (Details) details = { NULL, NULL };
  const Place whole = { &details, name, name };
  const Place top = { &details, NULL, NULL };

  g_return_val_if_fail (fields != NULL, NULL);

  if (check_kind (&whole, body, HEARTH_KIND (OBJECT)))
    check_members (&top, body, fields);
  return details_to_value (&details);
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

/* json-schema.c: does a value fit a JSON schema?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "json-schema.h"

#include "hearth-engine-types.h"
#include "hearth-json.h"

#include <math.h>
#include <string.h>

#include "hearth-i18n.h"

#define MAX_DEPTH 64 /* of schemas that refer to themselves */

typedef struct
{
  HearthValue *root;
  GString     *message; /* for people */
  GString     *plain;   /* for models */
  guint        n_problems;
  guint        depth;
} Check;

static void check (Check *self, HearthValue *schema, HearthValue *value, const char *place);

static void G_GNUC_PRINTF (4, 0)
append_problem (GString    *text,
                const char *between,
                const char *place,
                const char *format,
                va_list     arguments)
{
  if (text->len > 0)
    g_string_append (text, between);
  g_string_append_printf (text, "%s: ", place);
  g_string_append_vprintf (text, format, arguments);
}

/* @format: marked with N_() */
static void G_GNUC_PRINTF (3, 4)
complain (Check      *self,
          const char *place,
          const char *format,
          ...)
{
  va_list arguments;

  if (self->n_problems++ >= HEARTH_SCHEMA_MAX_PROBLEMS)
    return;
  va_start (arguments, format);
  append_problem (self->message, " ", place, _(format), arguments);
  va_end (arguments);
  va_start (arguments, format);
  append_problem (self->plain, "\n", place, format, arguments);
  va_end (arguments);
}

/* --- types ------------------------------------------------------------------------------------------ */

static gboolean
is_whole (HearthValue *value)
{
  return hearth_value_is_number (value) && floor (hearth_value_get_double (value)) == hearth_value_get_double (value);
}

static gboolean
is_of_type (HearthValue *value,
            const char  *type)
{
  if (g_str_equal (type, "object"))
    return hearth_value_is (value, OBJECT);
  if (g_str_equal (type, "array"))
    return hearth_value_is (value, ARRAY);
  if (g_str_equal (type, "string"))
    return hearth_value_is (value, STRING);
  if (g_str_equal (type, "number"))
    return hearth_value_is_number (value);
  if (g_str_equal (type, "integer"))
    return is_whole (value);
  if (g_str_equal (type, "boolean"))
    return hearth_value_is (value, BOOLEAN);
  return !g_str_equal (type, "null") || hearth_value_is (value, NULL);
}

/* One type, or a list of them. */
static gboolean
check_type (Check       *self,
            HearthValue *type,
            HearthValue *value,
            const char  *place)
{
  g_autofree char *wanted = NULL;
  g_autofree char *shown = NULL;

  if (hearth_value_is (type, STRING) && is_of_type (value, hearth_value_get_string (type, NULL)))
    return TRUE;
  for (gsize i = 0; hearth_value_is (type, ARRAY) && i < hearth_value_get_length (type); i++)
    if (hearth_value_is (hearth_value_at (type, i), STRING)
        && is_of_type (value, hearth_value_get_string (hearth_value_at (type, i), NULL)))
      return TRUE;
  if (!hearth_value_is (type, STRING) && !hearth_value_is (type, ARRAY))
    return TRUE;
  wanted = hearth_value_to_text (type);
  shown = hearth_json_print (value);
  if (g_utf8_strlen (shown, -1) > 60)
    g_strlcpy (g_utf8_offset_to_pointer (shown, 57), "…", 4);
  complain (self, place, N_("%s should be of the type %s."), shown, wanted);
  return FALSE;
}

/* --- parts of schemas ---------------------------------------------------------------------------------- */

static void
check_choice (Check       *self,
              HearthValue *schema,
              HearthValue *value,
              const char  *place)
{
  HearthValue *choices = hearth_value_get_member_kind (schema, "enum", HEARTH_VALUE_ARRAY);
  HearthValue *only = hearth_value_get (schema, "const");
  g_autofree char *wanted = NULL;

  if (only != NULL && !hearth_value_equal (only, value))
    {
      wanted = hearth_json_print (only);
      complain (self, place, N_("It should be %s."), wanted);
    }
  if (choices == NULL)
    return;
  for (gsize i = 0; i < hearth_value_get_length (choices); i++)
    if (hearth_value_equal (hearth_value_at (choices, i), value))
      return;
  g_free (wanted);
  wanted = hearth_json_print (choices);
  complain (self, place, N_("It should be one of %s."), wanted);
}

static gboolean
is_beyond (HearthValue *limit,
           double       number,
           int          sign,      /* 1: a lower limit */
           gboolean     may_equal)
{
  double distance = (number - hearth_value_get_double (limit)) * sign;

  return distance < 0 || (!may_equal && distance == 0);
}

/* Around complain(), which must see the sentence. */
#define check_limit(self, schema, key, number, sign, may_equal, place, sentence) \
  G_STMT_START { \
    HearthValue *limit = hearth_value_get (schema, key); \
    if (hearth_value_is_number (limit) && is_beyond (limit, number, sign, may_equal)) \
      { \
        g_autofree char *shown = hearth_value_to_text (limit); \
        complain (self, place, sentence, shown); \
      } \
  } G_STMT_END

static void
check_number (Check       *self,
              HearthValue *schema,
              HearthValue *value,
              const char  *place)
{
  double number = hearth_value_get_double (value);
  double step = hearth_value_get_member_double (schema, "multipleOf", 0);

  check_limit (self, schema, "minimum", number, 1, TRUE, place, N_("It should be %s or more."));
  check_limit (self, schema, "maximum", number, -1, TRUE, place, N_("It should be %s or less."));
  check_limit (self, schema, "exclusiveMinimum", number, 1, FALSE, place, N_("It should be more than %s."));
  check_limit (self, schema, "exclusiveMaximum", number, -1, FALSE, place, N_("It should be less than %s."));
  if (step > 0 && fabs (remainder (number, step)) > 1e-9 * MAX (1, fabs (number)))
    complain (self, place, N_("It should be a multiple of %g."), step);
}

static void
check_text (Check       *self,
            HearthValue *schema,
            const char  *text,
            const char  *place)
{
  const char *pattern = hearth_value_get_member_string (schema, "pattern", NULL);
  double length = g_utf8_strlen (text, -1);
  g_autoptr(GRegex) regex = NULL;

  check_limit (self, schema, "minLength", length, 1, TRUE, place, N_("It should have %s characters or more."));
  check_limit (self, schema, "maxLength", length, -1, TRUE, place, N_("It should have %s characters or fewer."));
  if (pattern != NULL)
    regex = g_regex_new (pattern, 0, 0, NULL);
  if (regex != NULL && !g_regex_match (regex, text, 0, NULL))
    complain (self, place, N_("It should match the pattern %s."), pattern);
}

static void
check_list (Check       *self,
            HearthValue *schema,
            HearthValue *list,
            const char  *place)
{
  HearthValue *items = hearth_value_get (schema, "items");
  gsize length = hearth_value_get_length (list);

  check_limit (self, schema, "minItems", length, 1, TRUE, place, N_("It should have %s items or more."));
  check_limit (self, schema, "maxItems", length, -1, TRUE, place, N_("It should have %s items or fewer."));
  for (gsize i = 0; items != NULL && i < length; i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", place, (guint) i);

      check (self, items, hearth_value_at (list, i), inner);
    }
}

static void
check_missing (Check       *self,
               HearthValue *schema,
               HearthValue *object,
               const char  *place)
{
  HearthValue *required = hearth_value_get_member_kind (schema, "required", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; required != NULL && i < hearth_value_get_length (required); i++)
    {
      HearthValue *key = hearth_value_at (required, i);

      if (hearth_value_is (key, STRING) && hearth_value_get (object, hearth_value_get_string (key, NULL)) == NULL)
        complain (self, place, N_("The member “%s” is missing."), hearth_value_get_string (key, NULL));
    }
}

static void
check_object (Check       *self,
              HearthValue *schema,
              HearthValue *object,
              const char  *place)
{
  HearthValue *properties = hearth_value_get (schema, "properties");
  HearthValue *others = hearth_value_get (schema, "additionalProperties");

  check_missing (self, schema, object, place);
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      const char *key = hearth_value_key_at (object, i);
      HearthValue *known = hearth_value_get (properties, key);
      g_autofree char *inner = g_strdup_printf ("%s.%s", place, key);

      if (known != NULL || hearth_value_is (others, OBJECT))
        check (self, known != NULL ? known : others, hearth_value_member_at (object, i), inner);
      else if (hearth_value_is (others, BOOLEAN) && !hearth_value_get_boolean (others))
        complain (self, place, N_("There should be no member “%s”."), key);
    }
}

/* --- several schemas, and schemas elsewhere --------------------------------------------------------------- */

static gboolean
fits (Check       *self,
      HearthValue *schema,
      HearthValue *value)
{
  g_autoptr(GString) unread = g_string_new (NULL);
  Check inner = { self->root, unread, unread, 0, self->depth };

  check (&inner, schema, value, "$");
  return inner.n_problems == 0;
}

static void
check_alternatives (Check       *self,
                    HearthValue *schema,
                    const char  *key,
                    gboolean     only_one,
                    HearthValue *value,
                    const char  *place)
{
  HearthValue *list = hearth_value_get_member_kind (schema, key, HEARTH_VALUE_ARRAY);
  guint n_fitting = 0;

  if (list == NULL)
    return;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    n_fitting += fits (self, hearth_value_at (list, i), value);
  if (n_fitting == 0)
    complain (self, place, N_("It fits none of the alternatives of the schema."));
  else if (only_one && n_fitting > 1)
    complain (self, place, N_("It fits several alternatives of the schema, and should fit one."));
}

/* "#/$defs/thing"; NULL: it leads nowhere. */
static HearthValue *
follow (Check      *self,
        const char *reference)
{
  g_auto(GStrv) steps = NULL;
  HearthValue *at = self->root;

  if (*reference != '#')
    return NULL;
  steps = g_strsplit (reference + 1, "/", -1);
  for (guint i = 1; at != NULL && steps[0] != NULL && steps[i] != NULL; i++)
    at = hearth_value_get (at, steps[i]);
  return at;
}

static void
check_kind (Check       *self,
            HearthValue *schema,
            HearthValue *value,
            const char  *place)
{
  if (hearth_value_is_number (value))
    check_number (self, schema, value, place);
  else if (hearth_value_is (value, STRING))
    check_text (self, schema, hearth_value_get_string (value, NULL), place);
  else if (hearth_value_is (value, ARRAY))
    check_list (self, schema, value, place);
  else if (hearth_value_is (value, OBJECT))
    check_object (self, schema, value, place);
}

static void
check (Check       *self,
       HearthValue *schema,
       HearthValue *value,
       const char  *place)
{
  const char *reference = hearth_value_get_member_string (schema, "$ref", NULL);
  HearthValue *all = hearth_value_get_member_kind (schema, "allOf", HEARTH_VALUE_ARRAY);

  if (!hearth_value_is (schema, OBJECT) || self->depth >= MAX_DEPTH)
    return;
  self->depth++;
  if (reference != NULL)
    check (self, follow (self, reference), value, place);
  for (gsize i = 0; all != NULL && i < hearth_value_get_length (all); i++)
    check (self, hearth_value_at (all, i), value, place);
  check_alternatives (self, schema, "anyOf", FALSE, value, place);
  check_alternatives (self, schema, "oneOf", TRUE, value, place);
  if (check_type (self, hearth_value_get (schema, "type"), value, place))
    {
      check_choice (self, schema, value, place);
      check_kind (self, schema, value, place);
    }
  self->depth--;
}

gboolean
hearth_json_schema_check (HearthValue *schema,
                          HearthValue *value,
                          GError     **error)
{
  g_autoptr(GString) message = g_string_new (NULL);
  g_autoptr(GString) plain = g_string_new (NULL);
  Check self = { schema, message, plain, 0, 0 };
  GError *misfit;

  g_return_val_if_fail (schema != NULL && value != NULL, FALSE);

  check (&self, schema, value, "$");
  if (self.n_problems == 0)
    return TRUE;
  misfit = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message->str);
  hearth_error_set_plain (misfit, plain->str);
  g_propagate_error (error, misfit);
  return FALSE;
}

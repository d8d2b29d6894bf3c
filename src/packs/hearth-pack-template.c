/* hearth-pack-template.c: texts with placeholders: {inputs.key}, {config.key}, {settings.key}
 *
 * "{{" and "}}" stand for the brace itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-i18n.h"

/* One piece of a template: text, or a placeholder. */
typedef struct
{
  const char *text; /* not ended by NUL */
  gsize       length;
  char       *group; /* "inputs"; NULL: text */
  char       *key;
} Piece;

static void
piece_clear (Piece *self)
{
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->key, g_free);
}

static gboolean
fail_placeholder (const char *at,
                  GError    **error)
{
  g_autofree char *shown = g_utf8_substring (at, 0, MIN (g_utf8_strlen (at, -1), 40));

  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               _("“%s” is not a placeholder. There are {inputs.key}, {config.key} and {settings.key}; a brace itself is "
                 "written twice."), shown);
  return FALSE;
}

static gboolean
read_placeholder (const char **at,
                  Piece       *piece,
                  GError     **error)
{
  static const char *const groups[] = { "inputs", "config", "settings", NULL };
  const char *dot = *at + 1 + strcspn (*at + 1, ".{}");
  const char *close = *dot == '.' ? dot + 1 + strcspn (dot + 1, ".{}") : dot;

  if (*dot != '.' || *close != '}' || close == dot + 1)
    return fail_placeholder (*at, error);
  piece->group = g_strndup (*at + 1, (gsize) (dot - *at - 1));
  piece->key = g_strndup (dot + 1, (gsize) (close - dot - 1));
  if (!g_strv_contains (groups, piece->group))
    {
      piece_clear (piece);
      return fail_placeholder (*at, error);
    }
  *at = close + 1;
  return TRUE;
}

/* @at behind the piece; FALSE with @error. */
static gboolean
read_piece (const char **at,
            Piece       *piece,
            GError     **error)
{
  const char *begin = *at;

  *piece = (Piece){ NULL };
  if ((begin[0] == '{' || begin[0] == '}') && begin[1] == begin[0])
    {
      piece->text = begin;
      piece->length = 1;
      *at = begin + 2;
      return TRUE;
    }
  if (*begin == '{' || *begin == '}')
    return *begin == '{' ? read_placeholder (at, piece, error) : fail_placeholder (begin, error);
  piece->text = begin;
  piece->length = strcspn (begin, "{}");
  *at = begin + piece->length;
  return TRUE;
}

gboolean
_hearth_pack_template_check (const char *text,
                             GError    **error)
{
  while (*text != '\0')
    {
      Piece piece;

      if (!read_piece (&text, &piece, error))
        return FALSE;
      piece_clear (&piece);
    }
  return TRUE;
}

/* --- texts ------------------------------------------------------------------------------------ */

static HearthValue *
look_up (const Piece *piece,
         HearthValue *world)
{
  return hearth_value_get (hearth_value_get (world, piece->group), piece->key);
}

/* Nothing and null are empty text; lists and objects are JSON. */
static char *
dup_text (HearthValue *value)
{
  if (value == NULL || hearth_value_is (value, NULL))
    return g_strdup ("");
  if (hearth_value_is (value, ARRAY) || hearth_value_is (value, OBJECT))
    return hearth_json_print (value);
  return hearth_value_to_text (value);
}

static gboolean
append_url (GString     *out,
            const Piece *piece,
            const char  *value,
            GError     **error)
{
  if (out->len == 0 && g_str_equal (piece->group, "settings"))
    {
      /* The user's own address, as "http://localhost:8080/" */
      g_string_append_len (out, value, (gssize) strlen (value) - (g_str_has_suffix (value, "/") ? 1 : 0));
      return TRUE;
    }
  if (g_str_equal (value, ".") || g_str_equal (value, ".."))
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                   /* Translators: "." or ".." and the name of an input */
                   _("“%s” cannot be part of an address (%s)."), value, piece->key);
      return FALSE;
    }
  g_string_append_uri_escaped (out, value, NULL, FALSE);
  return TRUE;
}

static gboolean
append_piece (GString        *out,
              const Piece    *piece,
              HearthPackQuote quote,
              HearthValue    *world,
              GError        **error)
{
  g_autofree char *value = NULL;

  if (piece->group == NULL)
    {
      g_string_append_len (out, piece->text, (gssize) piece->length);
      return TRUE;
    }
  value = dup_text (look_up (piece, world));
  if (quote == HEARTH_PACK_URL)
    return append_url (out, piece, value, error);
  g_string_append (out, value);
  return TRUE;
}

char *
_hearth_pack_template_expand (const char     *text,
                              HearthPackQuote quote,
                              HearthValue    *world,
                              GError        **error)
{
  GString *out = g_string_new (NULL);
  gboolean good = TRUE;

  while (good && *text != '\0')
    {
      Piece piece;

      good = read_piece (&text, &piece, error) && append_piece (out, &piece, quote, world, error);
      piece_clear (&piece);
    }
  return g_string_free (out, !good);
}

/* --- values ------------------------------------------------------------------------------------- */

gboolean
_hearth_pack_value_check (HearthValue *value,
                          GError     **error)
{
  gsize n;

  if (hearth_value_is (value, STRING))
    return _hearth_pack_template_check (hearth_value_get_string (value, NULL), error);
  n = hearth_value_is (value, ARRAY) || hearth_value_is (value, OBJECT) ? hearth_value_get_length (value) : 0;
  for (gsize i = 0; i < n; i++)
    if (!_hearth_pack_value_check (hearth_value_is (value, ARRAY) ? hearth_value_at (value, i)
                                                                  : hearth_value_member_at (value, i), error))
      return FALSE;
  return TRUE;
}

static HearthValue *
expand_text (const char  *text,
             HearthValue *world,
             GError     **error)
{
  const char *at = text;
  g_autofree char *expanded = NULL;
  HearthValue *whole;
  Piece piece;

  if (!read_piece (&at, &piece, error))
    return NULL;
  if (piece.group != NULL && *at == '\0')
    {
      whole = look_up (&piece, world);
      piece_clear (&piece);
      return whole != NULL ? hearth_value_ref (whole) : hearth_value_null ();
    }
  piece_clear (&piece);
  expanded = _hearth_pack_template_expand (text, HEARTH_PACK_PLAIN, world, error);
  return expanded != NULL ? hearth_value_string (expanded) : NULL;
}

static HearthValue *
expand_members (HearthValue *value,
                HearthValue *world,
                GError     **error)
{
  gboolean is_array = hearth_value_is (value, ARRAY);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      HearthValue *member = _hearth_pack_value_expand (is_array ? hearth_value_at (value, i)
                                                                : hearth_value_member_at (value, i), world, error);

      if (member == NULL)
        return NULL;
      hearth_builder_add (&out, is_array ? NULL : hearth_value_key_at (value, i), member);
    }
  return is_array ? hearth_builder_end_array (&out) : hearth_builder_end_object (&out);
}

HearthValue *
_hearth_pack_value_expand (HearthValue *value,
                           HearthValue *world,
                           GError     **error)
{
  if (hearth_value_is (value, STRING))
    return expand_text (hearth_value_get_string (value, NULL), world, error);
  if (hearth_value_is (value, ARRAY) || hearth_value_is (value, OBJECT))
    return expand_members (value, world, error);
  return hearth_value_ref (value);
}

/* macros.c: {{char}} and the like in texts of cards, world books and presets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "macros.h"

#include <string.h>

#define MAX_DEPTH 8                             /* of macros in macros */
#define MAX_VARIABLE ((gsize) 1 << 20)          /* bytes that {{addvar}} may gather */

struct _HearthMacros
{
  GHashTable *texts;     /* folded name -> text */
  GHashTable *variables; /* of {{setvar}} */
  guint64     seed;
  guint       n_choices;
};

HearthMacros *
hearth_macros_new (guint64 seed)
{
  HearthMacros *self = g_new0 (HearthMacros, 1);

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seed = seed;
  return self;
}

static void
copy_text (gpointer key,
           gpointer value,
           gpointer user_data)
{
  HearthMacros *self = user_data;

  g_hash_table_insert (self->texts, g_strdup (key), g_strdup (value));
}

HearthMacros *
hearth_macros_new_from (HearthMacros *other)
{
  HearthMacros *self;

  g_return_val_if_fail (other != NULL, NULL);

  self = hearth_macros_new (other->seed);
  g_hash_table_foreach (other->texts, copy_text, self);
  return self;
}

void
hearth_macros_free (HearthMacros *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->variables);
  g_free (self);
}

void
hearth_macros_set (HearthMacros *self,
                   const char   *name,
                   const char   *text)
{
  g_return_if_fail (self != NULL && name != NULL);

  if (text != NULL)
    g_hash_table_replace (self->texts, g_ascii_strdown (name, -1), g_strdup (text));
  else
    {
      g_autofree char *folded = g_ascii_strdown (name, -1);

      g_hash_table_remove (self->texts, folded);
    }
}

/* --- single macros ------------------------------------------------------------------------------ */

/* A different number for each choice in one piece of work, and the same ones the next time. */
static guint64
draw (HearthMacros *self)
{
  guint64 x = self->seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * ++self->n_choices;

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* "::a::b", "::a,b" or ":a,b" */
static char *
choose (HearthMacros *self,
        const char   *list)
{
  const char *items = g_str_has_prefix (list, "::") ? list + 2 : list + 1;
  g_auto (GStrv) parts = g_strsplit (items, list[1] == ':' && strstr (items, "::") != NULL ? "::" : ",", -1);
  guint n = g_strv_length (parts);

  return n > 0 ? g_strdup (g_strstrip (parts[draw (self) % n])) : g_strdup ("");
}

/* Numbers are added, texts appended. */
static void
add_to_variable (HearthMacros *self,
                 const char   *name,
                 const char   *more)
{
  const char *before = g_hash_table_lookup (self->variables, name);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  char *end, *end_more;
  double sum = g_ascii_strtod (before != NULL && *before != '\0' ? before : "0", &end);

  sum += g_ascii_strtod (more, &end_more);
  if (*end == '\0' && *end_more == '\0' && *more != '\0')
    g_hash_table_replace (self->variables, g_strdup (name), g_strdup (g_ascii_formatd (number, sizeof number, "%.15g", sum)));
  else if (before == NULL || strlen (before) + strlen (more) <= MAX_VARIABLE)
    g_hash_table_replace (self->variables, g_strdup (name), g_strconcat (before != NULL ? before : "", more, NULL));
}

/* "setvar::name::text" and so on; NULL when @body is none of these. */
static char *
use_variable (HearthMacros *self,
              const char   *body)
{
  g_auto (GStrv) parts = g_strsplit (body, "::", 3);
  guint n = g_strv_length (parts);
  const char *known;

  if (n == 2 && g_ascii_strcasecmp (parts[0], "getvar") == 0)
    {
      known = g_hash_table_lookup (self->variables, parts[1]);
      return g_strdup (known != NULL ? known : "");
    }
  if (n != 3)
    return NULL;
  if (g_ascii_strcasecmp (parts[0], "setvar") == 0)
    g_hash_table_replace (self->variables, g_strdup (parts[1]), g_strdup (parts[2]));
  else if (g_ascii_strcasecmp (parts[0], "addvar") == 0)
    add_to_variable (self, parts[1], parts[2]);
  else
    return NULL;
  return g_strdup ("");
}

static gboolean
is_choice (const char *body,
           const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (body, name, length) == 0 && body[length] == ':';
}

/* What stands between the braces; NULL: nothing that is known here. */
static char *
evaluate (HearthMacros *self,
          const char   *body)
{
  g_autofree char *name = g_ascii_strdown (body, -1);
  const char *text = g_hash_table_lookup (self->texts, g_strstrip (name));

  if (text != NULL)
    return g_strdup (text);
  if (g_str_equal (name, "newline"))
    return g_strdup ("\n");
  if (g_str_equal (name, "noop") || g_str_has_prefix (name, "//"))
    return g_strdup ("");
  if (is_choice (body, "random"))
    return choose (self, body + strlen ("random"));
  if (is_choice (body, "pick"))
    return choose (self, body + strlen ("pick"));
  return use_variable (self, body);
}

/* --- texts ------------------------------------------------------------------------------------------ */

/* The braces that close those at @open; NULL when nothing does. */
static const char *
find_end (const char *open)
{
  guint depth = 0;

  for (const char *at = open; *at != '\0'; at++)
    {
      if (at[0] == '{' && at[1] == '{')
        {
          depth++;
          at++;
        }
      else if (at[0] == '}' && at[1] == '}')
        {
          if (--depth == 0)
            return at;
          at++;
        }
    }
  return NULL;
}

/* {{trim}} takes the line breaks around itself along. */
static const char *
trim (GString    *out,
      const char *rest)
{
  while (out->len > 0 && (out->str[out->len - 1] == '\n' || out->str[out->len - 1] == '\r'))
    g_string_truncate (out, out->len - 1);
  return rest + strspn (rest, "\r\n");
}

static void append (HearthMacros *self, GString *out, const char *text, guint depth);

/* Returns what comes behind the macro that @open begins. */
static const char *
append_macro (HearthMacros *self,
              GString      *out,
              const char   *open,
              guint         depth)
{
  const char *end = depth < MAX_DEPTH ? find_end (open) : NULL;
  g_autoptr (GString) body = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;

  if (end == NULL)
    {
      g_string_append (out, "{{");
      return open + 2;
    }
  raw = g_strndup (open + 2, (gsize) (end - open) - 2);
  if (g_ascii_strcasecmp (raw, "trim") == 0)
    return trim (out, end + 2);
  body = g_string_new (NULL);
  append (self, body, raw, depth + 1);
  text = evaluate (self, body->str);
  if (text != NULL)
    g_string_append (out, text);
  else
    g_string_append_printf (out, "{{%s}}", body->str);
  return end + 2;
}

/* What older cards write in place of {{user}} and {{char}}; returns its length, 0 for none. */
static gsize
append_older (HearthMacros *self,
              GString      *out,
              const char   *at)
{
  static const struct { const char *mark, *name; } marks[] = { { "<USER>", "user" }, { "<BOT>", "char" }, { "<CHAR>", "char" } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_ascii_strncasecmp (at, marks[i].mark, strlen (marks[i].mark)) == 0)
      {
        const char *text = g_hash_table_lookup (self->texts, marks[i].name);

        if (text == NULL)
          return 0;
        g_string_append (out, text);
        return strlen (marks[i].mark);
      }
  return 0;
}

static void
append (HearthMacros *self,
        GString      *out,
        const char   *text,
        guint         depth)
{
  while (*text != '\0')
    {
      gsize plain = strcspn (text, "{<");
      gsize older;

      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (text[0] == '{' && text[1] == '{')
        text = append_macro (self, out, text, depth);
      else if (*text == '<' && (older = append_older (self, out, text)) > 0)
        text += older;
      else if (*text != '\0')
        g_string_append_c (out, *text++);
    }
}

char *
hearth_macros_expand (HearthMacros *self,
                      const char   *text)
{
  GString *out;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  out = g_string_new (NULL);
  append (self, out, text, 0);
  return g_string_free (out, FALSE);
}

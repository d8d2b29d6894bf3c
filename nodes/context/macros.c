/* macros.c: {{char}} and the like in texts of cards, world books and presets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "macros-private.h"

#include <string.h>

#define MAX_DEPTH 8                  /* of macros in macros */
#define MAX_GROWTH ((gsize) 8 << 20) /* bytes that all macros together may put in */

static void
make_variables (HearthMacros *self)
{
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->globals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

HearthMacros *
hearth_macros_new (HearthStep *step,
                   guint64     seed)
{
  HearthMacros *self = g_new0 (HearthMacros, 1);

  self->step = step;
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  make_variables (self);
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

  self = hearth_macros_new (NULL, other->seed);
  g_hash_table_foreach (other->texts, copy_text, self);
  return self;
}

void
hearth_macros_free (HearthMacros *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->variables);
  g_hash_table_unref (self->globals);
  g_free (self);
}

void
hearth_macros_set_last_said (HearthMacros *self,
                             gint64        unix_ms)
{
  g_return_if_fail (self != NULL);

  self->last_said_ms = unix_ms;
}

void
hearth_macros_show_keys (HearthMacros *self)
{
  g_return_if_fail (self != NULL);

  self->shows_keys = TRUE;
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

const char *
_hearth_macros_find_argument (const char *body,
                              const char *name,
                              gboolean    behind_blank)
{
  gsize length = strlen (name);
  const char *at = body + length;

  if (g_ascii_strncasecmp (body, name, length) != 0)
    return NULL;
  if (behind_blank && g_ascii_isspace (*at))
    return at + 1;
  at += g_ascii_isspace (*at);
  if (*at != ':')
    return NULL;
  return at + (at[1] == ':' ? 2 : 1);
}

/* Words for who looks at a template, or for the program it was made for. NULL: none of these. */
static char *
use_remark (HearthMacros *self,
            const char   *body)
{
  const char *argument;

  if (g_str_equal (body, "noop") || g_str_has_prefix (body, "//") || g_ascii_strncasecmp (body, "banned \"", 8) == 0
      || _hearth_macros_find_argument (body, "comment", FALSE) != NULL)
    return g_strdup ("");
  if ((argument = _hearth_macros_find_argument (body, "hidden_key", FALSE)) != NULL)
    return g_strdup (self->shows_keys ? argument : "");
  return NULL;
}

/* What stands between the braces; NULL: nothing that is known here. */
static char *
evaluate (HearthMacros *self,
          const char   *raw)
{
  g_autofree char *body = g_strstrip (g_strdup (raw));
  g_autofree char *name = g_ascii_strdown (body, -1);
  const char *text = g_hash_table_lookup (self->texts, name);
  char *made;

  if (text != NULL)
    return g_strdup (text);
  if (g_str_equal (name, "newline"))
    return g_strdup ("\n");
  if ((text = _hearth_macros_find_argument (body, "reverse", FALSE)) != NULL)
    return g_utf8_strreverse (text, -1);
  if ((made = use_remark (self, body)) == NULL && (made = _hearth_macros_use_variable (self, body)) == NULL
      && (made = _hearth_macros_use_chance (self, body)) == NULL)
    made = _hearth_macros_use_time (self, body);
  return made;
}

/* --- texts ------------------------------------------------------------------------------------------ */

/* Two braces, and those that close them, or NULL. */
typedef struct
{
  const char *open;
  const char *end;
} Pair;

/* All of @text in the order in which they open. */
static GArray *
pair_braces (const char *text)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));

  for (const char *at = text; *at != '\0'; at++)
    {
      if (at[0] == '{' && at[1] == '{')
        {
          Pair pair = { .open = at++ };

          g_array_append_val (open, pairs->len);
          g_array_append_val (pairs, pair);
        }
      else if (at[0] == '}' && at[1] == '}')
        {
          if (open->len > 0)
            {
              g_array_index (pairs, Pair, g_array_index (open, guint, open->len - 1)).end = at;
              g_array_set_size (open, open->len - 1);
            }
          at++;
        }
    }
  return pairs;
}

/* What closes the braces at @open; those before it have been looked for. */
static const char *
find_end (GArray     *pairs,
          guint      *next,
          const char *open)
{
  while (*next < pairs->len && g_array_index (pairs, Pair, *next).open < open)
    ++*next;
  return *next < pairs->len && g_array_index (pairs, Pair, *next).open == open ? g_array_index (pairs, Pair, *next).end : NULL;
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

/* Returns what comes behind the macro between @open and @end. Where too much was put in already, it is left standing. */
static const char *
append_macro (HearthMacros *self,
              GString      *out,
              const char   *open,
              const char   *end,
              guint         depth)
{
  g_autoptr (GString) body = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;

  if (end == NULL || depth >= MAX_DEPTH)
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
  if (text != NULL && self->growth + strlen (text) <= MAX_GROWTH)
    {
      g_string_append (out, text);
      self->growth += strlen (text);
    }
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
  static const struct { const char *mark, *name; } marks[] = { { "<USER>", "user" }, { "<BOT>", "char" }, { "<CHAR>", "char" },
                                                           { "<CHARIFNOTGROUP>", "charifnotgroup" }, { "<GROUP>", "group" } };

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
  g_autoptr (GArray) pairs = pair_braces (text);
  guint next = 0;

  while (*text != '\0')
    {
      gsize plain = strcspn (text, "{<");
      gsize older;

      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (text[0] == '{' && text[1] == '{')
        text = append_macro (self, out, text, find_end (pairs, &next, text), depth);
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
  self->text_hash = g_str_hash (text);
  self->n_picks = 0;
  append (self, out, text, 0);
  return g_string_free (out, FALSE);
}

char *
hearth_macros_expand_apart (HearthMacros *self,
                            const char   *text)
{
  GHashTable *variables, *globals;
  char *expanded;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  variables = g_steal_pointer (&self->variables);
  globals = g_steal_pointer (&self->globals);
  make_variables (self);
  expanded = hearth_macros_expand (self, text);
  g_hash_table_unref (self->variables);
  g_hash_table_unref (self->globals);
  self->variables = variables;
  self->globals = globals;
  return expanded;
}

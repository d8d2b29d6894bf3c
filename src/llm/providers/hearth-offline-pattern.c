/* hearth-offline-pattern.c: a text that a regular expression takes
 *
 * Knows what patterns of schemas are made of: characters, classes, groups, repetitions, alternatives. Whether a text is
 * taken, the caller asks the regular expression itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-scalar-private.h"

#include <string.h>

#define MAX_GROUPS 40      /* in each other */
#define MAX_REPEATED 1000  /* times */
#define MAX_TEXT 10000     /* bytes */

typedef struct
{
  const char *at;
  GString *out;
  guint extra; /* how often more than needed what may be repeated is */
  guint depth;
} Maker;

static void make_choice (Maker *self);

/* --- classes --------------------------------------------------------------------------------------- */

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

static gunichar
take_character (Maker *self)
{
  gunichar c = g_utf8_get_char (self->at);

  if (c != 0)
    self->at = g_utf8_next_char (self->at);
  return c;
}

/* What stands behind a backslash: a class, or a character. */
static Range
take_escape (Maker *self)
{
  gunichar c = take_character (self);

  switch (c)
    {
    case 'd': return (Range){ '0', '9' };
    case 'w': return (Range){ 'a', 'z' };
    case 's': return (Range){ ' ', ' ' };
    case 'D': case 'S': return (Range){ 'a', 'z' };
    case 'W': return (Range){ '-', '-' };
    case 't': return (Range){ '\t', '\t' };
    case 'n': return (Range){ '\n', '\n' };
    case 'r': return (Range){ '\r', '\r' };
    default: return (Range){ c, c };
    }
}

static Range
take_element (Maker *self)
{
  gunichar c = take_character (self);
  Range range = { c, c };

  if (c == '\\')
    range = take_escape (self);
  if (range.first == range.last && self->at[0] == '-' && self->at[1] != ']' && self->at[1] != '\0')
    {
      self->at++;
      c = take_character (self);
      range.last = c == '\\' ? take_escape (self).last : c;
    }
  return range;
}

static gboolean
is_in (GArray  *ranges,
       gunichar c)
{
  for (guint i = 0; i < ranges->len; i++)
    if (c >= g_array_index (ranges, Range, i).first && c <= g_array_index (ranges, Range, i).last)
      return TRUE;
  return FALSE;
}

/* Of a class that excludes, a letter or whatever else it leaves. */
static gunichar
choose (GArray  *ranges,
        gboolean excludes)
{
  if (!excludes)
    return ranges->len > 0 ? g_array_index (ranges, Range, 0).first : 0;
  for (gunichar c = 'a'; c <= 'z'; c++)
    if (!is_in (ranges, c))
      return c;
  for (gunichar c = ' '; c <= '~'; c++)
    if (!is_in (ranges, c))
      return c;
  return 0;
}

static void
make_class (Maker *self)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  gboolean excludes = *self->at == '^';
  gunichar chosen;

  self->at += excludes;
  do
    {
      Range range;

      if (*self->at == '\0')
        return;
      range = take_element (self);
      g_array_append_val (ranges, range);
    }
  while (*self->at != ']');
  self->at++;
  chosen = choose (ranges, excludes);
  if (chosen != 0)
    g_string_append_unichar (self->out, chosen);
}

/* --- groups and repetitions -------------------------------------------------------------------------- */

/* "?:", "?<name>"; what only looks ahead or back adds nothing. */
static gboolean
skip_group_kind (Maker *self)
{
  gboolean looks;

  if (*self->at != '?')
    return FALSE;
  self->at++;
  looks = *self->at == '=' || *self->at == '!' || (self->at[0] == '<' && (self->at[1] == '=' || self->at[1] == '!'));
  if (!looks && (*self->at == '<' || *self->at == 'P'))
    self->at += strcspn (self->at, ">");
  else if (*self->at == '<')
    self->at++;
  if (*self->at != '\0')
    self->at++;
  return looks;
}

static void
make_group (Maker *self)
{
  gsize length = self->out->len;
  gboolean looks = skip_group_kind (self);

  if (self->depth >= MAX_GROUPS)
    {
      self->at += strlen (self->at);
      return;
    }
  self->depth++;
  make_choice (self);
  self->depth--;
  if (*self->at == ')')
    self->at++;
  if (looks)
    g_string_truncate (self->out, length);
}

static void
make_atom (Maker *self)
{
  gunichar c = take_character (self);

  if (c == '(')
    make_group (self);
  else if (c == '[')
    make_class (self);
  else if (c == '.')
    g_string_append_c (self->out, 'a');
  else if (c == '\\' && strchr ("bBAzZ", *self->at) == NULL)
    {
      gunichar escaped = take_escape (self).first;

      if (escaped != 0)
        g_string_append_unichar (self->out, escaped);
    }
  else if (c == '\\')
    self->at += *self->at != '\0';
  else if (c != '^' && c != '$')
    g_string_append_unichar (self->out, c);
}

static guint
take_number (Maker *self,
             guint  fallback)
{
  char *end;
  guint64 number = g_ascii_strtoull (self->at, &end, 10);

  if (end == self->at)
    return fallback;
  self->at = end;
  return (guint) MIN (number, MAX_REPEATED);
}

/* How often what stands before is wanted. */
static guint
take_repetition (Maker *self)
{
  guint least = 1, most = 1;
  char mark = *self->at;

  if (mark == '*' || mark == '+' || mark == '?')
    {
      self->at++;
      least = mark == '+';
      most = mark == '?' ? 1 : MAX_REPEATED;
    }
  else if (mark == '{' && g_ascii_isdigit (self->at[1]))
    {
      self->at++;
      least = most = take_number (self, 0);
      if (*self->at == ',')
        {
          self->at++;
          most = take_number (self, MAX_REPEATED);
        }
      self->at += *self->at == '}';
    }
  else
    return 1;
  self->at += *self->at == '?' || *self->at == '+';
  return MIN (least + self->extra, most);
}

static void
make_piece (Maker *self)
{
  gsize begin = self->out->len;
  g_autofree char *piece = NULL;
  guint n;

  make_atom (self);
  n = take_repetition (self);
  piece = g_strdup (self->out->str + begin);
  g_string_truncate (self->out, begin);
  for (guint i = 0; i < n && self->out->len < MAX_TEXT; i++)
    g_string_append (self->out, piece);
}

static void
make_sequence (Maker *self)
{
  while (*self->at != '\0' && *self->at != '|' && *self->at != ')')
    make_piece (self);
}

/* The first of the alternatives. */
static void
make_choice (Maker *self)
{
  gsize length;

  make_sequence (self);
  length = self->out->len;
  while (*self->at == '|')
    {
      self->at++;
      make_sequence (self);
      g_string_truncate (self->out, length);
    }
}

char *
_hearth_offline_make_match (const char *pattern,
                            guint       extra)
{
  Maker maker = { .at = pattern, .out = g_string_new (NULL), .extra = extra };

  make_choice (&maker);
  return g_string_free (maker.out, FALSE);
}

/* hearth-line-numbers.c: members that only number the lines of a conversation
 *
 * Two questions that were asked at the same moment may get each other's number when they are asked again. So numbers
 * are not compared, and the answer gets the one that its question has now.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-program-private.h"

struct _HearthLineNumbers
{
  const char *const *members; /* or NULL */
  GHashTable *renewed;        /* JSON of a recorded number -> HearthValue of now, where they differ */
};

HearthLineNumbers *
_hearth_line_numbers_new (const char *const *members)
{
  HearthLineNumbers *self = g_new0 (HearthLineNumbers, 1);

  self->members = members;
  self->renewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_value_unref);
  return self;
}

void
_hearth_line_numbers_free (HearthLineNumbers *self)
{
  g_hash_table_unref (self->renewed);
  g_free (self);
}

/* --- members by their path ------------------------------------------------------------------------- */

/* The first word of "params.id"; @rest: what follows it, or NULL. */
static char *
split_path (const char  *path,
            const char **rest)
{
  const char *dot = strchr (path, '.');

  *rest = dot != NULL ? dot + 1 : NULL;
  return dot != NULL ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);
}

static HearthValue *
find (HearthValue *value,
      const char  *path)
{
  while (path != NULL && value != NULL)
    {
      const char *rest;
      g_autofree char *key = split_path (path, &rest);

      value = hearth_value_get (value, key);
      path = rest;
    }
  return value;
}

/* @value with @number at @path, where something is. New reference. */
static HearthValue *
replace (HearthValue *value,
         const char  *path,
         HearthValue *number)
{
  g_autoptr (HearthValue) inner = NULL;
  g_autofree char *key = NULL;
  const char *rest;

  if (path == NULL)
    return hearth_value_ref (number);
  key = split_path (path, &rest);
  inner = replace (hearth_value_get (value, key), rest, number);
  return hearth_value_with (value, key, inner);
}

/* --- lines -------------------------------------------------------------------------------------------- */

HearthValue *
_hearth_line_numbers_strip (HearthLineNumbers *self,
                            const char        *text,
                            gsize              length)
{
  HearthValue *line = hearth_json_parse (text, (gssize) length, NULL);
  g_autoptr (HearthValue) none = hearth_value_null ();

  if (line == NULL)
    return hearth_value_string_len (text, length);
  for (guint i = 0; self->members != NULL && self->members[i] != NULL; i++)
    if (find (line, self->members[i]) != NULL)
      {
        g_autoptr (HearthValue) numbered = line;

        line = replace (numbered, self->members[i], none);
      }
  return line;
}

void
_hearth_line_numbers_learn (HearthLineNumbers *self,
                            const char        *recorded,
                            const char        *now)
{
  g_autoptr (HearthValue) before = self->members != NULL ? hearth_json_parse (recorded, -1, NULL) : NULL;
  g_autoptr (HearthValue) after = self->members != NULL ? hearth_json_parse (now, -1, NULL) : NULL;

  for (guint i = 0; before != NULL && after != NULL && self->members[i] != NULL; i++)
    {
      HearthValue *old = find (before, self->members[i]);
      HearthValue *new = find (after, self->members[i]);
      g_autofree char *key = old != NULL ? hearth_json_print (old) : NULL;

      if (old == NULL || new == NULL)
        continue;
      if (hearth_value_equal (old, new))
        g_hash_table_remove (self->renewed, key);
      else
        g_hash_table_insert (self->renewed, g_steal_pointer (&key), hearth_value_ref (new));
    }
}

char *
_hearth_line_numbers_renew (HearthLineNumbers *self,
                            const char        *recorded)
{
  g_autoptr (HearthValue) line = g_hash_table_size (self->renewed) > 0 ? hearth_json_parse (recorded, -1, NULL) : NULL;
  gboolean changed = FALSE;

  for (guint i = 0; line != NULL && self->members[i] != NULL; i++)
    {
      HearthValue *old = find (line, self->members[i]);
      g_autofree char *key = old != NULL ? hearth_json_print (old) : NULL;
      HearthValue *new = key != NULL ? g_hash_table_lookup (self->renewed, key) : NULL;
      g_autoptr (HearthValue) numbered = NULL;

      if (new == NULL)
        continue;
      numbered = line;
      line = replace (numbered, self->members[i], new);
      changed = TRUE;
    }
  return changed ? hearth_json_print (line) : NULL;
}

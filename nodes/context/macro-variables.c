/* macro-variables.c: {{setvar}} and the like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "macros-private.h"

#include <string.h>

#define MAX_VARIABLE ((gsize) 1 << 20) /* bytes that {{addvar}} may gather */

static const char *
get (GHashTable *table,
     const char *name)
{
  const char *known = g_hash_table_lookup (table, name);

  return known != NULL ? known : "";
}

static char *
set (GHashTable *table,
     const char *name,
     const char *text)
{
  g_hash_table_replace (table, g_strdup (name), g_strdup (text));
  return g_strdup ("");
}

static gboolean
read_number (const char *text,
             double     *number)
{
  char *end;

  *number = g_ascii_strtod (*text != '\0' ? text : "0", &end);
  return *end == '\0';
}

/* Numbers are added, texts appended. */
static char *
add (GHashTable *table,
     const char *name,
     const char *more)
{
  const char *before = get (table, name);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double sum, summand;

  if (*more != '\0' && read_number (before, &sum) && read_number (more, &summand))
    return set (table, name, g_ascii_formatd (digits, sizeof digits, "%.15g", sum + summand));
  if (strlen (before) + strlen (more) <= MAX_VARIABLE)
    g_hash_table_replace (table, g_strdup (name), g_strconcat (before, more, NULL));
  return g_strdup ("");
}

/* Says what it is now. */
static char *
count (GHashTable *table,
       const char *name,
       const char *step)
{
  g_autofree char *nothing = add (table, name, step);

  return g_strdup (get (table, name));
}

/* @verb: "setvar", "setglobalvar" … without what it works on. */
static char *
apply (GHashTable *table,
       const char *verb,
       char      **parts,
       guint       n)
{
  if (n == 2 && g_str_equal (verb, "get"))
    return g_strdup (get (table, parts[1]));
  if (n == 2 && g_str_equal (verb, "inc"))
    return count (table, parts[1], "1");
  if (n == 2 && g_str_equal (verb, "dec"))
    return count (table, parts[1], "-1");
  if (n == 3 && g_str_equal (verb, "set"))
    return set (table, parts[1], parts[2]);
  if (n == 3 && g_str_equal (verb, "add"))
    return add (table, parts[1], parts[2]);
  return NULL;
}

char *
_hearth_macros_use_variable (HearthMacros *self,
                             const char   *body)
{
  g_auto (GStrv) parts = g_strsplit (body, "::", 3);
  guint n = g_strv_length (parts);
  g_autofree char *verb = n > 1 ? g_ascii_strdown (parts[0], -1) : NULL;
  gboolean is_global;
  char *end;

  if (n < 2 || !g_str_has_suffix (verb, "var"))
    return NULL;
  verb[strlen (verb) - strlen ("var")] = '\0';
  end = g_str_has_suffix (verb, "global") ? verb + strlen (verb) - strlen ("global") : NULL;
  is_global = end != NULL;
  if (is_global)
    *end = '\0';
  g_strstrip (parts[1]);
  return apply (is_global ? self->globals : self->variables, verb, parts, n);
}

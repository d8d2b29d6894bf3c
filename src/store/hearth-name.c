/* hearth-name.c: from names people give to names of files (storage.md 5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-data-dir.h"

#include <string.h>

#define MAX_STEM_UNITS 200 /* of UTF-16, as the reference counts */
#define WORKFLOW_SUFFIX ".json"

static gboolean
is_forbidden (gunichar c)
{
  return c < 0x20 || (c >= 0x80 && c <= 0x9f) || (c < 0x80 && strchr ("/?<>\\:*|\"", (char) c) != NULL);
}

static gboolean
is_only_dots (const char *name)
{
  return *name != '\0' && name[strspn (name, ".")] == '\0';
}

gboolean
hearth_name_is_device (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt" };

  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_ascii_strncasecmp (name, devices[i], 3) == 0)
      {
        const char *rest = name + 3;

        if (i >= 4 && !g_ascii_isdigit (*rest++))
          return FALSE;
        return *rest == '\0' || *rest == '.';
      }
  return FALSE;
}

static void
cut_bytes (GString *name,
           gsize    max)
{
  if (name->len <= max)
    return;
  g_string_truncate (name, (gsize) (g_utf8_find_prev_char (name->str, name->str + max + 1) - name->str));
}

static char *
sanitize_once (const char *name,
               const char *replacement)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (is_forbidden (g_utf8_get_char (at)))
      g_string_append (out, replacement);
    else
      g_string_append_unichar (out, g_utf8_get_char (at));
  if (is_only_dots (out->str) || hearth_name_is_device (out->str))
    g_string_assign (out, replacement);

  length = out->len;
  while (length > 0 && (out->str[length - 1] == '.' || out->str[length - 1] == ' '))
    length--;
  if (length < out->len)
    {
      g_string_truncate (out, length);
      g_string_append (out, replacement);
    }
  cut_bytes (out, HEARTH_NAME_MAX_BYTES);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
hearth_name_sanitize (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *once = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  valid = g_utf8_make_valid (name, -1);
  once = sanitize_once (valid, "_");
  return sanitize_once (once, "");
}

/* Runs of `_` become one, none stays at the ends. */
static void
tidy_underscores (char *name)
{
  char *to = name;

  for (const char *at = name; *at != '\0'; at++)
    if (*at != '_' || (to > name && to[-1] != '_'))
      *to++ = *at;
  if (to > name && to[-1] == '_')
    to--;
  *to = '\0';
}

static void
cut_units (char *name,
           guint max)
{
  guint units = 0;

  for (char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      units += g_utf8_get_char (at) > 0xffff ? 2 : 1;
      if (units > max)
        {
          *at = '\0';
          return;
        }
    }
}

static char *
name_of_the_hour (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "CT_workflow_%Y%m%d_%H%M%S");
}

char *
hearth_name_to_workflow_file (const char *name)
{
  g_autofree char *stem = hearth_name_sanitize (name != NULL && *name != '\0' ? name : "untitled");
  GString *file;

  tidy_underscores (stem);
  if (*stem == '\0' || is_only_dots (stem))
    {
      g_free (stem);
      stem = name_of_the_hour ();
    }
  cut_units (stem, MAX_STEM_UNITS);
  file = g_string_new (stem);
  cut_bytes (file, HEARTH_NAME_MAX_BYTES - strlen (WORKFLOW_SUFFIX));
  g_string_append (file, WORKFLOW_SUFFIX);
  return g_string_free (file, FALSE);
}

char *
hearth_name_to_project_id (const char *name)
{
  g_autofree char *id = NULL;

  if (name == NULL || *name == '\0')
    return NULL;
  id = hearth_name_sanitize (name);
  if (*id == '\0' || g_str_equal (id, ".") || g_str_equal (id, ".."))
    return NULL;
  return g_steal_pointer (&id);
}

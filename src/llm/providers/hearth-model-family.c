/* hearth-model-family.c: what a model takes, told by its name
 *
 * Of the two sides of a line the older one is named, since it does not grow any more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-family-private.h"

#include <string.h>

/* A number with a point in it: 4.5 is 405. */
#define VERSION(major, minor) ((major) * 100 + (minor))
#define NO_VERSION 0

/* The first number and, when one follows at once, the second: "opus-4-5-20251101", "3-5-sonnet", "2.1". From 100 on
 * it is a date. */
static guint
read_version (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, "-.@:_", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 major, minor;

      if (!g_ascii_string_to_unsigned (words[i], 10, 1, G_MAXINT64, &major, NULL))
        continue;
      if (major >= 100)
        break;
      if (words[i + 1] == NULL || !g_ascii_string_to_unsigned (words[i + 1], 10, 0, 99, &minor, NULL))
        minor = 0;
      return (guint) VERSION (major, minor);
    }
  return NO_VERSION;
}

/* Whatever stands in front: "anthropic/claude-…", "eu.anthropic.claude-…". */
static gboolean
is_claude (const char *model,
           guint      *version)
{
  const char *name = strstr (model, "claude-");

  if (name == NULL)
    return FALSE;
  *version = read_version (name + strlen ("claude-"));
  return TRUE;
}

/* "o3-mini", "gpt-5.1", but not "gpt-5-chat-latest". */
static gboolean
is_openai_reasoning (const char *model)
{
  const char *slash = strrchr (model, '/');
  const char *name = slash != NULL ? slash + 1 : model;

  if (name[0] == 'o' && g_ascii_isdigit (name[1]))
    return TRUE;
  return g_str_has_prefix (name, "gpt-")
      && g_ascii_strtoull (name + strlen ("gpt-"), NULL, 10) >= 5
      && strstr (name, "-chat") == NULL;
}

gboolean
_hearth_model_takes_sampling (const char *model)
{
  guint version;

  if (is_claude (model, &version))
    return version != NO_VERSION && version <= VERSION (4, 6);
  return !is_openai_reasoning (model);
}

gboolean
_hearth_model_takes_output_config (const char *model)
{
  guint version;

  return is_claude (model, &version) && (version == NO_VERSION || version >= VERSION (4, 5));
}

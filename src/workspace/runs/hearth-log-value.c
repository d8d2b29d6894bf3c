/* hearth-log-value.c: what of a value the log of a run may show (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-log-line.h"

#include <string.h>

#define MAX_TEXT 200
#define MAX_PROMPT 500
#define SHORT_PROMPT 100
#define MAX_DEPTH 5
#define MAX_ELEMENTS 100
/* So much of a text is searched for secrets: more than is ever shown, so that none is cut in half. */
#define SEARCHED_CHARS 2000

/* --- secrets -------------------------------------------------------------------------------------- */

/* "api_key", "apiKey" and "API-Key" are one word. */
static char *
normalize (const char *key)
{
  GString *word = g_string_new (NULL);

  for (const char *at = key; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (word, g_ascii_tolower (*at));
  return g_string_free (word, FALSE);
}

#define MIN_SECRET_KEY strlen ("token") /* the shortest word */

/* A number of tokens is no token. */
static gboolean
is_secret (const char  *key,
           HearthValue *value)
{
  static const char *const words[] = {
    "apikey", "secret", "password", "passwd", "passphrase", "authorization", "credential", "privatekey", "accesskey", "cookie",
  };
  g_autofree char *word = NULL;

  if (strlen (key) < MIN_SECRET_KEY)
    return FALSE;
  word = normalize (key);
  if (strstr (word, "token") != NULL)
    return !hearth_value_is_number (value) && !hearth_value_is (value, BOOLEAN) && !hearth_value_is (value, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (word, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Keys also stand in texts: in JSON that is passed on as text, in the words of a service that refuses. */
static char *
hide_in_text (const char *text)
{
  static GRegex *named, *bare;
  g_autofree char *once = NULL;
  const char *seen = text;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      named = g_regex_new ("((?:api[_-]?key|authorization|secret|password|(?:access|auth|refresh)[_-]?token)"
                           "\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)(?:(?:bearer|basic)\\s+)?[^\\s\"',;&}\\\\]+",
                           G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      bare = g_regex_new ("\\bbearer\\s+[\\w.~+/=-]{6,}|\\b(?:sk|pk|rk|xox[bp]|gh[ops])[-_][\\w-]{12,}",
                          G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&ready, 1);
    }
  /* Most texts lack even the one character without which there is nothing to be found. */
  if (strpbrk (text, ":=") != NULL)
    {
      once = g_regex_replace (named, text, -1, 0, "\\1" HEARTH_LOG_HIDDEN, 0, NULL);
      seen = once != NULL ? once : "";
    }
  return strpbrk (seen, "-_bB") != NULL ? g_regex_replace_literal (bare, seen, -1, 0, HEARTH_LOG_HIDDEN, 0, NULL)
                                        : g_strdup (seen);
}

/* --- length ------------------------------------------------------------------------------------------ */

static gboolean
is_prompt (const char *key)
{
  g_autofree char *lower = key != NULL ? g_ascii_strdown (key, -1) : NULL;

  return lower != NULL
         && (g_str_equal (lower, "system_prompt") || g_str_equal (lower, "system_message") || g_str_equal (lower, "prompt")
             || strstr (lower, "content") != NULL);
}

static char *
trim_long_text (const char *text,
                const char *key)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *searched = g_utf8_substring (text, 0, MIN (length, SEARCHED_CHARS));
  g_autofree char *shown = hide_in_text (searched);
  g_autofree char *start = NULL;
  glong limit = is_prompt (key) && length > MAX_PROMPT ? SHORT_PROMPT : MAX_TEXT;

  if (length <= limit && g_utf8_strlen (shown, -1) <= 2 * limit)
    return g_steal_pointer (&shown);
  start = g_utf8_substring (shown, 0, MIN (limit, g_utf8_strlen (shown, -1)));
  return g_strdup_printf ("%s… (%ld characters)", start, length);
}

static char *
trim_text (const char *text,
           const char *key)
{
  g_autofree char *shown = strlen (text) <= MAX_TEXT ? hide_in_text (text) : NULL;

  return shown != NULL && strlen (shown) <= 2 * MAX_TEXT ? g_steal_pointer (&shown) : trim_long_text (text, key);
}

static HearthValue *trim (HearthValue *value,
                          const char  *key,
                          guint        depth);

static HearthValue *
trim_members (HearthValue *value,
              guint        depth)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      const char *key = hearth_value_key_at (value, i);
      HearthValue *member = hearth_value_member_at (value, i);

      hearth_builder_add (&out, key,
                          is_secret (key, member) ? hearth_value_string (HEARTH_LOG_HIDDEN) : trim (member, key, depth + 1));
    }
  return hearth_builder_end_object (&out);
}

static HearthValue *
trim_elements (HearthValue *value,
               const char  *key,
               guint        depth)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  gsize length = hearth_value_get_length (value);

  for (gsize i = 0; i < MIN (length, MAX_ELEMENTS); i++)
    hearth_builder_add (&out, NULL, trim (hearth_value_at (value, i), key, depth + 1));
  if (length > MAX_ELEMENTS)
    {
      g_autofree char *rest = g_strdup_printf ("… (%" G_GSIZE_FORMAT " elements)", length);

      hearth_builder_add (&out, NULL, hearth_value_string (rest));
    }
  return hearth_builder_end_array (&out);
}

static HearthValue *
trim (HearthValue *value,
      const char  *key,
      guint        depth)
{
  g_autofree char *text = NULL;

  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_STRING:
      text = trim_text (hearth_value_get_string (value, NULL), key);
      return hearth_value_string (text);
    case HEARTH_VALUE_ARRAY:
      return depth >= MAX_DEPTH ? hearth_value_string ("[Array]") : trim_elements (value, key, depth);
    case HEARTH_VALUE_OBJECT:
      return depth >= MAX_DEPTH ? hearth_value_string ("[Object]") : trim_members (value, depth);
    default:
      return hearth_value_ref (value);
    }
}

HearthValue *
_hearth_log_trim (HearthValue *value)
{
  return trim (value, NULL, 0);
}

char *
_hearth_log_trim_text (const char *text)
{
  return hide_in_text (text);
}

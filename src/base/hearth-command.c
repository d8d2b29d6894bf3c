/* hearth-command.c: a command as a person reads it before allowing it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-command.h"

#include <string.h>

static gboolean
is_plain (const char *word)
{
  return *word != '\0' && strspn (word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-./:=@%+,") == strlen (word);
}

void
hearth_command_append_word (GString    *line,
                            const char *word)
{
  g_autofree char *quoted = NULL;

  g_return_if_fail (line != NULL && word != NULL);

  quoted = is_plain (word) ? g_strdup (word) : g_shell_quote (word);
  if (line->len > 0)
    g_string_append_c (line, ' ');
  for (const char *at = quoted; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isprint (c) && !g_unichar_iszerowidth (c))
        g_string_append_unichar (line, c);
      else
        g_string_append_printf (line, "\\u{%X}", c);
    }
}

char *
hearth_command_to_line (HearthValue *words)
{
  GString *line = g_string_new (NULL);

  for (gsize i = 0; hearth_value_is (words, ARRAY) && i < hearth_value_get_length (words); i++)
    {
      HearthValue *word = hearth_value_at (words, i);

      if (hearth_value_is (word, STRING))
        hearth_command_append_word (line, hearth_value_get_string (word, NULL));
    }
  return g_string_free (line, FALSE);
}

/* hearth-mcp-entry.c: an MCP server as a person types it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-entry.h"

#include <string.h>

#include "hearth-i18n.h"

#define NAME_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"
#define ID_CHARACTERS G_CSET_a_2_z G_CSET_DIGITS "_"
/* A number may still follow it. */
#define MAX_ID 30

/* --- a line ------------------------------------------------------------------------------------- */

static gboolean
is_variable (const char *word)
{
  gsize length = strspn (word, NAME_CHARACTERS);

  return length > 0 && word[length] == '=' && !g_ascii_isdigit (*word);
}

/* Takes the variables off the front of @words; NULL when there are none. */
static HearthValue *
make_environment (char **words,
                  int   *n_variables)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (*n_variables = 0; words[*n_variables] != NULL && is_variable (words[*n_variables]); (*n_variables)++)
    {
      g_auto (GStrv) parts = g_strsplit (words[*n_variables], "=", 2);

      hearth_builder_add_string (&builder, parts[0], parts[1]);
    }
  return *n_variables > 0 ? hearth_builder_end_object (&builder) : NULL;
}

static gboolean
is_address (const char *line)
{
  return g_str_has_prefix (line, "http://") || g_str_has_prefix (line, "https://");
}

HearthValue *
hearth_mcp_entry_parse_line (const char  *line,
                             GError     **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  HearthValue *environment;
  int n_variables;

  g_return_val_if_fail (line != NULL, NULL);

  text = g_strstrip (g_strdup (line));
  if (is_address (text))
    return hearth_value_object ("url", hearth_value_string (text), NULL);
  if (!g_shell_parse_argv (text, NULL, &words, error))
    {
      g_prefix_error (error, "%s ", _("The command cannot be read."));
      return NULL;
    }
  environment = make_environment (words, &n_variables);
  return hearth_value_object ("command", hearth_value_strv ((const char *const *) words + n_variables),
                              "environment", environment, NULL);
}

char *
hearth_mcp_entry_to_line (HearthValue *server)
{
  g_autoptr (HearthValue) open = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  open = hearth_value_with (server, "secrets", NULL);
  return hearth_mcp_server_dup_command (open);
}

/* --- names of secrets ----------------------------------------------------------------------------- */

HearthValue *
hearth_mcp_entry_parse_names (const char *text)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  names = g_strsplit_set (text, ", ;\t", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      hearth_builder_add_string (&builder, NULL, names[i]);
  return hearth_builder_end_array (&builder);
}

char *
hearth_mcp_entry_join_names (HearthValue *names)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; names != NULL && i < hearth_value_get_length (names); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", hearth_value_get_string (hearth_value_at (names, i), NULL));
  return g_string_free (text, FALSE);
}

/* --- ids ---------------------------------------------------------------------------------------------- */

static gboolean
is_taken (HearthValue *servers,
          const char  *id)
{
  for (gsize i = 0; servers != NULL && i < hearth_value_get_length (servers); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (servers, i), "id", NULL), id) == 0)
      return TRUE;
  return FALSE;
}

static char *
make_word (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  GString *word = g_string_new (NULL);

  for (const char *at = lower; *at != '\0' && word->len < MAX_ID; at++)
    if (strchr (ID_CHARACTERS, *at) != NULL)
      g_string_append_c (word, *at);
    else if (word->len > 0 && word->str[word->len - 1] != '-')
      g_string_append_c (word, '-');
  if (word->len > 0 && word->str[word->len - 1] == '-')
    g_string_truncate (word, word->len - 1);
  if (word->len == 0)
    g_string_append (word, "server");
  return g_string_free (word, FALSE);
}

char *
hearth_mcp_entry_make_id (const char  *name,
                          HearthValue *servers)
{
  g_autofree char *word = NULL;
  char *id;

  g_return_val_if_fail (name != NULL, NULL);

  word = make_word (name);
  id = g_strdup (word);
  for (guint i = 2; is_taken (servers, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", word, i);
    }
  return id;
}

/* hearth-cli.c: options, output and waiting, the same for every command
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-plugin-operations.h"
#include "hearth-i18n.h"

void
hearth_cli_complain (const char *format,
                     ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("hearthctl: %s\n", sentence);
}

/* --- options ------------------------------------------------------------------------------ */

static gboolean
refuse_options (const char *command,
                const char *sentence)
{
  hearth_cli_complain ("%s", sentence);
  /* Translators: a command to type */
  g_printerr (_("For help: %s\n"), command);
  return FALSE;
}

gboolean
hearth_cli_parse_options (int                 argc,
                          char              **argv,
                          const GOptionEntry *entries,
                          const char         *parameters,
                          const char         *summary,
                          guint               n_rest,
                          char             ***rest)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_auto (GStrv) words = g_new0 (char *, argc + 1);
  g_autofree char *name = g_strconcat ("hearthctl ", argv[0], NULL);
  g_autofree char *help = g_strconcat (name, " --help", NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < argc; i++)
    words[i] = g_strdup (argv[i]);
  g_set_prgname (name);
  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &words, &error))
    return refuse_options (help, error->message);
  /* A bare "--" is the border before words that begin with a dash. */
  if (words[1] != NULL && g_str_equal (words[1], "--"))
    {
      g_free (words[1]);
      memmove (words + 1, words + 2, g_strv_length (words + 2) * sizeof *words + sizeof *words);
    }
  if (g_strv_length (words + 1) < n_rest)
    {
      /* Translators: a word of the usage, such as "FILE" */
      g_autofree char *sentence = g_strdup_printf (_("%s is missing."), parameters);

      return refuse_options (help, sentence);
    }
  if (g_strv_length (words + 1) > n_rest)
    {
      g_autofree char *sentence = g_strdup_printf (_("“%s” is one word too many."), words[1 + n_rest]);

      return refuse_options (help, sentence);
    }
  if (rest != NULL)
    *rest = g_strdupv (words + 1);
  return TRUE;
}

/* --- output --------------------------------------------------------------------------------- */

gboolean
hearth_cli_write (const char *text,
                  gsize       length)
{
  while (length > 0)
    {
      gssize n = write (STDOUT_FILENO, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      text += n;
      length -= (gsize) n;
    }
  return TRUE;
}

gboolean
hearth_cli_write_value (HearthValue *value,
                        gboolean     bare)
{
  g_autoptr (GString) line = NULL;

  if (bare && hearth_value_is (value, STRING))
    {
      gsize length;
      const char *text = hearth_value_get_string (value, &length);

      return hearth_cli_write (text, length);
    }
  line = g_string_new (NULL);
  hearth_json_append (line, value);
  g_string_append_c (line, '\n');
  return hearth_cli_write (line->str, line->len);
}

/* --- waiting ----------------------------------------------------------------------------------- */

void
hearth_cli_keep_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

void
hearth_cli_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
hearth_cli_open (HearthWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hearth_workspace_open_async (workspace, FALSE, NULL, hearth_cli_keep_cb, &result);
  hearth_cli_await (&result);
  if (hearth_workspace_open_finish (workspace, result, &error))
    return TRUE;
  hearth_cli_complain ("%s", error->message);
  return FALSE;
}

void
hearth_cli_close (HearthWorkspace **workspace)
{
  gpointer alive = *workspace;

  if (alive == NULL)
    return;
  g_object_add_weak_pointer (alive, &alive);
  g_clear_object (workspace);
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
}

HearthValue *
hearth_cli_answer (HearthWorkspace *workspace,
                   GAsyncResult   **result)
{
  g_autoptr (GError) error = NULL;
  HearthValue *answer;

  hearth_cli_await (result);
  answer = hearth_workspace_finish (workspace, *result, &error);
  if (answer == NULL)
    hearth_cli_complain ("%s", error->message);
  return answer;
}

/* A damaged pack is told of by the log, and no reason not to go on. */
void
hearth_cli_load_plugins (HearthWorkspace *workspace)
{
  g_autoptr (HearthValue) plugins = hearth_cli_perform (workspace, &hearth_operation_reload_plugins, NULL);
}

HearthValue *
hearth_cli_perform (HearthWorkspace       *workspace,
                    const HearthOperation *operation,
                    HearthValue           *arguments)
{
  g_autoptr (HearthValue) owned = arguments != NULL ? arguments : hearth_value_empty_object ();
  g_autoptr (GAsyncResult) result = NULL;

  hearth_workspace_perform (workspace, operation, owned, NULL, hearth_cli_keep_cb, &result);
  return hearth_cli_answer (workspace, &result);
}

GBytes *
hearth_cli_read_stdin (GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (;;)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GBytes) block = NULL;

      g_input_stream_read_bytes_async (input, 1 << 16, G_PRIORITY_DEFAULT, NULL, hearth_cli_keep_cb, &result);
      hearth_cli_await (&result);
      block = g_input_stream_read_bytes_finish (input, result, error);
      if (block == NULL)
        return NULL;
      if (g_bytes_get_size (block) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      g_byte_array_append (bytes, g_bytes_get_data (block, NULL), (guint) g_bytes_get_size (block));
      if (bytes->len > HEARTH_MAX_WORKFLOW_BYTES)
        {
          g_autofree char *limit = g_format_size_full (HEARTH_MAX_WORKFLOW_BYTES, G_FORMAT_SIZE_IEC_UNITS);

          g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                       _("Standard input is larger than %s, the most that is read."), limit);
          return NULL;
        }
    }
}

/* hearth-cli-models.c: `hearthctl models`: which services and models there are, and whether they answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <string.h>

#include "hearth-llm-operations.h"
#include "hearth-i18n.h"

typedef struct
{
  char *data_dir;
  char *model;
  gboolean json;
  char **words;
} Command;

static void
command_clear (Command *self)
{
  g_free (self->data_dir);
  g_free (self->model);
  g_strfreev (self->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

static const char *
text_of (HearthValue *value,
         const char  *key)
{
  return hearth_value_get_member_string (value, key, "");
}

/* --- the list ------------------------------------------------------------------------------------------ */

static void
append_key (GString     *out,
            HearthValue *channel)
{
  if (hearth_value_get_member_boolean (channel, "disabled", FALSE))
    g_string_append_printf (out, "  %s", _("off"));
  if (!hearth_value_get_member_boolean (channel, "hasKey", FALSE))
    g_string_append_printf (out, "  %s", _("no key"));
  else if (*text_of (channel, "keyHint") != '\0')
    {
      g_string_append (out, "  ");
      /* Translators: the last characters of a key */
      g_string_append_printf (out, _("key …%s"), text_of (channel, "keyHint"));
    }
}

/* Or one that is always there, which has no address and no key. */
static gboolean
is_set_up (HearthValue *channel)
{
  return hearth_value_get (channel, "baseUrl") != NULL;
}

static void
append_channel (GString     *out,
                HearthValue *channel)
{
  HearthValue *models = hearth_value_get_member_kind (channel, "supportedModels", HEARTH_VALUE_ARRAY);

  g_autofree char *unknown = is_set_up (channel) ? hearth_channel_explain_unknown (channel) : NULL;

  g_string_append_printf (out, "%s  %s", text_of (channel, "id"), text_of (channel, "label"));
  if (is_set_up (channel))
    {
      g_string_append_printf (out, "  %s", text_of (channel, "baseUrl"));
      append_key (out, channel);
    }
  g_string_append_c (out, '\n');
  if (unknown != NULL)
    g_string_append_printf (out, "  %s\n", unknown);
  for (gsize i = 0; models != NULL && i < hearth_value_get_length (models); i++)
    {
      g_autofree char *model = hearth_value_to_text (hearth_value_at (models, i));

      g_string_append_printf (out, "  %s\n", model);
    }
}

/* Those that are set up, and those that need no set-up. NULL after a complaint. */
static HearthValue *
list_channels (HearthWorkspace *workspace)
{
  g_autoptr (HearthValue) set_up = hearth_cli_perform (workspace, &hearth_operation_list_channels, NULL);
  g_autoptr (HearthValue) own = set_up != NULL ? hearth_cli_perform (workspace, &hearth_operation_list_own_channels, NULL) : NULL;
  g_auto (HearthBuilder) all = HEARTH_BUILDER_INIT;

  if (own == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (set_up); i++)
    hearth_builder_add (&all, NULL, hearth_value_ref (hearth_value_at (set_up, i)));
  for (gsize i = 0; i < hearth_value_get_length (own); i++)
    hearth_builder_add (&all, NULL, hearth_value_ref (hearth_value_at (own, i)));
  return hearth_builder_end_array (&all);
}

/* One line of JSON for programs, lines for people. */
static int
print_list (Command         *self,
            HearthWorkspace *workspace)
{
  g_autoptr (HearthValue) channels = list_channels (workspace);
  g_autoptr (HearthValue) models = channels != NULL ? hearth_cli_perform (workspace, &hearth_operation_list_models, NULL) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (HearthValue) both = NULL;

  if (models == NULL)
    return HEARTH_EXIT_FAILED;
  both = hearth_value_object ("channels", hearth_value_ref (channels), "models", hearth_value_ref (models), NULL);
  if (self->json)
    return hearth_cli_write_value (both, FALSE) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    append_channel (out, hearth_value_at (channels, i));
  for (gsize i = 0; i < hearth_value_get_length (models); i++)
    g_string_append_printf (out, "%s  %s\n", text_of (hearth_value_at (models, i), "modelId"),
                            text_of (hearth_value_at (models, i), "displayName"));
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* --- one channel ----------------------------------------------------------------------------------------- */

/* By its id, or by a label that no other has. NULL after a complaint. */
static HearthValue *
find_channel (HearthWorkspace *workspace,
              const char      *name)
{
  g_autoptr (HearthValue) channels = list_channels (workspace);
  HearthValue *found = NULL;
  guint n_found = 0;

  if (channels == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    {
      HearthValue *channel = hearth_value_at (channels, i);

      if (g_str_equal (text_of (channel, "id"), name))
        return hearth_value_ref (channel);
      if (!g_str_equal (text_of (channel, "label"), name))
        continue;
      found = channel;
      n_found++;
    }
  if (n_found == 1)
    return hearth_value_ref (found);
  if (n_found > 1)
    hearth_cli_complain (_("Several channels are called “%s”. Name one by its id; “hearthctl models” lists them."), name);
  else
    hearth_cli_complain (_("There is no channel “%s”. “hearthctl models” lists those there are."), name);
  return NULL;
}

static int
print_test (Command     *self,
            HearthValue *answer)
{
  gboolean ok = hearth_value_get_member_boolean (answer, "ok", FALSE);
  HearthValue *models = hearth_value_get (answer, "models");
  g_autoptr (GString) out = g_string_new (NULL);

  if (self->json)
    return hearth_cli_write_value (answer, FALSE) && ok ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
  if (!ok)
    {
      hearth_cli_complain ("%s", text_of (answer, "message"));
      return HEARTH_EXIT_FAILED;
    }
  g_string_append_printf (out, _("%s It took %d ms."), text_of (answer, "message"),
                          (int) hearth_value_get_member_integer (answer, "latencyMs", 0));
  g_string_append_c (out, '\n');
  for (gsize i = 0; models != NULL && i < hearth_value_get_length (models); i++)
    g_string_append_printf (out, "  %s\n", text_of (hearth_value_at (models, i), "id"));
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
test_channel (Command         *self,
              HearthWorkspace *workspace)
{
  g_autoptr (HearthValue) channel = find_channel (workspace, self->words[0]);
  HearthValue *arguments;
  g_autoptr (HearthValue) answer = NULL;

  if (channel == NULL)
    return HEARTH_EXIT_USAGE;
  arguments = hearth_value_object ("channelId", hearth_value_string (text_of (channel, "id")),
                                   "model", self->model != NULL ? hearth_value_string (self->model) : NULL, NULL);
  answer = hearth_cli_perform (workspace, &hearth_operation_test_channel, arguments);
  return answer != NULL ? print_test (self, answer) : HEARTH_EXIT_FAILED;
}

static int
store_key (Command         *self,
           HearthWorkspace *workspace)
{
  g_autoptr (HearthValue) channel = find_channel (workspace, self->words[0]);
  g_autoptr (HearthValue) key = NULL;
  HearthValue *arguments;
  g_autoptr (HearthValue) answer = NULL;

  if (channel == NULL)
    return HEARTH_EXIT_USAGE;
  if (!is_set_up (channel))
    {
      hearth_cli_complain (_("“%s” takes no key: it needs no set-up."), text_of (channel, "label"));
      return HEARTH_EXIT_USAGE;
    }
  key = hearth_cli_read_secret (_("Key: "));
  if (key == NULL)
    return HEARTH_EXIT_USAGE;
  arguments = hearth_value_object ("channelId", hearth_value_string (text_of (channel, "id")),
                                   "apiKey", hearth_value_ref (key), NULL);
  answer = hearth_cli_perform (workspace, &hearth_operation_update_channel, arguments);
  return answer != NULL ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* --- words ------------------------------------------------------------------------------------------------- */

static gboolean
parse (Command    *self,
       int         argc,
       char      **argv,
       gboolean    names_channel,
       const char *summary)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Print the result as JSON"), NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model, N_("With test: ask this model for a few words"), N_("MODEL") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };

  return hearth_cli_parse_options (argc, argv, entries, names_channel ? _("CHANNEL") : NULL, summary, names_channel ? 1 : 0,
                                   &self->words);
}

int
hearth_cli_models (int    argc,
                   char **argv)
{
  g_auto (Command) self = { 0 };
  g_autoptr (HearthWorkspace) workspace = NULL;
  gboolean tests = argc > 1 && g_str_equal (argv[1], "test");
  gboolean stores = argc > 1 && g_str_equal (argv[1], "key");
  gboolean names_channel = tests || stores;
  const char *summary = tests ? _("Asks a service which models it has, or one of them for a few words.")
                        : stores
                            ? _("Reads a key from standard input and keeps it in the keyring for this channel.")
                            : _("Lists the services that are set up, and the chosen models. “models test CHANNEL” tries a service, "
                                "“models key CHANNEL” gives it a key.");

  if (names_channel)
    {
      argc--;
      argv++;
      argv[0] = tests ? (char *) "models test" : (char *) "models key";
    }
  if (!parse (&self, argc, argv, names_channel, summary))
    return HEARTH_EXIT_USAGE;
  workspace = hearth_workspace_new (self.data_dir);
  if (!hearth_cli_open (workspace))
    return HEARTH_EXIT_FAILED;
  if (tests)
    return test_channel (&self, workspace);
  return stores ? store_key (&self, workspace) : print_list (&self, workspace);
}

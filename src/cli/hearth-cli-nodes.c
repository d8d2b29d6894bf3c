/* hearth-cli-nodes.c: `hearthctl nodes`: the catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-definition-json.h"
#include "hearth-i18n.h"

/* Columns of a terminal, not bytes: a title may be Chinese. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
append_cell (GString    *out,
             const char *text,
             guint       width)
{
  g_string_append (out, text);
  for (guint used = measure (text); used < width + 2; used++)
    g_string_append_c (out, ' ');
}

static void
print_table (HearthCatalog *catalog)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint id_width = 0;
  guint title_width = 0;

  for (guint i = 0; i < hearth_catalog_get_size (catalog); i++)
    {
      HearthNodeType *type = hearth_catalog_at (catalog, i);

      id_width = MAX (id_width, measure (type->id));
      title_width = MAX (title_width, measure (type->title));
    }
  for (guint i = 0; i < hearth_catalog_get_size (catalog); i++)
    {
      HearthNodeType *type = hearth_catalog_at (catalog, i);

      append_cell (out, type->id, id_width);
      append_cell (out, type->title, title_width);
      g_string_append_printf (out, "%s\n", type->category_title);
    }
  hearth_cli_write (out->str, out->len);
}

int
hearth_cli_nodes (int    argc,
                  char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print the full definitions as JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthWorkspace) workspace = NULL;
  g_autoptr (HearthValue) definitions = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, NULL, _("Lists all types of nodes."), 0, NULL))
    return HEARTH_EXIT_USAGE;
  workspace = hearth_workspace_new (NULL);
  hearth_cli_load_plugins (workspace);
  if (!json)
    {
      print_table (hearth_workspace_get_catalog (workspace));
      return HEARTH_EXIT_OK;
    }
  definitions = hearth_catalog_to_json (hearth_workspace_get_catalog (workspace));
  return hearth_cli_write_value (definitions, FALSE) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

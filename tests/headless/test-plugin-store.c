/* test-plugin-store.c: packs on disk: manifests, nodes, states, settings, and hostile folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-plugin-file.h"
#include "hearth-plugin-manifest.h"
#include "hearth-plugin-store.h"
#include "temporary.h"

#define HEAD "name: a\ndisplayName: A\nversion: '1'\n"

static HearthValue *
load (Temporary *self)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (self->path);
  g_autoptr (GError) error = NULL;
  HearthValue *plugins = hearth_plugin_store_load (dir, &error);

  g_assert_no_error (error);
  return plugins;
}

static char *
print (HearthValue *object,
       const char  *key)
{
  HearthValue *value = hearth_value_get (object, key);

  return value != NULL ? hearth_json_print (value) : g_strdup ("-");
}

#define assert_member(object, key, expected)           \
  G_STMT_START                                         \
  {                                                    \
    g_autofree char *printed_ = print (object, key);   \
    g_assert_cmpstr (printed_, ==, expected);          \
  }                                                    \
  G_STMT_END

/* --- manifests ------------------------------------------------------------------------------ */

static void
test_manifest (void)
{
  static const struct
  {
    const char *text, *message; /* NULL: it is usable */
  } cases[] = {
    { HEAD, NULL },
    { HEAD "nodes: {entry: ./nodes}\nunknown: [1]", NULL },
    { HEAD "frontend: {type: vanilla, vanilla: {entry: index.js, styles: [a.css]}}", NULL },
    { "", "The file must begin with*" },
    { "[1]", "The file must begin with*" },
    { "name: a\nversion: '1'", "“displayName” is missing." },
    { "name: a\ndisplayName: A\nversion: 1.0", "Line 3: “version” must be text; put it in quotes." },
    { "name: a/b\ndisplayName: A\nversion: x", "Line 1: “name” must be letters*" },
    { "name: core\ndisplayName: A\nversion: x", "Line 1: “name” must be letters*" },
    { "name: ../x\ndisplayName: A\nversion: x", "Line 1: “name” must be letters*" },
    { HEAD "nodes: yes", "Line 4: “nodes” must be a mapping*" },
    { HEAD "nodes: {}", "“nodes.entry” is missing." },
    { HEAD "nodes:\n  entry: ../x", "Line 5: “nodes.entry” must be a path inside*" },
    { HEAD "nodes:\n  entry: /etc", "Line 5: “nodes.entry” must be a path inside*" },
    { HEAD "nodes:\n  entry: a\\b", "Line 5: “nodes.entry” must be a path inside*" },
    { HEAD "nodes:\n  entry: a/.git/b", "Line 5: “nodes.entry” must be a path inside*" },
    { HEAD "frontend: {type: other}", "Line 4: “frontend.type” must be vite or vanilla." },
    { HEAD "frontend: {type: vite, build: {entry: a.js}}", "“frontend.build.outputDir” is missing." },
    { HEAD "frontend: {type: vite, build: {entry: a.js, outputDir: d, styles: [../x]}}", "Line 4: “frontend.build.styles” must*" },
    { HEAD "configOptions: {}", "Line 4: “configOptions” must be a list." },
    { HEAD "configOptions:\n  - key: a\n    type: string", "“configOptions[[]0].label” is missing." },
    { HEAD "configOptions:\n  - key: a\n    type: string\n    label: 3", "Line 7: “configOptions[[]0].label” must be text*" },
    { HEAD "permissions: {network: maybe}", "Line 4: “permissions.network” must be true or false." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) manifest = hearth_plugin_manifest_parse (cases[i].text, strlen (cases[i].text), &error);

      if (cases[i].message == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (manifest);
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
      if (strchr (cases[i].message, '[') == NULL && !g_pattern_match_simple (cases[i].message, error->message))
        g_error ("%s: %s", cases[i].text, error->message);
      else if (strchr (cases[i].message, '[') != NULL)
        g_assert_nonnull (strstr (error->message, "configOptions[0].label"));
    }
}

/* --- loading ---------------------------------------------------------------------------------- */

static void
test_load (Temporary    *self,
           gconstpointer data)
{
  g_autoptr (HearthValue) plugins = NULL;
  HearthValue *plugin, *nodes;

  temporary_put (self->path, "plugins/one/plugin.yaml",
                 "name: first\ndisplayName: First\nversion: '1'\nnodes: {entry: nodes}\n"
                 "configOptions: [{key: k, type: string, label: K, defaultValue: d}, {key: m, type: number, label: M, defaultValue: 2}]");
  temporary_put (self->path, "plugins/one/nodes/b.json", "{\"type\": \"B\", \"behavior\": {\"workflow\": \"flows/b.json\"}}");
  temporary_put (self->path, "plugins/one/nodes/a.json", "{\"type\": \"A\"}");
  temporary_put (self->path, "plugins/one/nodes/bad.json", "{");
  temporary_put (self->path, "plugins/one/nodes/lost.json", "{\"type\": \"L\", \"behavior\": {\"workflow\": \"none.json\"}}");
  temporary_put (self->path, "plugins/one/nodes/readme.txt", "no node");
  temporary_put (self->path, "plugins/one/flows/b.json", "{\"nodes\": []}");
  temporary_put (self->path, "plugins/off/plugin.yaml", "name: off\ndisplayName: O\nversion: '1'\nnodes: {entry: nodes}");
  temporary_put (self->path, "plugins/off/nodes/a.json", "{\"type\": \"A\"}");
  temporary_put (self->path, "plugins/twin/plugin.yaml", "name: off\ndisplayName: Twin\nversion: '1'");
  temporary_put (self->path, "plugins/broken/plugin.yaml", "name: [");
  temporary_put (self->path, "plugins/none/readme.md", "no pack");
  temporary_put (self->path, "plugins/.hidden/plugin.yaml", HEAD);
  temporary_put (self->path, "more/own/plugin.yaml", "name: own\ndisplayName: Own\nversion: '1'");
  temporary_put (self->path, "config.json", "{\"customPluginsPaths\": [\"more\", 7, \"missing\"]}");
  temporary_put (self->path, "config/plugin_states.json", "{\"off\": {\"enabled\": false}, \"one\": {\"allowPrograms\": true}}");
  temporary_put (self->path, "config/extensions/first.json", "{\"k\": \"instance\", \"x\": 1}");
  temporary_put (self->path, "userData/default_user/settings/extensions/first.json", "{\"x\": 3}");

  plugins = load (self);
  g_assert_cmpuint (hearth_value_get_length (plugins), ==, 5);
  plugin = hearth_plugin_store_find (plugins, "one");
  g_assert_true (plugin == hearth_plugin_store_find (plugins, "first"));
  assert_member (plugin, "enabled", "true");
  assert_member (plugin, "allowPrograms", "true");
  assert_member (plugin, "allowNetwork", "false");
  assert_member (plugin, "settings", "{\"k\":\"instance\",\"m\":2,\"x\":3}");
  nodes = hearth_value_get (plugin, "nodes");
  g_assert_cmpuint (hearth_value_get_length (nodes), ==, 2);
  assert_member (hearth_value_at (nodes, 0), "file", "\"nodes/a.json\"");
  assert_member (hearth_value_at (nodes, 1), "workflow", "{\"nodes\":[]}");
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (plugin, "problems")), ==, 2);

  plugin = hearth_plugin_store_find (plugins, "off");
  assert_member (plugin, "enabled", "false");
  assert_member (plugin, "nodes", "[]");
  assert_member (plugin, "allowPrograms", "false");
  plugin = hearth_plugin_store_find (plugins, "twin");
  assert_member (plugin, "enabled", "false");
  assert_member (plugin, "problems", "[\"plugin.yaml: Another pack is called “off”, too. Change the name of one.\"]");
  plugin = hearth_plugin_store_find (plugins, "broken");
  assert_member (plugin, "manifest", "-");
  assert_member (hearth_plugin_store_find (plugins, "own"), "enabled", "true");
  g_assert_null (hearth_plugin_store_find (plugins, "none"));
}

static void
test_states (Temporary    *self,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (self->path);
  g_autoptr (HearthValue) off = hearth_value_object ("enabled", hearth_value_boolean (FALSE), NULL);
  g_autoptr (HearthValue) allow = hearth_value_object ("allowPrograms", hearth_value_boolean (TRUE), NULL);
  g_autoptr (HearthValue) settings = hearth_json_parse ("{\"k\": [1]}", -1, NULL);
  g_autoptr (HearthValue) read = NULL;
  g_autoptr (HearthValue) plugins = NULL;
  g_autoptr (GError) error = NULL;

  temporary_put (self->path, "plugins/one/plugin.yaml", HEAD);
  temporary_put (self->path, "config/plugin_states.json", "{\"other\": {\"enabled\": true, \"kept\": 1}}");
  g_assert_true (hearth_plugin_store_write_state (dir, "one", off, &error));
  g_assert_true (hearth_plugin_store_write_state (dir, "one", allow, &error));
  g_assert_true (hearth_plugin_store_write_settings (dir, "a", settings, &error));
  plugins = load (self);
  assert_member (hearth_value_at (plugins, 0), "enabled", "false");
  assert_member (hearth_value_at (plugins, 0), "allowPrograms", "true");
  assert_member (hearth_value_at (plugins, 0), "settings", "{\"k\":[1]}");
  read = hearth_plugin_store_read_settings (dir, "none", &error);
  g_assert_cmpuint (hearth_value_get_length (read), ==, 0);

  /* Damaged states are no reason to switch everything on. */
  temporary_put (self->path, "config/plugin_states.json", "{");
  g_assert_null (hearth_plugin_store_load (dir, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
}

/* --- files ------------------------------------------------------------------------------------- */

static int
try_read (Temporary  *self,
          const char *relative)
{
  g_autofree char *folder = g_build_filename (self->path, "pack", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hearth_plugin_file_read (folder, relative, 16, &error);

  g_assert_true ((bytes == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == HEARTH_STORE_ERROR);
  return error != NULL ? error->code : -1;
}

static void
test_files (Temporary    *self,
            gconstpointer data)
{
  static const char *const outside[] = { "../secret", "web/../../secret", "/etc/passwd", "web\\..\\secret", ".env",
                                         "web/.git/config", "link", "folder-link/secret", "", ".", "web/./a", "web//a" };
  g_autofree char *link = g_build_filename (self->path, "pack", "link", NULL);
  g_autofree char *folder_link = g_build_filename (self->path, "pack", "folder-link", NULL);
  g_autofree char *inner_link = g_build_filename (self->path, "pack", "inner-link", NULL);
  g_autofree char *fifo = g_build_filename (self->path, "pack", "fifo", NULL);

  temporary_put (self->path, "secret", "s");
  temporary_put (self->path, "pack/.env", "s");
  temporary_put (self->path, "pack/web/a", "inside");
  temporary_put (self->path, "pack/web/large", "more than sixteen bytes");
  g_assert_cmpint (symlink ("../secret", link), ==, 0);
  g_assert_cmpint (symlink (self->path, folder_link), ==, 0);
  g_assert_cmpint (symlink ("web/a", inner_link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);

  g_assert_cmpint (try_read (self, "web/a"), ==, -1);
  g_assert_cmpint (try_read (self, "./web/a"), ==, -1);
  g_assert_cmpint (try_read (self, "inner-link"), ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_cmpint (try_read (self, outside[i]), ==, HEARTH_STORE_ERROR_NAME);
  g_assert_cmpint (try_read (self, "web/none"), ==, HEARTH_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (try_read (self, "web"), ==, HEARTH_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (try_read (self, "web/large"), ==, HEARTH_STORE_ERROR_INVALID);
  g_assert_cmpint (try_read (self, "fifo"), ==, HEARTH_STORE_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin-store/manifest", test_manifest);
  TEMPORARY_TEST ("/plugin-store/load", test_load);
  TEMPORARY_TEST ("/plugin-store/states", test_states);
  TEMPORARY_TEST ("/plugin-store/files", test_files);
  return g_test_run ();
}

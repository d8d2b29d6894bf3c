/* test-names.c: from names people give to names of files (storage.md 5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-data-dir.h"

static void
test_sanitize (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } cases[] = {
    { "My Proj: 一", "My Proj_ 一" },
    { "///", "___" },
    { "..", "_" },
    { ".", "_" },
    { "   ", "_" },
    { "Name. ", "Name_" },
    { "Name...", "Name_" },
    { "CON.txt", "_" },
    { "con", "_" },
    { "Com7.tar.gz", "_" },
    { "com", "com" },
    { "console", "console" },
    { "lpt0", "_" },
    { "50%", "50%" },
    { ".hidden", ".hidden" },
    { "a\tb\nc", "a_b_c" },
    { "a\x7f" "b", "a\x7f" "b" },
    { "a\xc2\x85" "b", "a_b" },
    { "a/b\\c?d<e>f:g*h|i\"j", "a_b_c_d_e_f_g_h_i_j" },
    { "../../etc/passwd", ".._.._etc_passwd" },
    { "it's #1", "it's #1" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = hearth_name_sanitize (cases[i].name);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_sanitize_length (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *cut = NULL;
  g_autofree char *broken = hearth_name_sanitize ("a\xff" "b");

  for (guint i = 0; i < 100; i++)
    g_string_append (name, "一二三");
  cut = hearth_name_sanitize (name->str);
  g_assert_cmpuint (strlen (cut), ==, 255);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  g_string_insert_c (name, 0, 'x');
  g_free (cut);
  cut = hearth_name_sanitize (name->str);
  g_assert_cmpuint (strlen (cut), ==, 253);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

static void
test_workflow_file (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } cases[] = {
    { "Flow: One__x", "Flow_ One_x.json" },
    { "", "untitled.json" },
    { NULL, "untitled.json" },
    { "__a__", "a.json" },
    { "a:b", "a_b.json" },
    { "a?b", "a_b.json" },
    { "分组_a1b2c3", "分组_a1b2c3.json" },
    { "x.json", "x.json.json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = hearth_name_to_workflow_file (cases[i].name);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_workflow_file_nothing_left (void)
{
  static const char *const names[] = { "///", "..", "   ", "CON" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *got = hearth_name_to_workflow_file (names[i]);

      g_assert_true (g_regex_match_simple ("^CT_workflow_[0-9]{8}_[0-9]{6}\\.json$", got, 0, 0));
    }
}

static void
test_workflow_file_length (void)
{
  g_autofree char *ascii = g_strnfill (240, 'a');
  g_autofree char *ascii_file = hearth_name_to_workflow_file (ascii);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *wide_file = NULL;

  g_assert_cmpuint (strlen (ascii_file), ==, 205);
  for (guint i = 0; i < 100; i++)
    g_string_append (wide, "一");
  wide_file = hearth_name_to_workflow_file (wide->str);
  g_assert_cmpuint (strlen (wide_file), <=, 255);
  g_assert_true (g_str_has_suffix (wide_file, "一.json"));
}

static void
test_project_id (void)
{
  g_autofree char *plain = hearth_name_to_project_id ("My Proj: 一");
  g_autofree char *dots = hearth_name_to_project_id ("..");

  g_assert_cmpstr (plain, ==, "My Proj_ 一");
  g_assert_cmpstr (dots, ==, "_");
  g_assert_null (hearth_name_to_project_id (""));
  g_assert_null (hearth_name_to_project_id (NULL));
}

/* Whatever the id, the path stays below the projects. */
static void
test_paths_stay_inside (void)
{
  static const char *const ids[] = { "../x", "..", "/etc", "a/../../b", "..\\x", "." };
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new ("/data");

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = hearth_data_dir_dup_project (dir, ids[i]);
      g_autofree char *canonical = g_canonicalize_filename (path, NULL);
      g_autofree char *parent = g_path_get_dirname (canonical);

      g_assert_cmpstr (parent, ==, "/data/userData/default_user/projects");
    }
  g_assert_null (hearth_data_dir_dup_project (dir, ""));
}

static void
test_root (void)
{
  g_autoptr (HearthDataDir) named = hearth_data_dir_new ("/a/b/../c");
  g_autoptr (HearthDataDir) from_environment = NULL;
  g_autoptr (HearthDataDir) usual = NULL;
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "hearth", NULL);

  g_assert_cmpstr (hearth_data_dir_get_root (named), ==, "/a/c");
  g_setenv ("HEARTH_DATA_DIR", "/from/environment", TRUE);
  from_environment = hearth_data_dir_new (NULL);
  g_assert_cmpstr (hearth_data_dir_get_root (from_environment), ==, "/from/environment");
  g_unsetenv ("HEARTH_DATA_DIR");
  usual = hearth_data_dir_new (NULL);
  g_assert_cmpstr (hearth_data_dir_get_root (usual), ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/sanitize", test_sanitize);
  g_test_add_func ("/names/sanitize-length", test_sanitize_length);
  g_test_add_func ("/names/workflow-file", test_workflow_file);
  g_test_add_func ("/names/workflow-file-nothing-left", test_workflow_file_nothing_left);
  g_test_add_func ("/names/workflow-file-length", test_workflow_file_length);
  g_test_add_func ("/names/project-id", test_project_id);
  g_test_add_func ("/names/paths-stay-inside", test_paths_stay_inside);
  g_test_add_func ("/names/root", test_root);
  return g_test_run ();
}

/* test-stored-files.c: the user's files as nodes read them, and what they are like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <unistd.h>

#include "hearth-stored-files.h"
#include "hearth-workspace-private.h"
#include "workspaces.h"

static char *
read_file (Fixture         *self,
           const char      *path,
           const char      *project,
           HearthFileForms  forms)
{
  g_autoptr (HearthFiles) files = _hearth_stored_files_new (self->workspace->live);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (GError) error = NULL;

  hearth_files_read_async (files, path, project, forms, NULL, await_cb, &result);
  AWAIT (result != NULL);
  value = hearth_files_read_finish (files, result, &error);
  g_assert_true ((value == NULL) == (error != NULL));
  return value != NULL ? hearth_json_print (value) : g_strconcat ("error: ", error->message, NULL);
}

static void
put_bytes (Fixture    *self,
           const char *place,
           const char *source)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "data", "library", source, NULL);
  g_autofree char *to = g_build_filename (self->base.path, place, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

/* @says: all of the JSON, or with "error" first a part of the sentence */
typedef struct
{
  const char     *path;
  const char     *project;
  HearthFileForms forms;
  const char     *says;
} Case;

static const Case cases[] = {
  { "shared://library/a.json", NULL, 0, "{\"z\":1,\"a\":123456789012345678901234567890}" },
  { "shared://library/x/../a.json", NULL, 0, "{\"z\":1,\"a\":123456789012345678901234567890}" },
  { "shared://library/marked.json", NULL, 0, "[]" },
  { "shared://library/b.yaml", NULL, HEARTH_FILE_YAML, "{\"a\":[1,\"b\"]}" },
  { "shared://library/b.yaml", NULL, 0, "error Line 1" },
  { "user://mine.json", NULL, 0, "\"mine\"" },
  { "project://notes/own.json", "P", 0, "\"own\"" },
  { "project://notes/own.json", NULL, 0, "error outside of any" },
  { "shared://library/link.json", NULL, 0, "error link.json" },
  { "shared://library/../../secret.json", NULL, 0, "error secret.json" },
  { "shared://library/none.json", NULL, 0, "error none.json" },
  { "shared://library", NULL, 0, "error library" },
  { "system://config/x.json", NULL, 0, "error not open" },
  { "/etc/passwd", NULL, 0, "error /etc/passwd" },
  { "shared://library/mira.png", NULL, 0, "error is a picture" },
  { "shared://library/plain.png", NULL, HEARTH_FILE_CARD, "error without a character card" },
  { "shared://library/cut.png", NULL, HEARTH_FILE_CARD, "error no whole PNG" },
};

static void
put_all (Fixture *self)
{
  g_autofree char *link = g_build_filename (self->base.path, "library", "link.json", NULL);

  temporary_put (self->base.path, "secret.json", "\"secret\"");
  temporary_put (self->base.path, "library/a.json", "{\"z\":1,\"a\":123456789012345678901234567890}");
  temporary_put (self->base.path, "library/marked.json", "\xef\xbb\xbf[]");
  temporary_put (self->base.path, "library/b.yaml", "a: [1, b]\n");
  temporary_put (self->base.path, "library/cut.png", "\x89PNG\r\n\x1a\n");
  temporary_put (self->base.path, "userData/default_user/mine.json", "\"mine\"");
  temporary_put (self->base.path, "userData/default_user/projects/P/notes/own.json", "\"own\"");
  put_bytes (self, "library/mira.png", "mira.png");
  put_bytes (self, "library/plain.png", "plain.png");
  g_assert_cmpint (symlink ("../secret.json", link), ==, 0);
}

static void
test_read (Fixture      *self,
           gconstpointer data)
{
  put_all (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = read_file (self, cases[i].path, cases[i].project, cases[i].forms);

      g_test_message ("%s: %s", cases[i].path, got);
      if (!g_str_has_prefix (cases[i].says, "error "))
        g_assert_cmpstr (got, ==, cases[i].says);
      else
        g_assert_true (g_str_has_prefix (got, "error: ") && strstr (got, cases[i].says + strlen ("error ")) != NULL);
    }
}

/* Nothing of a card is lost on the way through a picture. */
static void
test_card (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *picture = NULL;
  g_autofree char *text = NULL;

  put_all (self);
  put_bytes (self, "library/mira.json", "mira.json");
  picture = read_file (self, "shared://library/mira.png", NULL, HEARTH_FILE_CARD);
  text = read_file (self, "shared://library/mira.json", NULL, HEARTH_FILE_CARD);
  g_assert_cmpstr (picture, ==, text);
  g_assert_nonnull (strstr (picture, "\"kept\":true"));
}

/* --- what they are like ------------------------------------------------------------------------------ */

static char *
look (Fixture    *self,
      const char *path,
      const char *project)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) states = NULL;
  g_autoptr (GError) error = NULL;

  _hearth_stored_files_look (self->workspace, paths, project, await_cb, &result);
  AWAIT (result != NULL);
  states = hearth_workspace_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  return g_strdup (hearth_value_get_member_string (states, path, "nothing"));
}

static void
test_states (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *none = look (self, "shared://library/s.json", NULL);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *of_project = look (self, "project://s.json", NULL);
  g_autofree char *odd = look (self, "no path", NULL);

  g_assert_cmpstr (none, ==, "none");
  g_assert_cmpstr (odd, ==, "none");
  g_assert_cmpstr (of_project, ==, "nothing");
  temporary_put (self->base.path, "library/s.json", "1");
  first = look (self, "shared://library/s.json", NULL);
  again = look (self, "shared://library/x/../s.json", NULL);
  g_assert_cmpstr (first, !=, "none");
  g_assert_cmpstr (first, ==, again);
  temporary_put (self->base.path, "library/s.json", "22");
  other = look (self, "shared://library/s.json", NULL);
  g_assert_cmpstr (other, !=, first);
}

#define ADD(name, func) g_test_add ("/stored-files/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("read", test_read);
  ADD ("card", test_card);
  ADD ("states", test_states);
  return g_test_run ();
}

/* test-avatar.c: the picture of a user: what is taken for one, and where it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-avatar.h"
#include "temporary.h"

#define REST "0123456789abcdef"

static char *
store (Temporary  *fixture,
       const char *data,
       gsize       length,
       GError    **error)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autofree char *path = g_build_filename (fixture->path, "upload.exe", NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return hearth_avatar_store (dir, HEARTH_DEFAULT_USER, path, error);
}

static guint
count_avatars (Temporary *fixture)
{
  g_autofree char *directory = g_build_filename (fixture->path, "public", "avatars", NULL);
  g_autoptr (GDir) open = g_dir_open (directory, 0, NULL);
  guint count = 0;

  while (open != NULL && g_dir_read_name (open) != NULL)
    count++;
  return count;
}

static void
test_formats (Temporary    *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *content;
    gsize length;
    const char *url;
  } pictures[] = {
#define PICTURE(start, url) { start REST, sizeof start - 1 + sizeof REST - 1, url }
    PICTURE ("\xff\xd8\xff", "/avatars/default_user.jpg"),
    PICTURE ("\x89PNG\r\n\x1a\n", "/avatars/default_user.png"),
    PICTURE ("GIF89a", "/avatars/default_user.gif"),
    PICTURE ("RIFF\x10\0\0\0WEBP", "/avatars/default_user.webp"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = store (fixture, pictures[i].content, pictures[i].length, &error);
      g_autofree char *path = g_build_filename (fixture->path, "public", url, NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_no_error (error);
      g_assert_cmpstr (url, ==, pictures[i].url);
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_assert_cmpmem (content, length, pictures[i].content, pictures[i].length);
      g_assert_cmpuint (count_avatars (fixture), ==, 1);
    }
}

static void
assert_refused (Temporary  *fixture,
                const char *content,
                gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (store (fixture, content, length, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
}

static void
test_refused (Temporary    *fixture,
              gconstpointer data)
{
  g_autofree char *large = g_malloc0 (HEARTH_MAX_AVATAR_BYTES + 1);
  g_autofree char *url = NULL;

  memcpy (large, "GIF89a", 6);
  assert_refused (fixture, "", 0);
  assert_refused (fixture, "GIF89a", 6);
  assert_refused (fixture, "<svg xmlns='http://www.w3.org/2000/svg'/>", 41);
  assert_refused (fixture, "<script>alert(1)</script>", 25);
  assert_refused (fixture, "RIFF\x10\0\0\0WAVEfmt 0123", 20);
  assert_refused (fixture, large, HEARTH_MAX_AVATAR_BYTES + 1);
  g_assert_cmpuint (count_avatars (fixture), ==, 0);
  url = store (fixture, large, HEARTH_MAX_AVATAR_BYTES, NULL);
  g_assert_nonnull (url);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEMPORARY_TEST ("/avatar/formats", test_formats);
  TEMPORARY_TEST ("/avatar/refused", test_refused);

  return g_test_run ();
}

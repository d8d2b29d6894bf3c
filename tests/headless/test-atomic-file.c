/* test-atomic-file.c: a saved file is always whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-data-dir.h"
#include "temporary.h"

static void
save (const char *path,
      const char *text)
{
  g_autoptr (GError) error = NULL;

  hearth_file_write_atomically (path, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static guint
count_entries (const char *directory)
{
  g_autoptr (GDir) open = g_dir_open (directory, 0, NULL);
  guint n = 0;

  g_assert_nonnull (open);
  while (g_dir_read_name (open) != NULL)
    n++;
  return n;
}

static void
test_previous (Temporary    *fixture,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "a.json", NULL);
  g_autofree char *previous = g_build_filename (fixture->path, ".previous", "a.json", NULL);

  save (path, "one");
  assert_content (path, "one");
  g_assert_false (g_file_test (previous, G_FILE_TEST_EXISTS));
  save (path, "two");
  assert_content (path, "two");
  assert_content (previous, "one");
  save (path, "three");
  assert_content (path, "three");
  assert_content (previous, "two");
  g_assert_cmpuint (count_entries (fixture->path), ==, 2);
}

static void
test_long_name (Temporary    *fixture,
                gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *path = g_build_filename (fixture->path, name, NULL);

  save (path, "one");
  save (path, "two");
  assert_content (path, "two");
}

static void
test_keeps_mode (Temporary    *fixture,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "secret", NULL);
  struct stat info;

  save (path, "one");
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  save (path, "two");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
}

static void
test_follows_link (Temporary    *fixture,
                   gconstpointer data)
{
  g_autofree char *real = g_build_filename (fixture->path, "real", NULL);
  g_autofree char *link = g_build_filename (fixture->path, "link", NULL);

  save (real, "one");
  g_assert_cmpint (symlink (real, link), ==, 0);
  save (link, "two");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_content (real, "two");
}

/* --- when the disk refuses --------------------------------------------------------------- */

static void
assert_refused (const char *path,
                const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hearth_file_write_atomically (path, text, length, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_rename_fails (Temporary    *fixture,
                   gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "folder", NULL);
  g_autofree char *inner = g_build_filename (path, "file", NULL);

  g_assert_cmpint (g_mkdir (path, 0777), ==, 0);
  save (inner, "one");
  g_test_expect_message ("hearth-store", G_LOG_LEVEL_WARNING, "*cannot be kept*");
  assert_refused (path, "two", 3);
  g_test_assert_expected_messages ();
  assert_content (inner, "one");
  /* The folder and, empty, .previous: no temporary file. */
  g_assert_cmpuint (count_entries (fixture->path), ==, 2);
}

static void
test_disk_full (Temporary    *fixture,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "a.json", NULL);
  g_autofree char *large = g_strnfill (1 << 20, 'x');
  struct rlimit old, small;

  save (path, "one");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 65536;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_refused (path, large, 1 << 20);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  assert_content (path, "one");
  g_assert_cmpuint (count_entries (fixture->path), ==, 1);
}

static void
test_read_only (Temporary    *fixture,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "a.json", NULL);

  if (geteuid () == 0)
    {
      g_test_skip ("a folder cannot be closed to root");
      return;
    }
  save (path, "one");
  g_assert_cmpint (chmod (fixture->path, 0500), ==, 0);
  assert_refused (path, "two", 3);
  g_assert_cmpint (chmod (fixture->path, 0700), ==, 0);
  assert_content (path, "one");
}

static void
test_no_folder (Temporary    *fixture,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "nowhere", "a.json", NULL);

  assert_refused (path, "one", 3);
}

/* --- when we are killed ---------------------------------------------------------------------- */

#define N_KILLS 40
#define SIZE (256 * 1024)

static G_GNUC_NORETURN void
write_for_ever (const char *path)
{
  g_autofree char *text = g_malloc (SIZE);

  for (guint i = 0;; i++)
    {
      memset (text, 'a' + (int) (i % 26), SIZE);
      if (!hearth_file_write_atomically (path, text, SIZE, NULL))
        _exit (1);
    }
}

/* All of one letter, and all of it. */
static void
assert_whole (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, SIZE);
  for (gsize i = 1; i < length; i++)
    if (text[i] != text[0])
      g_error ("byte %" G_GSIZE_FORMAT " is of another version", i);
}

static void
test_killed (Temporary    *fixture,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "a.json", NULL);
  g_autofree char *previous = g_build_filename (fixture->path, ".previous", "a.json", NULL);
  g_autofree char *first = g_strnfill (SIZE, 'z');

  save (path, first);
  for (guint i = 0; i < N_KILLS; i++)
    {
      pid_t child = fork ();
      int status;

      if (child == 0)
        write_for_ever (path);
      g_usleep ((gulong) g_test_rand_int_range (500, 12000));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      assert_whole (path);
    }
  assert_whole (previous);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEMPORARY_TEST ("/atomic-file/previous", test_previous);
  TEMPORARY_TEST ("/atomic-file/long-name", test_long_name);
  TEMPORARY_TEST ("/atomic-file/keeps-mode", test_keeps_mode);
  TEMPORARY_TEST ("/atomic-file/follows-link", test_follows_link);
  TEMPORARY_TEST ("/atomic-file/rename-fails", test_rename_fails);
  TEMPORARY_TEST ("/atomic-file/disk-full", test_disk_full);
  TEMPORARY_TEST ("/atomic-file/read-only", test_read_only);
  TEMPORARY_TEST ("/atomic-file/no-folder", test_no_folder);
  TEMPORARY_TEST ("/atomic-file/killed", test_killed);
  return g_test_run ();
}

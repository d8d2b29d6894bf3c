/* temporary.h: a fixture that is a folder of its own, gone after the test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gstdio.h>

typedef struct
{
  char *path;
} Temporary;

static inline void
temporary_remove (const char *path)
{
  g_autoptr (GDir) open = g_dir_open (path, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        temporary_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static inline void
temporary_set_up (Temporary    *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("hearth-test-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
temporary_tear_down (Temporary    *self,
                     gconstpointer data)
{
  temporary_remove (self->path);
  g_free (self->path);
}

/* A file below @root, and the folders above it. */
static inline void
temporary_put (const char *root,
               const char *place,
               const char *text)
{
  g_autofree char *path = g_build_filename (root, place, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

#define TEMPORARY_TEST(name, function) \
  g_test_add (name, Temporary, NULL, temporary_set_up, function, temporary_tear_down)

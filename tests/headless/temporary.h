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

#define TEMPORARY_TEST(name, function) \
  g_test_add (name, Temporary, NULL, temporary_set_up, function, temporary_tear_down)

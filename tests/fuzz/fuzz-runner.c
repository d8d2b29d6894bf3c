/* fuzz-runner.c: a fuzz target as a test, where there is no libFuzzer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz-<name> FILE-OR-DIRECTORY… runs each file, and then damaged copies of them in turn, always the
 * same ones. HEARTH_FUZZ_ROUNDS sets how many (FUZZ_ROUNDS comes from tests/meson.build);
 * HEARTH_FUZZ_SEED chooses others.
 */

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define MAX_GROWTH 64

static guint64
get_number (const char *variable,
            guint64     fallback)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : fallback;
}

/* The target gets exactly the bytes, so that a sanitizer sees a look beyond them. */
static void
run_once (const guint8 *bytes,
          gsize         length)
{
  g_autofree guint8 *copy = length > 0 ? g_memdup2 (bytes, length) : g_malloc (1);

  LLVMFuzzerTestOneInput (copy, length);
}

static gsize
pick (GRand *random,
      gsize  limit)
{
  return limit == 0 ? 0 : g_rand_int (random) % limit;
}

/* One change: another byte, another bit, a byte more, a piece less, a piece twice, a cut. */
static void
damage (GByteArray *bytes,
        GRand      *random)
{
  static const char interesting[] = "{}[]\",:\\/0123456789.eE+-utrfn \n\x00\x1f\x7f\x80\xc3\xe4\xed\xf0\xff";
  guint8 byte = (guint8) interesting[pick (random, sizeof interesting - 1)];
  gsize at = pick (random, bytes->len);
  gsize length = pick (random, MIN (bytes->len - at, MAX_GROWTH) + 1);
  g_autofree guint8 *piece = NULL;

  switch (bytes->len == 0 ? 2 : pick (random, 6))
    {
    case 0:
      bytes->data[at] = byte;
      break;
    case 1:
      bytes->data[at] ^= (guint8) (1 << pick (random, 8));
      break;
    case 2:
      g_byte_array_append (bytes, &byte, 1);
      memmove (bytes->data + at + 1, bytes->data + at, bytes->len - at - 1);
      bytes->data[at] = byte;
      break;
    case 3:
      g_byte_array_remove_range (bytes, (guint) at, (guint) length);
      break;
    case 4:
      piece = g_memdup2 (bytes->data + at, length);
      g_byte_array_append (bytes, piece, (guint) length);
      break;
    default:
      g_byte_array_set_size (bytes, (guint) at);
      break;
    }
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (text, length);
}

static void
add_path (GPtrArray  *files,
          const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  if (directory == NULL)
    g_ptr_array_add (files, read_file (path));
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      add_path (files, child);
    }
}

/* A folder's order is not the same everywhere. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_bytes_compare (*(gconstpointer *) a, *(gconstpointer *) b);
}

static void
run_damaged (GBytes *file,
             GRand  *random)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (file, &length);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize n_changes = 1 + pick (random, 6);

  g_byte_array_append (bytes, data, (guint) length);
  for (gsize i = 0; i < n_changes; i++)
    damage (bytes, random);
  run_once (bytes->data, bytes->len);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) get_number ("HEARTH_FUZZ_SEED", 1));
  guint64 n_rounds = get_number ("HEARTH_FUZZ_ROUNDS", FUZZ_ROUNDS);

  for (int i = 1; i < argc; i++)
    add_path (files, argv[i]);
  if (files->len == 0)
    {
      g_printerr ("Usage: %s FILE-OR-DIRECTORY…\n", argv[0]);
      return EXIT_FAILURE;
    }
  g_ptr_array_sort (files, compare);
  for (guint i = 0; i < files->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (files->pdata[i], &length);

      run_once (data, length);
    }
  for (guint64 round = 0; round < n_rounds; round++)
    run_damaged (files->pdata[round % files->len], random);
  g_print ("%u files and %" G_GUINT64_FORMAT " damaged copies: no mistake\n", files->len, n_rounds);
  return EXIT_SUCCESS;
}

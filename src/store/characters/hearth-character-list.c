/* hearth-character-list.c: puts pictures and JSON files together to characters (http-api.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-character-list.h"

#include <string.h>

#include "hearth-character-card.h"
#include "hearth-file-memory.h"
#include "hearth-store-private.h"

/* --- files ------------------------------------------------------------------------- */

static gpointer
ref_card (gpointer card)
{
  return hearth_value_ref (card);
}

static void
unref_card (gpointer card)
{
  hearth_value_unref (card);
}

/* A picture without a card, or with a damaged one, is shown all the same. */
static gpointer
parse_picture (const char *path,
               const char *name)
{
  g_autoptr (HearthValue) card = hearth_character_card_read_png_file (path, NULL);

  return card != NULL ? hearth_character_card_to_brief (card) : hearth_value_empty_object ();
}

static gpointer
parse_json (const char *path,
            const char *name)
{
  g_autoptr (HearthValue) card = hearth_store_read_json (path, HEARTH_MAX_STORED_BYTES, NULL);

  return hearth_value_is (card, OBJECT) ? hearth_character_card_to_brief (card) : NULL;
}

static HearthFileMemory pictures = { .parse = parse_picture, .ref = ref_card, .unref = unref_card };
static HearthFileMemory jsons = { .parse = parse_json, .ref = ref_card, .unref = unref_card };

/* --- rows ---------------------------------------------------------------------------- */

/* While a list is made: where to look for what a JSON file may belong to. */
typedef struct
{
  GPtrArray *rows;
  GHashTable *by_name;   /* name -> row, the first of each name */
  GHashTable *by_prefix; /* what stands before a dot in the picture's name -> row */
  GPtrArray *folded;     /* Folded, sorted */
} Making;

typedef struct
{
  char *text; /* the picture's name without letter case */
  const char *image_name;
} Folded;

static void
row_free (gpointer data)
{
  HearthCharacterRow *self = data;

  g_ptr_array_unref (self->files);
  g_free (self->image_name);
  g_free (self->stem);
  hearth_value_unref (self->card);
  g_free (self);
}

static void
folded_free (gpointer data)
{
  Folded *self = data;

  g_free (self->text);
  g_free (self);
}

static int
compare_folded (gconstpointer a,
                gconstpointer b)
{
  const Folded *const *left = a;
  const Folded *const *right = b;

  return strcmp ((*left)->text, (*right)->text);
}

static char *
dup_stem (const char *name)
{
  return g_strndup (name, (gsize) (strrchr (name, '.') - name));
}

static const char *
get_name (HearthCharacterRow *row)
{
  const char *name = hearth_character_card_get_text (row->card, "name");

  return *name != '\0' ? name : row->stem;
}

static void
index_row (Making             *making,
           HearthCharacterRow *row)
{
  const char *name = get_name (row);

  if (!g_hash_table_contains (making->by_name, name))
    g_hash_table_insert (making->by_name, g_strdup (name), row);
}

/* Takes @card. */
static HearthCharacterRow *
add_row (Making      *making,
         const char  *file,
         const char  *image_name,
         HearthValue *card)
{
  HearthCharacterRow *row = g_new0 (HearthCharacterRow, 1);

  row->files = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (row->files, g_strdup (file));
  row->image_name = g_strdup (image_name);
  row->stem = dup_stem (file);
  row->card = card;
  g_ptr_array_add (making->rows, row);
  index_row (making, row);
  return row;
}

static void
add_picture (Making      *making,
             const char  *name,
             HearthValue *card)
{
  HearthCharacterRow *row = add_row (making, name, name, card);
  Folded *folded = g_new0 (Folded, 1);

  folded->text = g_utf8_casefold (name, -1);
  folded->image_name = row->image_name;
  g_ptr_array_add (making->folded, folded);
  for (const char *dot = strchr (name, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    {
      g_autofree char *prefix = g_strndup (name, (gsize) (dot - name));

      if (!g_hash_table_contains (making->by_prefix, prefix))
        g_hash_table_insert (making->by_prefix, g_steal_pointer (&prefix), row);
    }
}

/* The first picture whose name begins with @name, whatever the letter case. */
static const char *
find_picture (Making     *making,
              const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  guint low = 0;
  guint high = making->folded->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      Folded *folded = g_ptr_array_index (making->folded, middle);

      if (strcmp (folded->text, wanted) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < making->folded->len)
    {
      Folded *folded = g_ptr_array_index (making->folded, low);

      return g_str_has_prefix (folded->text, wanted) ? folded->image_name : NULL;
    }
  return NULL;
}

/* Takes @card. */
static void
add_json (Making      *making,
          const char  *file,
          HearthValue *card)
{
  g_autoptr (HearthValue) over = card;
  g_autofree char *stem = dup_stem (file);
  const char *own_name = hearth_character_card_get_text (over, "name");
  const char *name = *own_name != '\0' ? own_name : stem;
  HearthCharacterRow *row = g_hash_table_lookup (making->by_name, name);
  HearthValue *merged;

  if (row == NULL)
    row = g_hash_table_lookup (making->by_prefix, stem);
  if (row == NULL)
    {
      add_row (making, file, find_picture (making, name), g_steal_pointer (&over));
      return;
    }
  merged = hearth_character_card_merge (row->card, over);
  hearth_value_unref (row->card);
  row->card = merged;
  g_ptr_array_add (row->files, g_strdup (file));
  index_row (making, row);
}

/* --- lists ----------------------------------------------------------------------------- */

static gboolean
add_files (Making           *making,
           const char       *directory,
           const char       *suffix,
           HearthFileMemory *memory,
           void            (*add) (Making *making, const char *name, HearthValue *card),
           GError          **error)
{
  g_autoptr (GPtrArray) names = _hearth_store_list_names (directory, suffix, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      HearthValue *card = _hearth_file_memory_look_at (memory, directory, g_ptr_array_index (names, i));

      if (card != NULL)
        add (making, g_ptr_array_index (names, i), card);
    }
  return names != NULL;
}

GPtrArray *
_hearth_character_list_read (const char *directory,
                             GError    **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (folded_free);
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) by_prefix = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Making making = { rows, by_name, by_prefix, folded };

  if (!add_files (&making, directory, ".png", &pictures, add_picture, error))
    return NULL;
  g_ptr_array_sort (folded, compare_folded);
  return add_files (&making, directory, ".json", &jsons, add_json, error) ? g_steal_pointer (&rows) : NULL;
}

HearthCharacterRow *
_hearth_character_list_find (GPtrArray  *rows,
                             const char *file_name,
                             guint      *index)
{
  for (guint i = 0; i < rows->len; i++)
    {
      HearthCharacterRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->files->len; j++)
        if (g_str_equal (g_ptr_array_index (row->files, j), file_name))
          {
            *index = i;
            return row;
          }
    }
  return NULL;
}

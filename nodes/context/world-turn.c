/* world-turn.c: one look through the world books, at the messages that there were at one time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-scan.h"

#include <string.h>

#define BYTES_PER_TOKEN 3 /* as in the estimate of what a question costs */

static WorldEntry *
get_entry (WorldTurn *self,
           guint      i)
{
  return g_ptr_array_index (self->scan->entries, i);
}

double
world_turn_draw (WorldTurn *self,
                 guint      number)
{
  guint64 x = self->seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * (number + 1);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (double) ((x ^ (x >> 31)) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

/* --- what an entry sees ------------------------------------------------------------------------------------ */

WorldView
world_turn_show (WorldTurn  *self,
                 WorldEntry *entry)
{
  const WorldBook *book = &self->scan->books[entry->book];
  gint64 depth = entry->scan_depth >= 0 ? entry->scan_depth : book->scan_depth;
  WorldView view = { .chat = self->scan->chat, .step = self->scan->step, .first = self->length, .end = self->length };

  /* More is looked through for those that do not say how much themselves. */
  if (entry->scan_depth < 0 && book->min_activations > 0)
    depth += self->skew;
  /* As in SillyTavern, who looks through no messages sees nothing else either. */
  if (depth <= 0)
    return view;
  view.first = depth >= (gint64) self->length ? 0 : self->length - (guint) depth;
  view.sights = entry->sights;
  if (self->look != WORLD_LOOK_FURTHER && self->recursed->len > 0)
    view.recursed = &self->recursed_text;
  return view;
}

static guint
count_found (GPtrArray           *keys,
             const WorldKeyStyle *style,
             WorldView           *view,
             guint                enough)
{
  guint n = 0;

  for (guint i = 0; i < keys->len && n < enough; i++)
    n += world_key_is_in (g_ptr_array_index (keys, i), style, view);
  return n;
}

static gboolean
has_secondary (const WorldEntry *entry,
               WorldView        *view)
{
  guint n;

  if (!entry->selective || entry->secondary->len == 0)
    return TRUE;
  n = count_found (entry->secondary, &entry->style, view, G_MAXUINT);
  switch (entry->logic)
    {
    case WORLD_NOT_ALL:
      return n < entry->secondary->len;
    case WORLD_NOT_ANY:
      return n == 0;
    case WORLD_AND_ALL:
      return n == entry->secondary->len;
    case WORLD_AND_ANY:
    default:
      return n > 0;
    }
}

static gboolean
is_called (WorldTurn  *self,
           WorldEntry *entry)
{
  g_auto (WorldView) view = world_turn_show (self, entry);

  if (entry->constant || entry->is_sticky)
    return TRUE;
  if (count_found (entry->keys, &entry->style, &view, 1) == 0 || !has_secondary (entry, &view))
    return FALSE;
  for (guint i = 0; i < entry->more_keys->len; i++)
    if (count_found (g_ptr_array_index (entry->more_keys, i), &entry->style, &view, 1) == 0)
      return FALSE;
  return count_found (entry->excluded_keys, &entry->style, &view, 1) == 0;
}

/* --- one round ----------------------------------------------------------------------------------------------- */

/* What stays from earlier messages waits for nothing. */
static gboolean
is_looked_at (WorldTurn  *self,
              WorldEntry *entry)
{
  const WorldBook *book = &self->scan->books[entry->book];

  if (entry->active || entry->refused || (book->max_rounds > 0 && self->round >= book->max_rounds))
    return FALSE;
  if (entry->is_sticky)
    return TRUE;
  if (entry->is_cooling)
    return FALSE;
  if (self->look != WORLD_LOOK_AGAIN)
    return entry->recursion_level == 0;
  /* As in SillyTavern, a new level is for all. */
  return entry->recursion_level <= self->level && (book->recursive ? !entry->excludes_recursion : self->is_opened);
}

static gint
compare_sticky (gconstpointer a,
                gconstpointer b)
{
  const WorldEntry *one = *(WorldEntry *const *) a;
  const WorldEntry *two = *(WorldEntry *const *) b;

  if (one->is_sticky != two->is_sticky)
    return one->is_sticky ? -1 : 1;
  return one->index < two->index ? -1 : 1;
}

static GPtrArray *
look (WorldTurn *self)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->scan->entries->len && !hearth_step_is_cancelled (self->scan->step); i++)
    if (is_looked_at (self, get_entry (self, i)) && is_called (self, get_entry (self, i)))
      g_ptr_array_add (found, get_entry (self, i));
  g_ptr_array_sort (found, compare_sticky);
  return found;
}

/* A book that is full stays so, but for what does not ask. */
static gboolean
fits (WorldTurn  *self,
      WorldEntry *entry)
{
  gint64 tokens = (gint64) strlen (entry->text) / BYTES_PER_TOKEN + 1;
  gint64 *left = &self->left[entry->book];

  if (*left < 0)
    return TRUE;
  if (!entry->ignores_budget && tokens > *left)
    {
      *left = 0;
      return FALSE;
    }
  *left = MAX (*left - tokens, 0);
  return TRUE;
}

static void
take_one (WorldTurn  *self,
          WorldEntry *entry)
{
  if (!entry->is_sticky && entry->probability < 100 && world_turn_draw (self, entry->index) * 100 >= entry->probability)
    {
      entry->refused = TRUE;
      return;
    }
  g_free (entry->text);
  entry->text = hearth_macros_expand (self->macros, entry->content);
  entry->active = fits (self, entry);
  entry->refused = !entry->active;
  entry->rank = self->n_active++;
}

/* What others are looked for in: what it says, with the keys that it does not say. */
static void
add_recursed (WorldTurn  *self,
              WorldEntry *entry)
{
  g_autoptr (HearthMacros) macros = NULL;
  g_autofree char *folded = g_ascii_strdown (entry->content, -1);
  g_autofree char *text = NULL;

  if (strstr (folded, "hidden_key") != NULL)
    {
      macros = hearth_macros_new_from (self->macros);
      hearth_macros_show_keys (macros);
      text = hearth_macros_expand (macros, entry->content);
    }
  g_string_append_printf (self->recursed, "%s\n", text != NULL ? text : entry->text);
}

/* FALSE: nothing came in that others may be looked for in. */
static gboolean
take (WorldTurn *self,
      GPtrArray *found)
{
  gboolean goes_on = FALSE;

  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);

      take_one (self, entry);
      if (!entry->active || entry->prevents_recursion)
        continue;
      goes_on = TRUE;
      add_recursed (self, entry);
    }
  return goes_on;
}

/* --- rounds ---------------------------------------------------------------------------------------------------- */

/* The lowest level above the one that there is; 0: none. */
static gint64
find_next_level (WorldTurn *self)
{
  gint64 next = 0;

  for (guint i = 0; i < self->scan->entries->len; i++)
    {
      gint64 level = get_entry (self, i)->recursion_level;

      if (level > self->level && (next == 0 || level < next))
        next = level;
    }
  return next;
}

static guint
count_active (WorldTurn *self,
              guint      book)
{
  guint n = 0;

  for (guint i = 0; i < self->scan->entries->len; i++)
    n += get_entry (self, i)->active && get_entry (self, i)->book == book;
  return n;
}

/* Does a book want more entries, and are there messages left that it may look through? One look more than that is
 * SillyTavern's way. */
static gboolean
wants_more (WorldTurn *self)
{
  for (guint i = 0; i < self->scan->n_books; i++)
    {
      const WorldBook *book = &self->scan->books[i];
      gint64 depth = book->scan_depth + self->skew;

      if (book->min_activations > 0 && depth <= (gint64) self->length
          && (book->min_activations_depth <= 0 || depth <= book->min_activations_depth)
          && count_active (self, i) < book->min_activations)
        return TRUE;
    }
  return FALSE;
}

static gboolean
some_recurse (WorldTurn *self)
{
  for (guint i = 0; i < self->scan->n_books; i++)
    if (self->scan->books[i].recursive)
      return TRUE;
  return FALSE;
}

/* What is to be looked at after a round that @goes_on or not. FALSE: nothing more. */
static gboolean
prepare_next (WorldTurn *self,
              gboolean   goes_on)
{
  gint64 level;

  self->is_opened = FALSE;
  if (some_recurse (self) && (goes_on || self->look == WORLD_LOOK_FURTHER))
    {
      self->look = WORLD_LOOK_AGAIN;
      return TRUE;
    }
  if (wants_more (self))
    {
      self->look = WORLD_LOOK_FURTHER;
      self->skew++;
      return TRUE;
    }
  level = find_next_level (self);
  if (level == 0)
    return FALSE;
  self->look = WORLD_LOOK_AGAIN;
  self->is_opened = TRUE;
  self->level = level;
  return TRUE;
}

static void
begin (WorldTurn *self)
{
  for (guint i = 0; i < self->scan->entries->len; i++)
    {
      WorldEntry *entry = get_entry (self, i);

      entry->active = FALSE;
      entry->refused = !world_may_come (self, entry);
    }
  self->left = g_new (gint64, self->scan->n_books);
  for (guint i = 0; i < self->scan->n_books; i++)
    self->left[i] = self->scan->books[i].budget;
  self->recursed = g_string_new (NULL);
  self->level = find_next_level (self);
}

static void
fold_recursed (WorldTurn *self)
{
  g_free (self->recursed_text.folded);
  self->recursed_text.raw = self->recursed->str;
  self->recursed_text.folded = g_utf8_strdown (self->recursed->str, -1);
}

gboolean
world_turn_run (WorldTurn *self)
{
  gboolean more = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);

  begin (self);
  for (; more && !hearth_step_is_cancelled (self->scan->step); self->round++)
    {
      g_autoptr (GPtrArray) found = look (self);

      world_settle_groups (self, found);
      more = prepare_next (self, take (self, found));
      fold_recursed (self);
    }
  g_free (self->recursed_text.folded);
  g_string_free (self->recursed, TRUE);
  g_free (self->left);
  return !hearth_step_is_cancelled (self->scan->step);
}

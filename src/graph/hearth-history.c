/* hearth-history.c: undo and redo of one graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-history.h"

#include "hearth-edit-private.h"

typedef struct
{
  HearthEdit *edit;
  char       *merge_key; /* or NULL */
  gint64      time;      /* of the last edit that joined */
} Entry;

struct _HearthHistory
{
  GObject parent_instance;

  HearthGraph *graph;   /* owned */
  GPtrArray   *entries; /* of Entry, owned */
  guint        position;
  int          saved; /* the position that lies on disk, -1: none can be reached */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthHistory, hearth_history, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  hearth_edit_free (entry->edit);
  g_free (entry->merge_key);
  g_free (entry);
}

static void
hearth_history_finalize (GObject *object)
{
  HearthHistory *self = HEARTH_HISTORY (object);

  g_ptr_array_unref (self->entries);
  g_clear_object (&self->graph);
  G_OBJECT_CLASS (hearth_history_parent_class)->finalize (object);
}

static void
hearth_history_class_init (HearthHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_history_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
hearth_history_init (HearthHistory *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

HearthHistory *
hearth_history_new (HearthGraph *graph)
{
  HearthHistory *self;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);

  self = g_object_new (HEARTH_TYPE_HISTORY, NULL);
  self->graph = g_object_ref (graph);
  return self;
}

static void
announce (HearthHistory *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
forget_undone (HearthHistory *self)
{
  if (self->saved > (int) self->position)
    self->saved = -1;
  g_ptr_array_set_size (self->entries, self->position);
}

/* A step that lies on disk is never added to, or the mark would say what is no longer true. */
static Entry *
find_mergeable (HearthHistory *self,
                const char    *merge_key,
                gint64         now)
{
  Entry *last;

  if (merge_key == NULL || self->position == 0 || self->saved == (int) self->position)
    return NULL;
  last = g_ptr_array_index (self->entries, self->position - 1);
  if (g_strcmp0 (last->merge_key, merge_key) != 0 || now - last->time > G_USEC_PER_SEC)
    return NULL;
  return last;
}

void
hearth_history_push (HearthHistory *self,
                     HearthEdit    *edit,
                     const char    *merge_key)
{
  gint64 now = g_get_monotonic_time ();
  Entry *entry;

  g_return_if_fail (HEARTH_IS_HISTORY (self));
  g_return_if_fail (edit != NULL && edit->graph == self->graph);

  if (hearth_edit_is_empty (edit))
    {
      hearth_edit_free (edit);
      return;
    }
  forget_undone (self);
  entry = find_mergeable (self, merge_key, now);
  if (entry != NULL)
    {
      _hearth_edit_absorb (entry->edit, edit);
      hearth_edit_free (edit);
    }
  else
    {
      entry = g_new0 (Entry, 1);
      entry->edit = edit;
      entry->merge_key = g_strdup (merge_key);
      g_ptr_array_add (self->entries, entry);
      self->position++;
    }
  entry->time = now;
  announce (self);
}

static void
step_back (HearthHistory *self)
{
  Entry *entry = g_ptr_array_index (self->entries, --self->position);
  g_autoptr (GPtrArray) inverse = _hearth_changes_invert (entry->edit->changes);

  /* What is typed after an undo is a step of its own. */
  g_clear_pointer (&entry->merge_key, g_free);
  hearth_graph_apply (self->graph, inverse);
}

static void
step_forward (HearthHistory *self)
{
  Entry *entry = g_ptr_array_index (self->entries, self->position++);

  g_clear_pointer (&entry->merge_key, g_free);
  hearth_graph_apply (self->graph, entry->edit->changes);
}

gboolean
hearth_history_undo (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), FALSE);

  if (self->position == 0)
    return FALSE;
  step_back (self);
  announce (self);
  return TRUE;
}

gboolean
hearth_history_redo (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), FALSE);

  if (self->position == self->entries->len)
    return FALSE;
  step_forward (self);
  announce (self);
  return TRUE;
}

void
hearth_history_go_to (HearthHistory *self,
                      guint          position)
{
  g_return_if_fail (HEARTH_IS_HISTORY (self));
  g_return_if_fail (position <= self->entries->len);

  if (position == self->position)
    return;
  while (self->position > position)
    step_back (self);
  while (self->position < position)
    step_forward (self);
  announce (self);
}

const char *
hearth_history_get_label (HearthHistory *self,
                          guint          index)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return ((Entry *) g_ptr_array_index (self->entries, index))->edit->label;
}

const char *
hearth_history_get_undo_label (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), NULL);

  return self->position > 0 ? hearth_history_get_label (self, self->position - 1) : NULL;
}

const char *
hearth_history_get_redo_label (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), NULL);

  return self->position < self->entries->len ? hearth_history_get_label (self, self->position) : NULL;
}

guint
hearth_history_get_length (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), 0);

  return self->entries->len;
}

guint
hearth_history_get_position (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), 0);

  return self->position;
}

void
hearth_history_mark_saved (HearthHistory *self)
{
  g_return_if_fail (HEARTH_IS_HISTORY (self));

  self->saved = (int) self->position;
  announce (self);
}

gboolean
hearth_history_is_saved (HearthHistory *self)
{
  g_return_val_if_fail (HEARTH_IS_HISTORY (self), TRUE);

  return self->saved == (int) self->position;
}

void
hearth_history_clear (HearthHistory *self)
{
  g_return_if_fail (HEARTH_IS_HISTORY (self));

  g_ptr_array_set_size (self->entries, 0);
  self->position = 0;
  self->saved = 0;
  announce (self);
}

/* hearth-problems.c: what is wrong with a document, looked up a moment after it was changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-problems.h"

/* Long enough not to complain in the middle of a word. */
#define DELAY_MS 350

struct _HearthProblems
{
  GObject         parent_instance;

  /* owned */
  HearthDocument *document;
  GPtrArray      *list; /* of HearthProblem */
  GCancellable   *cancellable;

  guint           timeout;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthProblems, hearth_problems, G_TYPE_OBJECT)

static void
groups_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (HearthProblems) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) groups =
    hearth_workspace_load_groups_finish (HEARTH_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Without the groups everything else can still be judged. */
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = hearth_workspace_check (HEARTH_WORKSPACE (source), hearth_document_get_graph (self->document), groups);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
check_cb (gpointer user_data)
{
  HearthProblems *self = user_data;

  self->timeout = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  hearth_workspace_load_groups (hearth_document_get_workspace (self->document),
                                hearth_document_get_graph (self->document),
                                hearth_document_get_project_id (self->document), NULL, self->cancellable,
                                groups_loaded_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
graph_changed_cb (HearthProblems *self)
{
  g_assert (HEARTH_IS_PROBLEMS (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DELAY_MS, check_cb, self);
}

static void
hearth_problems_dispose (GObject *object)
{
  HearthProblems *self = HEARTH_PROBLEMS (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document);
  g_clear_pointer (&self->list, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_problems_parent_class)->dispose (object);
}

static void
hearth_problems_class_init (HearthProblemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_problems_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
hearth_problems_init (HearthProblems *self)
{
}

HearthProblems *
hearth_problems_new (HearthDocument *document)
{
  HearthProblems *self;

  g_return_val_if_fail (HEARTH_IS_DOCUMENT (document), NULL);

  self = g_object_new (HEARTH_TYPE_PROBLEMS, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (hearth_document_get_graph (document), "changed", G_CALLBACK (graph_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hearth_document_get_workspace (document), "channels-changed", G_CALLBACK (graph_changed_cb), self,
                           G_CONNECT_SWAPPED);
  check_cb (self);
  return self;
}

GPtrArray *
hearth_problems_get_list (HearthProblems *self)
{
  g_return_val_if_fail (HEARTH_IS_PROBLEMS (self), NULL);

  return self->list;
}

guint
hearth_problems_get_n (HearthProblems *self)
{
  g_return_val_if_fail (HEARTH_IS_PROBLEMS (self), 0);

  return self->list != NULL ? self->list->len : 0;
}

HearthProblem *
hearth_problems_at (HearthProblems *self,
                    guint           index)
{
  g_return_val_if_fail (HEARTH_IS_PROBLEMS (self), NULL);
  g_return_val_if_fail (index < hearth_problems_get_n (self), NULL);

  return g_ptr_array_index (self->list, index);
}

/* hearth-document.c: a workflow that is open for editing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

#include "hearth-i18n.h"

GParamSpec *_hearth_document_properties[HEARTH_DOCUMENT_N_PROPS];
guint _hearth_document_signals[HEARTH_DOCUMENT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthDocument, hearth_document, G_TYPE_OBJECT)

static char *
make_title (HearthDocument *self)
{
  const char *name = hearth_graph_get_name (self->graph);

  return g_strdup (name != NULL && *name != '\0' ? name : _("Untitled workflow"));
}

void
_hearth_document_update (HearthDocument *self)
{
  gboolean modified = self->saving || self->mark_lied || !hearth_history_is_saved (self->history);
  g_autofree char *title = make_title (self);

  if (modified != self->modified)
    {
      self->modified = modified;
      g_object_notify_by_pspec (G_OBJECT (self), _hearth_document_properties[HEARTH_DOCUMENT_PROP_MODIFIED]);
    }
  if (g_strcmp0 (title, self->title) != 0)
    {
      g_free (self->title);
      self->title = g_steal_pointer (&title);
      g_object_notify_by_pspec (G_OBJECT (self), _hearth_document_properties[HEARTH_DOCUMENT_PROP_TITLE]);
    }
}

static void
hearth_document_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HearthDocument *self = HEARTH_DOCUMENT (object);

  switch (id)
    {
    case HEARTH_DOCUMENT_PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case HEARTH_DOCUMENT_PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case HEARTH_DOCUMENT_PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_document_dispose (GObject *object)
{
  HearthDocument *self = HEARTH_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  if (self->workspace != NULL)
    _hearth_workspace_forget_document (self->workspace, self);
  _hearth_document_leave_run (self);
  g_clear_object (&self->history);
  g_clear_object (&self->graph);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (hearth_document_parent_class)->dispose (object);
}

static void
hearth_document_finalize (GObject *object)
{
  HearthDocument *self = HEARTH_DOCUMENT (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->theirs, hearth_value_unref);
  g_hash_table_unref (self->references);
  g_hash_table_unref (self->streams);
  g_free (self->promised_run);
  g_free (self->project_id);
  g_free (self->workflow_id);
  g_free (self->title);
  G_OBJECT_CLASS (hearth_document_parent_class)->finalize (object);
}

static void
hearth_document_class_init (HearthDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hearth_document_get_property;
  object_class->dispose = hearth_document_dispose;
  object_class->finalize = hearth_document_finalize;

  _hearth_document_properties[HEARTH_DOCUMENT_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  _hearth_document_properties[HEARTH_DOCUMENT_PROP_MODIFIED] =
      g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  _hearth_document_properties[HEARTH_DOCUMENT_PROP_RUN] =
      g_param_spec_object ("run", NULL, NULL, HEARTH_TYPE_RUN, flags);
  g_object_class_install_properties (object_class, HEARTH_DOCUMENT_N_PROPS, _hearth_document_properties);

  _hearth_document_signals[HEARTH_DOCUMENT_CONFLICT] =
      g_signal_new ("conflict", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  _hearth_document_signals[HEARTH_DOCUMENT_RELOADED] =
      g_signal_new ("reloaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  _hearth_document_signals[HEARTH_DOCUMENT_RUN_EVENT] =
      g_signal_new ("run-event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
hearth_document_init (HearthDocument *self)
{
  self->cancellable = g_cancellable_new ();
  self->references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_string);
}

HearthDocument *
_hearth_document_new (HearthWorkspace *workspace,
                      const char      *project_id,
                      const char      *workflow_id,
                      HearthGraph     *graph)
{
  HearthDocument *self = g_object_new (HEARTH_TYPE_DOCUMENT, NULL);

  self->workspace = g_object_ref (workspace);
  self->project_id = g_strdup (project_id);
  self->workflow_id = g_strdup (workflow_id);
  self->graph = g_object_ref (graph);
  self->history = hearth_history_new (graph);
  self->title = make_title (self);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (_hearth_document_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->graph, "changed", G_CALLBACK (_hearth_document_update), self, G_CONNECT_SWAPPED);
  _hearth_document_watch_workspace (self);
  _hearth_document_watch_groups (self);
  _hearth_document_watch_runs (self);
  _hearth_workspace_remember_document (workspace, self);
  return self;
}

/* --- what it is ----------------------------------------------------------------------------- */

HearthWorkspace *
hearth_document_get_workspace (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->workspace;
}

const char *
hearth_document_get_project_id (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->project_id;
}

const char *
hearth_document_get_workflow_id (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->workflow_id;
}

const char *
_hearth_document_get_future_id (HearthDocument *self)
{
  return self->workflow_id != NULL ? self->workflow_id : hearth_graph_get_id (self->graph);
}

const char *
hearth_document_get_title (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->title;
}

gboolean
hearth_document_is_modified (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), FALSE);

  return self->modified;
}

HearthGraph *
hearth_document_get_graph (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->graph;
}

HearthHistory *
hearth_document_get_history (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->history;
}

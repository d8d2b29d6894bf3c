/* documents.h: one open document of a workspace, and somebody else who saves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "await.h"
#include "hearth-document.h"
#include "hearth-json.h"
#include "hearth-project-store.h"
#include "parse.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  HearthWorkspace *workspace;
  HearthDocument *document;
  guint conflicts;
  guint reloads;
} Fixture;

/* Saves past the document, as the server does for a browser. */
static inline HearthValue *
save_elsewhere (Fixture    *self,
                const char *workflow_id,
                const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) workflow = parse (text);
  g_autoptr (GError) error = NULL;
  HearthValue *stored;

  hearth_workspace_save_workflow (self->workspace, "P", workflow_id, workflow, NULL, NULL, await_cb, &result);
  AWAIT (result != NULL);
  stored = hearth_workspace_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  return stored;
}

static inline HearthDocument *
open_document (Fixture    *self,
               const char *workflow_id,
               GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hearth_workspace_open_document (self->workspace, "P", workflow_id, NULL, await_cb, &result);
  AWAIT (result != NULL);
  return hearth_workspace_open_document_finish (self->workspace, result, error);
}

static inline gboolean
try_save (Fixture    *self,
          const char *name,
          GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hearth_document_save_async (self->document, name, NULL, await_cb, &result);
  AWAIT (result != NULL);
  return hearth_document_save_finish (self->document, result, error);
}

static inline void
save (Fixture    *self,
      const char *name)
{
  g_autoptr (GError) error = NULL;

  try_save (self, name, &error);
  g_assert_no_error (error);
}

static inline HearthValue *
read_stored (Fixture    *self,
             const char *workflow_id)
{
  g_autoptr (GError) error = NULL;
  HearthValue *stored
      = hearth_workflow_store_read (hearth_workspace_get_data_dir (self->workspace), "P", workflow_id, &error);

  g_assert_no_error (error);
  return stored;
}

#define SUM(b) \
  "{\"id\":\"w\",\"name\":\"W\",\"x-mine\":1,\"nodes\":[" \
  "{\"id\":\"m\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"a\":2,\"b\":" #b "}}," \
  "{\"id\":\"out\",\"type\":\"core:GroupOutput\",\"position\":{\"x\":9,\"y\":0}}]," \
  "\"edges\":[{\"id\":\"e\",\"source\":\"m\",\"target\":\"out\",\"sourceHandle\":\"result\",\"targetHandle\":\"sum\"}]," \
  "\"interfaceOutputs\":{\"sum\":{\"key\":\"sum\",\"dataFlowType\":\"FLOAT\"}}," \
  "\"viewport\":{\"x\":0,\"y\":0,\"zoom\":1}}"

static inline void
conflict_cb (HearthDocument *document,
             Fixture        *self)
{
  self->conflicts++;
}

static inline void
reloaded_cb (HearthDocument *document,
             Fixture        *self)
{
  self->reloads++;
}

static inline void
take (Fixture        *self,
      HearthDocument *document)
{
  self->document = document;
  g_signal_connect (document, "conflict", G_CALLBACK (conflict_cb), self);
  g_signal_connect (document, "reloaded", G_CALLBACK (reloaded_cb), self);
}

static inline void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (HearthValue) project = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (GError) error = NULL;
  HearthDocument *document;

  temporary_set_up (&self->base, data);
  self->workspace = hearth_workspace_new (self->base.path);
  project = hearth_project_store_create (hearth_workspace_get_data_dir (self->workspace), "P", "d", NULL);
  g_assert_nonnull (project);
  stored = save_elsewhere (self, NULL, SUM (3));
  document = open_document (self, "w", &error);
  g_assert_no_error (error);
  take (self, document);
}

static inline void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gpointer alive = self->workspace;

  g_assert_finalize_object (self->document);
  /* It may still be reading what groups reference. */
  g_object_add_weak_pointer (G_OBJECT (self->workspace), &alive);
  g_object_unref (self->workspace);
  AWAIT (alive == NULL);
  temporary_tear_down (&self->base, data);
}

/* --- editing by hand ------------------------------------------------------------------------- */

static inline void
set_input (Fixture    *self,
           const char *key,
           int         number)
{
  HearthEdit *edit = hearth_edit_new (hearth_document_get_graph (self->document), "Set a value");
  g_autoptr (HearthValue) value = hearth_value_integer (number);

  hearth_edit_set_input (edit, "m", key, value);
  hearth_history_push (hearth_document_get_history (self->document), edit, NULL);
}

static inline int
get_input (Fixture    *self,
           const char *key)
{
  HearthNode *node = hearth_graph_get_node (hearth_document_get_graph (self->document), "m");

  g_assert_nonnull (node);
  return (int) hearth_value_get_member_integer (node->inputs, key, -1);
}

static inline int
get_stored_input (Fixture    *self,
                  const char *key)
{
  g_autoptr (HearthValue) stored = read_stored (self, "w");
  HearthValue *node = hearth_value_at (hearth_value_get (stored, "nodes"), 0);

  return (int) hearth_value_get_member_integer (hearth_value_get (node, "inputValues"), key, -1);
}

static inline gboolean
is_modified (Fixture *self)
{
  return hearth_document_is_modified (self->document);
}

static inline gboolean
undo (Fixture *self)
{
  return hearth_history_undo (hearth_document_get_history (self->document));
}

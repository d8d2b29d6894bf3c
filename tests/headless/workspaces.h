/* workspaces.h: a workspace in a folder of its own, and what it announced
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "await.h"
#include "hearth-graph.h"
#include "hearth-json.h"
#include "hearth-project-operations.h"
#include "hearth-project-store.h"
#include "hearth-workspace.h"
#include "parse.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  HearthWorkspace *workspace;
  GString *news;
} Fixture;

static inline void
projects_changed_cb (HearthWorkspace *workspace,
                     Fixture         *self)
{
  g_string_append (self->news, "projects;");
}

static inline void
workflows_changed_cb (HearthWorkspace *workspace,
                      const char      *project_id,
                      Fixture         *self)
{
  g_string_append_printf (self->news, "workflows %s;", project_id);
}

static inline void
workflow_saved_cb (HearthWorkspace *workspace,
                   const char      *project_id,
                   const char      *workflow_id,
                   HearthValue     *stored,
                   gpointer         origin,
                   Fixture         *self)
{
  g_assert_cmpstr (workflow_id, ==, hearth_value_get_member_string (stored, "id", NULL));
  g_string_append_printf (self->news, "saved %s/%s%s;", project_id, workflow_id, origin == self ? " by us" : "");
}

static inline void
workflow_deleted_cb (HearthWorkspace *workspace,
                     const char      *project_id,
                     const char      *workflow_id,
                     Fixture         *self)
{
  g_string_append_printf (self->news, "deleted %s/%s;", project_id, workflow_id);
}

static inline void
set_up (Fixture      *self,
        gconstpointer data)
{
  temporary_set_up (&self->base, data);
  self->workspace = hearth_workspace_new (self->base.path);
  self->news = g_string_new (NULL);
  g_signal_connect (self->workspace, "projects-changed", G_CALLBACK (projects_changed_cb), self);
  g_signal_connect (self->workspace, "workflows-changed", G_CALLBACK (workflows_changed_cb), self);
  g_signal_connect (self->workspace, "workflow-saved", G_CALLBACK (workflow_saved_cb), self);
  g_signal_connect (self->workspace, "workflow-deleted", G_CALLBACK (workflow_deleted_cb), self);
}

static inline void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->workspace);
  g_string_free (self->news, TRUE);
  temporary_tear_down (&self->base, data);
}

/* Takes the result; the answer must be there. */
static inline HearthValue *
answer (Fixture       *self,
        GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value;

  AWAIT (*result != NULL);
  value = hearth_workspace_finish (self->workspace, *result, &error);
  g_clear_object (result);
  g_assert_no_error (error);
  g_assert_nonnull (value);
  return value;
}

static inline void
refusal (Fixture       *self,
         GAsyncResult **result,
         int            code)
{
  g_autoptr (GError) error = NULL;

  AWAIT (*result != NULL);
  g_assert_null (hearth_workspace_finish (self->workspace, *result, &error));
  g_clear_object (result);
  g_assert_error (error, HEARTH_STORE_ERROR, code);
}

static inline void
create_project (Fixture    *self,
                const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) project = NULL;

  hearth_workspace_create_project (self->workspace, name, NULL, NULL, await_cb, &result);
  project = answer (self, &result);
  g_string_truncate (self->news, 0);
}

static inline HearthValue *
save (Fixture    *self,
      const char *project_id,
      const char *workflow_id,
      const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) workflow = parse (text);

  hearth_workspace_save_workflow (self->workspace, project_id, workflow_id, workflow, self, NULL, await_cb, &result);
  return answer (self, &result);
}

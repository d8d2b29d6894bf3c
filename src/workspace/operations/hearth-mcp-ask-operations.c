/* hearth-mcp-ask-operations.c: asking servers of the Model Context Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-operations.h"

#include "hearth-mcp-private.h"
#include "hearth-operation-private.h"

typedef struct
{
  HearthMcpHub *hub;
  guint         number;
  GTask        *task;
  gulong        watch; /* of the task's cancellable; 0: it has none */
} Question;

static void
question_free (Question *self)
{
  if (self->watch != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (self->task), self->watch);
  g_object_unref (self->task);
  g_object_unref (self->hub);
  g_free (self);
}

static void
answered_cb (HearthValue  *result,
             const GError *error,
             gpointer      user_data)
{
  Question *self = user_data;

  if (error != NULL)
    g_task_return_error (self->task, g_error_copy (error));
  else
    g_task_return_pointer (self->task, hearth_value_ref (result), (GDestroyNotify) hearth_value_unref);
  question_free (self);
}

/* A handler may not take itself off while it is called. */
static gboolean
give_up_cb (gpointer data)
{
  Question *self = data;

  g_task_return_error_if_cancelled (self->task);
  question_free (self);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Question *self = user_data;

  hearth_mcp_hub_withdraw (self->hub, self->number);
  g_idle_add_full (G_PRIORITY_DEFAULT, give_up_cb, self, NULL);
}

/* Takes @task. */
static Question *
question_new (HearthWorkspace *workspace,
              GTask           *task)
{
  Question *self = g_new0 (Question, 1);

  self->hub = g_object_ref (workspace->live->mcp);
  self->task = task;
  return self;
}

static void
watch (Question *self,
       guint     number)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  self->number = number;
  if (cancellable != NULL)
    self->watch = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
}

static void
list (HearthWorkspace *workspace,
      HearthValue     *arguments,
      GTask           *task)
{
  Question *self = question_new (workspace, task);
  const char *what = hearth_value_get_member_string (arguments, "what", "tools");

  watch (self, hearth_mcp_hub_list (self->hub, _hearth_text (arguments, "serverId"), what, answered_cb, self));
}

const HearthOperation hearth_operation_list_mcp_offers = { .start = list };

static void
call (HearthWorkspace *workspace,
      HearthValue     *arguments,
      GTask           *task)
{
  Question *self = question_new (workspace, task);

  watch (self, hearth_mcp_hub_call_tool (self->hub, _hearth_text (arguments, "serverId"), _hearth_text (arguments, "tool"),
                                         hearth_value_get (arguments, "arguments"), 0, answered_cb, self));
}

const HearthOperation hearth_operation_call_mcp_tool = { .start = call };

static void
read_resource (HearthWorkspace *workspace,
               HearthValue     *arguments,
               GTask           *task)
{
  Question *self = question_new (workspace, task);

  watch (self, hearth_mcp_hub_read_resource (self->hub, _hearth_text (arguments, "serverId"), _hearth_text (arguments, "uri"),
                                             answered_cb, self));
}

const HearthOperation hearth_operation_read_mcp_resource = { .start = read_resource };

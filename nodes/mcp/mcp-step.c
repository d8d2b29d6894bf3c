/* mcp-step.c: a step that asks a server of the Model Context Protocol one thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mcp-step.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthStep   *step;   /* borrowed; owns this */
  HearthMcpHub *hub;
  guint         number; /* 0: answered */
  McpTakeFunc   take;
  GSource      *watch;
} McpStep;

static void
mcp_step_free (gpointer data)
{
  McpStep *self = data;

  if (self->number != 0)
    hearth_mcp_hub_withdraw (self->hub, self->number);
  hearth_shape_unwatch (self->watch);
  g_object_unref (self->hub);
  g_free (self);
}

/* What passes by waiting is tried again, when the node's policy says so. */
static GError *
make_error (const GError *error)
{
  const char *error_class = "refused";

  if (g_error_matches (error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_TIMEOUT))
    error_class = "timeout";
  else if (g_error_matches (error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED)
           || g_error_matches (error, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START))
    error_class = "network";
  return hearth_error_new_class (error_class, 0, error->message);
}

static void
answered_cb (HearthValue  *result,
             const GError *error,
             gpointer      user_data)
{
  McpStep *self = user_data;
  HearthStep *step = self->step;
  GError *failure = NULL;

  self->number = 0;
  if (error != NULL)
    hearth_step_fail (step, make_error (error));
  else if (!self->take (step, result, &failure))
    hearth_step_fail (step, failure);
  else
    hearth_step_complete (step);
}

static const char *
get_server (HearthStep *step)
{
  HearthValue *value = hearth_step_get_config (step, "server");

  return hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : "";
}

void
mcp_step_start (HearthStep  *step,
                McpAskFunc   ask,
                McpTakeFunc  take)
{
  HearthMcpHub *hub = hearth_step_get_service (step, HEARTH_TYPE_MCP_HUB);
  const char *server = get_server (step);
  McpStep *self;

  if (hub == NULL || *server == '\0')
    {
      hearth_step_fail (step, hearth_shape_new_error ("input", 0, hub == NULL
          ? N_("This run knows no MCP servers. Run the workflow in the window, by “hearthctl run”, or on a server.")
          : N_("No MCP server is chosen. Choose one in the node's settings.")));
      return;
    }
  self = g_new0 (McpStep, 1);
  self->step = step;
  self->hub = g_object_ref (hub);
  self->take = take;
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, mcp_step_free);
  self->number = ask (hub, step, server, answered_cb, self);
}

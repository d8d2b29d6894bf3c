/* agent-node.c: what the nodes that let models call tools have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent-node.h"

#include "flow/flow.h"
#include "hearth-json.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthStep          *step; /* borrowed; owns this */
  HearthAgentRules     rules;
  HearthModelInput     input;
  GPtrArray           *tools;  /* of HearthTool */
  HearthToolSearch    *search; /* until all tools are known */
  HearthAgentLoop     *loop;
  HearthAgentNodeEnded ended;
  GSource             *watch;
} Agent;

static void
agent_free (gpointer data)
{
  Agent *self = data;

  g_clear_pointer (&self->loop, hearth_agent_loop_free);
  g_clear_pointer (&self->search, hearth_tool_search_free);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_ptr_array_unref (self->tools);
  hearth_model_input_clear (&self->input);
  g_free (self);
}

/* --- tools ------------------------------------------------------------------------------------------- */

/* A list, or its JSON; NULL without @error: there is none. */
static HearthValue *
dup_config_list (HearthStep *step,
                 const char *key,
                 GError    **error)
{
  HearthValue *value = hearth_step_get_config (step, key);
  g_autoptr(GError) cause = NULL;
  HearthValue *parsed;

  if (!hearth_value_is (value, STRING))
    return hearth_value_is (value, NULL) ? NULL : hearth_value_ref_or_null (value);
  if (!hearth_value_is_truthy (value))
    return NULL;
  parsed = hearth_json_parse (hearth_value_get_string (value, NULL), -1, &cause);
  if (parsed == NULL)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("The setting “%s” is no JSON. Correct it in the node's settings. %s"), key,
                 cause->message);
  return parsed;
}

static gboolean
add_tools (Agent   *self,
           GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) http = NULL;

  if (!hearth_tools_add_workflows (self->tools, self->step, error))
    return FALSE;
  http = dup_config_list (self->step, "httpTools", &cause);
  if (cause == NULL)
    return http == NULL || hearth_tools_add_http (self->tools, http, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* --- asking -------------------------------------------------------------------------------------------- */

static gboolean
read_input (Agent   *self,
            GError **error)
{
  g_autofree char *prompt = hearth_step_dup_input_text (self->step, "prompt", "");
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  if (!hearth_model_input_read (&self->input, self->step, error))
    return FALSE;
  hearth_model_input_add_system (&messages, self->step, "system_prompt");
  if (!hearth_model_input_add_history (&messages, self->step, "history", error))
    return FALSE;
  if (*prompt == '\0')
    return hearth_shape_fail (error, N_("There is no task. Write one, or connect a text."));
  hearth_model_input_add_user (&messages, prompt, NULL);
  self->input.messages = hearth_builder_end_array (&messages);
  return TRUE;
}

static void
ended_cb (HearthAgentLoop *loop,
          HearthAnswer    *answer,
          const GError    *error,
          gpointer         user_data)
{
  Agent *self = user_data;

  if (error != NULL)
    hearth_model_step_fail (self->step, NULL, error);
  else
    self->ended (self->step, loop, answer);
}

static void
agent_begin (Agent *self)
{
  if (self->tools->len == 0 && self->rules.only_once)
    {
      hearth_step_fail (self->step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                                                         _("There are no tools. Name some in the node's settings.")));
      return;
    }
  self->loop = hearth_agent_loop_start (self->step, &self->input, self->tools, &self->rules, ended_cb, self);
}

static void
searched_cb (const GError *error,
             gpointer      user_data)
{
  Agent *self = user_data;

  self->search = NULL;
  if (error != NULL)
    hearth_step_fail (self->step, g_error_copy (error));
  else
    agent_begin (self);
}

void
hearth_agent_node_start (HearthStep             *step,
                         const HearthAgentRules *rules,
                         HearthAgentNodeEnded    ended)
{
  g_autofree char *mcp = hearth_flow_dup_config_text (step, "mcpTools", "");
  g_autoptr(HearthValue) servers = hearth_shape_split_list (NULL, mcp);
  GError *error = NULL;
  Agent *self;

  if (!hearth_model_step_can_ask (step))
    return;
  self = g_new0 (Agent, 1);
  self->step = step;
  self->rules = *rules;
  self->ended = ended;
  self->tools = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_tool_free);
  hearth_step_set_data (step, self, agent_free);
  if (read_input (self, &error) && add_tools (self, &error) && hearth_value_get_length (servers) > 0)
    self->search = hearth_tools_search_mcp (self->tools, step, servers, searched_cb, self, &error);
  if (error != NULL)
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  if (self->search == NULL)
    agent_begin (self);
}

void
hearth_agent_node_resume (HearthStep *step)
{
  Agent *self = hearth_step_get_data (step);

  if (self != NULL)
    hearth_agent_loop_resume (self->loop);
}

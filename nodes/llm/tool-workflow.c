/* tool-workflow.c: a workflow as a tool: its interface inputs are the parameters, its outputs the result
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tool.h"

#include "hearth-i18n.h"

/* --- calling it ---------------------------------------------------------------------------------------- */

static void
called_cb (HearthStep   *step,
           HearthValue  *outputs,
           const GError *error,
           gpointer      user_data)
{
  HearthToolCall *call = user_data;

  call->done (call, outputs, error);
}

static void
begin (HearthToolCall *call)
{
  g_autoptr(GError) error = NULL;

  if (hearth_step_call_tool (call->step, call->tool->id, call->tag, call->arguments, called_cb, call))
    return;
  hearth_shape_fail (&error, N_("The workflow cannot be called now, because the node is about to end. Run it again."));
  call->done (call, NULL, error);
}

/* --- its parameters --------------------------------------------------------------------------------------- */

static const char *
find_json_type (const char *type)
{
  static const char *const types[][2] = {
    { "STRING", "string" }, { "INTEGER", "integer" }, { "FLOAT", "number" }, { "BOOLEAN", "boolean" },
    { "OBJECT", "object" }, { "ARRAY", "array" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i][0], type))
      return types[i][1];
  return NULL;
}

static HearthValue *
make_property (HearthValue *slot)
{
  g_auto(HearthBuilder) property = HEARTH_BUILDER_INIT;
  const char *description = hearth_value_get_member_string (slot, "description", "");

  hearth_builder_add_string (&property, "type", find_json_type (hearth_value_get_member_string (slot, "dataFlowType", "")));
  hearth_builder_add_string (&property, "description",
                             *description != '\0' ? description
                                                  : hearth_value_get_member_string (slot, "displayName", NULL));
  return hearth_builder_end_object (&property);
}

/* An input with a default may be left out. */
static HearthValue *
make_parameters (HearthValue *slots)
{
  g_auto(HearthBuilder) properties = HEARTH_BUILDER_INIT;
  g_auto(HearthBuilder) required = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (slots, OBJECT) && i < hearth_value_get_length (slots); i++)
    {
      HearthValue *slot = hearth_value_member_at (slots, i);

      hearth_builder_add (&properties, hearth_value_key_at (slots, i), make_property (slot));
      if (hearth_value_get (hearth_value_get (slot, "config"), "default") == NULL)
        hearth_builder_add (&required, NULL, hearth_value_string (hearth_value_key_at (slots, i)));
    }
  return hearth_value_object ("type", hearth_value_string ("object"),
                              "properties", hearth_builder_end_object (&properties),
                              "required", hearth_builder_end_array (&required),
                              "additionalProperties", hearth_value_boolean (FALSE), NULL);
}

static HearthTool *
make_tool (HearthValue *about)
{
  HearthTool *tool = hearth_tool_new (hearth_value_get_member_string (about, "name", ""),
                                      hearth_value_get_member_string (about, "description", ""),
                                      make_parameters (hearth_value_get (about, "interfaceInputs")));

  tool->id = g_strdup (hearth_value_get_member_string (about, "id", ""));
  tool->begin = begin;
  return tool;
}

gboolean
hearth_tools_add_workflows (GPtrArray  *tools,
                            HearthStep *step,
                            GError    **error)
{
  g_autoptr(HearthValue) list = hearth_step_dup_tools (step);

  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *about = hearth_value_at (list, i);
      const char *problem = hearth_value_get_member_string (about, "error", NULL);

      if (problem != NULL)
        return hearth_shape_fail (error, "%s", problem);
      hearth_tools_add (tools, make_tool (about));
    }
  return TRUE;
}

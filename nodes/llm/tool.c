/* tool.c: what a model may call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tool.h"

#include "json-schema.h"

#include "hearth-i18n.h"

#define MAX_NAME 64

/* What services take as the name of a function. */
static char *
make_name (const char *text)
{
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && name->len < MAX_NAME; p++)
    if (g_ascii_isalnum (*p) || *p == '_' || *p == '-')
      g_string_append_c (name, *p);
    else if (name->len > 0 && name->str[name->len - 1] != '_')
      g_string_append_c (name, '_');
  while (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  return g_strdup (name->len > 0 ? name->str : "tool");
}

HearthTool *
hearth_tool_new (const char  *name,
                 const char  *description,
                 HearthValue *parameters)
{
  HearthTool *self = g_new0 (HearthTool, 1);

  self->name = make_name (name);
  self->description = g_strdup (description != NULL ? description : "");
  self->parameters = parameters;
  return self;
}

void
hearth_tool_free (HearthTool *self)
{
  g_free (self->name);
  g_free (self->description);
  g_free (self->id);
  g_clear_pointer (&self->parameters, hearth_value_unref);
  g_clear_pointer (&self->about, hearth_value_unref);
  g_free (self);
}

/* --- calls ------------------------------------------------------------------------------------------ */

HearthToolCall *
hearth_tool_call_new (HearthTool    *self,
                      HearthStep    *step,
                      const char    *tag,
                      HearthValue   *arguments,
                      HearthToolDone done,
                      gpointer       user_data)
{
  HearthToolCall *call;

  g_return_val_if_fail (self != NULL && step != NULL && arguments != NULL && done != NULL, NULL);

  call = g_new0 (HearthToolCall, 1);
  call->tool = self;
  call->step = step;
  call->tag = g_strdup (tag);
  call->arguments = hearth_value_ref (arguments);
  call->done = done;
  call->user_data = user_data;
  return call;
}

void
hearth_tool_call_begin (HearthToolCall *self)
{
  g_autoptr(GError) misfit = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *plain = NULL;

  if (hearth_json_schema_check (self->tool->parameters, self->arguments, &misfit))
    {
      self->tool->begin (self);
      return;
    }
  plain = g_strconcat ("The arguments do not fit: ", hearth_error_get_plain (misfit), NULL);
  error = g_error_new (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("The arguments do not fit: %s"), misfit->message);
  hearth_error_set_plain (error, plain);
  self->done (self, NULL, error);
}

void
hearth_tool_call_free (HearthToolCall *self)
{
  if (self->state != NULL)
    self->take_back (self->state);
  hearth_value_unref (self->arguments);
  g_free (self->tag);
  g_free (self);
}

/* --- several ------------------------------------------------------------------------------------------ */

HearthValue *
hearth_tools_describe (GPtrArray *tools)
{
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < tools->len; i++)
    {
      HearthTool *tool = g_ptr_array_index (tools, i);

      hearth_builder_add (&list, NULL,
                          hearth_value_object ("name", hearth_value_string (tool->name),
                                               "description", hearth_value_string (tool->description),
                                               "parameters", hearth_value_ref (tool->parameters), NULL));
    }
  return hearth_builder_end_array (&list);
}

HearthTool *
hearth_tools_find (GPtrArray  *tools,
                   const char *name)
{
  for (guint i = 0; i < tools->len; i++)
    if (g_str_equal (((HearthTool *) g_ptr_array_index (tools, i))->name, name))
      return g_ptr_array_index (tools, i);
  return NULL;
}

void
hearth_tools_add (GPtrArray  *tools,
                  HearthTool *tool)
{
  g_autofree char *plain = g_strndup (tool->name, MAX_NAME - 4);

  for (guint n = 2; hearth_tools_find (tools, tool->name) != NULL; n++)
    {
      g_free (tool->name);
      tool->name = g_strdup_printf ("%s_%u", plain, n);
    }
  g_ptr_array_add (tools, tool);
}

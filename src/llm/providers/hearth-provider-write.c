/* hearth-provider-write.c: what providers have in common when they write a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-provider-write-private.h"

#include "hearth-json.h"
#include "hearth-part-private.h"

#include "hearth-i18n.h"

/* --- parameters ------------------------------------------------------------------------------ */

static const char *
rename_param (const char            *name,
              const HearthParamName *names)
{
  static const char *const of_the_caller[] = { "model", "messages", "stream", NULL };

  if (g_strv_contains (of_the_caller, name))
    return NULL;
  for (; names->from != NULL; names++)
    if (g_str_equal (names->from, name))
      return names->to;
  return name;
}

HearthValue *
_hearth_params_rename (HearthValue           *params,
                       const HearthParamName *names)
{
  HearthValue *out = hearth_value_empty_object ();

  for (gsize i = 0; hearth_value_is (params, OBJECT) && i < hearth_value_get_length (params); i++)
    {
      const char *name = rename_param (hearth_value_key_at (params, i), names);
      HearthValue *value = hearth_value_member_at (params, i);
      HearthValue *before = out;

      if (name == NULL || hearth_value_is (value, NULL))
        continue;
      out = hearth_value_with (before, name, value);
      hearth_value_unref (before);
    }
  return out;
}

HearthValue *
_hearth_params_stop_list (HearthValue *stop)
{
  if (hearth_value_is (stop, STRING))
    return hearth_value_array (&stop, 1);
  return hearth_value_is (stop, ARRAY) ? hearth_value_ref (stop) : NULL;
}

HearthValue *
_hearth_value_without (HearthValue *object,
                       const char  *key)
{
  HearthValue *without = hearth_value_with (object, key, NULL);

  hearth_value_unref (object);
  return without;
}

gboolean
_hearth_provider_check (const HearthModelRequest *request,
                       GError                  **error)
{
  if (request->model == NULL || *request->model == '\0')
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID, _("No model is named in the request. Choose one."));
  if (!hearth_value_is (request->messages, ARRAY))
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID, _("The messages of the request are no list. Give a list of objects with role and content."));
  return TRUE;
}

/* --- messages ---------------------------------------------------------------------------------- */

void
_hearth_message_call_clear (HearthMessageCall *self)
{
  g_clear_pointer (&self->arguments, hearth_value_unref);
}

/* Services want an object; what is none (a model wrote bad JSON) is shown to the model as it was. */
static HearthValue *
read_arguments (HearthValue *arguments)
{
  g_autoptr (HearthValue) parsed = NULL;
  const char *text;
  gsize length;

  if (hearth_value_is (arguments, OBJECT))
    return hearth_value_ref (arguments);
  if (!hearth_value_is (arguments, STRING))
    return hearth_value_empty_object ();
  text = hearth_value_get_string (arguments, &length);
  parsed = hearth_json_parse (text, (gssize) length, NULL);
  if (hearth_value_is (parsed, OBJECT))
    return g_steal_pointer (&parsed);
  return *text == '\0' ? hearth_value_empty_object ()
                       : hearth_value_object ("arguments", hearth_value_ref (arguments), NULL);
}

void
_hearth_message_call_read (HearthMessageCall *self,
                           HearthValue       *value)
{
  HearthValue *function = hearth_value_get_member_kind (value, "function", HEARTH_VALUE_OBJECT);
  HearthValue *from = function != NULL ? function : value;

  self->id = hearth_value_get_member_string (value, "id", "");
  self->name = hearth_value_get_member_string (from, "name", "");
  self->arguments = read_arguments (hearth_value_get (from, "arguments"));
}

static char *
dup_called (HearthValue *message,
            const char  *id)
{
  HearthValue *calls = hearth_value_get_member_kind (message, "tool_calls", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; calls != NULL && i < hearth_value_get_length (calls); i++)
    {
      g_auto (HearthMessageCall) call = { 0 };

      _hearth_message_call_read (&call, hearth_value_at (calls, i));
      if (g_str_equal (call.id, id))
        return g_strdup (call.name);
    }
  return NULL;
}

char *
_hearth_messages_dup_tool (HearthValue *messages,
                           gsize        before,
                           const char  *id)
{
  for (gsize i = before; i > 0; i--)
    {
      char *name = dup_called (hearth_value_at (messages, i - 1), id);

      if (name != NULL)
        return name;
    }
  return NULL;
}

gboolean
_hearth_message_is_system (HearthValue *message)
{
  const char *role = hearth_value_get_member_string (message, "role", "");

  return g_str_equal (role, "system") || g_str_equal (role, "developer");
}

char *
_hearth_messages_dup_system (HearthValue *messages)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    {
      HearthValue *message = hearth_value_at (messages, i);
      g_autofree char *text = _hearth_message_is_system (message)
                                ? _hearth_content_dup_text (hearth_value_get (message, "content")) : NULL;

      if (text == NULL || *text == '\0')
        continue;
      if (out->len > 0)
        g_string_append (out, "\n\n");
      g_string_append (out, text);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

HearthValue *
_hearth_message_get_native (HearthValue *message,
                            const char  *provider)
{
  HearthValue *native = hearth_value_get (message, "native");
  HearthValue *turn = hearth_value_get_member_kind (native, "turn", HEARTH_VALUE_ARRAY);

  return g_str_equal (hearth_value_get_member_string (native, "provider", ""), provider) ? turn : NULL;
}

HearthValue *
_hearth_body_change_list (HearthValue      *body,
                          const char       *key,
                          HearthElementFunc func)
{
  HearthValue *list = hearth_value_get_member_kind (body, key, HEARTH_VALUE_ARRAY);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) changed = NULL;

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    hearth_builder_add (&out, NULL, func (hearth_value_at (list, i)));
  changed = hearth_builder_end_array (&out);
  return list == NULL || hearth_value_equal (changed, list) ? NULL : hearth_value_with (body, key, changed);
}

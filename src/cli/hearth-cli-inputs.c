/* hearth-cli-inputs.c: --input KEY=VALUE and the workflow's interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <math.h>
#include <string.h>

#include "hearth-graph.h"
#include "hearth-json.h"
#include "hearth-i18n.h"

/* --- the interface ---------------------------------------------------------------------------- */

/* The slot that turns into whatever is connected to it next is none yet. */
static gboolean
is_open_slot (HearthValue *entry)
{
  return g_str_equal (hearth_value_get_member_string (entry, "dataFlowType", ""), "CONVERTIBLE_ANY");
}

static HearthValue *
get_interface (HearthGraph *graph,
               gboolean     outputs)
{
  return hearth_graph_get_property (graph, outputs ? "interfaceOutputs" : "interfaceInputs");
}

HearthValue *
hearth_cli_find_entry (HearthGraph *graph,
                       gboolean     outputs,
                       const char  *key)
{
  HearthValue *entry = hearth_value_get (get_interface (graph, outputs), key);

  return entry != NULL && !is_open_slot (entry) ? entry : NULL;
}

char *
hearth_cli_list_keys (HearthGraph *graph,
                      gboolean     outputs)
{
  HearthValue *interface = get_interface (graph, outputs);
  g_autoptr (GString) keys = g_string_new (NULL);

  for (gsize i = 0; interface != NULL && i < hearth_value_get_length (interface); i++)
    if (!is_open_slot (hearth_value_member_at (interface, i)))
      g_string_append_printf (keys, "%s“%s”", keys->len > 0 ? ", " : "", hearth_value_key_at (interface, i));
  return keys->len > 0 ? g_string_free (g_steal_pointer (&keys), FALSE) : NULL;
}

gboolean
hearth_cli_check_output (HearthGraph *graph,
                         const char  *key)
{
  g_autofree char *keys = NULL;

  if (hearth_cli_find_entry (graph, TRUE, key) != NULL)
    return TRUE;
  keys = hearth_cli_list_keys (graph, TRUE);
  if (keys != NULL)
    hearth_cli_complain (_("The workflow has no output “%s”. Its outputs are: %s."), key, keys);
  else
    hearth_cli_complain (_("The workflow has no output “%s”, and no other either."), key);
  return FALSE;
}

static void
fail_unknown (HearthGraph *graph,
              const char  *key,
              GError     **error)
{
  g_autofree char *keys = hearth_cli_list_keys (graph, FALSE);

  if (keys != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("The workflow has no input “%s”. Its inputs are: %s."), key, keys);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("The workflow has no input “%s”, and no other either."), key);
}

/* --- values ------------------------------------------------------------------------------------ */

static GBytes *
read_text (const char *word,
           gboolean   *used_stdin,
           GError    **error)
{
  char *text;
  gsize length;

  if (g_str_equal (word, "-"))
    {
      if (*used_stdin)
        {
          g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                               _("Standard input can be used once only. Put one of the texts into a file."));
          return NULL;
        }
      *used_stdin = TRUE;
      return hearth_cli_read_stdin (error);
    }
  if (*word != '@')
    return g_bytes_new (word, strlen (word));
  if (!g_file_get_contents (word + 1, &text, &length, error))
    return NULL;
  return g_bytes_new_take (text, length);
}

static const char *
describe_type (HearthDataType type)
{
  switch (type)
    {
    case HEARTH_DATA_INTEGER:
      return _("a whole number");
    case HEARTH_DATA_FLOAT:
      return _("a number");
    case HEARTH_DATA_BOOLEAN:
      return _("true or false");
    case HEARTH_DATA_OBJECT:
      return _("a JSON object");
    case HEARTH_DATA_ARRAY:
      return _("a JSON list");
    default:
      return NULL; /* text, as it stands */
    }
}

static gboolean
is_whole (HearthValue *value)
{
  return hearth_value_is (value, INTEGER) || hearth_value_is (value, BIG_NUMBER)
         || (hearth_value_is (value, DOUBLE) && trunc (hearth_value_get_double (value)) == hearth_value_get_double (value));
}

static gboolean
fits (HearthValue   *value,
      HearthDataType type)
{
  switch (type)
    {
    case HEARTH_DATA_INTEGER:
      return is_whole (value);
    case HEARTH_DATA_FLOAT:
      return hearth_value_is_number (value);
    case HEARTH_DATA_BOOLEAN:
      return hearth_value_is (value, BOOLEAN);
    case HEARTH_DATA_OBJECT:
      return hearth_value_is (value, OBJECT);
    case HEARTH_DATA_ARRAY:
      return hearth_value_is (value, ARRAY);
    default:
      return TRUE;
    }
}

static HearthValue *
make_text (GBytes     *bytes,
           const char *key,
           GError    **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  const char *at = text;

  /* A NUL is a character like others, to us and to JSON, but not to g_utf8_validate(). */
  while (at != NULL && at < text + length)
    {
      if (!g_utf8_validate (at, text + length - at, &at) && *at != '\0')
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("The text for the input “%s” is not UTF-8. Convert it first."), key);
          return NULL;
        }
      if (at < text + length)
        at++;
    }
  return hearth_value_string_len (text != NULL ? text : "", length);
}

static HearthValue *
make_value (GBytes        *bytes,
            const char    *key,
            HearthDataType type,
            GError       **error)
{
  const char *wanted = describe_type (type);
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (wanted == NULL)
    return make_text (bytes, key, error);
  value = hearth_json_parse (text != NULL ? text : "", (gssize) length, &reason);
  if (value != NULL && fits (value, type))
    return g_steal_pointer (&value);
  if (reason != NULL)
    /* Translators: an input, "a whole number", and what is wrong: "Line 1, column 3: …" */
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The input “%s” takes %s. %s"), key, wanted,
                 reason->message);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("The input “%s” takes %s; something else was given."), key, wanted);
  return NULL;
}

static HearthDataType
get_type (HearthValue *entry)
{
  HearthDataType type;

  hearth_data_type_from_string (hearth_value_get_member_string (entry, "dataFlowType", ""), &type);
  return type;
}

static gboolean
read_input (HearthBuilder *out,
            HearthGraph   *graph,
            const char    *argument,
            gboolean      *used_stdin,
            GError       **error)
{
  const char *equals = strchr (argument, '=');
  g_autofree char *key = equals != NULL ? g_strndup (argument, (gsize) (equals - argument)) : NULL;
  HearthValue *entry = key != NULL ? hearth_cli_find_entry (graph, FALSE, key) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  HearthValue *value;

  if (key == NULL || *key == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“--input %s” has no value. Write --input KEY=VALUE, KEY=@FILE or KEY=-."), argument);
      return FALSE;
    }
  if (entry == NULL)
    {
      fail_unknown (graph, key, error);
      return FALSE;
    }
  bytes = read_text (equals + 1, used_stdin, error);
  value = bytes != NULL ? make_value (bytes, key, get_type (entry), error) : NULL;
  hearth_builder_add (out, key, value);
  return value != NULL;
}

HearthValue *
hearth_cli_read_inputs (HearthGraph       *graph,
                        const char *const *arguments,
                        gboolean           used_stdin,
                        GError           **error)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; arguments != NULL && arguments[i] != NULL; i++)
    if (!g_utf8_validate (arguments[i], -1, NULL) && strstr (arguments[i], "=@") == NULL)
      {
        g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                             _("A text given with --input is not UTF-8. Convert it first, or put it into a file."));
        return NULL;
      }
    else if (!read_input (&out, graph, arguments[i], &used_stdin, error))
      return NULL;
  return hearth_builder_end_object (&out);
}

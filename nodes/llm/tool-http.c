/* tool-http.c: an address as a tool
 *
 * The address is its author's: what a model fills in is escaped, and stands behind the host.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tool.h"

#include "hearth-json.h"
#include "hearth-outside.h"

#include <string.h>

#include "hearth-i18n.h"

#define TIMEOUT_MS 60000
#define MAX_BYTES (1024 * 1024)
#define MAX_SHOWN 400 /* characters of a refusal */

typedef struct
{
  HearthToolCall *call; /* borrowed; owns this */
  HearthExchange *exchange;
  guint           status;
  GString        *body;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  g_string_free (self->body, TRUE);
  g_free (self);
}

/* --- the answer ------------------------------------------------------------------------------------------ */

static void
head_cb (guint        status,
         HearthValue *headers,
         gpointer     user_data)
{
  ((Asking *) user_data)->status = status;
}

static void
data_cb (const char *bytes,
         gsize       length,
         gpointer    user_data)
{
  g_string_append_len (((Asking *) user_data)->body, bytes, length);
}

static void
take_answer (Asking     *self,
             const char *text)
{
  HearthToolCall *call = self->call;
  g_autoptr(HearthValue) json = hearth_json_parse (text, -1, NULL);
  g_autoptr(HearthValue) result = json != NULL ? hearth_value_ref (json) : hearth_value_string (text);
  g_autofree char *shown = NULL;
  g_autoptr(GError) error = NULL;

  if (self->status < 300)
    {
      call->done (call, result, NULL);
      return;
    }
  shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_SHOWN));
  hearth_shape_fail (&error, N_("The service answers %u (%s): %s"), self->status, hearth_outside_get_phrase (self->status),
                     shown);
  call->done (call, NULL, error);
}

/* For people it is @cause; for the model, whom the network is no business of, what kind of failure it is. */
static GError *
make_error (const GError *cause)
{
  GError *error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, cause->message);

  if (g_error_matches (cause, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TIMEOUT))
    hearth_error_set_plain (error, "The service did not answer in time.");
  else if (g_error_matches (cause, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_CUT))
    hearth_error_set_plain (error, "The service's answer broke off before its end.");
  else if (g_error_matches (cause, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE))
    hearth_error_set_plain (error, "The service's answer is too long.");
  else
    hearth_error_set_plain (error, "The service cannot be reached.");
  return error;
}

static void
ended_cb (const GError *cause,
          gpointer      user_data)
{
  Asking *self = user_data;
  g_autofree char *text = NULL;

  self->exchange = NULL;
  if (cause != NULL)
    {
      g_autoptr(GError) error = make_error (cause);

      self->call->done (self->call, NULL, error);
      return;
    }
  text = g_utf8_make_valid (self->body->str, self->body->len);
  take_answer (self, text);
}

/* --- the question ----------------------------------------------------------------------------------------- */

static gboolean
has_body (const char *method)
{
  return g_str_equal (method, "POST") || g_str_equal (method, "PUT") || g_str_equal (method, "PATCH");
}

static char *
escape (HearthValue *value)
{
  g_autofree char *text = hearth_value_is (value, OBJECT) || hearth_value_is (value, ARRAY) ? hearth_json_print (value)
                                                                                             : hearth_value_to_text (value);

  return g_uri_escape_string (text, NULL, FALSE);
}

/* @rest: those that the address has no place for. */
static char *
fill_address (const char   *address,
              HearthValue  *arguments,
              HearthValue **rest)
{
  g_autoptr(GString) filled = g_string_new (address);
  g_auto(HearthBuilder) others = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (arguments); i++)
    {
      const char *key = hearth_value_key_at (arguments, i);
      g_autofree char *place = g_strdup_printf ("{%s}", key);
      g_autofree char *value = escape (hearth_value_member_at (arguments, i));

      if (g_string_replace (filled, place, value, 0) == 0)
        hearth_builder_add (&others, key, hearth_value_ref (hearth_value_member_at (arguments, i)));
    }
  *rest = hearth_builder_end_object (&others);
  return g_strdup (filled->str);
}

static char *
add_query (const char  *address,
           HearthValue *arguments)
{
  g_autoptr(GString) filled = g_string_new (address);

  for (gsize i = 0; i < hearth_value_get_length (arguments); i++)
    {
      g_autofree char *key = g_uri_escape_string (hearth_value_key_at (arguments, i), NULL, FALSE);
      g_autofree char *value = escape (hearth_value_member_at (arguments, i));

      g_string_append_printf (filled, "%c%s=%s", strchr (filled->str, '?') != NULL ? '&' : '?', key, value);
    }
  return g_strdup (filled->str);
}

static void
send_request (HearthToolCall *call,
              HearthOutside  *outside)
{
  static const HearthExchangeEvents events = { head_cb, data_cb, ended_cb };
  const char *method = hearth_value_get_member_string (call->tool->about, "method", "GET");
  const char *address = hearth_value_get_member_string (call->tool->about, "url", "");
  g_autoptr(HearthValue) rest = NULL;
  g_autofree char *filled = fill_address (address, call->arguments, &rest);
  g_autofree char *uri = has_body (method) ? g_strdup (filled) : add_query (filled, rest);
  g_autofree char *json = hearth_json_print (rest);
  g_autoptr(HearthValue) headers = hearth_value_object (HEARTH_OUTSIDE_HEADER, hearth_value_string (hearth_step_get_type_id (call->step)), NULL);
  g_autoptr(GBytes) body = has_body (method) ? g_bytes_new (json, strlen (json)) : NULL;
  HearthOutsideRequest request = { 0 };
  Asking *self = g_new0 (Asking, 1);

  request.method = method;
  request.uri = uri;
  request.headers = headers;
  request.body = body;
  request.content_type = body != NULL ? "application/json" : NULL;
  request.first_byte_ms = request.idle_ms = TIMEOUT_MS;
  request.max_bytes = MAX_BYTES;
  self->call = call;
  self->body = g_string_new (NULL);
  call->state = self;
  call->take_back = asking_free;
  self->exchange = hearth_outside_send (outside, &request, &events, self);
}

static void
begin (HearthToolCall *call)
{
  HearthOutside *outside = hearth_step_get_service (call->step, HEARTH_TYPE_OUTSIDE);
  g_autoptr(GError) error = NULL;

  if (outside != NULL)
    {
      send_request (call, outside);
      return;
    }
  hearth_shape_fail (&error, N_("This run has no way to ask other services. Run the workflow in the window, by “hearthctl run”, or on a server."));
  call->done (call, NULL, error);
}

/* --- the list --------------------------------------------------------------------------------------------- */

/* Up to the path nothing is the model's. */
static gboolean
is_safe (const char *address)
{
  const char *host = g_str_has_prefix (address, "https://") ? address + 8
                     : g_str_has_prefix (address, "http://") ? address + 7 : NULL;

  return host != NULL && *host != '\0' && strchr ("/?{", *host) == NULL && host[strcspn (host, "/?{")] != '{';
}

static HearthValue *
dup_parameters (HearthValue *about)
{
  HearthValue *given = hearth_value_get_member_kind (about, "parameters", HEARTH_VALUE_OBJECT);

  if (given != NULL)
    return hearth_value_ref (given);
  return hearth_value_object ("type", hearth_value_string ("object"), "properties", hearth_value_empty_object (), NULL);
}

static gboolean
add_tool (GPtrArray   *tools,
          HearthValue *about,
          GError     **error)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };
  const char *name = hearth_value_get_member_string (about, "name", "");
  HearthTool *tool;

  if (*name == '\0')
    return hearth_shape_fail (error, N_("Every HTTP tool needs a name. Give it one in the node's settings."));
  if (!is_safe (hearth_value_get_member_string (about, "url", ""))
      || !g_strv_contains (methods, hearth_value_get_member_string (about, "method", "GET")))
    return hearth_shape_fail (error, N_("The HTTP tool “%s” needs a url that begins with https:// or http:// and a fixed "
                                        "host, and one of the methods GET, POST, PUT, PATCH and DELETE."), name);
  tool = hearth_tool_new (name, hearth_value_get_member_string (about, "description", ""), dup_parameters (about));
  tool->about = hearth_value_ref (about);
  tool->begin = begin;
  hearth_tools_add (tools, tool);
  return TRUE;
}

gboolean
hearth_tools_add_http (GPtrArray   *tools,
                       HearthValue *list,
                       GError     **error)
{
  g_return_val_if_fail (tools != NULL && list != NULL, FALSE);

  if (!hearth_value_is (list, ARRAY))
    return hearth_shape_fail (error, N_("The HTTP tools must be a list of objects with name, description, method, url and "
                                        "parameters."));
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    if (!add_tool (tools, hearth_value_at (list, i), error))
      return FALSE;
  return TRUE;
}

/* http-request.c: core:HttpRequest, asks any service over HTTP
 *
 * A key never stands in the graph: a header that carries one names a stored credential, "Bearer {credential:NAME}",
 * and the key goes from the keyring into the request without becoming a value.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-credentials.h"
#include "http-step.h"
#include "shapes.h"

#include "hearth-i18n.h"

#define DEFAULT_TIMEOUT 60   /* seconds */
#define MAX_TIMEOUT 3600
#define PLACEHOLDER "{credential:"

/* What is asked, from the step's inputs; waits for its key. */
typedef struct
{
  grefcount ref_count;
  HearthStep *step; /* borrowed; NULL: it has ended */
  GCancellable *cancellable;
  GSource *watch;

  char *method;
  char *url;
  HearthValue *headers;     /* without the one that carries a key */
  char *credential;         /* its name, or NULL */
  char *secret_header;
  char *secret_prefix;
  GBytes *body;
  const char *content_type; /* static */
  guint timeout_ms;
} Question;

static void
question_unref (Question *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->cancellable);
  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_free (self->credential);
  g_free (self->secret_header);
  g_free (self->secret_prefix);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_unref)

/* --- headers ------------------------------------------------------------------------------------- */

static gboolean
carries_key (const char *name)
{
  static const char *const names[] = { "api-key", "authorization", "cookie", "proxy-authorization", "x-api-key", "x-auth-token",
                                       "x-goog-api-key", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (names, lower);
}

/* "Bearer {credential:NAME}": what is before the name, and the name. */
static gboolean
take_credential (Question   *self,
                 const char *name,
                 const char *value,
                 GError    **error)
{
  const char *start = strstr (value, PLACEHOLDER);
  gsize length = strlen (value);

  if (self->credential != NULL)
    return hearth_shape_fail (error, N_("Only one header of a request can carry a stored credential. Take {credential:NAME} out of the others."));
  if (value[length - 1] != '}')
    return hearth_shape_fail (error, N_("In a header, {credential:NAME} stands at the end of the value. Move it there."));
  self->secret_header = g_strdup (name);
  self->secret_prefix = g_strndup (value, (gsize) (start - value));
  start += strlen (PLACEHOLDER);
  self->credential = g_strndup (start, (gsize) (value + length - 1 - start));
  return TRUE;
}

static gboolean
refuse_key (const char *name,
            GError    **error)
{
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               /* Translators: the name of a header; {credential:NAME} stays as it is */
               _("The header “%s” would carry a key, and keys do not stand in workflows. Store it as a credential and write {credential:NAME} here."),
               name);
  return FALSE;
}

static gboolean
take_headers (Question    *self,
              HearthValue *headers,
              GError     **error)
{
  g_auto (HearthBuilder) plain = HEARTH_BUILDER_INIT;

  if (headers != NULL && !hearth_value_is (headers, OBJECT))
    return hearth_shape_fail (error, N_("The headers must be an object: names and their values, like {\"Accept\": \"text/html\"}."));
  for (gsize i = 0; headers != NULL && i < hearth_value_get_length (headers); i++)
    {
      const char *name = hearth_value_key_at (headers, i);
      g_autofree char *value = hearth_value_to_text (hearth_value_member_at (headers, i));

      if (strstr (value, PLACEHOLDER) != NULL)
        {
          if (!take_credential (self, name, value, error))
            return FALSE;
        }
      else if (carries_key (name))
        return refuse_key (name, error);
      else
        hearth_builder_add_string (&plain, name, value);
    }
  self->headers = hearth_builder_end_object (&plain);
  return TRUE;
}

/* --- the rest --------------------------------------------------------------------------------------- */

/* A value that is no text goes as JSON. */
static void
take_body (Question    *self,
           HearthValue *body)
{
  g_autofree char *text = NULL;

  if (body == NULL || hearth_value_is (body, NULL))
    return;
  text = hearth_value_is (body, STRING) ? hearth_value_to_text (body) : hearth_json_print (body);
  if (*text == '\0')
    return;
  self->content_type = "application/json";
  if (hearth_value_is (body, STRING))
    {
      g_autoptr (HearthValue) json = hearth_json_parse (text, -1, NULL);

      self->content_type = json != NULL ? "application/json" : "text/plain; charset=utf-8";
    }
  self->body = g_bytes_new (text, strlen (text));
}

static void
take_timeout (Question    *self,
              HearthValue *seconds)
{
  double number = seconds != NULL ? hearth_value_to_number (seconds) : DEFAULT_TIMEOUT;

  /* Written so that NaN and what is not positive end at the default. */
  self->timeout_ms = (guint) ((number > 0 ? MIN (number, MAX_TIMEOUT) : DEFAULT_TIMEOUT) * 1000);
}

static Question *
question_new (HearthStep *step,
              GError    **error)
{
  g_autoptr (Question) self = g_new0 (Question, 1);
  g_autoptr (HearthValue) headers = NULL;
  g_autofree char *method = hearth_step_dup_input_text (step, "method", "GET");
  g_autofree char *url = hearth_step_dup_input_text (step, "url", "");

  g_ref_count_init (&self->ref_count);
  self->step = step;
  self->cancellable = g_cancellable_new ();
  self->method = g_ascii_strup (*method != '\0' ? g_strstrip (method) : "GET", -1);
  self->url = g_strdup (g_strstrip (url));
  headers = hearth_shape_dup_json (step, "headers", error);
  if ((headers == NULL && error != NULL && *error != NULL) || !take_headers (self, headers, error))
    return NULL;
  take_body (self, hearth_step_get_input (step, "body"));
  take_timeout (self, hearth_step_get_input (step, "timeout"));
  return g_steal_pointer (&self);
}

/* --- the answer ------------------------------------------------------------------------------------- */

static void
answered_cb (HearthStep  *step,
             guint        status,
             HearthValue *headers,
             const char  *text)
{
  HearthValue *fails = hearth_step_get_input (step, "fail_on_error");
  HearthValue *json;

  if (status >= 300 && (fails == NULL || hearth_value_is_truthy (fails)))
    {
      hearth_http_step_refuse (step, status, headers, text);
      return;
    }
  json = hearth_json_parse (text, -1, NULL);
  hearth_step_set_output (step, "status", hearth_value_integer (status));
  hearth_step_set_output (step, "headers", hearth_value_ref (headers));
  hearth_step_set_output (step, "text", hearth_value_string (text));
  hearth_step_set_output (step, "json", json != NULL ? json : hearth_value_null ());
  hearth_step_complete (step);
}

static void
question_send (Question     *self,
               HearthSecret *secret)
{
  const HearthOutsideRequest request = {
    .method = self->method, .uri = self->url, .headers = self->headers, .secret = secret, .secret_header = self->secret_header,
    .secret_prefix = self->secret_prefix, .body = self->body,
    .content_type = self->body != NULL ? self->content_type : NULL,
  };

  hearth_http_step_send (self->step, &request, "core:HttpRequest", self->timeout_ms, answered_cb);
}

/* --- its key ------------------------------------------------------------------------------------------ */

/* The step has ended, or goes on to its answer. */
static void
question_stop (gpointer data)
{
  Question *self = data;

  self->step = NULL;
  g_cancellable_cancel (self->cancellable);
  hearth_shape_unwatch (self->watch);
  question_unref (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSecret) secret = hearth_credentials_load_finish (HEARTH_CREDENTIALS (source), result, &error);

  if (self->step == NULL)
    return;
  if (secret != NULL)
    question_send (self, secret);
  else
    hearth_step_fail (self->step, hearth_error_new_class ("input", 0, error->message));
}

static void
question_load_key (Question *self)
{
  HearthCredentials *credentials = hearth_step_get_service (self->step, HEARTH_TYPE_CREDENTIALS);

  if (credentials == NULL)
    {
      hearth_step_fail (self->step, hearth_shape_new_error ("input", 0, N_("This run has no access to stored credentials. Run the workflow in the window, by “hearthctl run”, or on a server.")));
      return;
    }
  self->watch = hearth_shape_watch_cancel (self->step);
  g_ref_count_inc (&self->ref_count);
  hearth_step_set_data (self->step, self, question_stop);
  g_ref_count_inc (&self->ref_count);
  hearth_credentials_load_async (credentials, self->credential, self->cancellable, loaded_cb, self);
}

static void
http_request_start (HearthStep *step)
{
  GError *error = NULL;
  g_autoptr (Question) self = question_new (step, &error);

  if (self == NULL)
    hearth_step_fail (step, hearth_error_new_class ("input", 0, error->message));
  else if (self->credential != NULL)
    question_load_key (self);
  else
    question_send (self, NULL);
  g_clear_error (&error);
}

static char *
http_request_resource (HearthStep *step)
{
  g_autofree char *url = hearth_step_dup_input_text (step, "url", "");
  g_autoptr (GUri) uri = g_uri_parse (g_strstrip (url), G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL ? g_strconcat ("host:", g_uri_get_host (uri), NULL) : NULL;
}

static const HearthSlotDecl inputs[] = {
  { .key = "url", .type = HEARTH_DATA_STRING, .name = "网址", .title = N_("Address"),
    .description = N_("Where to ask; begins with http:// or https://."), .categories = "Url",
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": "", "multiline": false }) },
  { .key = "method", .type = HEARTH_DATA_STRING, .name = "方法", .title = N_("Method"),
    .description = N_("What the service is to do: GET reads, POST sends."), .categories = "ComboOption",
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "GET", "suggestions": [ "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD" ] }) },
  { .key = "headers", .type = HEARTH_DATA_OBJECT, .name = "请求头", .title = N_("Headers"),
    .description = N_("Names and values. For a key, write {credential:NAME} with the name of a stored credential."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "body", .type = HEARTH_DATA_WILDCARD, .name = "正文", .title = N_("Body"),
    .description = N_("What is sent along: text as it is, anything else as JSON."), .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "timeout", .type = HEARTH_DATA_INTEGER, .name = "超时 (秒)", .title = N_("Time-out (s)"),
    .description = N_("How long the whole answer may take, in seconds."), .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": 60, "min": 1, "max": 3600 }) },
  { .key = "fail_on_error", .type = HEARTH_DATA_BOOLEAN, .name = "错误时失败", .title = N_("Fail on Refusal"),
    .description = N_("Whether a status from 300 is a failure, which can be tried again, or an answer like any other."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": true }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "status", .type = HEARTH_DATA_INTEGER, .name = "状态码", .title = N_("Status"),
    .description = N_("200 when all went well.") },
  { .key = "headers", .type = HEARTH_DATA_OBJECT, .name = "响应头", .title = N_("Headers"),
    .description = N_("The headers of the answer, with lower-case names.") },
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"), .description = N_("The answer as text.") },
  { .key = "json", .type = HEARTH_DATA_WILDCARD, .name = "JSON", .title = N_("JSON"),
    .description = N_("The answer as a value, or null when it is no JSON.") },
  { NULL },
};

const HearthNodeDecl hearth_node_http_request = {
  .type = "HttpRequest",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "🌐HTTP请求",
  .title = N_("HTTP Request"),
  .icon = "🌐",
  .description = N_("Asks a service over HTTP and gives its answer."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .resource = http_request_resource,
  .start = http_request_start,
};

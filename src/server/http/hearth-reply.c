/* hearth-reply.c: the forms answers take: JSON, outcomes, errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-router.h"

#include "hearth-graph.h"
#include "hearth-json.h"
#include "hearth-llm-operations.h"
#include "hearth-mcp-operations.h"
#include "hearth-memory.h"
#include "hearth-payload.h"

/* Values with more in them than this are printed on a thread. */
#define MAX_INLINE_WEIGHT (256 * 1024)

/* --- JSON ------------------------------------------------------------------------------------ */

typedef struct
{
  HearthRequest *request;
  HearthValue *value;
  guint status;
} PrintJob;

static void
print_job_free (PrintJob *job)
{
  g_clear_pointer (&job->request, hearth_request_unref);
  g_clear_pointer (&job->value, hearth_value_unref);
  g_free (job);
}

static GBytes *
print_json (HearthValue *value)
{
  GString *text = g_string_new (NULL);

  hearth_json_append (text, value);
  return g_string_free_to_bytes (text);
}

static void
print_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  PrintJob *job = task_data;

  GBytes *text = print_json (job->value);

  /* Here: many megabytes are not given back in no time. */
  g_clear_pointer (&job->value, hearth_value_unref);
  g_task_return_pointer (task, text, (GDestroyNotify) g_bytes_unref);
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PrintJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  hearth_request_reply_bytes (job->request, job->status, "application/json", bytes);
  /* The thread may be the last to let go of the task. */
  g_clear_pointer (&job->request, hearth_request_unref);
}

void
hearth_request_reply_json (HearthRequest *self,
                           guint          status,
                           HearthValue   *value)
{
  g_autoptr (HearthValue) owned = value;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (self != NULL && value != NULL);

  if (hearth_memory_weigh (value, MAX_INLINE_WEIGHT) >= MAX_INLINE_WEIGHT)
    {
      g_autoptr (GTask) task = g_task_new (hearth_request_get_server (self), NULL, printed_cb, NULL);
      PrintJob *job = g_new0 (PrintJob, 1);

      job->request = hearth_request_ref (self);
      job->value = g_steal_pointer (&owned);
      job->status = status;
      g_task_set_task_data (task, job, (GDestroyNotify) print_job_free);
      g_task_run_in_thread (task, print_thread);
      return;
    }
  bytes = print_json (value);
  hearth_request_reply_bytes (self, status, "application/json", bytes);
}

void
hearth_request_reply_error (HearthRequest *self,
                            guint          status,
                            const char    *message)
{
  hearth_request_reply_json (self, status, hearth_value_object ("error", hearth_value_string (message), NULL));
}

/* A request that may carry a key is not told back, not even a wrong one. */
static gboolean
has_secrets (const HearthRoute *route)
{
  for (const HearthBodyField *field = route->fields; field != NULL && field->key != NULL; field++)
    {
      if (field->secret)
        return TRUE;
    }
  return FALSE;
}

/* 422 is the form of the framework the web frontend was made for. */
void
hearth_request_reply_details (HearthRequest *self,
                              const char    *message,
                              HearthValue   *details)
{
  const HearthRoute *route = hearth_request_get_route (self);
  guint status = route->invalid != 0 ? route->invalid : SOUP_STATUS_BAD_REQUEST;
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (route->outcome)
    hearth_builder_add (&out, "success", hearth_value_boolean (FALSE));
  if (status == SOUP_STATUS_UNPROCESSABLE_ENTITY)
    {
      hearth_builder_add_string (&out, "type", "validation");
      hearth_builder_add_string (&out, "on", "body");
      /* Of uploads it would tell where they lie. */
      if (route->body == HEARTH_BODY_JSON && !has_secrets (route))
        hearth_builder_add (&out, "found", hearth_value_ref_or_null (hearth_request_get_body (self)));
    }
  hearth_builder_add_string (&out, status == SOUP_STATUS_UNPROCESSABLE_ENTITY || route->outcome ? "message" : "error",
                             message);
  hearth_builder_add (&out, "details", details);
  hearth_request_reply_json (self, status, hearth_builder_end_object (&out));
}

void
hearth_request_reply_outcome (HearthRequest *self,
                              guint          status,
                              const char    *message)
{
  hearth_request_reply_json (self, status,
                             hearth_value_object ("success", hearth_value_boolean (SOUP_STATUS_IS_SUCCESSFUL (status)),
                                                  "message", hearth_value_string (message),
                                                  NULL));
}

void
hearth_request_reply_unknown (HearthRequest *self)
{
  hearth_request_reply_text (self, SOUP_STATUS_NOT_FOUND, "NOT_FOUND");
}

/* --- errors ------------------------------------------------------------------------------------ */

static guint
store_error_to_status (int code)
{
  switch ((HearthStoreError) code)
    {
    case HEARTH_STORE_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case HEARTH_STORE_ERROR_EXISTS:
      return SOUP_STATUS_CONFLICT;
    case HEARTH_STORE_ERROR_NAME:
    case HEARTH_STORE_ERROR_REFUSED:
    case HEARTH_STORE_ERROR_KIND:
      return SOUP_STATUS_BAD_REQUEST;
    case HEARTH_STORE_ERROR_DENIED:
      return SOUP_STATUS_FORBIDDEN;
    case HEARTH_STORE_ERROR_TOO_LARGE:
      return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
    case HEARTH_STORE_ERROR_FULL:
      return SOUP_STATUS_INSUFFICIENT_STORAGE;
    case HEARTH_STORE_ERROR_TYPE:
      return SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE;
    case HEARTH_STORE_ERROR_INVALID:
    case HEARTH_STORE_ERROR_IO:
    case HEARTH_STORE_ERROR_DATABASE:
    default:
      return SOUP_STATUS_INTERNAL_SERVER_ERROR;
    }
}

static guint
io_error_to_status (int code)
{
  switch (code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case G_IO_ERROR_EXISTS:
      return SOUP_STATUS_CONFLICT;
    case G_IO_ERROR_PERMISSION_DENIED:
      return SOUP_STATUS_FORBIDDEN;
    case G_IO_ERROR_INVALID_FILENAME:
    case G_IO_ERROR_INVALID_ARGUMENT:
    case G_IO_ERROR_IS_DIRECTORY:
    case G_IO_ERROR_NOT_DIRECTORY:
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return SOUP_STATUS_BAD_REQUEST;
    default:
      return SOUP_STATUS_INTERNAL_SERVER_ERROR;
    }
}

static guint
mcp_error_to_status (int code)
{
  switch ((HearthMcpError) code)
    {
    case HEARTH_MCP_ERROR_CONFIG:
    case HEARTH_MCP_ERROR_REFUSED:
      return SOUP_STATUS_BAD_REQUEST;
    case HEARTH_MCP_ERROR_UNKNOWN:
      return SOUP_STATUS_NOT_FOUND;
    case HEARTH_MCP_ERROR_NOT_ALLOWED:
      return SOUP_STATUS_FORBIDDEN;
    case HEARTH_MCP_ERROR_TIMEOUT:
      return SOUP_STATUS_GATEWAY_TIMEOUT;
    case HEARTH_MCP_ERROR_START:
    case HEARTH_MCP_ERROR_ENDED:
    case HEARTH_MCP_ERROR_ANSWER:
    case HEARTH_MCP_ERROR_NOT_RECORDED:
    default:
      return SOUP_STATUS_BAD_GATEWAY;
    }
}

guint
hearth_error_to_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, SOUP_STATUS_INTERNAL_SERVER_ERROR);

  if (error->domain == HEARTH_STORE_ERROR)
    return store_error_to_status (error->code);
  if (error->domain == HEARTH_PROTO_ERROR || error->domain == HEARTH_JSON_ERROR || error->domain == HEARTH_GRAPH_ERROR)
    return SOUP_STATUS_BAD_REQUEST;
  if (error->domain == HEARTH_MCP_ERROR)
    return mcp_error_to_status (error->code);
  if (error->domain == HEARTH_SECRETS_ERROR)
    return SOUP_STATUS_SERVICE_UNAVAILABLE;
  if (error->domain == G_IO_ERROR)
    return io_error_to_status (error->code);
  return SOUP_STATUS_INTERNAL_SERVER_ERROR;
}

void
hearth_request_reply_failure (HearthRequest *self,
                              const GError  *error)
{
  guint status = hearth_error_to_status (error);

  if (hearth_request_get_route (self)->outcome)
    hearth_request_reply_outcome (self, status, error->message);
  else
    hearth_request_reply_error (self, status, error->message);
}

void
hearth_request_answered_cb (GObject      *workspace,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  guint success = hearth_request_get_route (request)->success;

  if (answer == NULL)
    hearth_request_reply_failure (request, error);
  else if (success == SOUP_STATUS_NO_CONTENT)
    hearth_request_reply_empty (request, success);
  else
    hearth_request_reply_json (request, success != 0 ? success : SOUP_STATUS_OK, g_steal_pointer (&answer));
}

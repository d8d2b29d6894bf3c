/* tool-mcp.c: the tools of MCP servers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tool.h"

#include "hearth-mcp-hub.h"

#include <string.h>

#include "hearth-i18n.h"

struct _HearthToolSearch
{
  HearthMcpHub         *hub;
  GPtrArray            *tools;
  HearthValue          *servers; /* an array of texts */
  gsize                 next;
  guint                 number;  /* of the hub, 0: none */
  HearthToolSearchEnded ended;
  gpointer              user_data;
};

/* --- calling one ---------------------------------------------------------------------------------------- */

typedef struct
{
  HearthMcpHub *hub;
  guint         number; /* 0: it has answered */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  if (self->number != 0)
    hearth_mcp_hub_withdraw (self->hub, self->number);
  g_object_unref (self->hub);
  g_free (self);
}

/* For people it is @cause; for the model the server's own words, or what kind of failure it is. */
static GError *
make_error (const GError *cause)
{
  GError *error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, cause->message);

  if (hearth_mcp_error_get_words (cause) != NULL)
    hearth_error_set_plain (error, hearth_mcp_error_get_words (cause));
  else if (g_error_matches (cause, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_TIMEOUT))
    hearth_error_set_plain (error, "The server of the tool did not answer in time.");
  else if (g_error_matches (cause, HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_REFUSED))
    hearth_error_set_plain (error, "The server of the tool refused the call.");
  else
    hearth_error_set_plain (error, "The server of the tool cannot be asked.");
  return error;
}

/* A tool that could not do it says so in its result. */
static GError *
read_failure (HearthValue  *result,
              const char   *text,
              const GError *cause)
{
  GError *error = NULL;

  if (cause != NULL)
    return make_error (cause);
  if (hearth_value_get_member_boolean (result, "isError", FALSE))
    hearth_shape_fail (&error, "%s", text);
  return error;
}

static void
answered_cb (HearthValue  *result,
             const GError *cause,
             gpointer      user_data)
{
  HearthToolCall *call = user_data;
  g_autofree char *text = result != NULL ? hearth_mcp_result_dup_text (result) : NULL;
  HearthValue *structured = hearth_value_get (result, "structuredContent");
  g_autoptr(HearthValue) plain = text != NULL ? hearth_value_string (text) : NULL;
  g_autoptr(GError) error = read_failure (result, text, cause);

  ((Asking *) call->state)->number = 0;
  if (error != NULL)
    call->done (call, NULL, error);
  else
    call->done (call, structured != NULL ? structured : plain, NULL);
}

static void
begin (HearthToolCall *call)
{
  Asking *self = g_new0 (Asking, 1);
  const char *slash = strchr (call->tool->id, '/');
  g_autofree char *server = g_strndup (call->tool->id, slash - call->tool->id);

  self->hub = g_object_ref (hearth_step_get_service (call->step, HEARTH_TYPE_MCP_HUB));
  call->state = self;
  call->take_back = asking_free;
  self->number = hearth_mcp_hub_call_tool (self->hub, server, slash + 1, call->arguments, 0, answered_cb, call);
}

/* --- finding them ----------------------------------------------------------------------------------------- */

void
hearth_tool_search_free (HearthToolSearch *self)
{
  if (self->number != 0)
    hearth_mcp_hub_withdraw (self->hub, self->number);
  g_clear_object (&self->hub);
  hearth_value_unref (self->servers);
  g_free (self);
}

static void
search_end (HearthToolSearch *self,
            const GError     *error)
{
  HearthToolSearchEnded ended = self->ended;
  gpointer user_data = self->user_data;

  hearth_tool_search_free (self);
  ended (error, user_data);
}

static void
add_tool (HearthToolSearch *self,
          const char       *server,
          HearthValue      *about)
{
  const char *name = hearth_value_get_member_string (about, "name", "");
  HearthValue *schema = hearth_value_get_member_kind (about, "inputSchema", HEARTH_VALUE_OBJECT);
  HearthTool *tool = hearth_tool_new (name, hearth_value_get_member_string (about, "description", ""),
                                      schema != NULL ? hearth_value_ref (schema)
                                                     : hearth_value_object ("type", hearth_value_string ("object"), NULL));

  tool->id = g_strconcat (server, "/", name, NULL);
  tool->begin = begin;
  hearth_tools_add (self->tools, tool);
}

static void search_go_on (HearthToolSearch *self);

/* Which server the entry names, and which of its tools; NULL: all. */
static char *
split_entry (HearthToolSearch *self,
             const char      **tool)
{
  const char *entry = hearth_value_get_string (hearth_value_at (self->servers, self->next), NULL);
  const char *slash = strchr (entry, '/');

  *tool = slash != NULL ? slash + 1 : NULL;
  return slash != NULL ? g_strndup (entry, slash - entry) : g_strdup (entry);
}

static void
listed_cb (HearthValue  *list,
           const GError *error,
           gpointer      user_data)
{
  HearthToolSearch *self = user_data;
  guint before = self->tools->len;
  g_autoptr(GError) missing = NULL;
  const char *wanted;
  g_autofree char *server = split_entry (self, &wanted);

  self->number = 0;
  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    if (wanted == NULL || g_str_equal (hearth_value_get_member_string (hearth_value_at (list, i), "name", ""), wanted))
      add_tool (self, server, hearth_value_at (list, i));
  if (list != NULL && wanted != NULL && self->tools->len == before)
    hearth_shape_fail (&missing, N_("The MCP server “%s” has no tool “%s”. “hearthctl mcp tools %s” lists those it has."), server,
                       wanted, server);
  self->next++;
  if (error != NULL || missing != NULL)
    search_end (self, error != NULL ? error : missing);
  else
    search_go_on (self);
}

static void
search_go_on (HearthToolSearch *self)
{
  const char *tool;
  g_autofree char *server = NULL;

  if (self->next == hearth_value_get_length (self->servers))
    {
      search_end (self, NULL);
      return;
    }
  server = split_entry (self, &tool);
  self->number = hearth_mcp_hub_list (self->hub, server, "tools", listed_cb, self);
}

HearthToolSearch *
hearth_tools_search_mcp (GPtrArray            *tools,
                         HearthStep           *step,
                         HearthValue          *servers,
                         HearthToolSearchEnded ended,
                         gpointer              user_data,
                         GError              **error)
{
  HearthMcpHub *hub = hearth_step_get_service (step, HEARTH_TYPE_MCP_HUB);
  HearthToolSearch *self;

  g_return_val_if_fail (tools != NULL && hearth_value_get_length (servers) > 0 && ended != NULL, NULL);

  if (hub == NULL)
    {
      hearth_shape_fail (error, N_("This run knows no MCP servers. Take their names out of the node, or run it where they are set up."));
      return NULL;
    }
  self = g_new0 (HearthToolSearch, 1);
  self->hub = g_object_ref (hub);
  self->tools = tools;
  self->servers = hearth_value_ref (servers);
  self->ended = ended;
  self->user_data = user_data;
  search_go_on (self);
  return self;
}

/* hearth-commands-stored.c: commands about stored workflows and the node types (websocket.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-commands-stored.h"

#include "hearth-body-check.h"
#include "hearth-client.h"
#include "hearth-commands.h"
#include "hearth-definition-json.h"
#include "hearth-graph-reading.h"
#include "hearth-i18n.h"
#include "hearth-json.h"
#include "hearth-memory.h"
#include "hearth-plugin-operations.h"
#include "hearth-workflow-operations.h"

/* Who is to be answered: the connection may be gone by then. */
typedef struct
{
  HearthHub *hub;
  guint serial;
  const char *type; /* of the answer */
  HearthValue *payload;
  HearthValue *found; /* the workflow that is to run */
} Question;

static Question *
question_new (HearthHub    *hub,
              HearthClient *client,
              const char   *type,
              HearthValue  *payload)
{
  Question *self = g_new0 (Question, 1);

  self->hub = g_object_ref (hub);
  self->serial = hearth_client_get_serial (client);
  self->type = type;
  self->payload = hearth_value_ref (payload);
  return self;
}

static void
question_free (Question *self)
{
  g_object_unref (self->hub);
  hearth_value_unref (self->payload);
  hearth_memory_release_value (self->found);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
send (HearthClient *client,
      const char   *type,
      HearthValue  *payload) /* taken */
{
  g_autoptr (HearthValue) message = hearth_value_object ("type", hearth_value_string (type), "payload", payload, NULL);
  g_autofree char *text = hearth_json_print (message);

  hearth_client_send (client, text);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  HearthClient *client = hearth_hub_lookup (question->hub, question->serial);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (client == NULL)
    return;
  if (answer != NULL)
    send (client, question->type, g_steal_pointer (&answer));
  else
    hearth_commands_refuse (client, error->message);
}

/* FALSE after an answer. */
static gboolean
check (HearthClient          *client,
       HearthValue           *payload,
       const HearthBodyField *fields)
{
  g_autoptr (HearthValue) details = hearth_body_check (payload, fields);
  g_autofree char *text = details != NULL ? hearth_json_print (details) : NULL;
  g_autofree char *message = NULL;

  if (details == NULL)
    return TRUE;
  message = g_strdup_printf (_("The message is not of the right form: %s"), text);
  hearth_commands_refuse (client, message);
  return FALSE;
}

static void
ask (HearthHub             *hub,
     HearthClient          *client,
     const HearthOperation *operation,
     HearthValue           *payload,
     const char            *answer_type)
{
  hearth_workspace_perform (hearth_hub_get_workspace (hub), operation, payload, NULL, answered_cb,
                            question_new (hub, client, answer_type, payload));
}

/* --- running ------------------------------------------------------------------------------- */

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  HearthClient *client = hearth_hub_lookup (question->hub, question->serial);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = hearth_graph_read_finish (result, &error);

  if (client != NULL)
    hearth_hub_submit_stored (question->hub, client, graph, g_steal_pointer (&error),
                              hearth_value_get (question->found, "workflow"),
                              hearth_value_get_member_string (question->found, "projectId", NULL),
                              hearth_value_get (question->payload, "inputs"));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  HearthClient *client = hearth_hub_lookup (question->hub, question->serial);
  g_autoptr (GError) error = NULL;
  HearthCatalog *catalog = hearth_workspace_get_catalog (HEARTH_WORKSPACE (source));

  question->found = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  if (client == NULL)
    return;
  if (question->found == NULL)
    {
      hearth_commands_refuse (client, error->message);
      return;
    }
  hearth_graph_read_async (hearth_value_get (question->found, "workflow"), HEARTH_GRAPH_STORED, catalog, made_cb, question);
  question = NULL;
}

void
hearth_command_execute (HearthHub    *hub,
                        HearthClient *client,
                        HearthValue  *payload)
{
  static const HearthBodyField fields[] = {
    { .key = "inputs", .kinds = HEARTH_KIND (OBJECT) },
    { .key = "projectId", .kinds = HEARTH_KIND (STRING) },
    { .key = "workflowId", .kinds = HEARTH_KIND (STRING) },
    { .key = NULL },
  };
  const char *watched = hearth_client_get_workflow_id (client);
  g_autoptr (HearthValue) id = watched != NULL ? hearth_value_string (watched) : NULL;
  g_autoptr (HearthValue) arguments = NULL;

  if (!check (client, payload, fields))
    return;
  arguments = id != NULL && hearth_value_get (payload, "workflowId") == NULL ? hearth_value_with (payload, "workflowId", id)
                                                                             : hearth_value_ref (payload);
  if (hearth_value_get (arguments, "workflowId") == NULL)
    hearth_commands_refuse (client, _("“execute” names no workflowId, and this connection watches no workflow."));
  else
    hearth_workspace_perform (hearth_hub_get_workspace (hub), &hearth_operation_find_workflow, arguments, NULL, found_cb,
                              question_new (hub, client, NULL, payload));
}

/* --- looking and saving ------------------------------------------------------------------------ */

static const HearthBodyField list_fields[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING) },
  { .key = NULL },
};

static const HearthBodyField load_fields[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING) },
  { .key = "workflowId", .kinds = HEARTH_KIND (STRING), .required = TRUE },
  { .key = NULL },
};

static const HearthBodyField save_fields[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING) },
  { .key = "workflowId", .kinds = HEARTH_KIND (STRING) },
  { .key = "workflow", .kinds = HEARTH_KIND (OBJECT), .required = TRUE, .members = hearth_body_new_workflow },
  { .key = NULL },
};

void
hearth_command_list_workflows (HearthHub    *hub,
                               HearthClient *client,
                               HearthValue  *payload)
{
  if (check (client, payload, list_fields))
    ask (hub, client, &hearth_operation_list_workflows, payload, "workflow_list");
}

void
hearth_command_load_workflow (HearthHub    *hub,
                              HearthClient *client,
                              HearthValue  *payload)
{
  if (check (client, payload, load_fields))
    ask (hub, client, &hearth_operation_read_workflow, payload, "workflow_loaded");
}

void
hearth_command_save_workflow (HearthHub    *hub,
                              HearthClient *client,
                              HearthValue  *payload)
{
  if (check (client, payload, save_fields))
    hearth_workspace_save_workflow (hearth_hub_get_workspace (hub), hearth_value_get_member_string (payload, "projectId", NULL),
                                    hearth_value_get_member_string (payload, "workflowId", NULL),
                                    hearth_value_get (payload, "workflow"), hub, NULL, answered_cb,
                                    question_new (hub, client, "workflow_saved", payload));
}

void
hearth_command_get_node_definitions (HearthHub    *hub,
                                     HearthClient *client,
                                     HearthValue  *payload)
{
  send (client, "node_definitions", hearth_catalog_to_json (hearth_workspace_get_catalog (hearth_hub_get_workspace (hub))));
}

/* --- reloading --------------------------------------------------------------------------------- */

static void
reloaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  HearthClient *client = hearth_hub_lookup (question->hub, question->serial);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) plugins = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  guint n_types = plugins != NULL ? hearth_hub_tell_nodes (question->hub) : 0;

  if (client != NULL && plugins != NULL)
    send (client, "backend_reloaded", hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                           "count", hearth_value_integer (n_types), NULL));
  else if (client != NULL)
    hearth_commands_refuse (client, error->message);
}

void
hearth_command_reload_backend (HearthHub    *hub,
                               HearthClient *client,
                               HearthValue  *payload)
{
  g_autoptr (HearthValue) arguments = hearth_value_empty_object ();

  hearth_workspace_perform (hearth_hub_get_workspace (hub), &hearth_operation_reload_plugins, arguments, NULL, reloaded_cb,
                            question_new (hub, client, NULL, payload));
}

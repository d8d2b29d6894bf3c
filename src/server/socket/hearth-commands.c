/* hearth-commands.c: what a client may say over its WebSocket (websocket.md 4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-commands.h"

#include "hearth-client.h"
#include "hearth-commands-stored.h"
#include "hearth-event-json.h"
#include "hearth-i18n.h"
#include "hearth-json.h"

typedef void (*CommandFunc) (HearthHub    *hub,
                             HearthClient *client,
                             HearthValue  *payload);

void
hearth_commands_refuse (HearthClient *client,
                        const char   *message)
{
  g_autoptr (GString) text = g_string_new (NULL);

  hearth_message_append_error (text, message);
  hearth_client_send (client, text->str);
}

static void
run_prompt (HearthHub    *hub,
            HearthClient *client,
            HearthValue  *payload)
{
  hearth_hub_submit (hub, client, payload, FALSE);
}

/* The older name; who uses it also wants the older answers. */
static void
run_older_prompt (HearthHub    *hub,
                  HearthClient *client,
                  HearthValue  *payload)
{
  hearth_hub_submit (hub, client, payload, TRUE);
}

static void
run_interrupt (HearthHub    *hub,
               HearthClient *client,
               HearthValue  *payload)
{
  const char *id = hearth_value_get_member_string (payload, "promptId", NULL);

  /* Nothing is answered to an unknown id either: the run's own status is the answer. */
  if (id != NULL)
    hearth_workspace_cancel (hearth_hub_get_workspace (hub), id);
  else
    hearth_commands_refuse (client, _("INTERRUPT_REQUEST names no promptId."));
}

/* The node's script in the page does the work; all there is to us is to take it (4.3). A page passes
 * over the acknowledgement, older clients wait for it. */
static void
run_button_click (HearthHub    *hub,
                  HearthClient *client,
                  HearthValue  *payload)
{
  g_autoptr (HearthValue) message = NULL;
  g_autofree char *text = NULL;

  if (hearth_value_get_member_string (payload, "nodeId", NULL) == NULL)
    {
      hearth_commands_refuse (client, _("button_click names no node."));
      return;
    }
  message = hearth_value_object ("type", hearth_value_string ("button_click_ack"), "payload", hearth_value_ref (payload), NULL);
  text = hearth_json_print (message);
  hearth_client_send (client, text);
}

/* Its payload names one value of a graph that only the client has. */
static void
refuse_preview (HearthHub    *hub,
                HearthClient *client,
                HearthValue  *payload)
{
  hearth_commands_refuse (client, _("Send a preview as PROMPT_REQUEST with its graph and metadata.isPreviewRun."));
}

static const struct
{
  const char *type;
  CommandFunc run;
} commands[] = {
  { "EXECUTE_PREVIEW_REQUEST", refuse_preview },
  { "INTERRUPT_REQUEST", run_interrupt },
  { "PROMPT_REQUEST", run_prompt },
  { "button_click", run_button_click },
  { "execute", hearth_command_execute },
  { "execute_workflow", run_older_prompt },
  { "get_node_definitions", hearth_command_get_node_definitions },
  { "list_workflows", hearth_command_list_workflows },
  { "load_workflow", hearth_command_load_workflow },
  { "reload_backend", hearth_command_reload_backend },
  { "save_workflow", hearth_command_save_workflow },
};

void
hearth_commands_run (HearthHub    *hub,
                     HearthClient *client,
                     HearthValue  *frame)
{
  const char *type = hearth_value_get_member_string (frame, "type", NULL);
  HearthValue *payload = hearth_value_get (frame, "payload");
  g_autofree char *message = NULL;

  if (type == NULL || payload == NULL)
    {
      hearth_commands_refuse (client, _("A message is an object with “type” and “payload”."));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].type, type))
        continue;
      commands[i].run (hub, client, payload);
      return;
    }
  message = g_strdup_printf (_("Unknown message type: %s"), type);
  hearth_commands_refuse (client, message);
}

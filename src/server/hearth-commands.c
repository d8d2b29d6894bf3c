/* hearth-commands.c: what a client may say over its WebSocket (websocket.md 4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-commands.h"

#include "hearth-client.h"
#include "hearth-event-json.h"
#include "hearth-i18n.h"

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
  hearth_hub_submit (hub, client, payload);
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

/* The node's script in the page does the work; all there is to us is to take it (4.3). */
static void
run_button_click (HearthHub    *hub,
                  HearthClient *client,
                  HearthValue  *payload)
{
  if (!hearth_value_is (payload, OBJECT))
    hearth_commands_refuse (client, _("button_click names no node."));
}

static const struct
{
  const char *type;
  CommandFunc run;
} commands[] = {
  { "INTERRUPT_REQUEST", run_interrupt },
  { "PROMPT_REQUEST", run_prompt },
  { "button_click", run_button_click },
  { "execute_workflow", run_prompt }, /* the older name */
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

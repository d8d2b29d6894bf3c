/* history.c: core:History, a chat history of up to four messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

#define N_MESSAGES 4

/* Without a role, or with nothing but blanks in it, it is no message. */
static void
add_message (HearthStep    *step,
             guint          number,
             HearthBuilder *list)
{
  g_autofree char *role_key = g_strdup_printf ("role%u", number);
  g_autofree char *content_key = g_strdup_printf ("content%u", number);
  g_autofree char *role = hearth_step_dup_input_text (step, role_key, "");
  g_autofree char *content = hearth_step_dup_input_text (step, content_key, "");
  const char *trimmed = hearth_shape_trim (content);

  if (*role != '\0' && *trimmed != '\0')
    hearth_builder_add (list, NULL, hearth_message_new (role, trimmed));
}

static gboolean
history_run (HearthStep *step,
             GError    **error)
{
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint number = 1; number <= N_MESSAGES; number++)
    add_message (step, number, &list);
  hearth_step_set_output (step, "history", hearth_shape_print_list (&list));
  return TRUE;
}

#define ROLES \
  HEARTH_JSON ({ "suggestions": [ { "value": "user", "label": "user" }, \
                                  { "value": "assistant", "label": "assistant" }, \
                                  { "value": "system", "label": "system" } ] })
#define ROLE(number, in_english) \
  { .key = "role" number, .type = HEARTH_DATA_STRING, .name = "角色 " number, .title = in_english, \
    .description = N_("Who speaks. Without a role the message is left out."), .categories = "ComboOption", \
    .flags = HEARTH_SLOT_OPTIONAL, .config = ROLES }
#define CONTENT(number, in_english) \
  { .key = "content" number, .type = HEARTH_DATA_STRING, .name = "内容 " number, .title = in_english, \
    .description = N_("What is said. Without content the message is left out."), \
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "multiline": true }) }

static const HearthSlotDecl inputs[] = {
  ROLE ("1", N_("Role 1")),
  CONTENT ("1", N_("Content 1")),
  ROLE ("2", N_("Role 2")),
  CONTENT ("2", N_("Content 2")),
  ROLE ("3", N_("Role 3")),
  CONTENT ("3", N_("Content 3")),
  ROLE ("4", N_("Role 4")),
  CONTENT ("4", N_("Content 4")),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "历史记录", .title = N_("History"),
    .description = N_("The messages, as JSON."), .categories = "ChatHistory Json" },
  { NULL },
};

const HearthNodeDecl hearth_node_history = {
  .type = "History",
  .category = "TEST-LLM",
  .category_title = N_("Models (Older Nodes)"),
  .name = "🦉历史记录",
  .title = N_("History"),
  .icon = "🦉",
  .description = N_("Makes a conversation of up to four messages."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = history_run,
};

/* context-builder.c: core:ContextBuilder, preset, world book, character card and history become messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"
#include "shapes.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

typedef struct
{
  GPtrArray *messages;  /* of HearthValue */
  gboolean   squashes;  /* neighbours of the system become one message */
  gboolean   may_join;  /* the last one is such a neighbour */
} Assembly;

static void
add_message (Assembly   *self,
             const char *role,
             const char *text)
{
  gboolean joins = self->squashes && g_str_equal (role, "system");
  guint n = self->messages->len;

  if (joins && self->may_join)
    {
      HearthValue *last = g_ptr_array_index (self->messages, n - 1);
      g_autofree char *both = g_strconcat (hearth_value_get_member_string (last, "content", ""), "\n", text, NULL);

      g_ptr_array_remove_index (self->messages, n - 1);
      g_ptr_array_add (self->messages, hearth_message_new (role, both));
    }
  else
    g_ptr_array_add (self->messages, hearth_message_new (role, text));
  self->may_join = joins;
}

/* --- examples ---------------------------------------------------------------------------------------- */

static void
add_example (Assembly   *self,
             Context    *context,
             const char *text)
{
  const char *head = context_get_preset (context, "new_example_chat_prompt", "");
  g_autofree char *expanded = hearth_macros_expand (context->macros, head);

  if (*text == '\0')
    return;
  self->may_join = FALSE;
  if (*expanded != '\0')
    g_ptr_array_add (self->messages, hearth_message_new ("system", expanded));
  g_ptr_array_add (self->messages, hearth_message_new ("system", text));
}

static void
add_world_examples (Assembly     *self,
                    Context      *context,
                    WorldPosition position)
{
  for (guint i = 0; i < context->world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (context->world, i);

      if (entry->position == position)
        add_example (self, context, entry->content);
    }
}

/* "<START>" stands before each conversation. */
static void
add_examples (Assembly *self,
              Context  *context)
{
  const ContextPrompt field = { .id = "dialogueExamples" };
  g_autofree char *text = context_make_text (context, &field);
  g_autoptr (GRegex) start = g_regex_new ("<START>", G_REGEX_CASELESS, 0, NULL);
  g_auto (GStrv) parts = g_regex_split (start, text != NULL ? text : "", 0);

  add_world_examples (self, context, WORLD_BEFORE_EXAMPLES);
  for (char **part = parts; *part != NULL; part++)
    add_example (self, context, g_strstrip (*part));
  add_world_examples (self, context, WORLD_AFTER_EXAMPLES);
}

/* --- all ------------------------------------------------------------------------------------------------ */

static void
add_chat (Assembly     *self,
          Context      *context,
          const GArray *prompts)
{
  g_autoptr (GPtrArray) chat = context_make_chat (context, prompts);
  g_autofree char *head = hearth_macros_expand (context->macros, context_get_preset (context, "new_chat_prompt", ""));

  self->may_join = FALSE;
  if (*head != '\0')
    g_ptr_array_add (self->messages, hearth_message_new ("system", head));
  for (guint i = 0; i < chat->len; i++)
    g_ptr_array_add (self->messages, hearth_value_ref (g_ptr_array_index (chat, i)));
}

static void
add_prompt (Assembly            *self,
            Context             *context,
            const ContextPrompt *prompt,
            const GArray        *prompts)
{
  g_autofree char *text = NULL;

  if (g_str_equal (prompt->id, "chatHistory"))
    add_chat (self, context, prompts);
  else if (g_str_equal (prompt->id, "dialogueExamples"))
    add_examples (self, context);
  else if (!context_is_in_chat (prompt) && (text = context_make_text (context, prompt)) != NULL)
    add_message (self, hearth_value_get_member_string (prompt->value, "role", "system"), text);
}

static HearthValue *
assemble (Context *context)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  g_autoptr (GArray) prompts = context_list_prompts (context);
  Assembly self = { .messages = messages };

  self.squashes = context_is_arranged (context)
                  && hearth_value_get_member_boolean (context->preset, "squash_system_messages", FALSE);
  for (guint i = 0; i < prompts->len; i++)
    add_prompt (&self, context, &g_array_index (prompts, ContextPrompt, i), prompts);
  return hearth_value_array ((HearthValue *const *) messages->pdata, messages->len);
}

static HearthValue *
dup_part (HearthStep *step,
          const char *key,
          GError    **error)
{
  g_autoptr(GError) cause = NULL;
  HearthValue *value = hearth_shape_dup_json (step, key, &cause);

  if (cause != NULL)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                 _("The messages could not be put together, because the input “%s” is not JSON: %s"), key,
                 cause->message);
  return value;
}

static gboolean
context_builder_compute (HearthStep *step,
                         GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) character = dup_part (step, "characterData", &cause);
  g_autoptr(HearthValue) history = cause == NULL ? dup_part (step, "historyMessages", &cause) : NULL;
  g_autoptr(HearthValue) preset = cause == NULL ? dup_part (step, "presetData", &cause) : NULL;
  g_autoptr(HearthValue) book = cause == NULL ? dup_part (step, "worldBookData", &cause) : NULL;
  g_auto(Context) context = { 0 };

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!context_init (&context, step, g_steal_pointer (&character), g_steal_pointer (&book), g_steal_pointer (&history),
                     g_steal_pointer (&preset)))
    {
      g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED, _("The run was stopped."));
      return FALSE;
    }
  hearth_step_set_output (step, "finalMessages", assemble (&context));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "presetData", .type = HEARTH_DATA_OBJECT, .name = "预设数据", .title = N_("Preset"),
    .description = N_("A preset: its prompts arrange the messages, and its “user_prompt” becomes the last of the user."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "worldBookData", .type = HEARTH_DATA_OBJECT, .name = "世界书数据", .title = N_("World Book"),
    .description = N_("A world book; its entries come in when the conversation speaks of their keys."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "characterData", .type = HEARTH_DATA_OBJECT, .name = "角色数据", .title = N_("Character"),
    .description = N_("A character card, of any version."),
    .categories = "CharacterProfile", .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "historyMessages", .type = HEARTH_DATA_ARRAY, .name = "历史消息", .title = N_("History"),
    .description = N_("The messages so far. A list with anything else in it is left out."),
    .categories = "ChatHistory", .flags = HEARTH_SLOT_OPTIONAL },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "finalMessages", .type = HEARTH_DATA_ARRAY, .name = "最终消息", .title = N_("Messages"),
    .description = N_("The conversation, ready to be sent."), .categories = "ChatHistory" },
  { NULL },
};

const HearthNodeDecl hearth_node_context_builder = {
  .type = "ContextBuilder",
  .category = "Processors",
  .category_title = N_("Processors"),
  .name = "🧱上下文构建器",
  .title = N_("Build Context"),
  .icon = "🧱",
  .description = N_("Puts preset, world book, character card and history together into the messages of a conversation."),
  .width = 350,
  .inputs = inputs,
  .outputs = outputs,
  .version = 2,
  .reuse = HEARTH_REUSE_PURE,
  .compute = context_builder_compute,
};

/* context-assembly.c: the messages of a conversation, one after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include "hearth-message.h"

typedef struct
{
  Context     *context;
  GPtrArray   *messages;  /* of HearthValue */
  GArray      *prompts;   /* of ContextPrompt */
  HearthValue *continued; /* the message that goes on at the very end, or NULL */
  gboolean     squashes;  /* neighbours of the system become one message */
  gboolean     may_join;  /* the last one is such a neighbour */
} Assembly;

/* Of the system and nothing but text. */
static gboolean
is_plain_system (HearthValue *message)
{
  return g_str_equal (hearth_value_get_member_string (message, "role", ""), "system")
         && hearth_value_is (hearth_value_get (message, "content"), STRING) && hearth_value_get (message, "name") == NULL;
}

/* Takes @message. */
static void
add_message (Assembly    *self,
             HearthValue *message)
{
  gboolean joins = self->squashes && is_plain_system (message);
  guint n = self->messages->len;

  if (joins && self->may_join)
    {
      g_autoptr (HearthValue) old = message;
      HearthValue *last = g_ptr_array_index (self->messages, n - 1);
      g_autofree char *both = g_strconcat (hearth_value_get_member_string (last, "content", ""), "\n",
                                           hearth_value_get_member_string (old, "content", ""), NULL);

      g_ptr_array_remove_index (self->messages, n - 1);
      message = hearth_message_new ("system", both);
    }
  g_ptr_array_add (self->messages, message);
  self->may_join = joins;
}

/* What begins or ends something stands alone. NULL: nothing; takes @text. */
static void
add_alone (Assembly   *self,
           const char *role,
           char       *text)
{
  g_autofree char *own = text;

  if (own == NULL || *own == '\0')
    return;
  g_ptr_array_add (self->messages, hearth_message_new (role, own));
  self->may_join = FALSE;
}

/* --- examples ---------------------------------------------------------------------------------------- */

static void
add_example (Assembly   *self,
             const char *text)
{
  if (*text == '\0')
    return;
  add_alone (self, "system", context_expand_preset (self->context, "new_example_chat_prompt"));
  add_alone (self, "system", g_strdup (text));
}

static void
add_world_examples (Assembly     *self,
                    WorldPosition position)
{
  GPtrArray *world = self->context->world;

  for (guint i = 0; i < world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (world, i);

      if (entry->position == position)
        add_example (self, entry->text);
    }
}

/* "<START>" stands before each conversation. */
static void
add_examples (Assembly *self)
{
  const ContextPrompt field = { .id = "dialogueExamples" };
  g_autofree char *text = context_make_text (self->context, &field);
  g_autoptr (GRegex) start = g_regex_new ("<START>", G_REGEX_CASELESS, 0, NULL);
  g_auto (GStrv) parts = g_regex_split (start, text != NULL ? text : "", 0);

  add_world_examples (self, WORLD_BEFORE_EXAMPLES);
  for (char **part = parts; *part != NULL; part++)
    add_example (self, g_strstrip (*part));
  add_world_examples (self, WORLD_AFTER_EXAMPLES);
}

/* --- the conversation -------------------------------------------------------------------------------------- */

/* What tells the model to go on with the last message, which it may quote. */
static char *
make_continue_nudge (Context *context)
{
  HearthValue *history = context->history;
  gsize n = hearth_value_get_length (history);
  g_autofree char *last = n > 0 ? context_read_message (hearth_value_at (history, n - 1)) : g_strdup ("");
  char *text;

  hearth_macros_set (context->macros, "lastChatMessage", g_strstrip (last));
  text = context_expand_preset (context, "continue_nudge_prompt");
  hearth_macros_set (context->macros, "lastChatMessage", NULL);
  return text;
}

static void
add_chat (Assembly *self)
{
  Context *context = self->context;
  gboolean is_group = context->members != NULL;
  g_autoptr (GPtrArray) chat = context_make_chat (context, self->prompts, &self->continued);
  g_autofree char *nudge = NULL;

  add_alone (self, "system", context_expand_preset (context, is_group ? "new_group_chat_prompt" : "new_chat_prompt"));
  for (guint i = 0; i < chat->len; i++)
    add_message (self, hearth_value_ref (g_ptr_array_index (chat, i)));
  if (is_group && !context_is_kind (context, CONTEXT_IMPERSONATE))
    add_alone (self, "system", context_expand_preset (context, "group_nudge_prompt"));
  if (context_is_arranged (context) && context_is_kind (context, CONTEXT_CONTINUE) && self->continued == NULL)
    nudge = make_continue_nudge (context);
  if (nudge != NULL)
    add_message (self, hearth_message_new ("system", nudge));
}

/* Words that are put into the model's mouth. SillyTavern does that with Claude only. */
static char *
make_prefill (Context *context)
{
  gboolean impersonates = context_is_kind (context, CONTEXT_IMPERSONATE);

  if (context_is_kind (context, CONTEXT_QUIET)
      || !g_str_equal (context_get_preset (context, "chat_completion_source", "claude"), "claude"))
    return NULL;
  return context_expand_preset (context, impersonates ? "assistant_impersonation" : "assistant_prefill");
}

/* --- all -------------------------------------------------------------------------------------------------- */

static void
add_prompt (Assembly            *self,
            const ContextPrompt *prompt)
{
  g_autofree char *text = NULL;

  if (g_str_equal (prompt->id, "chatHistory"))
    add_chat (self);
  else if (g_str_equal (prompt->id, "dialogueExamples"))
    add_examples (self);
  else if (!context_is_in_chat (prompt) && (text = context_make_text (self->context, prompt)) != NULL)
    add_message (self, hearth_message_new (hearth_value_get_member_string (prompt->value, "role", "system"), text));
}

/* Behind everything, whatever the order. */
static void
add_end (Assembly *self)
{
  g_autofree char *impersonation = NULL;

  if (context_is_kind (self->context, CONTEXT_IMPERSONATE)
      && (impersonation = context_expand_preset (self->context, "impersonation_prompt")) != NULL)
    add_message (self, hearth_message_new ("system", impersonation));
  if (self->continued != NULL)
    g_ptr_array_add (self->messages, g_steal_pointer (&self->continued));
  add_alone (self, "assistant", make_prefill (self->context));
}

HearthValue *
context_assemble (Context *context)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  g_autoptr (GArray) prompts = context_list_prompts (context);
  Assembly self = { .context = context, .messages = messages, .prompts = prompts };

  self.squashes = context_is_arranged (context)
                  && hearth_value_get_member_boolean (context->preset, "squash_system_messages", FALSE);
  for (guint i = 0; i < prompts->len; i++)
    add_prompt (&self, &g_array_index (prompts, ContextPrompt, i));
  add_end (&self);
  return hearth_value_array ((HearthValue *const *) messages->pdata, messages->len);
}

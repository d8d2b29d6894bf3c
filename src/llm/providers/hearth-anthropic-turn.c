/* hearth-anthropic-turn.c: the blocks of Anthropic's turn, as far as they have come
 *
 * A model that thinks before it calls tools wants its thoughts back, unchanged and with their signatures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-anthropic-turn-private.h"

#include "hearth-anthropic-private.h"
#include "hearth-json.h"
#include "hearth-provider-read.h"

static void
block_free (gpointer data)
{
  HearthAnthropicBlock *self = data;

  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->begun, hearth_value_unref);
  g_clear_pointer (&self->input, hearth_value_unref);
  g_free (self->signature);
  g_free (self);
}

static void
turn_free (gpointer data)
{
  HearthAnthropicTurn *self = data;

  g_ptr_array_unref (self->blocks);
  g_free (self);
}

HearthAnthropicTurn *
_hearth_anthropic_turn_of (HearthAnswer *answer)
{
  HearthAnthropicTurn *self = hearth_answer_get_reader (answer);

  if (self == NULL)
    {
      self = g_new0 (HearthAnthropicTurn, 1);
      self->blocks = g_ptr_array_new_with_free_func (block_free);
      self->input = self->cached = self->cache_written = -1;
      hearth_answer_set_reader (answer, self, turn_free);
    }
  return self;
}

static HearthAnthropicBlockKind
read_kind (HearthValue *told)
{
  const char *type = hearth_value_get_member_string (told, "type", "");

  if (g_str_equal (type, "text"))
    return HEARTH_ANTHROPIC_TEXT;
  if (g_str_equal (type, "thinking"))
    return HEARTH_ANTHROPIC_THINKING;
  if (!g_str_equal (type, "tool_use"))
    return HEARTH_ANTHROPIC_OTHER;
  return g_str_equal (hearth_value_get_member_string (told, "name", ""), HEARTH_ANTHROPIC_ANSWER_TOOL)
           ? HEARTH_ANTHROPIC_ANSWER : HEARTH_ANTHROPIC_TOOL_USE;
}

HearthAnthropicBlock *
_hearth_anthropic_turn_begin (HearthAnthropicTurn *self,
                              guint                index,
                              HearthValue         *told)
{
  HearthAnthropicBlock *block = g_new0 (HearthAnthropicBlock, 1);
  HearthValue *input = hearth_read_object (told, "input");

  block->kind = read_kind (told);
  block->index = index;
  block->text = g_string_new (NULL);
  block->begun = hearth_value_ref_or_null (told);
  if (input != NULL && hearth_value_get_length (input) > 0)
    block->input = hearth_value_ref (input);
  block->signature = g_strdup (hearth_read_string (told, "signature"));
  g_ptr_array_add (self->blocks, block);
  return block;
}

HearthAnthropicBlock *
_hearth_anthropic_turn_find (HearthAnthropicTurn *self,
                             guint                index)
{
  for (guint i = self->blocks->len; i > 0; i--)
    {
      HearthAnthropicBlock *block = g_ptr_array_index (self->blocks, i - 1);

      if (block->index == index)
        return block;
    }
  return NULL;
}

void
_hearth_anthropic_block_sign (HearthAnthropicBlock *self,
                              const char           *signature)
{
  char *whole = g_strconcat (self->signature != NULL ? self->signature : "", signature, NULL);

  g_free (self->signature);
  self->signature = whole;
}

/* --- as the service has it ------------------------------------------------------------------------- */

static HearthValue *
dup_input (const HearthAnthropicBlock *block)
{
  g_autoptr (HearthValue) input = hearth_json_parse (block->text->str, (gssize) block->text->len, NULL);

  return hearth_value_is (input, OBJECT) ? g_steal_pointer (&input) : hearth_value_empty_object ();
}

/* NULL: it need not come back. */
static HearthValue *
block_to_value (const HearthAnthropicBlock *block)
{
  switch (block->kind)
    {
    case HEARTH_ANTHROPIC_TEXT:
      return block->text->len == 0 ? NULL : hearth_value_object ("type", hearth_value_string ("text"),
                                                                "text", hearth_value_string (block->text->str), NULL);
    case HEARTH_ANTHROPIC_THINKING:
      return hearth_value_object ("type", hearth_value_string ("thinking"),
                                  "thinking", hearth_value_string (block->text->str),
                                  "signature", hearth_value_string (block->signature != NULL ? block->signature : ""), NULL);
    case HEARTH_ANTHROPIC_TOOL_USE:
    case HEARTH_ANTHROPIC_ANSWER:
    case HEARTH_ANTHROPIC_OTHER:
      break;
    }
  if (block->text->len > 0)
    {
      g_autoptr (HearthValue) input = dup_input (block);

      return hearth_value_with (block->begun, "input", input);
    }
  return hearth_value_ref_or_null (block->begun);
}

static gboolean
is_sealed (const HearthAnthropicBlock *block)
{
  return block->signature != NULL
      || g_str_equal (hearth_value_get_member_string (block->begun, "type", ""), "redacted_thinking");
}

HearthValue *
_hearth_anthropic_turn_dup_signed (HearthAnthropicTurn *self)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  gboolean any = FALSE;

  for (guint i = 0; i < self->blocks->len; i++)
    any = any || is_sealed (g_ptr_array_index (self->blocks, i));
  for (guint i = 0; any && i < self->blocks->len; i++)
    hearth_builder_add (&out, NULL, block_to_value (g_ptr_array_index (self->blocks, i)));
  return any ? hearth_builder_end_array (&out) : NULL;
}

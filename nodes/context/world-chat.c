/* world-chat.c: a conversation as world books look at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-chat.h"

#define FIRST_SEED 5381

static void
text_clear (gpointer data)
{
  WorldText *self = data;

  g_free (self->raw);
  g_free (self->folded);
}

WorldChat *
world_chat_new (void)
{
  WorldChat *self = g_new0 (WorldChat, 1);

  self->messages = g_array_new (FALSE, FALSE, sizeof (WorldText));
  g_array_set_clear_func (self->messages, text_clear);
  return self;
}

void
world_chat_free (WorldChat *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->messages);
  for (guint i = 0; i < WORLD_N_SIGHTS; i++)
    text_clear (&self->sights[i]);
  g_free (self);
}

void
world_chat_add (WorldChat *self,
                char      *text,
                gboolean   is_answer)
{
  WorldText message = { .raw = text, .is_answer = is_answer };

  g_return_if_fail (self != NULL && text != NULL);

  message.folded = g_utf8_strdown (text, -1);
  message.seed = world_chat_get_seed (self, self->messages->len) * 31 + g_str_hash (text);
  g_array_append_val (self->messages, message);
}

void
world_chat_set_sight (WorldChat *self,
                      WorldSight sight,
                      char      *text)
{
  WorldText *place;

  g_return_if_fail (self != NULL && text != NULL);

  place = &self->sights[g_bit_nth_lsf (sight, -1)];
  text_clear (place);
  place->raw = text;
  place->folded = g_utf8_strdown (text, -1);
}

guint64
world_chat_get_seed (WorldChat *self,
                     guint      length)
{
  g_return_val_if_fail (self != NULL && length <= self->messages->len, 0);

  return length > 0 ? g_array_index (self->messages, WorldText, length - 1).seed : FIRST_SEED;
}

const char *
world_view_get_joined (WorldView *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->joined != NULL)
    return self->joined->str;
  self->joined = g_string_new (NULL);
  for (guint i = self->end; i > self->first; i--)
    g_string_append_printf (self->joined, "%s\n", g_array_index (self->chat->messages, WorldText, i - 1).raw);
  for (guint i = 0; i < WORLD_N_SIGHTS; i++)
    if ((self->sights & (1u << i)) && self->chat->sights[i].raw != NULL)
      g_string_append_printf (self->joined, "%s\n", self->chat->sights[i].raw);
  if (self->recursed != NULL)
    g_string_append (self->joined, self->recursed->raw);
  return self->joined->str;
}

void
world_view_clear (WorldView *self)
{
  if (self->joined != NULL)
    g_string_free (g_steal_pointer (&self->joined), TRUE);
}

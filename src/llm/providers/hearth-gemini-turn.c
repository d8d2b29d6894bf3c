/* hearth-gemini-turn.c: the parts of Gemini's turn, as far as they have come
 *
 * Parts that carry the signature of a thought must come back as they were; a text that came in pieces becomes one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-gemini-turn-private.h"

#include "hearth-provider-read.h"

struct _HearthGeminiTurn
{
  GPtrArray *parts; /* of HearthValue */
  GString *text;    /* unsigned, behind the last of them */
  gboolean is_signed;
};

static void
turn_free (gpointer data)
{
  HearthGeminiTurn *self = data;

  g_ptr_array_unref (self->parts);
  g_string_free (self->text, TRUE);
  g_free (self);
}

HearthGeminiTurn *
_hearth_gemini_turn_of (HearthAnswer *answer)
{
  HearthGeminiTurn *self = hearth_answer_get_reader (answer);

  if (self == NULL)
    {
      self = g_new0 (HearthGeminiTurn, 1);
      self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
      self->text = g_string_new (NULL);
      hearth_answer_set_reader (answer, self, turn_free);
    }
  return self;
}

static void
flush_text (HearthGeminiTurn *self)
{
  if (self->text->len > 0)
    g_ptr_array_add (self->parts, hearth_value_object ("text", hearth_value_string (self->text->str), NULL));
  g_string_truncate (self->text, 0);
}

void
_hearth_gemini_turn_add (HearthGeminiTurn *self,
                         HearthValue      *part)
{
  gboolean is_signed = hearth_read_string (part, "thoughtSignature") != NULL;
  const char *text = hearth_read_string (part, "text");

  self->is_signed |= is_signed;
  if (!is_signed && hearth_value_get_member_boolean (part, "thought", FALSE))
    return; /* a summary for people */
  if (!is_signed && text != NULL)
    {
      g_string_append (self->text, text);
      return;
    }
  flush_text (self);
  g_ptr_array_add (self->parts, hearth_value_ref (part));
}

HearthValue *
_hearth_gemini_turn_dup_signed (HearthGeminiTurn *self)
{
  if (!self->is_signed)
    return NULL;
  flush_text (self);
  return hearth_value_array ((HearthValue *const *) self->parts->pdata, self->parts->len);
}

/* model-call.c: one call of a model: what went in, what came out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models.h"

#include <string.h>

void
ref_call_clear (RefCall *self)
{
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_clear_pointer (&self->dead, g_ptr_array_unref);
  g_clear_pointer (&self->error, g_free);
}

void
ref_call_kill (RefCall    *self,
               const char *key)
{
  g_autoptr (HearthValue) old = g_steal_pointer (&self->outputs);

  self->outputs = old ? hearth_value_with (old, key, NULL) : NULL;
  if (self->dead == NULL)
    self->dead = g_ptr_array_new ();
  g_ptr_array_add (self->dead, (gpointer) g_intern_string (key));
}

void
ref_call_set (RefCall     *self,
              const char  *key,
              HearthValue *value)
{
  g_autoptr (HearthValue) owned = value;
  g_autoptr (HearthValue) old = g_steal_pointer (&self->outputs);

  self->outputs = hearth_value_with (old, key, value);
}

void
ref_call_yield (RefCall     *self,
                HearthValue *chunk)
{
  if (self->chunks == NULL)
    self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  g_ptr_array_add (self->chunks, chunk);
}

void
ref_call_fail (RefCall    *self,
               const char *message)
{
  self->error = g_strdup (message);
}

gint64
ref_call_get_integer (RefCall    *call,
                      const char *key,
                      gint64      fallback)
{
  HearthValue *value = call->get_input (call, key);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : fallback;
}

char *
ref_call_dup_text (RefCall    *call,
                   const char *key)
{
  HearthValue *value = call->get_input (call, key);

  return value ? hearth_value_to_text (value) : g_strdup ("");
}

char *
ref_call_join_chunks (GPtrArray *chunks,
                      guint      max)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; chunks && i < MIN (chunks->len, max); i++)
    {
      HearthValue *chunk = g_ptr_array_index (chunks, i);
      const char *type = hearth_value_get_member_string (chunk, "type", "");

      if (strcmp (type, "text_chunk") == 0)
        g_string_append (text, hearth_value_get_member_string (chunk, "content", ""));
      else
        g_string_append_printf (text, "[%c]", *type);
    }

  return g_string_free (text, FALSE);
}

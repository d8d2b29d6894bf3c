/* hearth-answer.c: an answer that grows piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-answer-private.h"

#include <string.h>

static HearthToolCall *
tool_call_new (guint index)
{
  HearthToolCall *self = g_new0 (HearthToolCall, 1);

  self->index = index;
  self->arguments = g_string_new (NULL);
  return self;
}

static void
tool_call_free (gpointer data)
{
  HearthToolCall *self = data;

  g_free (self->id);
  g_free (self->name);
  g_string_free (self->arguments, TRUE);
  g_free (self);
}

HearthAnswer *
hearth_answer_new (HearthDeltaFunc func,
                   gpointer        user_data)
{
  HearthAnswer *self = g_new0 (HearthAnswer, 1);

  self->func = func;
  self->user_data = user_data;
  self->text = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->tool_calls = g_ptr_array_new_with_free_func (tool_call_free);
  self->by_index = g_hash_table_new (NULL, NULL);
  self->usage = (HearthUsage) HEARTH_USAGE_UNKNOWN;
  return self;
}

void
hearth_answer_free (HearthAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->text, TRUE);
  g_string_free (self->reasoning, TRUE);
  g_ptr_array_unref (self->tool_calls);
  g_hash_table_unref (self->by_index);
  g_free (self->finish);
  g_free (self->model);
  g_free (self->response_id);
  g_clear_pointer (&self->raw, hearth_value_unref);
  g_clear_pointer (&self->native, hearth_value_unref);
  if (self->free_reader != NULL)
    self->free_reader (self->reader);
  g_free (self);
}

/* --- adding ------------------------------------------------------------------------------------ */

static void
tell (HearthAnswer      *self,
      const HearthDelta *delta)
{
  if (self->func != NULL)
    self->func (self, delta, self->user_data);
}

static void
add_piece (HearthAnswer   *self,
           GString        *whole,
           HearthDeltaKind kind,
           const char     *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append (whole, text);
  tell (self, &(HearthDelta){ .kind = kind, .text = text });
}

void
hearth_answer_add_text (HearthAnswer *self,
                        const char   *text)
{
  g_return_if_fail (self != NULL);

  add_piece (self, self->text, HEARTH_DELTA_TEXT, text);
}

void
hearth_answer_add_reasoning (HearthAnswer *self,
                             const char   *text)
{
  g_return_if_fail (self != NULL);

  add_piece (self, self->reasoning, HEARTH_DELTA_REASONING, text);
}

/* Some services number every call 0, or none of them; the ids tell. */
static gboolean
begins_another (const HearthToolCall *call,
                guint                 index,
                const char           *id,
                const char           *name)
{
  if (name == NULL || call->name == NULL)
    return FALSE;
  if (id != NULL && call->id != NULL)
    return strcmp (id, call->id) != 0;
  return index == HEARTH_ANSWER_NO_INDEX;
}

static HearthToolCall *
ensure_tool_call (HearthAnswer *self,
                  guint         index,
                  const char   *id,
                  const char   *name)
{
  HearthToolCall *call = g_hash_table_lookup (self->by_index, GUINT_TO_POINTER (index));

  if (call == NULL || begins_another (call, index, id, name))
    {
      call = tool_call_new (self->tool_calls->len);
      g_ptr_array_add (self->tool_calls, call);
      g_hash_table_replace (self->by_index, GUINT_TO_POINTER (index), call);
    }
  return call;
}

void
hearth_answer_add_tool_call (HearthAnswer *self,
                             guint         index,
                             const char   *id,
                             const char   *name,
                             const char   *arguments)
{
  HearthToolCall *call;
  HearthDelta delta = { .kind = HEARTH_DELTA_TOOL_CALL, .text = arguments != NULL ? arguments : "" };

  g_return_if_fail (self != NULL);

  if (id != NULL && *id == '\0')
    id = NULL;
  if (name != NULL && *name == '\0')
    name = NULL;
  call = ensure_tool_call (self, index, id, name);
  delta.index = call->index;
  if (call->id == NULL && id != NULL)
    delta.id = call->id = g_strdup (id);
  if (call->name == NULL && name != NULL)
    delta.name = call->name = g_strdup (name);
  g_string_append (call->arguments, delta.text);
  if (*delta.text != '\0' || delta.id != NULL || delta.name != NULL)
    tell (self, &delta);
}

static void
take_count (gint64 *count,
            gint64  told)
{
  if (told >= 0)
    *count = told;
}

void
hearth_answer_set_usage (HearthAnswer      *self,
                         const HearthUsage *usage)
{
  g_return_if_fail (self != NULL && usage != NULL);

  take_count (&self->usage.prompt, usage->prompt);
  take_count (&self->usage.completion, usage->completion);
  take_count (&self->usage.cached, usage->cached);
  take_count (&self->usage.cache_written, usage->cache_written);
  take_count (&self->usage.reasoning, usage->reasoning);
  tell (self, &(HearthDelta){ .kind = HEARTH_DELTA_USAGE });
}

static void
set_text (char      **place,
          const char *text)
{
  if (text == NULL || *text == '\0' || text == *place)
    return;
  g_free (*place);
  *place = g_strdup (text);
}

void
hearth_answer_set_finish (HearthAnswer *self,
                          const char   *reason)
{
  g_return_if_fail (self != NULL);

  set_text (&self->finish, reason);
}

void
hearth_answer_set_identity (HearthAnswer *self,
                            const char   *model,
                            const char   *response_id)
{
  g_return_if_fail (self != NULL);

  set_text (&self->model, model);
  set_text (&self->response_id, response_id);
}

void
hearth_answer_set_raw (HearthAnswer *self,
                       HearthValue  *body)
{
  g_return_if_fail (self != NULL && body != NULL);

  hearth_value_ref (body);
  g_clear_pointer (&self->raw, hearth_value_unref);
  self->raw = body;
}

void
hearth_answer_set_native (HearthAnswer *self,
                          const char   *provider,
                          HearthValue  *turn)
{
  g_return_if_fail (self != NULL && provider != NULL && hearth_value_is (turn, ARRAY));

  g_clear_pointer (&self->native, hearth_value_unref);
  self->native = hearth_value_object ("provider", hearth_value_string (provider), "turn", hearth_value_ref (turn), NULL);
}

void
hearth_answer_set_reader (HearthAnswer  *self,
                          gpointer       state,
                          GDestroyNotify free_func)
{
  g_return_if_fail (self != NULL && self->reader == NULL);

  self->reader = state;
  self->free_reader = free_func;
}

gpointer
hearth_answer_get_reader (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reader;
}

void
hearth_answer_set_done (HearthAnswer *self)
{
  g_return_if_fail (self != NULL);

  self->is_done = TRUE;
}

/* --- looking ------------------------------------------------------------------------------------- */

const char *
hearth_answer_get_text (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text->str;
}

const char *
hearth_answer_get_reasoning (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reasoning->str;
}

guint
hearth_answer_get_n_tool_calls (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tool_calls->len;
}

const HearthUsage *
hearth_answer_get_usage (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->usage;
}

const char *
hearth_answer_get_finish (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->finish;
}

const char *
hearth_answer_get_model (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model;
}

gboolean
hearth_answer_is_done (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_done;
}

/* fuzz-model-answer.c: whatever a service answers becomes an answer or a sentence
 *
 * The first line names a provider and what is read ("openai stream"); what follows is the body.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-provider.h"

#include "fuzz.h"

#define MAX_EVENT_BYTES (1024 * 1024)

typedef struct
{
  const HearthProvider *provider;
  HearthAnswer *answer;
  GError *error;
  gsize n_heard;
} Reading;

static void
check_error (GError **error)
{
  g_assert_nonnull (*error);
  g_assert_true ((*error)->domain == HEARTH_MODEL_ERROR);
  g_assert_nonnull (hearth_model_error_get_class (*error));
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL) && *(*error)->message != '\0');
  g_clear_error (error);
}

static void
check_value (HearthValue *value)
{
  g_autofree char *text = hearth_json_print (value);
  g_autoptr (HearthValue) again = hearth_json_parse (text, -1, NULL);

  g_assert_true (hearth_value_equal (value, again));
  hearth_value_unref (value);
}

static void
check_answer (HearthAnswer *answer)
{
  const HearthUsage *usage = hearth_answer_get_usage (answer);

  g_assert_true (usage->prompt >= -1 && usage->completion >= -1 && usage->cached >= -1);
  g_assert_true (usage->cache_written >= -1 && usage->reasoning >= -1);
  g_assert_true (g_utf8_validate (hearth_answer_get_text (answer), -1, NULL));
  check_value (hearth_answer_to_value (answer));
  check_value (hearth_answer_to_message (answer));
  check_value (hearth_answer_dup_tool_calls (answer));
}

static void
delta_cb (HearthAnswer      *answer,
          const HearthDelta *delta,
          gpointer           user_data)
{
  Reading *self = user_data;

  self->n_heard++;
  g_assert_true (delta->kind == HEARTH_DELTA_USAGE || delta->text != NULL);
  g_assert_true (delta->kind != HEARTH_DELTA_TOOL_CALL || delta->index < hearth_answer_get_n_tool_calls (answer));
}

static gboolean
line_cb (const char *name,
         const char *data,
         gsize       length,
         gpointer    user_data)
{
  Reading *self = user_data;
  g_autoptr (HearthValue) value = hearth_json_parse (data, (gssize) length, NULL);
  gboolean is_read = TRUE;

  if (value != NULL)
    is_read = self->provider->read_event (self->answer, name, value, &self->error);
  else if (self->provider->read_text != NULL)
    is_read = self->provider->read_text (self->answer, name, data, &self->error);
  g_assert_true (is_read == (self->error == NULL));
  return is_read;
}

static void
read_stream (Reading    *self,
             const char *body,
             gsize       length)
{
  g_autoptr (HearthLineReader) lines = hearth_line_reader_new (self->provider->framing, MAX_EVENT_BYTES, line_cb, self);
  gsize half = length / 2;

  if (hearth_line_reader_feed (lines, body, half, NULL) && self->error == NULL
      && hearth_line_reader_feed (lines, body + half, length - half, NULL) && self->error == NULL)
    hearth_line_reader_end (lines, NULL);
}

static void
read_list (HearthValue *list,
           GError     **error)
{
  g_assert_true ((list == NULL) == (*error != NULL));
  if (list != NULL)
    check_value (list);
}

static void
read_whole (Reading    *self,
            const char *what,
            const char *body,
            gsize       length)
{
  g_autoptr (HearthValue) value = hearth_json_parse (body, (gssize) length, NULL);
  g_autofree char *text = g_utf8_make_valid (body, (gssize) length);
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  if (strcmp (what, "error") == 0)
    self->error = self->provider->read_error (400 + (guint) (length % 130), value, value, text);
  else if (value == NULL)
    return;
  else if (strcmp (what, "models") == 0 && self->provider->read_models != NULL)
    read_list (self->provider->read_models (value, &self->error), &self->error);
  else if (strcmp (what, "embed") == 0 && self->provider->read_embed != NULL)
    read_list (self->provider->read_embed (value, &usage, &self->error), &self->error);
  else
    g_assert_true (self->provider->read_answer (self->answer, value, &self->error) == (self->error == NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = memchr (data, '\n', size);
  g_autofree char *line = end != NULL ? g_strndup ((const char *) data, (gsize) (end - data)) : NULL;
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 2) : NULL;
  Reading reading = { 0 };

  if (words == NULL || g_strv_length (words) != 2)
    return 0;
  reading.provider = hearth_providers_lookup (words[0]);
  if (reading.provider == NULL || reading.provider->local != NULL)
    return 0;
  reading.answer = hearth_answer_new (delta_cb, &reading);
  if (strcmp (words[1], "stream") == 0)
    read_stream (&reading, (const char *) end + 1, size - (gsize) (end + 1 - data));
  else
    read_whole (&reading, words[1], (const char *) end + 1, size - (gsize) (end + 1 - data));
  check_answer (reading.answer);
  hearth_answer_free (reading.answer);
  if (reading.error != NULL)
    check_error (&reading.error);
  return 0;
}

/* streaming.h: a stream of events that comes in pieces, through the line reader to a provider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-line-reader.h"
#include "reading.h"

#define MAX_EVENT (1024 * 1024)

static inline gboolean
streaming_event_cb (const char *name,
                    const char *data,
                    gsize       length,
                    gpointer    user_data)
{
  Fixture *f = user_data;
  g_autoptr (HearthValue) value = hearth_json_parse (data, (gssize) length, NULL);

  if (f->error != NULL)
    return FALSE;
  if (value != NULL)
    return f->provider->read_event (f->answer, name, value, &f->error);
  return f->provider->read_text == NULL || f->provider->read_text (f->answer, name, data, &f->error);
}

static inline void
stream_pieces (Fixture    *f,
               const char *stream,
               gsize       cut)
{
  HearthLineReader *reader = hearth_line_reader_new (f->provider->framing, MAX_EVENT, streaming_event_cb, f);
  gsize length = strlen (stream);

  hearth_line_reader_feed (reader, stream, cut, NULL);
  hearth_line_reader_feed (reader, stream + cut, length - cut, NULL);
  hearth_line_reader_end (reader, NULL);
  hearth_line_reader_free (reader);
}

static inline void
stream_whole (Fixture    *f,
              const char *stream)
{
  renew (f);
  stream_pieces (f, stream, strlen (stream));
}

/* Cut in two at every byte, and into single bytes: always the same is heard. What came last stays in @f. */
static inline void
assert_stream (Fixture    *f,
               const char *stream,
               const char *heard)
{
  HearthLineReader *reader;

  for (gsize cut = 0; cut <= strlen (stream); cut++)
    {
      renew (f);
      stream_pieces (f, stream, cut);
      g_assert_no_error (f->error);
      g_assert_cmpstr (f->heard->str, ==, heard);
    }
  renew (f);
  reader = hearth_line_reader_new (f->provider->framing, MAX_EVENT, streaming_event_cb, f);
  for (const char *at = stream; *at != '\0'; at++)
    hearth_line_reader_feed (reader, at, 1, NULL);
  hearth_line_reader_end (reader, NULL);
  hearth_line_reader_free (reader);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->heard->str, ==, heard);
  g_assert_true (hearth_answer_is_done (f->answer));
}

/* --- requests ---------------------------------------------------------------------------------- */

/* What is asked, as JSON: {model?, messages, params?, tools?, tool_choice?, schema?, stream?}. */
static inline HearthValue *
write_body (Fixture    *f,
            const char *text,
            HearthProviderMessage *message)
{
  g_autoptr (HearthValue) asked = parse (text);
  g_autoptr (HearthChannel) channel = hearth_channel_new (f->provider, "https://service.test/v1/");
  HearthModelRequest request = {
    .model = hearth_value_get_member_string (asked, "model", "model-1"),
    .messages = hearth_value_get (asked, "messages"),
    .params = hearth_value_get (asked, "params"),
    .tools = hearth_value_get (asked, "tools"),
    .tool_choice = hearth_value_get_member_string (asked, "tool_choice", NULL),
    .schema = hearth_value_get (asked, "schema"),
    .stream = hearth_value_get_member_boolean (asked, "stream", FALSE),
  };

  g_clear_error (&f->error);
  if (!f->provider->write_request (channel, &request, message, &f->error))
    return NULL;
  return hearth_value_ref (message->body);
}

static inline void
assert_body (Fixture    *f,
             const char *asked,
             const char *expected)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthValue) body = write_body (f, asked, &message);

  g_assert_no_error (f->error);
  assert_value (body, expected);
}

static inline void
assert_refused (Fixture         *f,
                const char      *asked,
                HearthModelError code)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthValue) body = write_body (f, asked, &message);

  g_assert_null (body);
  g_assert_error (f->error, HEARTH_MODEL_ERROR, (int) code);
  g_clear_error (&f->error);
}

/* How the service refuses a body, and what is sent then; NULL: nothing. */
static inline void
assert_less (Fixture    *f,
             const char *words,
             const char *provider_code,
             const char *body_text,
             const char *expected)
{
  g_autoptr (HearthValue) body = parse (body_text);
  g_autoptr (GError) error = hearth_model_error_new (HEARTH_MODEL_ERROR_INVALID, words, provider_code, 400, 0);
  g_autoptr (HearthValue) less = f->provider->write_less (body, error);

  if (expected == NULL)
    g_assert_null (less);
  else
    assert_value (less, expected);
}

/* --- refusals and lies ---------------------------------------------------------------------------- */

static inline void
assert_error (Fixture         *f,
              guint            status,
              const char      *body_text,
              HearthModelError code,
              const char      *words)
{
  g_autoptr (HearthValue) body = hearth_json_parse (body_text, -1, NULL);
  g_autoptr (GError) error = f->provider->read_error (status, NULL, body, body_text);

  g_assert_error (error, HEARTH_MODEL_ERROR, (int) code);
  g_assert_cmpstr (hearth_model_error_get_words (error), ==, words);
}

/* An event that fails the call. */
static inline void
assert_event_fails (Fixture         *f,
                    const char      *stream,
                    HearthModelError code)
{
  stream_whole (f, stream);
  g_assert_error (f->error, HEARTH_MODEL_ERROR, (int) code);
  g_assert_false (hearth_answer_is_done (f->answer));
}

/* Every value in @text, however deep, replaced by values of all other kinds, one at a time: whatever the service sends
 * then, it is read or refused. */
static inline HearthValue *
lie (HearthValue *value,
     gint        *place,
     HearthValue *other)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  gboolean is_object = hearth_value_is (value, OBJECT);

  if ((*place)-- == 0)
    return hearth_value_ref (other);
  if (!is_object && !hearth_value_is (value, ARRAY))
    return hearth_value_ref (value);
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    hearth_builder_add (&out, is_object ? hearth_value_key_at (value, i) : NULL,
                        lie (is_object ? hearth_value_member_at (value, i) : hearth_value_at (value, i), place, other));
  return is_object ? hearth_builder_end_object (&out) : hearth_builder_end_array (&out);
}

typedef void (*LieFunc) (Fixture     *f,
                         HearthValue *value);

static inline void
each_lie (Fixture    *f,
          const char *text,
          LieFunc     read)
{
  static const char *const kinds[] = { "null", "true", "-1", "1e300", "\"\"", "\"text\"", "[]", "[null]", "{}", "{\"type\":{}}" };
  g_autoptr (HearthValue) truth = parse (text);

  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (HearthValue) other = parse (kinds[kind]);

      for (gint place = 0;; place++)
        {
          gint left = place;
          g_autoptr (HearthValue) value = lie (truth, &left, other);

          if (left >= 0)
            break;
          renew (f);
          read (f, value);
        }
    }
}

static inline void
read_lying_answer (Fixture     *f,
                   HearthValue *value)
{
  g_autoptr (HearthValue) told = NULL;
  g_autoptr (GError) error = NULL;

  if (!f->provider->read_answer (f->answer, value, &error))
    g_assert_true (error != NULL && error->domain == HEARTH_MODEL_ERROR);
  told = hearth_answer_to_value (f->answer);
}

/* A list of events. */
static inline void
read_lying_events (Fixture     *f,
                   HearthValue *events)
{
  g_autoptr (HearthValue) told = NULL;
  gboolean is_array = hearth_value_is (events, ARRAY);

  for (gsize i = 0; is_array && i < hearth_value_get_length (events); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!f->provider->read_event (f->answer, "message", hearth_value_at (events, i), &error))
        g_assert_true (error != NULL && error->domain == HEARTH_MODEL_ERROR);
    }
  told = hearth_answer_to_message (f->answer);
}

/* What a user's workflow may ask, just as wrong. */
static inline void
write_lying_request (Fixture     *f,
                     HearthValue *asked)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autofree char *text = hearth_json_print (asked);
  g_autoptr (HearthValue) body = write_body (f, text, &message);

  g_assert_true ((body == NULL) == (f->error != NULL));
  g_assert_true (f->error == NULL || f->error->domain == HEARTH_MODEL_ERROR);
}

#define ANY_REQUEST "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":[" \
  "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\",\"detail\":\"low\"}}," \
  "{\"type\":\"file\",\"file\":{\"filename\":\"a\",\"file_data\":\"data:,b\"}}]}," \
  "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]," \
  "\"native\":{\"provider\":\"google\",\"turn\":[{\"text\":\"\"}]}}," \
  "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"{}\"}],\"params\":{\"temperature\":1,\"stop\":[\"x\"],\"max_tokens\":5," \
  "\"output_config\":{\"effort\":\"low\"},\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9},\"reasoning\":{\"effort\":\"low\"}," \
  "\"generationConfig\":{\"topK\":1},\"text\":{\"verbosity\":\"low\"},\"reasoning_effort\":\"low\"}," \
  "\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}],\"tool_choice\":\"f\"," \
  "\"schema\":{\"name\":\"s\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"string\"}]}}}}}"

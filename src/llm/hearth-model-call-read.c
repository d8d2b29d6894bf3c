/* hearth-model-call-read.c: what comes back from a call, be it what was asked or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-call-private.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-json-mend-private.h"
#include "hearth-i18n.h"

#define MAX_EVENT_BYTES (32 * 1024 * 1024)
/* Some services leave the connection open after the end of an answer; usage may still follow. */
#define AFTER_END_MS 3000
#define MAX_ASKED 4
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const HearthProvider *
get_provider (HearthModelCall *self)
{
  return self->channel->provider;
}

/* --- a stream ---------------------------------------------------------------------------------------- */

static HearthValue *
parse_line (const char *data,
            gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_json_parse (data, (gssize) length, &error);
  g_autofree char *mended = NULL;

  if (g_error_matches (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_ENCODING))
    mended = _hearth_json_mend_halves (data, length);
  return mended != NULL ? hearth_json_parse (mended, (gssize) length, NULL) : g_steal_pointer (&value);
}

static gboolean
read_line (HearthModelCall *self,
           const char      *name,
           const char      *data,
           gsize            length)
{
  g_autoptr (HearthValue) value = parse_line (data, length);

  if (value != NULL)
    return get_provider (self)->read_event (self->answer, name, value, &self->failure);
  return get_provider (self)->read_text == NULL
      || get_provider (self)->read_text (self->answer, name, data, &self->failure);
}

static gboolean
line_cb (const char *name,
         const char *data,
         gsize       length,
         gpointer    user_data)
{
  HearthModelCall *self = user_data;

  return read_line (self, name, data, length) && !self->is_cancelled;
}

static void
begin_lines (HearthModelCall *self)
{
  self->lines = hearth_line_reader_new (get_provider (self)->framing, MAX_EVENT_BYTES, line_cb, self);
}

static void
after_end_cb (gpointer user_data)
{
  HearthModelCall *self = user_data;

  self->timer = 0;
  _hearth_model_call_end (self, NULL, NULL, NULL);
}

void
_hearth_model_call_watch_end (HearthModelCall *self)
{
  _hearth_model_call_stop_waiting (self);
  if (hearth_answer_is_done (self->answer) && !self->is_paused)
    _hearth_model_call_wait (self, AFTER_END_MS, after_end_cb);
}

/* FALSE: @self is gone. */
static gboolean
check_lines (HearthModelCall *self,
             gboolean         is_fed,
             GError          *error)
{
  if (!_hearth_model_call_leave (self))
    {
      g_clear_error (&error);
      return FALSE;
    }
  if (self->failure == NULL && !is_fed)
    self->failure = _hearth_model_call_error_outside (error);
  g_clear_error (&error);
  if (self->failure == NULL)
    return TRUE;
  _hearth_model_call_end (self, NULL, NULL, g_steal_pointer (&self->failure));
  return FALSE;
}

static gboolean
feed_lines (HearthModelCall *self,
            const char      *bytes,
            gsize            length)
{
  GError *error = NULL;
  gboolean is_fed;

  _hearth_model_call_enter (self);
  is_fed = hearth_line_reader_feed (self->lines, bytes, length, &error);
  if (!check_lines (self, is_fed, error))
    return FALSE;
  if (self->exchange != NULL)
    _hearth_model_call_watch_end (self);
  return TRUE;
}

static void
end_lines (HearthModelCall *self)
{
  GError *error = NULL;
  gboolean is_fed;

  _hearth_model_call_enter (self);
  is_fed = hearth_line_reader_end (self->lines, &error);
  if (check_lines (self, is_fed, error))
    _hearth_model_call_end (self, NULL, NULL,
                            hearth_answer_is_done (self->answer) ? NULL : _hearth_model_call_error_cut ());
}

/* --- a whole --------------------------------------------------------------------------------------------- */

/* The same question without what the service refused. */
static gboolean
ask_less (HearthModelCall *self,
          const GError    *error)
{
  if (self->purpose != HEARTH_CALL_ANSWER || self->n_asked >= MAX_ASKED || !_hearth_model_call_write_less (self, error))
    return FALSE;
  g_ptr_array_add (self->refused, _hearth_model_call_error_mask (self, g_error_copy (error)));
  g_string_truncate (self->body, 0);
  self->is_known = FALSE;
  self->status = 0;
  _hearth_model_call_ask (self);
  return TRUE;
}

static void
read_refusal (HearthModelCall *self,
              HearthValue     *body)
{
  g_autoptr (GError) error = _hearth_model_call_error_refused (self, body);

  if (!ask_less (self, error))
    _hearth_model_call_end (self, NULL, NULL, g_steal_pointer (&error));
}

static void
read_answer (HearthModelCall *self,
             HearthValue     *body)
{
  GError *error = NULL;

  _hearth_model_call_enter (self);
  get_provider (self)->read_answer (self->answer, body, &error);
  if (_hearth_model_call_leave (self))
    _hearth_model_call_end (self, NULL, NULL, error);
  else
    g_clear_error (&error);
}

static void
read_value (HearthModelCall *self,
            HearthValue     *body)
{
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;
  g_autoptr (HearthValue) value = NULL;
  GError *error = NULL;

  if (self->purpose == HEARTH_CALL_MODELS)
    value = get_provider (self)->read_models (body, &error);
  else
    value = get_provider (self)->read_embed (body, &usage, &error);
  if (value != NULL && self->texts != NULL && hearth_value_get_length (value) != hearth_value_get_length (self->texts))
    hearth_model_error_set (&error, HEARTH_MODEL_ERROR_BAD_ANSWER, _("The service did not embed every text. Try again, or choose another model."));
  _hearth_model_call_end (self, value, &usage, error);
}

/* Lines that were neither asked nor announced, read after all. */
static void
read_as_lines (HearthModelCall *self)
{
  begin_lines (self);
  if (feed_lines (self, self->body->str, self->body->len))
    end_lines (self);
}

static gboolean
may_be_lines (HearthModelCall *self)
{
  return self->purpose == HEARTH_CALL_ANSWER && get_provider (self)->framing == HEARTH_FRAMING_LINES
      && self->body->len > 0 && *self->body->str == '{';
}

static void
parsed_cb (HearthValue *value,
           gpointer     user_data)
{
  HearthModelCall *self = user_data;

  _hearth_model_call_set_job (self, NULL);
  if (self->status < 200 || self->status >= 300)
    read_refusal (self, value);
  else if (value == NULL && may_be_lines (self))
    read_as_lines (self);
  else if (value == NULL)
    _hearth_model_call_end (self, NULL, NULL, _hearth_model_call_error_no_json (self));
  else if (self->purpose == HEARTH_CALL_ANSWER)
    read_answer (self, value);
  else
    read_value (self, value);
}

static void
read_body (HearthModelCall *self)
{
  HearthJsonJob *job;

  if (g_str_has_prefix (self->body->str, BYTE_ORDER_MARK))
    g_string_erase (self->body, 0, strlen (BYTE_ORDER_MARK));
  job = _hearth_json_job_parse (self->body->str, self->body->len, parsed_cb, self);
  if (job != NULL) /* else @self may be gone */
    _hearth_model_call_set_job (self, job);
}

/* --- which of them -------------------------------------------------------------------------------------------- */

static gboolean
begins_like_event (const char *text,
                   gsize       length)
{
  static const char *const fields[] = { "data", "event", ":", "id", "retry" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strncmp (text, fields[i], MIN (length, strlen (fields[i]))) == 0)
      return TRUE;
  return FALSE;
}

/* What the service says it is, and what was asked, counts less than what the first bytes are. */
static gboolean
is_stream (HearthModelCall *self,
           const char      *text,
           gsize            length)
{
  const char *type = hearth_value_get_member_string (self->headers, "content-type", "");

  if (self->purpose != HEARTH_CALL_ANSWER || self->status < 200 || self->status >= 300 || *text == '<')
    return FALSE;
  if (get_provider (self)->framing == HEARTH_FRAMING_LINES)
    return *text == '{' && !g_str_has_prefix (type, "application/json")
        && (self->wants_stream || strstr (type, "ndjson") != NULL);
  if (*text == '{' || *text == '[')
    return FALSE;
  return g_str_has_prefix (type, "text/event-stream") || begins_like_event (text, length);
}

/* Known with the first byte that is no space. FALSE: @self is gone. */
static gboolean
look (HearthModelCall *self)
{
  const char *text = self->body->str;
  const char *end = text + self->body->len;

  if (g_str_has_prefix (text, BYTE_ORDER_MARK))
    text += strlen (BYTE_ORDER_MARK);
  while (text < end && g_ascii_isspace (*text))
    text++;
  if (text == end || (guchar) *text == 0xef)
    return TRUE;
  self->is_known = TRUE;
  if (!is_stream (self, text, (gsize) (end - text)))
    return TRUE;
  begin_lines (self);
  return feed_lines (self, self->body->str, self->body->len);
}

/* --- events of the exchange -------------------------------------------------------------------------------------- */

static void
head_cb (guint        status,
         HearthValue *headers,
         gpointer     user_data)
{
  HearthModelCall *self = user_data;

  self->status = status;
  g_clear_pointer (&self->headers, hearth_value_unref);
  self->headers = hearth_value_ref (headers);
}

static void
data_cb (const char *bytes,
         gsize       length,
         gpointer    user_data)
{
  HearthModelCall *self = user_data;

  if (self->lines != NULL)
    {
      feed_lines (self, bytes, length);
      return;
    }
  g_string_append_len (self->body, bytes, (gssize) length);
  if (!self->is_known)
    look (self);
}

static void
ended_cb (const GError *error,
          gpointer      user_data)
{
  HearthModelCall *self = user_data;

  self->exchange = NULL;
  _hearth_model_call_stop_waiting (self);
  if (error != NULL && hearth_answer_is_done (self->answer))
    _hearth_model_call_end (self, NULL, NULL, NULL);
  else if (error != NULL && self->status < 400)
    _hearth_model_call_end (self, NULL, NULL, _hearth_model_call_error_outside (error));
  else if (self->lines != NULL)
    end_lines (self);
  else
    read_body (self);
}

const HearthExchangeEvents _hearth_model_call_exchange_events = {
  .head = head_cb,
  .data = data_cb,
  .ended = ended_cb,
};

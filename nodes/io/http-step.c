/* http-step.c: a step that asks a service over HTTP and waits for the whole answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "http-step.h"

#include <string.h>

#include "hearth-model-error.h"
#include "shapes.h"

#include "hearth-i18n.h"

#define MAX_SHOWN 200 /* characters of an answer that is a refusal */

/* Lives until the step has ended. */
typedef struct
{
  HearthStep *step; /* borrowed; owns this */
  GSource *watch;
  HearthExchange *exchange; /* NULL: it is over */
  HearthHttpAnswered answered;
  guint status;
  HearthValue *headers;
  GString *body;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_string_free (self->body, TRUE);
  g_free (self);
}

static void
head_cb (guint        status,
         HearthValue *headers,
         gpointer     user_data)
{
  Asking *self = user_data;

  self->status = status;
  self->headers = hearth_value_ref (headers);
}

static void
data_cb (const char *bytes,
         gsize       length,
         gpointer    user_data)
{
  Asking *self = user_data;

  g_string_append_len (self->body, bytes, (gssize) length);
}

static const char *
get_class (const GError *error)
{
  if (g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE)
      || g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_CUT))
    return "network";
  if (g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TIMEOUT))
    return "timeout";
  return g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_ADDRESS) ? "input" : "refused";
}

static void
ended_cb (const GError *error,
          gpointer      user_data)
{
  Asking *self = user_data;
  g_autofree char *text = NULL;

  self->exchange = NULL;
  if (error != NULL)
    {
      hearth_step_fail (self->step, hearth_error_new_class (get_class (error), 0, error->message));
      return;
    }
  text = g_utf8_make_valid (self->body->str, (gssize) self->body->len);
  self->answered (self->step, self->status, self->headers, text);
}

static const HearthExchangeEvents events = { head_cb, data_cb, ended_cb };

static void
expired_cb (HearthStep *step,
            gpointer    user_data)
{
  hearth_step_fail (step, hearth_shape_new_error ("timeout", 0, N_("The service took longer to answer than its time-out allows. "
                                                                   "Allow it more time, or try again later.")));
}

void
hearth_http_step_send (HearthStep                 *step,
                       const HearthOutsideRequest *request,
                       const char                 *who,
                       guint                       timeout_ms,
                       HearthHttpAnswered          answered)
{
  HearthOutside *outside = hearth_step_get_service (step, HEARTH_TYPE_OUTSIDE);
  HearthOutsideRequest marked = *request;
  g_autoptr (HearthValue) mark = hearth_value_string (who);
  g_autoptr (HearthValue) headers = hearth_value_with (request->headers, HEARTH_OUTSIDE_HEADER, mark);
  Asking *self;

  if (outside == NULL)
    {
      hearth_step_fail (step, hearth_shape_new_error ("node", 0, N_("This run has no way to ask other services. Run the workflow in "
                                                                    "the window, by “hearthctl run”, or on a server.")));
      return;
    }
  self = g_new0 (Asking, 1);
  self->step = step;
  self->answered = answered;
  self->body = g_string_new (NULL);
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, asking_free);
  hearth_step_add_timeout (step, timeout_ms, expired_cb, NULL);
  marked.headers = headers;
  marked.first_byte_ms = marked.idle_ms = timeout_ms;
  self->exchange = hearth_outside_send (outside, &marked, &events, self);
}

/* --- refusals ------------------------------------------------------------------------------------- */

static void
refuse_redirect (HearthStep  *step,
                 HearthValue *headers)
{
  GError *error = hearth_shape_new_error ("refused", 0, N_("The service sends on to “%s”, which is another place. Ask there if you "
                                                           "trust it."),
                                          hearth_value_get_member_string (headers, "location", ""));

  hearth_step_fail (step, error);
}

/* What can be done about it; behind it stand the service's own words. */
#define ADVICE(status) \
  ((status) == 401 || (status) == 403 \
     ? N_("The service does not let this request in: status %u (%s). Check its key or credential. %s") \
   : (status) == 404 ? N_("The service has nothing at this address: status %u (%s). Check it. %s") \
   : (status) == 429 ? N_("The service takes no more requests for now: status %u (%s). Try again later. %s") \
   : (status) >= 500 ? N_("The service has a problem of its own: status %u (%s). Try again later. %s") \
                     : N_("The service does not take this request: status %u (%s). Check the node's inputs. %s"))

void
hearth_http_step_refuse (HearthStep  *step,
                         guint        status,
                         HearthValue *headers,
                         const char  *text)
{
  g_autofree char *shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_SHOWN));
  const char *error_class = status == 429 ? "rate-limit" : status == 408 ? "timeout" : status >= 500 ? "server" : "refused";

  if (status < 400 && hearth_value_get (headers, "location") != NULL)
    {
      refuse_redirect (step, headers);
      return;
    }
  hearth_step_fail (step, hearth_shape_new_error (error_class, hearth_model_error_read_retry_after (headers), ADVICE (status),
                                                  status, hearth_outside_get_phrase (status), g_strstrip (shown)));
}

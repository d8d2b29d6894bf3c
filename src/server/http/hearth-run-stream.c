/* hearth-run-stream.c: the news of one run as the answer to a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-stream.h"

#include "hearth-event-json.h"
#include "hearth-outbox.h"
#include "hearth-request-stream.h"
#include "hearth-teller.h"

/* As for a WebSocket: this much is under way; more waits in the outbox, where text is merged above the
 * second; above the third the answer ends early. */
#define MAX_UNDERWAY (256 * 1024)
#define MERGE_ABOVE (4u << 20)
#define MAX_WAITING (128u << 20)

typedef struct
{
  HearthRequest *request;
  HearthRunStreamForm form;
  HearthRequestStream *stream; /* NULL: the result alone is told */
  HearthOutbox *outbox;
  HearthTeller *teller;

  HearthQueue *queue;
  gulong added_handler;
  HearthRun *run; /* NULL until it is added to the queue */
  guint observer_id;
  gboolean ended; /* nothing more comes */
  guint end_id;
} RunStream;

static void
run_stream_free (RunStream *self)
{
  g_clear_signal_handler (&self->added_handler, self->queue);
  g_clear_handle_id (&self->end_id, g_source_remove);
  if (self->observer_id != 0)
    hearth_run_remove_observer (self->run, self->observer_id);
  g_clear_pointer (&self->stream, hearth_request_stream_free);
  g_clear_object (&self->run);
  g_object_unref (self->queue);
  hearth_outbox_free (self->outbox);
  hearth_teller_free (self->teller);
  hearth_request_unref (self->request);
  g_free (self);
}

/* --- sending --------------------------------------------------------------------------------- */

static void
give (RunStream  *self,
      const char *message)
{
  gboolean events = self->form == HEARTH_RUN_STREAM_EVENTS;
  g_autofree char *framed = g_strconcat (events ? "data: " : "", message, events ? "\n\n" : "\n", NULL);

  hearth_request_stream_send (self->stream, framed, strlen (framed));
}

static void
give_whole (RunStream *self,
            GBytes    *message)
{
  gboolean events = self->form == HEARTH_RUN_STREAM_EVENTS;

  hearth_request_stream_send (self->stream, "data: ", events ? strlen ("data: ") : 0);
  hearth_request_stream_send_bytes (self->stream, message);
  hearth_request_stream_send (self->stream, "\n\n", events ? 2 : 1);
}

static void
pump (RunStream *self)
{
  while (!hearth_outbox_is_empty (self->outbox) && hearth_request_stream_get_unsent (self->stream) < MAX_UNDERWAY)
    {
      g_autoptr (GBytes) message = hearth_outbox_pop (self->outbox);

      give_whole (self, message);
    }
}

static void
stream_cb (gpointer user_data,
           gboolean gone)
{
  RunStream *self = user_data;

  if (!gone)
    pump (self);
  if (gone || (self->ended && hearth_outbox_is_empty (self->outbox)))
    run_stream_free (self);
}

static void
tell (RunStream  *self,
      const char *message,
      GBytes     *whole)
{
  gboolean has_room = hearth_outbox_is_empty (self->outbox) && hearth_request_stream_get_unsent (self->stream) < MAX_UNDERWAY;

  if (has_room && whole != NULL)
    give_whole (self, whole);
  else if (has_room)
    give (self, message);
  else if (whole != NULL)
    hearth_outbox_push_bytes (self->outbox, whole);
  else
    hearth_outbox_push (self->outbox, message);
}

/* --- the run ---------------------------------------------------------------------------------- */

static void
tell_result (RunStream *self)
{
  hearth_request_reply_json (self->request, SOUP_STATUS_OK, hearth_run_to_result (self->run));
}

static gboolean
end_cb (gpointer user_data)
{
  RunStream *self = user_data;

  self->end_id = 0;
  if (self->stream == NULL)
    tell_result (self);
  if (self->stream == NULL || hearth_outbox_is_empty (self->outbox))
    run_stream_free (self);
  return G_SOURCE_REMOVE;
}

static void
told_cb (const char *text,
         GBytes     *whole,
         gboolean    is_final,
         gpointer    user_data)
{
  RunStream *self = user_data;

  if (self->ended)
    return;
  if (self->stream != NULL)
    tell (self, text, whole);
  self->ended = is_final || hearth_outbox_get_bytes (self->outbox) > MAX_WAITING;
  /* Not from inside the run that is being observed. */
  if (self->ended)
    self->end_id = g_idle_add_full (G_PRIORITY_DEFAULT, end_cb, self, NULL);
}

static void
observe_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  RunStream *self = user_data;
  gboolean is_status = event->kind == HEARTH_EVENT_STATUS;

  if (!self->ended && (is_status || self->stream != NULL))
    hearth_teller_tell (self->teller, event);
}

static void
follow (RunStream *self,
        HearthRun *run)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_clear_signal_handler (&self->added_handler, self->queue);
  self->run = g_object_ref (run);
  self->observer_id = hearth_run_add_observer (run, observe_cb, self, NULL);
  if (self->stream == NULL)
    return;
  hearth_message_append_accepted (text, hearth_run_get_id (run));
  hearth_teller_tell_text (self->teller, text->str);
}

/* --- starting ----------------------------------------------------------------------------------- */

typedef struct
{
  RunStream *stream;
  char *id; /* NULL while it is submitted */
} Submission;

static void
submission_free (gpointer  data,
                 GClosure *closure)
{
  Submission *submission = data;

  g_free (submission->id);
  g_free (submission);
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              Submission  *submission)
{
  if (submission->id == NULL || g_str_equal (hearth_run_get_id (run), submission->id))
    follow (submission->stream, run);
}

static const char *
type_of (HearthRunStreamForm form)
{
  return form == HEARTH_RUN_STREAM_EVENTS ? "text/event-stream" : "application/x-ndjson";
}

void
hearth_run_stream_start (HearthRequest          *request,
                         const HearthRunRequest *run,
                         HearthRunStreamForm     form)
{
  HearthWorkspace *workspace;
  RunStream *self;
  Submission *submission;
  g_autofree char *id = NULL;

  g_return_if_fail (request != NULL && run != NULL);

  workspace = hearth_request_get_workspace (request);
  self = g_new0 (RunStream, 1);
  self->request = hearth_request_ref (request);
  self->form = form;
  self->queue = g_object_ref (hearth_workspace_get_queue (workspace));
  self->outbox = hearth_outbox_new (MERGE_ABOVE);
  self->teller = hearth_teller_new (told_cb, self);
  if (form != HEARTH_RUN_STREAM_RESULT)
    self->stream = hearth_request_stream_new (request, SOUP_STATUS_OK, type_of (form), stream_cb, self);
  submission = g_new0 (Submission, 1);
  submission->stream = self;
  self->added_handler = g_signal_connect_data (self->queue, "run-added", G_CALLBACK (run_added_cb), submission,
                                               submission_free, 0);
  id = hearth_workspace_submit (workspace, run);
  /* It was added at once, or this names the one to wait for. */
  if (self->added_handler != 0)
    submission->id = g_steal_pointer (&id);
}

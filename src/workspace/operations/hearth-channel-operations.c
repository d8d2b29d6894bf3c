/* hearth-channel-operations.c: asking the services themselves: which models they have, and whether they answer at all
 * (http-api.md 12.1, 12.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-llm-operations.h"
#include "hearth-models-private.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

/* The frontend waits five seconds for any answer. */
#define DISCOVER_MS 4500
/* A person who asked for a test waits longer, and a model of one's own may have to be loaded first. */
#define TEST_MS 15000
#define TEST_MODEL_MS 60000
/* Services refuse less. */
#define TEST_TOKENS 16

typedef struct _Inquiry Inquiry;

/* @models: or NULL. @error: or NULL. Returns the answer of the operation. */
typedef HearthValue *(*InquiryAnswer) (Inquiry      *self,
                                       HearthValue  *models,
                                       const GError *error);

/* One question to one service. Counted: by itself until it ends, and by whoever answers later. */
struct _Inquiry
{
  GTask *task;
  HearthValue *arguments;
  InquiryAnswer answer;
  HearthChannel *channel;
  HearthModelCall *call; /* for its list of models… */
  HearthModelAsk *ask;   /* …or to one of them */
  guint limit;
  gulong cancelled_id;
  gint64 began_us;
  gboolean ended;
};

static void
inquiry_clear (gpointer data)
{
  Inquiry *self = data;

  g_clear_pointer (&self->channel, hearth_channel_unref);
  hearth_value_unref (self->arguments);
  g_object_unref (self->task);
}

static void
inquiry_release (Inquiry *self)
{
  g_rc_box_release_full (self, inquiry_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Inquiry, inquiry_release)

static HearthWorkspace *
get_workspace (Inquiry *self)
{
  return HEARTH_WORKSPACE (g_task_get_source_object (self->task));
}

/* --- the end ------------------------------------------------------------------------------------------- */

static void
stop (Inquiry *self)
{
  self->ended = TRUE;
  g_clear_handle_id (&self->limit, g_source_remove);
  g_clear_pointer (&self->call, hearth_model_call_cancel);
  g_clear_pointer (&self->ask, hearth_model_ask_cancel);
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (self->task), self->cancelled_id);
  self->cancelled_id = 0;
}

static void
end (Inquiry      *self,
     HearthValue  *models,
     const GError *error)
{
  stop (self);
  if (error == NULL && self->channel->id != NULL)
    hearth_model_router_forget (get_workspace (self)->live->router, self->channel->id);
  g_task_return_pointer (self->task, self->answer (self, models, error), (GDestroyNotify) hearth_value_unref);
  inquiry_release (self);
}

/* The operation itself fails. Takes @error. */
static void
fail (Inquiry *self,
      GError  *error)
{
  stop (self);
  g_task_return_error (self->task, error);
  inquiry_release (self);
}

static gboolean
limit_cb (gpointer data)
{
  Inquiry *self = data;
  g_autoptr (GError) error = hearth_model_error_new (HEARTH_MODEL_ERROR_TIMEOUT, NULL, NULL, 0, 0);

  self->limit = 0;
  end (self, NULL, error);
  return G_SOURCE_REMOVE;
}

/* Not from within: what is cancelled is about to be told so. */
static gboolean
cancelled_cb (gpointer data)
{
  g_autoptr (Inquiry) self = data;

  if (!self->ended)
    fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The question was taken back.")));
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (GCancellable *cancellable,
           Inquiry      *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, cancelled_cb, g_rc_box_acquire (self), NULL);
}

/* --- the question ----------------------------------------------------------------------------------------- */

static void
models_cb (HearthValue       *models,
           const HearthUsage *usage,
           const GError      *error,
           gpointer           user_data)
{
  Inquiry *self = user_data;

  self->call = NULL;
  end (self, models, error);
}

static void
answered_cb (HearthAnswer *answer,
             const GError *error,
             gpointer      user_data)
{
  Inquiry *self = user_data;

  self->ask = NULL;
  end (self, NULL, error);
}

static void
ask_model (Inquiry      *self,
           const char   *model,
           HearthSecret *key)
{
  static const HearthModelEvents events = { .ended = answered_cb };
  g_autoptr (HearthValue) message
      = hearth_value_object ("role", hearth_value_string ("user"), "content", hearth_value_string ("Hi"), NULL);
  g_autoptr (HearthValue) messages = hearth_value_array (&message, 1);
  g_autoptr (HearthValue) params = hearth_value_object ("max_tokens", hearth_value_integer (TEST_TOKENS), NULL);
  HearthModelRequest request = { .model = model, .messages = messages, .params = params };

  self->ask = hearth_model_router_ask (get_workspace (self)->live->router, &request, self->channel, key, NULL, &events, self);
}

static void
ask (Inquiry      *self,
     HearthSecret *key)
{
  const char *model = _hearth_text (self->arguments, "model");

  self->began_us = g_get_monotonic_time ();
  if (model != NULL)
    ask_model (self, model, key);
  else
    self->call = hearth_model_call_list (get_workspace (self)->live->outside, self->channel, key, models_cb, self);
}

static void
key_cb (HearthSecret *key,
        const GError *error,
        gpointer      user_data)
{
  g_autoptr (Inquiry) self = user_data;

  if (self->ended)
    return;
  if (key != NULL)
    ask (self, key);
  else
    end (self, NULL, error);
}

/* --- the channel -------------------------------------------------------------------------------------------- */

static GError *
make_absence (void)
{
  return g_error_new_literal (HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                              _("There is no such channel; it may have been deleted already."));
}

static gboolean
has_row (HearthValue *loaded,
         const char  *id)
{
  HearthValue *rows = hearth_value_get (loaded, "channels");

  for (gsize i = 0; i < hearth_value_get_length (rows); i++)
    if (g_strcmp0 (_hearth_text (hearth_value_at (rows, i), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

static void
find_channel (Inquiry     *self,
              HearthValue *loaded)
{
  HearthWorkspace *workspace = get_workspace (self);
  const char *id = _hearth_text (self->arguments, "channelId");
  HearthChannel *channel = _hearth_models_find_channel (workspace, id);

  if (channel == NULL)
    {
      fail (self, !has_row (loaded, id) ? make_absence ()
                                        : g_error_new_literal (HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                                                               _("This channel is of a kind that is not known here. Choose another "
                                                                 "one for it.")));
      return;
    }
  self->channel = hearth_channel_ref (channel);
  if (channel->has_key)
    _hearth_channel_source.load_key (workspace->live, channel->id, key_cb, g_rc_box_acquire (self));
  else
    ask (self, NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Inquiry) self = user_data;
  GError *error = NULL;
  g_autoptr (HearthValue) loaded = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (loaded != NULL && !self->ended)
    find_channel (self, loaded);
  else if (!self->ended)
    fail (self, error);
  else
    g_clear_error (&error);
}

static void
inquire (HearthWorkspace *workspace,
         HearthValue     *arguments,
         GTask           *task,
         guint            limit_ms,
         InquiryAnswer    answer)
{
  Inquiry *self = g_rc_box_new0 (Inquiry);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = task;
  self->arguments = hearth_value_ref (arguments);
  self->answer = answer;
  self->limit = g_timeout_add (limit_ms, limit_cb, self);
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancel_cb), self);
  _hearth_models_load (workspace, NULL, NULL, loaded_cb, g_rc_box_acquire (self));
}

/* --- its models ---------------------------------------------------------------------------------------------- */

/* http-api.md 12.3: a service that cannot be asked has none. */
static HearthValue *
answer_models (Inquiry      *self,
               HearthValue  *models,
               const GError *error)
{
  return models != NULL ? hearth_value_ref (models) : hearth_value_empty_array ();
}

static void
discover_models (HearthWorkspace *workspace,
                 HearthValue     *arguments,
                 GTask           *task)
{
  inquire (workspace, arguments, task, DISCOVER_MS, answer_models);
}

const HearthOperation hearth_operation_discover_models = { .start = discover_models };

static HearthValue *
answer_ids (Inquiry      *self,
            HearthValue  *models,
            const GError *error)
{
  g_auto (HearthBuilder) ids = HEARTH_BUILDER_INIT;

  for (gsize i = 0; models != NULL && i < hearth_value_get_length (models); i++)
    hearth_builder_add_string (&ids, NULL, _hearth_text (hearth_value_at (models, i), "id"));
  return hearth_builder_end_array (&ids);
}

static void
list_channel_models (HearthWorkspace *workspace,
                     HearthValue     *arguments,
                     GTask           *task)
{
  inquire (workspace, arguments, task, DISCOVER_MS, answer_ids);
}

const HearthOperation hearth_operation_list_channel_models = { .start = list_channel_models };

/* --- a test of it ----------------------------------------------------------------------------------------------- */

static char *
describe_success (Inquiry     *self,
                  HearthValue *models)
{
  const char *model = _hearth_text (self->arguments, "model");
  guint n = models != NULL ? (guint) hearth_value_get_length (models) : 0;

  if (model != NULL)
    return g_strdup_printf (_("“%s” has answered."), model);
  return g_strdup_printf (ngettext ("The service has answered. It has %u model.", "The service has answered. It has %u models.", n), n);
}

static HearthValue *
answer_test (Inquiry      *self,
             HearthValue  *models,
             const GError *error)
{
  g_autofree char *success = error == NULL ? describe_success (self, models) : NULL;
  const char *error_class = hearth_model_error_get_class (error);
  gint64 took_us = self->began_us != 0 ? g_get_monotonic_time () - self->began_us : 0;

  return hearth_value_object ("ok", hearth_value_boolean (error == NULL),
                              "message", hearth_value_string (error == NULL ? success : error->message),
                              "class", error_class != NULL ? hearth_value_string (error_class) : NULL,
                              "latencyMs", hearth_value_integer (took_us / 1000),
                              "models", hearth_value_ref_or_null (models),
                              NULL);
}

static void
test_channel (HearthWorkspace *workspace,
              HearthValue     *arguments,
              GTask           *task)
{
  inquire (workspace, arguments, task, _hearth_text (arguments, "model") != NULL ? TEST_MODEL_MS : TEST_MS, answer_test);
}

const HearthOperation hearth_operation_test_channel = { .start = test_channel };

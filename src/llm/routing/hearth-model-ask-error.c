/* hearth-model-ask-error.c: why no channel has answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

#include "hearth-i18n.h"

gboolean
_hearth_model_error_is_of_channel (const GError *error)
{
  if (error->domain != HEARTH_MODEL_ERROR)
    return FALSE;
  switch ((HearthModelError) error->code)
    {
    case HEARTH_MODEL_ERROR_KEY:
    case HEARTH_MODEL_ERROR_CREDIT:
    case HEARTH_MODEL_ERROR_RATE_LIMIT:
    case HEARTH_MODEL_ERROR_SERVER:
    case HEARTH_MODEL_ERROR_UNREACHABLE:
    case HEARTH_MODEL_ERROR_TIMEOUT:
    case HEARTH_MODEL_ERROR_BAD_ANSWER:
      return TRUE;
    case HEARTH_MODEL_ERROR_INVALID:
      return hearth_model_error_get_status (error) == 404; /* it does not have the model */
    case HEARTH_MODEL_ERROR_TOO_LONG:
    case HEARTH_MODEL_ERROR_REFUSED:
    case HEARTH_MODEL_ERROR_BUDGET:
    case HEARTH_MODEL_ERROR_NO_CHANNEL:
    case HEARTH_MODEL_ERROR_NOT_RECORDED:
    default:
      return FALSE;
    }
}

const char *
_hearth_channel_get_label (const HearthChannel *channel)
{
  return channel->label != NULL ? channel->label : channel->base_url;
}

/* The first channel is the one that should have answered, so its error is what happened; the others' words follow. */
static GError *
join_failures (HearthModelAsk *self)
{
  const HearthFailure *first = g_ptr_array_index (self->failures, 0);
  GError *error = g_error_copy (first->error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->failures->len == 1)
    return error;
  for (guint i = 0; i < self->failures->len; i++)
    {
      const HearthFailure *failure = g_ptr_array_index (self->failures, i);

      /* Translators: name of a channel and what went wrong with it; several follow one another */
      g_string_append_printf (text, i > 0 ? _(" “%s”: %s") : _("“%s”: %s"), _hearth_channel_get_label (failure->channel), failure->error->message);
    }
  g_free (error->message);
  error->message = g_string_free (g_steal_pointer (&text), FALSE);
  return error;
}

/* All of them have failed before; nobody was asked this time. */
static GError *
describe_rest (HearthModelAsk *self)
{
  HearthChannel *channel = g_ptr_array_index (self->order, 0);
  const GError *last = hearth_channel_health_get_error (self->router->health, channel->id);
  g_autofree char *sentence = NULL;
  HearthChannelState state;
  gint64 ready_in;

  state = hearth_channel_health_get_state (self->router->health, channel->id, &ready_in);
  if (state == HEARTH_CHANNEL_WAITING)
    sentence = g_strdup_printf (_("“%s” takes no more requests for %d s. Try again then, or use another channel."), _hearth_channel_get_label (channel), (int) ((ready_in + 999) / 1000));
  else if (ready_in > 0)
    sentence = g_strdup_printf (_("“%s” did not answer several times in a row, and is left alone for %d s more. Test it in the preferences to use it sooner."), _hearth_channel_get_label (channel),
                                (int) ((ready_in + 999) / 1000));
  else
    sentence = g_strdup_printf (_("“%s” did not answer several times in a row, and is just being tried once more. Try again in a moment."), _hearth_channel_get_label (channel));
  return hearth_model_error_new_sentence (last != NULL ? (HearthModelError) last->code : HEARTH_MODEL_ERROR_UNREACHABLE, sentence,
                                          last != NULL ? hearth_model_error_get_words (last) : NULL, hearth_model_error_get_provider_code (last),
                                          hearth_model_error_get_status (last), (guint) MAX (ready_in, 0));
}

static GError *
make_absence (HearthModelAsk *self)
{
  g_autofree char *sentence
    = g_strdup_printf (_("No active channel has the model “%s”. Add one, or choose another model."), self->question.model);

  return hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_NO_CHANNEL, sentence, NULL, NULL, 0, 0);
}

GError *
_hearth_model_ask_make_error (HearthModelAsk *self)
{
  if (self->failures->len > 0)
    return join_failures (self);
  return self->order->len > 0 ? describe_rest (self) : make_absence (self);
}

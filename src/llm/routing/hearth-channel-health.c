/* hearth-channel-health.c: which channels can be asked now (circuit breaker)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channel-health.h"

/* Failures in a row */
#define MAX_FAILURES 3
#define FIRST_REST_MS 5000
#define LONGEST_REST_MS (2 * 60 * 1000)

typedef struct
{
  guint failures;       /* in a row */
  guint rest_ms;        /* 0: it does not rest */
  gint64 rests_until;   /* by the clock */
  gint64 waits_until;
  gboolean is_probed;   /* the one call that tries it again is on its way */
  GError *error;        /* the last failure */
} Record;

struct _HearthChannelHealth
{
  HearthClock *clock;
  GHashTable *records; /* channel id -> Record */
};

static void
record_free (gpointer data)
{
  Record *record = data;

  g_clear_error (&record->error);
  g_free (record);
}

HearthChannelHealth *
hearth_channel_health_new (HearthClock *clock)
{
  HearthChannelHealth *self = g_new0 (HearthChannelHealth, 1);

  self->clock = g_object_ref (clock);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, record_free);
  return self;
}

void
hearth_channel_health_free (HearthChannelHealth *self)
{
  g_hash_table_unref (self->records);
  g_object_unref (self->clock);
  g_free (self);
}

static Record *
need_record (HearthChannelHealth *self,
             const char          *id)
{
  Record *record = g_hash_table_lookup (self->records, id);

  if (record == NULL)
    {
      record = g_new0 (Record, 1);
      g_hash_table_insert (self->records, g_strdup (id), record);
    }
  return record;
}

HearthChannelState
hearth_channel_health_get_state (HearthChannelHealth *self,
                                 const char          *id,
                                 gint64              *ready_in_ms)
{
  gint64 now = hearth_clock_get_now_ms (self->clock);
  Record *record;
  HearthChannelState state = HEARTH_CHANNEL_READY;
  gint64 ready_in = 0;

  g_return_val_if_fail (self != NULL && id != NULL, HEARTH_CHANNEL_READY);

  record = g_hash_table_lookup (self->records, id);
  if (record != NULL && record->rest_ms > 0 && (record->is_probed || record->rests_until > now))
    {
      state = HEARTH_CHANNEL_RESTING;
      ready_in = record->is_probed ? -1 : record->rests_until - now;
    }
  else if (record != NULL && record->waits_until > now)
    {
      state = HEARTH_CHANNEL_WAITING;
      ready_in = record->waits_until - now;
    }
  if (ready_in_ms != NULL)
    *ready_in_ms = ready_in;
  return state;
}

const GError *
hearth_channel_health_get_error (HearthChannelHealth *self,
                                 const char          *id)
{
  Record *record;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  record = g_hash_table_lookup (self->records, id);
  return record != NULL ? record->error : NULL;
}

gboolean
hearth_channel_health_begin (HearthChannelHealth *self,
                             const char          *id)
{
  Record *record;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  record = g_hash_table_lookup (self->records, id);
  if (record == NULL || record->rest_ms == 0)
    return FALSE;
  record->is_probed = TRUE;
  return TRUE;
}

/* --- how it ended --------------------------------------------------------------------------------- */

/* Whether the channel is to blame: the next call would fare no better. */
static gboolean
is_failure (const GError *error)
{
  switch ((HearthModelError) error->code)
    {
    case HEARTH_MODEL_ERROR_KEY:
    case HEARTH_MODEL_ERROR_CREDIT:
    case HEARTH_MODEL_ERROR_SERVER:
    case HEARTH_MODEL_ERROR_UNREACHABLE:
    case HEARTH_MODEL_ERROR_TIMEOUT:
    case HEARTH_MODEL_ERROR_BAD_ANSWER:
      return TRUE;
    case HEARTH_MODEL_ERROR_RATE_LIMIT:
    case HEARTH_MODEL_ERROR_TOO_LONG:
    case HEARTH_MODEL_ERROR_REFUSED:
    case HEARTH_MODEL_ERROR_INVALID:
    case HEARTH_MODEL_ERROR_BUDGET:
    case HEARTH_MODEL_ERROR_NO_CHANNEL:
    case HEARTH_MODEL_ERROR_NOT_RECORDED:
    default:
      return FALSE;
    }
}

/* Calls that began before it rested say nothing new. */
static void
count_failure (HearthChannelHealth *self,
               Record              *record,
               gboolean             is_probe)
{
  record->failures++;
  if (is_probe)
    record->rest_ms = MIN (record->rest_ms * 2, LONGEST_REST_MS);
  else if (record->rest_ms == 0 && record->failures >= MAX_FAILURES)
    record->rest_ms = FIRST_REST_MS;
  else
    return;
  record->rests_until = hearth_clock_get_now_ms (self->clock) + record->rest_ms;
}

void
hearth_channel_health_end (HearthChannelHealth *self,
                           const char          *id,
                           gboolean             is_probe,
                           const GError        *error)
{
  guint retry_after = hearth_model_error_get_retry_after (error);
  Record *record;

  g_return_if_fail (self != NULL && id != NULL);

  if (error == NULL || error->domain != HEARTH_MODEL_ERROR)
    {
      hearth_channel_health_forget (self, id);
      return;
    }
  record = need_record (self, id);
  if (is_probe)
    record->is_probed = FALSE;
  g_clear_error (&record->error);
  record->error = g_error_copy (error);
  if (retry_after > 0)
    record->waits_until = hearth_clock_get_now_ms (self->clock) + retry_after;
  if (is_failure (error))
    count_failure (self, record, is_probe);
  else if (retry_after == 0)
    hearth_channel_health_forget (self, id); /* it is there, and it said something */
  else
    record->failures = record->rest_ms = 0;
}

void
hearth_channel_health_give_up (HearthChannelHealth *self,
                               const char          *id,
                               gboolean             is_probe)
{
  Record *record;

  g_return_if_fail (self != NULL && id != NULL);

  record = g_hash_table_lookup (self->records, id);
  if (record != NULL && is_probe)
    record->is_probed = FALSE;
}

void
hearth_channel_health_forget (HearthChannelHealth *self,
                              const char          *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  g_hash_table_remove (self->records, id);
}

HearthValue *
hearth_channel_health_to_value (HearthChannelHealth *self,
                                const char          *id)
{
  static const char *const names[] = { [HEARTH_CHANNEL_READY] = "ready", [HEARTH_CHANNEL_WAITING] = "waiting",
                                       [HEARTH_CHANNEL_RESTING] = "resting" };
  Record *record;
  HearthChannelState state;
  gint64 ready_in;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  record = g_hash_table_lookup (self->records, id);
  state = hearth_channel_health_get_state (self, id, &ready_in);
  return hearth_value_object (
    "id", hearth_value_string (id),
    "state", hearth_value_string (names[state]),
    "until", ready_in > 0 ? hearth_value_integer (g_get_real_time () / 1000 + ready_in) : NULL,
    "failures", hearth_value_integer (record != NULL ? record->failures : 0),
    "message", record != NULL && record->error != NULL ? hearth_value_string (record->error->message) : NULL,
    NULL);
}

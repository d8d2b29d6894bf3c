/* hearth-replayed-exchange.c: a call whose answer comes out of a recording, at the times it came then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

typedef struct
{
  HearthExchange parent;
  grefcount ref_count;
  HearthClock *clock;
  HearthValue *recorded;
  const HearthExchangeEvents *events;
  gpointer user_data;

  gint64 begin_ms;
  guint timer; /* of the clock; 0: none */
  gsize next;  /* 0: the head, then the pieces from 1 on, then the end */
  gboolean paused;
  gboolean over;
} ReplayedExchange;

static void
exchange_unref (ReplayedExchange *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->clock);
  hearth_value_unref (self->recorded);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplayedExchange, exchange_unref)

static ReplayedExchange *
exchange_ref (ReplayedExchange *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
exchange_stop (ReplayedExchange *self)
{
  self->over = TRUE;
  if (self->timer != 0)
    hearth_clock_remove (self->clock, self->timer);
  self->timer = 0;
  exchange_unref (self);
}

/* --- what comes ---------------------------------------------------------------------------------- */

static HearthValue *
get_piece (ReplayedExchange *self)
{
  HearthValue *pieces = hearth_value_get_member_kind (self->recorded, "pieces", HEARTH_VALUE_ARRAY);
  HearthValue *piece;

  if (pieces == NULL || self->next == 0 || self->next > hearth_value_get_length (pieces))
    return NULL;
  piece = hearth_value_at (pieces, self->next - 1);
  return hearth_value_is (piece, ARRAY) && hearth_value_get_length (piece) == 2 ? piece : NULL;
}

static gboolean
has_head (ReplayedExchange *self)
{
  return hearth_value_get (self->recorded, "status") != NULL;
}

/* Milliseconds after it was asked; -1: never, it was broken off there. */
static gint64
get_due (ReplayedExchange *self)
{
  HearthValue *piece = get_piece (self);

  if (self->next == 0 && has_head (self))
    return hearth_value_get_member_integer (self->recorded, "headMs", 0);
  if (piece != NULL)
    return hearth_value_get_integer (hearth_value_at (piece, 0));
  return hearth_value_get_member_integer (self->recorded, "endMs", -1);
}

static void
tell_head (ReplayedExchange *self)
{
  g_autoptr (HearthValue) headers = hearth_value_ref_or_null (hearth_value_get (self->recorded, "headers"));

  if (headers == NULL)
    headers = hearth_value_empty_object ();
  self->events->head ((guint) hearth_value_get_member_integer (self->recorded, "status", 0), headers, self->user_data);
}

static void
tell_piece (ReplayedExchange *self,
            HearthValue      *content)
{
  const char *encoded = hearth_value_get_member_string (content, "base64", NULL);
  gsize length = 0;
  const char *text;

  if (encoded != NULL)
    {
      g_autofree guchar *bytes = g_base64_decode (encoded, &length);

      self->events->data ((const char *) bytes, length, self->user_data);
      return;
    }
  text = hearth_value_is (content, STRING) ? hearth_value_get_string (content, &length) : "";
  self->events->data (text, length, self->user_data);
}

static void
tell_end (ReplayedExchange *self)
{
  HearthValue *recorded = hearth_value_get (self->recorded, "error");
  g_autoptr (GError) error = NULL;

  if (recorded != NULL)
    error = _hearth_outside_error_read (recorded);
  exchange_stop (self);
  self->events->ended (error, self->user_data);
}

static void wait_for_next (ReplayedExchange *self);

static void
due_cb (gpointer user_data)
{
  g_autoptr (ReplayedExchange) self = exchange_ref (user_data);
  HearthValue *piece = get_piece (self);

  self->timer = 0;
  if (piece == NULL && (self->next > 0 || !has_head (self)))
    {
      tell_end (self);
      return;
    }
  self->next++;
  if (piece == NULL)
    tell_head (self);
  else
    tell_piece (self, hearth_value_at (piece, 1));
  wait_for_next (self);
}

static void
wait_for_next (ReplayedExchange *self)
{
  gint64 due = get_due (self);

  if (self->over || self->timer != 0 || due < 0 || (self->paused && self->next > 0))
    return;
  due += self->begin_ms - hearth_clock_get_now_ms (self->clock);
  self->timer = hearth_clock_add_timeout (self->clock, (guint) CLAMP (due, 0, G_MAXUINT), due_cb, self);
}

/* --- from outside ---------------------------------------------------------------------------------- */

static void
replayed_pause (HearthExchange *exchange)
{
  ReplayedExchange *self = (ReplayedExchange *) exchange;

  self->paused = TRUE;
  if (self->timer != 0 && self->next > 0)
    {
      hearth_clock_remove (self->clock, self->timer);
      self->timer = 0;
    }
}

static void
replayed_resume (HearthExchange *exchange)
{
  ReplayedExchange *self = (ReplayedExchange *) exchange;

  self->paused = FALSE;
  wait_for_next (self);
}

static void
replayed_cancel (HearthExchange *exchange)
{
  exchange_stop ((ReplayedExchange *) exchange);
}

HearthExchange *
_hearth_replayed_exchange_new (HearthClock                *clock,
                               HearthValue                *recorded,
                               const HearthExchangeEvents *events,
                               gpointer                    user_data)
{
  static const HearthExchangeKind kind = { replayed_pause, replayed_resume, replayed_cancel };
  ReplayedExchange *self = g_new0 (ReplayedExchange, 1);

  self->parent.kind = &kind;
  g_ref_count_init (&self->ref_count);
  self->clock = g_object_ref (clock);
  self->recorded = hearth_value_ref (recorded);
  self->events = events;
  self->user_data = user_data;
  self->begin_ms = hearth_clock_get_now_ms (clock);
  wait_for_next (self);
  return &self->parent;
}

/* test-outside-flow.c: calls are waited for, held back and ended; the other side is tests/llm/peer.py
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "heard.h"

/* --- time -------------------------------------------------------------------------------------------- */

static void
test_first_byte (Fixture      *self,
                 gconstpointer data)
{
  g_auto (Heard) heard = { 0 };

  play (self, &heard, "{\"framing\":\"none\",\"steps\":[{\"wait\":60}]}", &(HearthOutsideRequest) { .first_byte_ms = 100 });
  assert_failed (&heard, TIMEOUT);
  g_assert_cmpuint (heard.status, ==, 0);
}

static void
test_idle (Fixture      *self,
           gconstpointer data)
{
  g_auto (Heard) heard = { 0 };

  play (self, &heard, "{\"steps\":[{\"send\":\"data: 1\\n\\n\"},{\"wait\":60}]}", &(HearthOutsideRequest) { .idle_ms = 100 });
  assert_failed (&heard, TIMEOUT);
  g_assert_cmpstr (heard.body->str, ==, "data: 1\n\n");
}

/* --- back-pressure ----------------------------------------------------------------------------------- */

static gint64
sent_by_peer (Fixture    *self,
              const char *id)
{
  g_autofree char *path = g_strconcat ("/closed?id=", id, NULL);
  g_autoptr (HearthValue) closed = get_json (self, path);

  g_assert_cmpint (hearth_value_get_member_integer (closed, "closedAt", 0), >, 0);
  return hearth_value_get_member_integer (closed, "sent", -1);
}

/* What is not wanted is not even sent: the kernel's buffers are all that fills. Time passes unpunished meanwhile. */
static void
test_pause (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) headers = hearth_value_object ("X-Call-Id", hearth_value_string ("paused"), NULL);
  g_auto (Heard) heard = { .pause_after = 3 };
  gboolean passed = FALSE;
  gsize length;

  send_script (self, &heard, "{\"steps\":[{\"endless\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}]}",
               &(HearthOutsideRequest) { .headers = headers, .idle_ms = 200, .max_bytes = G_MAXSIZE });
  AWAIT (heard.n_pieces == 3);
  length = heard.body->len;
  g_timeout_add_once (500, (GSourceOnceFunc) g_atomic_int_inc, &passed);
  AWAIT (passed);
  g_assert_cmpuint (heard.body->len, ==, length);
  g_assert_false (heard.ended);
  hearth_exchange_resume (heard.exchange);
  AWAIT (heard.body->len > 10 * length);
  hearth_exchange_pause (heard.exchange);
  length = heard.body->len;
  g_clear_pointer (&heard.exchange, hearth_exchange_cancel);
  g_assert_cmpint (sent_by_peer (self, "paused"), <, (gint64) length + (32 << 20));
}

/* The end, too, waits until it is wanted. */
static void
test_pause_at_end (Fixture      *self,
                   gconstpointer data)
{
  g_auto (Heard) heard = { .pause_after = 1 };

  send_script (self, &heard, "{\"framing\":\"length\",\"steps\":[{\"send\":\"all\"}]}", NULL);
  AWAIT (heard.n_pieces == 1);
  await_idle ();
  g_assert_false (heard.ended);
  hearth_exchange_resume (heard.exchange);
  g_assert_false (heard.ended);
  AWAIT (heard.ended);
  g_assert_no_error (heard.error);
}

/* --- ending it ----------------------------------------------------------------------------------------- */

/* At each moment of its life; the peer hears of it, and the next call is as good as ever. */
static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  static const char *const scripts[] = {
    "{\"framing\":\"none\",\"steps\":[{\"wait\":60}]}",
    "{\"steps\":[{\"send\":\"data: 1\\n\\n\"},{\"wait\":60}]}",
    "{\"steps\":[{\"endless\":\"data: 1\\n\\n\"}]}",
  };

  for (guint moment = 0; moment < 5; moment++)
    for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
      {
        g_autofree char *id = g_strdup_printf ("%u-%u", moment, i);
        g_autoptr (HearthValue) headers = hearth_value_object ("X-Call-Id", hearth_value_string (id), NULL);
        g_auto (Heard) heard = { .cancels_at_head = moment == 2, .cancels_at_data = moment == 3, .pause_after = moment == 4, .body = g_string_new (NULL) };
        g_autoptr (HearthValue) count = NULL;
        gint64 before;

        if (moment > 1 && i == 0)
          continue;
        count = get_json (self, "/count");
        before = hearth_value_get_member_integer (count, "calls", -1);
        send_script (self, &heard, scripts[i], &(HearthOutsideRequest) { .headers = headers });
        while (moment > 0 && hearth_value_get_member_integer (count, "calls", -1) == before)
          {
            hearth_value_unref (count);
            count = get_json (self, "/count");
          }
        if (moment == 4)
          AWAIT (heard.n_pieces == 1);
        if (moment == 2 || moment == 3)
          AWAIT (heard.exchange == NULL);
        else
          g_clear_pointer (&heard.exchange, hearth_exchange_cancel);
        if (moment > 0)
          sent_by_peer (self, id);
        await_idle ();
        g_assert_false (heard.ended);
      }
}

/* --- many ------------------------------------------------------------------------------------------------- */

static void
test_many (Fixture      *self,
           gconstpointer data)
{
  enum { N = 200 };
  g_autofree Heard *heard = g_new0 (Heard, N);
  guint n_begun;

  for (guint i = 0; i < N; i++)
    send_script (self, &heard[i], "{\"steps\":[{\"send\":\"data: 1\\n\\n\"},{\"wait\":60}]}", NULL);
  do
    {
      n_begun = 0;
      g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < N; i++)
        {
          g_assert_no_error (heard[i].error);
          n_begun += heard[i].n_pieces > 0;
        }
    }
  while (n_begun < N);
  for (guint i = 0; i < N; i++)
    heard_clear (&heard[i]);
}

#define ADD(name, function) g_test_add ("/outside/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-byte", test_first_byte);
  ADD ("idle", test_idle);
  ADD ("pause", test_pause);
  ADD ("pause-at-end", test_pause_at_end);
  ADD ("cancel", test_cancel);
  ADD ("many", test_many);
  return g_test_run ();
}

/* test-model-others.c: calls below ceilings that other processes spend from, too
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "asking.h"

/* Stands for all other processes: claims lie here until the test answers them. */
typedef struct
{
  GPtrArray *claims; /* of HearthValue, all there were */
  HearthClaimed claimed; /* of the last one; NULL: it is answered */
  gpointer user_data;
  GString *dropped;
} Others;

static void
claim_cb (gpointer      owner,
          HearthValue  *reservation,
          HearthClaimed claimed,
          gpointer      user_data)
{
  Others *self = owner;

  g_assert_null (self->claimed);
  g_ptr_array_add (self->claims, hearth_value_ref (reservation));
  self->claimed = claimed;
  self->user_data = user_data;
}

static void
drop_cb (gpointer    owner,
         const char *id)
{
  g_string_append_printf (((Others *) owner)->dropped, "%s|", id);
}

static void
others_answer (Others  *self,
               gboolean granted)
{
  HearthClaimed claimed = g_steal_pointer (&self->claimed);

  g_assert_nonnull (claimed);
  claimed (granted, self->user_data);
}

/* The member of what the last claim leaves to others today. */
static gint64
get_room (Others     *self,
          const char *key)
{
  HearthValue *claim = g_ptr_array_index (self->claims, self->claims->len - 1);

  return hearth_value_get_member_integer (hearth_value_get (claim, "dayRoom"), key, -1);
}

static const char *
get_id (Others *self,
        guint   number)
{
  return hearth_value_get_member_string (g_ptr_array_index (self->claims, number), "id", NULL);
}

static void
others_init (Others  *self,
             Routing *routing)
{
  static const HearthClaims claims = { claim_cb, drop_cb };
  HearthCeilings ceilings = HEARTH_CEILINGS_INIT;

  *self = (Others) { .claims = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref), .dropped = g_string_new (NULL) };
  ceilings.calls = 5;
  hearth_ledger_set_ceilings (routing->ledger, HEARTH_BUDGET_DAY, NULL, &ceilings);
  hearth_ledger_set_claims (routing->ledger, &claims, self);
}

static void
others_clear (Others *self)
{
  g_ptr_array_unref (self->claims);
  g_string_free (self->dropped, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Others, others_clear)

static void
settled_cb (HearthLedger *ledger,
            HearthValue  *entry,
            GString      *ids)
{
  g_string_append_printf (ids, "%s|", hearth_value_get_member_string (entry, "reservationId", "none"));
}

/* Nothing leaves before all processes have been asked. */
static void
test_granted (Routing      *self,
              gconstpointer unused)
{
  g_auto (Others) others = { 0 };
  g_auto (Asking) asking = { 0 };
  g_autoptr (GString) settled = g_string_new (NULL);
  g_autofree char *expected = NULL;

  others_init (&others, self);
  g_signal_connect (self->ledger, "settled", G_CALLBACK (settled_cb), settled);
  asking_begin (&asking, self);
  AWAIT (others.claimed != NULL);
  pass_time ();
  assert_calls (self, "a0 b0 c0");
  g_assert_cmpint (get_room (&others, "calls"), ==, 4);
  g_assert_cmpint (get_room (&others, "tokens"), ==, -1);
  others_answer (&others, TRUE);
  AWAIT (asking.ask == NULL);
  g_assert_cmpstr (asking.text, ==, "from a");
  expected = g_strdup_printf ("%s|", get_id (&others, 0));
  g_assert_cmpstr (settled->str, ==, expected);
  g_assert_cmpstr (others.dropped->str, ==, "");
}

static void
test_no_room (Routing      *self,
              gconstpointer unused)
{
  g_auto (Others) others = { 0 };
  g_auto (Asking) asking = { 0 };
  g_autofree char *expected = NULL;

  others_init (&others, self);
  asking_begin (&asking, self);
  AWAIT (others.claimed != NULL);
  others_answer (&others, FALSE);
  g_assert_true (g_str_has_prefix (asking.waits->str, "Calls that go on may use up what the ceiling leaves; "));
  pass_time ();
  g_assert_cmpuint (others.claims->len, ==, 1);
  hearth_clock_advance (self->clock, 500);
  AWAIT (others.claimed != NULL);
  g_assert_cmpint (get_room (&others, "calls"), ==, 4); /* of the first one nothing is left */
  assert_calls (self, "a0 b0 c0");
  others_answer (&others, TRUE);
  AWAIT (asking.ask == NULL);
  g_assert_cmpstr (asking.text, ==, "from a");
  g_assert_true (g_str_has_suffix (asking.waits->str, ".|-|"));
  expected = g_strdup_printf ("%s|", get_id (&others, 0));
  g_assert_cmpstr (others.dropped->str, ==, expected);
}

/* Before it was answered, and while it waits. */
static void
test_cancelled (Routing      *self,
                gconstpointer unused)
{
  g_auto (Others) others = { 0 };
  g_auto (Asking) asked = { 0 };
  g_auto (Asking) waiting = { 0 };
  g_autoptr (GString) settled = g_string_new (NULL);
  HearthSpending spending;
  g_autofree char *today = hearth_ledger_dup_today (self->ledger);

  others_init (&others, self);
  g_signal_connect (self->ledger, "settled", G_CALLBACK (settled_cb), settled);
  asking_begin (&asked, self);
  AWAIT (others.claimed != NULL);
  g_clear_pointer (&asked.ask, hearth_model_ask_cancel);
  g_assert_nonnull (strstr (others.dropped->str, get_id (&others, 0)));
  others_answer (&others, TRUE);
  asking_begin (&waiting, self);
  AWAIT (others.claimed != NULL);
  g_assert_cmpint (get_room (&others, "calls"), ==, 4);
  others_answer (&others, FALSE);
  g_clear_pointer (&waiting.ask, hearth_model_ask_cancel);
  hearth_clock_advance (self->clock, 5000);
  pass_time ();
  assert_calls (self, "a0 b0 c0");
  g_assert_cmpuint (others.claims->len, ==, 2);
  g_assert_cmpstr (settled->str, ==, ""); /* what never left is no call */
  hearth_ledger_get_spending (self->ledger, HEARTH_BUDGET_DAY, today, &spending);
  g_assert_cmpint (spending.calls, ==, 0);
}

static void
test_nobody_asks (Routing      *self,
                  gconstpointer unused)
{
  static const HearthCeilings none = HEARTH_CEILINGS_INIT;
  g_auto (Others) others = { 0 };
  HearthCeilings seconds = HEARTH_CEILINGS_INIT;

  others_init (&others, self);
  seconds.ms = 60000;
  hearth_ledger_set_ceilings (self->ledger, HEARTH_BUDGET_DAY, NULL, &seconds);
  assert_answer (self, "from a");
  hearth_ledger_set_ceilings (self->ledger, HEARTH_BUDGET_DAY, NULL, &none);
  assert_answer (self, "from a");
  g_assert_cmpuint (others.claims->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/model-others/" name, Routing, NULL, routing_set_up, function, routing_tear_down)
  ADD ("granted", test_granted);
  ADD ("no-room", test_no_room);
  ADD ("cancelled", test_cancelled);
  ADD ("nobody-asks", test_nobody_asks);
  return g_test_run ();
}

/* test-gesture.c: events in, commands out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-gesture.h"

typedef struct
{
  HearthGesture *gesture;
  GString *said; /* commands in short, separated by blanks */
} Fixture;

static void
note_cb (const HearthCommand *command,
         gpointer user_data)
{
  Fixture *f = user_data;

  if (f->said->len > 0)
    g_string_append_c (f->said, ' ');
  g_string_append (f->said, hearth_command_kind_to_string (command->kind));
  if (command->node_id != NULL)
    g_string_append_printf (f->said, ":%s", command->node_id);
  if (command->key != NULL)
    g_string_append_printf (f->said, ".%s", command->key);
  if (command->edge_id != NULL)
    g_string_append_printf (f->said, ":%s", command->edge_id);
  if (command->kind == HEARTH_COMMAND_ZOOM)
    g_string_append_printf (f->said, "%+d", command->steps);
  if (command->kind == HEARTH_COMMAND_PAN || command->kind == HEARTH_COMMAND_MOVE_TO)
    g_string_append_printf (f->said, "(%g,%g)", command->dx, command->dy);
  if (command->toggle)
    g_string_append (f->said, "+");
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  f->said = g_string_new (NULL);
  f->gesture = hearth_gesture_new (note_cb, f);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  hearth_gesture_free (f->gesture);
  g_string_free (f->said, TRUE);
}

static const HearthHit nothing = { .kind = HEARTH_HIT_VOID };
static const HearthHit card = { .kind = HEARTH_HIT_CARD, .node_id = "n" };
static const HearthHit chosen = { .kind = HEARTH_HIT_CARD, .node_id = "n", .selected = TRUE };
static const HearthHit value = { .kind = HEARTH_HIT_VALUE, .node_id = "n", .key = "k", .selected = TRUE };
static const HearthHit output = { .kind = HEARTH_HIT_DOT, .node_id = "n", .key = "o", .is_output = TRUE };
static const HearthHit input = { .kind = HEARTH_HIT_DOT, .node_id = "n", .key = "i" };
static const HearthHit plugged = { .kind = HEARTH_HIT_DOT, .node_id = "n", .key = "i", .edge_id = "e" };
static const HearthHit source = { .kind = HEARTH_HIT_SOURCE, .node_id = "n", .key = "m", .index = 2, .selected = TRUE };
static const HearthHit edge = { .kind = HEARTH_HIT_RESIZE, .node_id = "n" };
static const HearthHit wire = { .kind = HEARTH_HIT_WIRE, .edge_id = "e" };

static gboolean
feed (Fixture *f,
      HearthGestureEventKind kind,
      double x,
      double y,
      guint button,
      GdkModifierType modifiers,
      const HearthHit *hit)
{
  HearthGestureEvent event = { .kind = kind, .x = x, .y = y, .button = button, .n_press = 1, .modifiers = modifiers };

  if (hit != NULL)
    event.hit = *hit;
  return hearth_gesture_feed (f->gesture, &event);
}

static gboolean
key (Fixture *f,
     gboolean down,
     guint keyval)
{
  return hearth_gesture_feed (f->gesture,
                              &(HearthGestureEvent){ .kind = down ? HEARTH_GESTURE_KEY_PRESS : HEARTH_GESTURE_KEY_RELEASE,
                                                     .keyval = keyval });
}

/* A press at 100, 100, a motion by 20, 10 (or none), a release. */
typedef struct
{
  const char *name;
  const HearthHit *hit;
  guint button;
  GdkModifierType modifiers;
  gboolean drag;
  const char *expected;
} Case;

static const Case cases[] = {
  { "click on the void", &nothing, 1, 0, FALSE, "select-none" },
  { "shift click on the void", &nothing, 1, GDK_SHIFT_MASK, FALSE, "" },
  { "click on a card", &card, 1, 0, FALSE, "select:n" },
  { "control click on a card", &card, 1, GDK_CONTROL_MASK, FALSE, "select:n+" },
  { "click on a selected card", &chosen, 1, 0, FALSE, "select:n" },
  { "shift click on a selected card", &chosen, 1, GDK_SHIFT_MASK, FALSE, "select:n+" },
  { "click on a value", &value, 1, 0, FALSE, "select:n edit:n.k" },
  { "click on a wire", &wire, 1, 0, FALSE, "select-wire:e" },
  { "drag a card", &card, 1, 0, TRUE, "select:n move-begin move-to(20,10) move-end" },
  { "drag a selected card", &chosen, 1, 0, TRUE, "move-begin move-to(20,10) move-end" },
  { "drag on a value moves", &value, 1, 0, TRUE, "move-begin move-to(20,10) move-end" },
  { "drag the void", &nothing, 1, 0, TRUE, "band-to band-end" },
  { "shift drag the void", &nothing, 1, GDK_SHIFT_MASK, TRUE, "band-to+ band-end" },
  { "drag from an output", &output, 1, 0, TRUE, "connect-begin:n.o connect-to connect-end" },
  { "drag from an input", &input, 1, 0, TRUE, "connect-begin:n.i connect-to connect-end" },
  { "drag a wire off its input", &plugged, 1, 0, TRUE, "replug-begin:e connect-to connect-end" },
  { "drag a line of a multi-input", &source, 1, 0, TRUE, "reorder-begin:n.m reorder-to reorder-end" },
  { "drag an edge", &edge, 1, 0, TRUE, "resize-begin:n resize-to resize-end" },
  { "middle drag", &card, 2, 0, TRUE, "pan(20,10) pan-end" },
  { "right click on a card", &card, 3, 0, FALSE, "select:n menu" },
  { "right click on a selected card", &chosen, 3, 0, FALSE, "menu" },
  { "right click on a wire", &wire, 3, 0, FALSE, "select-wire:e menu" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      Fixture f;

      set_up (&f, NULL);
      feed (&f, HEARTH_GESTURE_PRESS, 100, 100, c->button, c->modifiers, c->hit);
      if (c->drag)
        feed (&f, HEARTH_GESTURE_MOTION, 120, 110, 0, c->modifiers, &nothing);
      feed (&f, HEARTH_GESTURE_RELEASE, c->drag ? 120 : 100, c->drag ? 110 : 100, c->button, c->modifiers, &nothing);
      g_test_message ("%s", c->name);
      g_assert_cmpstr (f.said->str, ==, c->expected);
      g_assert_false (hearth_gesture_is_busy (f.gesture));
      tear_down (&f, NULL);
    }
}

static void
test_small_motion_is_a_click (Fixture *f,
                              gconstpointer data)
{
  feed (f, HEARTH_GESTURE_PRESS, 100, 100, 1, 0, &chosen);
  feed (f, HEARTH_GESTURE_MOTION, 102, 101, 0, 0, &chosen);
  feed (f, HEARTH_GESTURE_RELEASE, 102, 101, 1, 0, &chosen);
  g_assert_cmpstr (f->said->str, ==, "select:n");
}

static void
test_escape_cancels (Fixture *f,
                     gconstpointer data)
{
  feed (f, HEARTH_GESTURE_PRESS, 100, 100, 1, 0, &output);
  feed (f, HEARTH_GESTURE_MOTION, 150, 100, 0, 0, &nothing);
  g_assert_true (hearth_gesture_is_busy (f->gesture));
  g_assert_true (key (f, TRUE, GDK_KEY_Escape));
  feed (f, HEARTH_GESTURE_RELEASE, 150, 100, 1, 0, &nothing);
  g_assert_cmpstr (f->said->str, ==, "connect-begin:n.o connect-to connect-cancel");
  /* With nothing going on Escape is for others */
  g_assert_false (key (f, TRUE, GDK_KEY_Escape));
}

static void
test_other_button_cancels (Fixture *f,
                           gconstpointer data)
{
  feed (f, HEARTH_GESTURE_PRESS, 100, 100, 1, 0, &chosen);
  feed (f, HEARTH_GESTURE_MOTION, 150, 100, 0, 0, &nothing);
  feed (f, HEARTH_GESTURE_PRESS, 150, 100, 3, 0, &nothing);
  g_assert_cmpstr (f->said->str, ==, "move-begin move-to(50,0) move-cancel");
}

static void
test_space (Fixture *f,
            gconstpointer data)
{
  feed (f, HEARTH_GESTURE_MOTION, 10, 10, 0, 0, &nothing);
  key (f, TRUE, GDK_KEY_space);
  key (f, TRUE, GDK_KEY_space); /* the key repeats */
  key (f, FALSE, GDK_KEY_space);
  g_assert_cmpstr (f->said->str, ==, "palette");
  g_string_truncate (f->said, 0);

  key (f, TRUE, GDK_KEY_space);
  feed (f, HEARTH_GESTURE_PRESS, 100, 100, 1, 0, &card);
  feed (f, HEARTH_GESTURE_MOTION, 105, 100, 0, 0, &card);
  feed (f, HEARTH_GESTURE_RELEASE, 105, 100, 1, 0, &card);
  key (f, FALSE, GDK_KEY_space);
  g_assert_cmpstr (f->said->str, ==, "pan(5,0) pan-end");
}

static void
test_double_click (Fixture *f,
                   gconstpointer data)
{
  HearthGestureEvent event = { .kind = HEARTH_GESTURE_PRESS, .button = 1, .n_press = 2, .hit = nothing };

  hearth_gesture_feed (f->gesture, &event);
  event.hit = card;
  hearth_gesture_feed (f->gesture, &event);
  g_assert_cmpstr (f->said->str, ==, "palette open:n");
}

static void
test_scroll (Fixture *f,
             gconstpointer data)
{
  HearthGestureEvent event = { .kind = HEARTH_GESTURE_SCROLL, .dy = 1 };

  hearth_gesture_feed (f->gesture, &event);
  event.modifiers = GDK_SHIFT_MASK;
  hearth_gesture_feed (f->gesture, &event);
  event.modifiers = GDK_CONTROL_MASK;
  hearth_gesture_feed (f->gesture, &event);
  /* A touchpad's small steps add up */
  event.dy = -0.4;
  for (int i = 0; i < 5; i++)
    hearth_gesture_feed (f->gesture, &event);
  g_assert_cmpstr (f->said->str, ==, "pan(-0,-48) pan(-48,-0) zoom-1 zoom+1 zoom+1");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gesture/table", test_table);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/gesture/small-motion", test_small_motion_is_a_click);
  ADD ("/gesture/escape", test_escape_cancels);
  ADD ("/gesture/other-button", test_other_button_cancels);
  ADD ("/gesture/space", test_space);
  ADD ("/gesture/double-click", test_double_click);
  ADD ("/gesture/scroll", test_scroll);
  return g_test_run ();
}

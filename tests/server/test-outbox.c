/* test-outbox.c: what waits for a slow reader: less of it, but the same in the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-outbox.h"

#include "hearth-json.h"

#include <string.h>

static char *
piece (const char *node,
       const char *text)
{
  g_autoptr (GString) out = g_string_new ("{\"type\":\"NODE_YIELD\",\"payload\":{\"promptId\":\"P\",\"sourceNodeId\":");

  hearth_json_append_string (out, node, -1);
  g_string_append (out, ",\"yieldedContent\":{\"type\":\"text_chunk\",\"content\":");
  hearth_json_append_string (out, text, -1);
  g_string_append (out, "},\"isLastChunk\":false}}");
  return g_strdup (out->str);
}

static char *
output_piece (const char *key,
              const char *text)
{
  return g_strdup_printf ("{\"type\":\"WORKFLOW_INTERFACE_YIELD\",\"payload\":{\"promptId\":\"P\",\"interfaceOutputKey\":\"%s\","
                          "\"yieldedContent\":{\"type\":\"text_chunk\",\"content\":\"%s\"},\"isLastChunk\":false}}",
                          key, text);
}

static void
push (HearthOutbox *box,
      char         *message)
{
  hearth_outbox_push (box, message);
  g_free (message);
}

static void
assert_next (HearthOutbox *box,
             char         *wanted)
{
  g_autoptr (GBytes) got = hearth_outbox_pop (box);

  g_assert_cmpstr (g_bytes_get_data (got, NULL), ==, wanted);
  g_free (wanted);
}

static void
test_merges (void)
{
  g_autoptr (HearthOutbox) box = hearth_outbox_new (0);

  push (box, g_strdup ("{\"type\":\"x\"}"));
  push (box, piece ("A", "Hel"));
  push (box, piece ("B", "1"));
  push (box, piece ("A", "lo \"\\\n"));
  push (box, piece ("B", "2"));
  push (box, piece ("A", "ä😀"));
  assert_next (box, g_strdup ("{\"type\":\"x\"}"));
  assert_next (box, piece ("A", "Hello \"\\\nä😀"));
  assert_next (box, piece ("B", "12"));
  g_assert_true (hearth_outbox_is_empty (box));
  g_assert_null (hearth_outbox_pop (box));
  g_assert_cmpuint (hearth_outbox_get_bytes (box), ==, 0);
}

/* Nothing overtakes a message that is no piece of text. */
static void
test_keeps_order (void)
{
  static const char *const others[] = {
    "{\"type\":\"NODE_COMPLETE\",\"payload\":{\"promptId\":\"P\",\"nodeId\":\"A\"}}",
    "{\"type\":\"NODE_YIELD\",\"payload\":{\"promptId\":\"P\",\"sourceNodeId\":\"A\",\"yieldedContent\":"
    "{\"type\":\"finish_reason_chunk\",\"content\":\"stop\"},\"isLastChunk\":true}}",
    "{\"type\":\"NODE_YIELD\",\"payload\":{\"promptId\":\"P\",\"sourceNodeId\":\"A\",\"yieldedContent\":"
    "{\"type\":\"text_chunk\",\"content\":\"a\",\"more\":\"b\"},\"isLastChunk\":false}}",
    "{\"type\":\"NODE_YIELD\",\"payload\":{\"promptId\":\"P\",\"sourceNodeId\":\"A\",\"yieldedContent\":"
    "{\"type\":\"text_chunk\",\"content\":\"a\"},\"isLastChunk\":true}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (HearthOutbox) box = hearth_outbox_new (0);

      push (box, g_strdup ("first"));
      push (box, piece ("A", "1"));
      push (box, g_strdup (others[i]));
      push (box, piece ("A", "2"));
      push (box, piece ("A", "3"));
      assert_next (box, g_strdup ("first"));
      assert_next (box, piece ("A", "1"));
      assert_next (box, g_strdup (others[i]));
      assert_next (box, piece ("A", "23"));
    }
}

static void
test_node_before_output (void)
{
  g_autoptr (HearthOutbox) box = hearth_outbox_new (0);

  push (box, g_strdup ("first"));
  push (box, piece ("A", "1"));
  push (box, output_piece ("out", "1"));
  push (box, piece ("A", "2"));
  push (box, output_piece ("out", "2"));
  assert_next (box, g_strdup ("first"));
  assert_next (box, piece ("A", "12"));
  /* The piece of the node is gone, that of the output still waits: the next pair keeps its order. */
  push (box, piece ("A", "3"));
  push (box, output_piece ("out", "3"));
  push (box, piece ("A", "4"));
  push (box, output_piece ("out", "4"));
  assert_next (box, output_piece ("out", "12"));
  assert_next (box, piece ("A", "34"));
  assert_next (box, output_piece ("out", "34"));
}

static void
test_nothing_below (void)
{
  g_autoptr (HearthOutbox) box = hearth_outbox_new (1 << 20);

  push (box, piece ("A", "1"));
  push (box, piece ("A", "2"));
  assert_next (box, piece ("A", "1"));
  assert_next (box, piece ("A", "2"));
}

/* Nothing is gained by copying what is long already. */
static void
test_long_pieces (void)
{
  g_autoptr (HearthOutbox) box = hearth_outbox_new (0);
  g_autofree char *text = g_strnfill (100000, 'x');

  push (box, g_strdup ("first"));
  push (box, piece ("A", "1"));
  push (box, piece ("A", text));
  push (box, piece ("A", "2"));
  assert_next (box, g_strdup ("first"));
  assert_next (box, piece ("A", "1"));
  assert_next (box, piece ("A", text));
  assert_next (box, piece ("A", "2"));
}

/* Ids that look like the end of what stands before the text. */
static void
test_odd_ids (void)
{
  static const char odd[] = ",\"yieldedContent\":{\"type\":\"text_chunk\",\"content\":\"";
  g_autoptr (HearthOutbox) box = hearth_outbox_new (0);

  push (box, g_strdup ("first"));
  push (box, piece (odd, "1"));
  push (box, piece ("\"},\"isLastChunk\":false}}", odd));
  push (box, piece (odd, "\\"));
  push (box, piece (odd, "\"},\"isLastChunk\":false}}"));
  assert_next (box, g_strdup ("first"));
  assert_next (box, piece (odd, "1\\\"},\"isLastChunk\":false}}"));
  assert_next (box, piece ("\"},\"isLastChunk\":false}}", odd));
}

/* A hundred times as many pieces do not take a hundred times the room. */
static void
test_saves_room (void)
{
  g_autoptr (HearthOutbox) box = hearth_outbox_new (100000);
  g_autoptr (GString) all = g_string_new (NULL);
  GBytes *message;

  for (guint i = 0; i < 1000000; i++)
    push (box, piece ("A", "ab"));
  g_assert_cmpuint (hearth_outbox_get_bytes (box), <, 100000 + 2000000 + 10000);
  while ((message = hearth_outbox_pop (box)) != NULL)
    {
      g_autoptr (HearthValue) value = hearth_json_parse (g_bytes_get_data (message, NULL), -1, NULL);
      HearthValue *chunk = hearth_value_get (hearth_value_get (value, "payload"), "yieldedContent");

      g_assert_cmpuint (g_bytes_get_size (message), <=, (1 << 20) + 1000);
      g_string_append (all, hearth_value_get_member_string (chunk, "content", NULL));
      g_bytes_unref (message);
    }
  g_assert_cmpuint (all->len, ==, 2000000);
  g_assert_null (strstr (all->str, "aa"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outbox/merges", test_merges);
  g_test_add_func ("/outbox/keeps-order", test_keeps_order);
  g_test_add_func ("/outbox/node-before-output", test_node_before_output);
  g_test_add_func ("/outbox/nothing-below", test_nothing_below);
  g_test_add_func ("/outbox/long-pieces", test_long_pieces);
  g_test_add_func ("/outbox/odd-ids", test_odd_ids);
  g_test_add_func ("/outbox/saves-room", test_saves_room);
  return g_test_run ();
}

/* hearth-outbox.c: messages that wait for a client who reads slowly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-outbox.h"

#include <string.h>

#include "hearth-memory.h"

/* What stands around the text of a piece. A quotation mark inside a JSON string has a backslash
 * before it, so neither can be part of an id or of the text. */
#define OPENING ",\"yieldedContent\":{\"type\":\"text_chunk\",\"content\":\""
#define CLOSING "\"},\"isLastChunk\":false}}"

#define NODE_PREFIX "{\"type\":\"NODE_YIELD\""

/* Longer ones are left alone: with them little is saved. */
#define MAX_PIECE (64u << 10)

/* So much is not given back in no time; it is done on a thread. */
#define MIN_SLOW (4u << 20)

/* A message is not let grow beyond this. */
#define MAX_MERGED (1u << 20)

typedef struct
{
  GString *text; /* without CLOSING while it may grow; NULL: @bytes */
  GBytes *bytes;
  gsize head;    /* length of what stands before the text of a piece; 0: no piece */
  guint64 number;
} Entry;

struct _HearthOutbox
{
  gsize merge_above;
  gsize bytes;
  GQueue entries; /* of Entry, oldest first */
  /* Pieces that may still grow, by what stands before their text, which names run and stream: those
   * behind the newest message that is no piece. */
  GHashTable *growing;
  guint64 n_pushed;
  guint64 newest_node_piece; /* number of the entry that the newest piece of a node went into */
};

static void
entry_free (Entry *entry)
{
  if (entry->text != NULL)
    g_string_free (entry->text, TRUE);
  g_clear_pointer (&entry->bytes, g_bytes_unref);
  g_free (entry);
}

HearthOutbox *
hearth_outbox_new (gsize merge_above)
{
  HearthOutbox *self = g_new0 (HearthOutbox, 1);

  self->merge_above = merge_above;
  g_queue_init (&self->entries);
  self->growing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* The newest first: so the end of the heap goes back to the system in many small parts, and not in one, for which
 * whoever wants memory would wait. */
static void
clear (gpointer data)
{
  HearthOutbox *self = data;
  Entry *entry;

  while ((entry = g_queue_pop_tail (&self->entries)) != NULL)
    entry_free (entry);
  g_hash_table_unref (self->growing);
  g_free (self);
}

void
hearth_outbox_free (HearthOutbox *self)
{
  g_return_if_fail (self != NULL);

  if (self->bytes < MIN_SLOW)
    clear (self);
  else
    hearth_memory_release (self, clear);
}

/* --- pieces --------------------------------------------------------------------------------------- */

/* Is what stands at @at, in a text from @begin on, behind a backslash that is not behind one itself? */
static gboolean
is_escaped (const char *begin,
            const char *at)
{
  const char *before = at;

  while (before > begin && before[-1] == '\\')
    before--;
  return (at - before) % 2 == 1;
}

/* Where the text begins; 0: the message is something else. */
static gsize
find_text (const char *message,
           gsize       length)
{
  const char *opening = g_str_has_suffix (message, CLOSING) ? strstr (message, OPENING) : NULL;
  gsize head = opening != NULL ? (gsize) (opening - message) + strlen (OPENING) : 0;
  const char *end = message + length - strlen (CLOSING);

  /* The first quotation mark behind it must be the last: a piece may have other members, too. */
  for (const char *at = message + head; head > 0 && (at = memchr (at, '"', (gsize) (end - at))) != NULL; at++)
    {
      if (!is_escaped (message + head, at))
        return 0;
    }
  return head;
}

static Entry *
find_growing (HearthOutbox *self,
              const char   *key,
              gsize         more)
{
  Entry *entry = g_hash_table_lookup (self->growing, key);

  if (entry == NULL || entry->text->len + more > MAX_MERGED)
    return NULL;
  if (!g_str_has_prefix (key, NODE_PREFIX) && entry->number < self->newest_node_piece)
    return NULL;
  return entry;
}

static Entry *
add (HearthOutbox *self,
     gsize         length)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->number = ++self->n_pushed;
  g_queue_push_tail (&self->entries, entry);
  self->bytes += length;
  return entry;
}

static void
push_piece (HearthOutbox *self,
            const char   *message,
            gsize         length,
            gsize         head)
{
  g_autofree char *key = g_strndup (message, head);
  gsize text_length = length - head - strlen (CLOSING);
  Entry *entry = find_growing (self, key, text_length);
  gboolean is_node = g_str_has_prefix (message, NODE_PREFIX);

  if (entry == NULL)
    {
      entry = add (self, length - strlen (CLOSING));
      entry->text = g_string_new_len (message, (gssize) (length - strlen (CLOSING)));
      entry->head = head;
      g_hash_table_replace (self->growing, g_steal_pointer (&key), entry);
    }
  else
    {
      g_string_append_len (entry->text, message + head, (gssize) text_length);
      self->bytes += text_length;
    }
  if (is_node)
    self->newest_node_piece = entry->number;
}

/* --- in and out ---------------------------------------------------------------------------------------- */

void
hearth_outbox_push (HearthOutbox *self,
                    const char   *message)
{
  gsize length;
  gsize head;

  g_return_if_fail (self != NULL && message != NULL);

  length = strlen (message);
  head = self->bytes > self->merge_above && length <= MAX_PIECE ? find_text (message, length) : 0;
  if (head > 0)
    {
      push_piece (self, message, length, head);
      return;
    }
  g_hash_table_remove_all (self->growing);
  add (self, length)->text = g_string_new_len (message, (gssize) length);
}

void
hearth_outbox_push_bytes (HearthOutbox *self,
                          GBytes       *message)
{
  g_return_if_fail (self != NULL && message != NULL);

  g_hash_table_remove_all (self->growing);
  add (self, g_bytes_get_size (message))->bytes = g_bytes_ref (message);
}

static GBytes *
pop_bytes (HearthOutbox *self,
           Entry        *entry)
{
  GBytes *bytes = g_steal_pointer (&entry->bytes);

  self->bytes -= g_bytes_get_size (bytes);
  entry_free (entry);
  return bytes;
}

GBytes *
hearth_outbox_pop (HearthOutbox *self)
{
  Entry *entry;
  GBytes *text;

  g_return_val_if_fail (self != NULL, NULL);

  entry = g_queue_pop_head (&self->entries);
  if (entry == NULL)
    return NULL;
  if (entry->bytes != NULL)
    return pop_bytes (self, entry);
  self->bytes -= entry->text->len;
  if (entry->head > 0)
    {
      g_autofree char *key = g_strndup (entry->text->str, entry->head);

      if (g_hash_table_lookup (self->growing, key) == entry)
        g_hash_table_remove (self->growing, key);
      g_string_append (entry->text, CLOSING);
    }
  text = g_string_free_to_bytes (entry->text);
  g_free (entry);
  return text;
}

gboolean
hearth_outbox_is_empty (HearthOutbox *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_queue_is_empty (&self->entries);
}

gsize
hearth_outbox_get_bytes (HearthOutbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes;
}

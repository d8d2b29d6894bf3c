/* hearth-values-table.c: large values of the history, each once under a hash of its content
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-history-private.h"

#include "hearth-json.h"

/* Characters of a large value that stand beside its reference, for people. */
#define START_LENGTH 200

struct _HearthValueWriter
{
  HearthSqliteStatement *insert;
  HearthSqliteStatement *use;
};

HearthValueWriter *
_hearth_value_writer_new (HearthSqliteConnection *connection,
                          GError                **error)
{
  g_autoptr (HearthValueWriter) self = g_new0 (HearthValueWriter, 1);

  self->insert = _hearth_sqlite_statement_new (
      connection, "INSERT OR IGNORE INTO hearth_values (hash, size, content) VALUES (?, ?, ?)", error);
  if (self->insert != NULL)
    self->use = _hearth_sqlite_statement_new (
        connection, "INSERT OR IGNORE INTO hearth_value_uses (run, hash) VALUES (?, ?)", error);
  return self->use != NULL ? g_steal_pointer (&self) : NULL;
}

void
_hearth_value_writer_free (HearthValueWriter *self)
{
  g_clear_pointer (&self->insert, _hearth_sqlite_statement_free);
  g_clear_pointer (&self->use, _hearth_sqlite_statement_free);
  g_free (self);
}

/* --- writing ---------------------------------------------------------------------------------- */

/* Returns the hash. */
static char *
put_away (HearthValueWriter *self,
          gint64             run,
          GString           *text,
          GError           **error)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text->str, text->len);

  _hearth_sqlite_statement_bind_text (self->insert, 1, hash);
  _hearth_sqlite_statement_bind_integer (self->insert, 2, (gint64) text->len);
  _hearth_sqlite_statement_bind_text (self->insert, 3, text->str);
  _hearth_sqlite_statement_bind_integer (self->use, 1, run);
  _hearth_sqlite_statement_bind_text (self->use, 2, hash);
  if (!_hearth_sqlite_statement_run (self->insert, error) || !_hearth_sqlite_statement_run (self->use, error))
    return NULL;
  return g_steal_pointer (&hash);
}

static char *
dup_start (HearthValue *value,
           GString     *text)
{
  const char *whole = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : text->str;

  return g_utf8_substring (whole, 0, MIN (START_LENGTH, g_utf8_strlen (whole, START_LENGTH * 4)));
}

static HearthValue *
make_reference (HearthValue *value,
                GString     *text,
                const char  *hash)
{
  g_autofree char *start = dup_start (value, text);

  return hearth_value_object (HEARTH_VALUE_REFERENCE_KEY, hearth_value_string (hash),
                              "bytes", hearth_value_integer ((gint64) text->len),
                              "start", hearth_value_string (start),
                              NULL);
}

static HearthValue *
shrink_member (HearthValueWriter *self,
               gint64             run,
               HearthValue       *member,
               GError           **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *hash = NULL;

  hearth_json_append (text, member);
  if (text->len <= HEARTH_MAX_INLINE_BYTES)
    return hearth_value_ref (member);
  hash = put_away (self, run, text, error);
  return hash != NULL ? make_reference (member, text, hash) : NULL;
}

/* An object keeps its members as far as they are small, so that one long text does not hide the
 * others. */
static HearthValue *
shrink (HearthValueWriter *self,
        gint64             run,
        HearthValue       *value,
        GError           **error)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (!hearth_value_is (value, OBJECT))
    return shrink_member (self, run, value, error);
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      HearthValue *member = shrink_member (self, run, hearth_value_member_at (value, i), error);

      if (member == NULL)
        return NULL;
      hearth_builder_add (&out, hearth_value_key_at (value, i), member);
    }
  return hearth_builder_end_object (&out);
}

char *
_hearth_value_writer_pack (HearthValueWriter *self,
                           gint64             run,
                           HearthValue       *value,
                           GError           **error)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (HearthValue) smaller = NULL;
  g_autoptr (HearthValue) smallest = NULL;

  if (value == NULL)
    return NULL;
  text = g_string_new (NULL);
  hearth_json_append (text, value);
  if (text->len <= HEARTH_MAX_INLINE_BYTES)
    return g_string_free (g_steal_pointer (&text), FALSE);
  smaller = shrink (self, run, value, error);
  if (smaller == NULL)
    return NULL;
  /* Many members that are small each: then the whole goes. */
  smallest = shrink_member (self, run, smaller, error);
  return smallest != NULL ? hearth_json_print (smallest) : NULL;
}

/* --- reading ------------------------------------------------------------------------------------ */

HearthValue *
_hearth_values_table_read (HearthSqliteConnection *connection,
                           gint64                  run,
                           const char             *hash,
                           GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection,
      "SELECT content FROM hearth_values WHERE hash = ?1"
      " AND EXISTS (SELECT 1 FROM hearth_value_uses WHERE run = ?2 AND hash = ?1)",
      error);

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, hash);
  _hearth_sqlite_statement_bind_integer (statement, 2, run);
  if (_hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return NULL;
  return _hearth_column_parse (statement, 0);
}

gboolean
_hearth_values_table_prune (HearthSqliteConnection *connection,
                            GError                **error)
{
  return _hearth_sqlite_connection_execute (
      connection,
      "DELETE FROM hearth_values WHERE NOT EXISTS"
      " (SELECT 1 FROM hearth_value_uses WHERE hearth_value_uses.hash = hearth_values.hash)",
      error);
}

/* hearth-program-take.c: one program that is being recorded: what it was told and what it said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-program-private.h"

struct _HearthProgramTake
{
  HearthOpenTake open;
  HearthCassetteWriter *writer; /* borrowed; NULL: it was written */
  GHashTable *secrets;          /* or NULL */
  HearthValue *request;         /* its description */
  guint number;
  gint64 begin_us;
  HearthBuilder lines;
};

/* --- keys ---------------------------------------------------------------------------------------- */

char *
_hearth_program_mask (GHashTable *secrets,
                      const char *text,
                      gsize       length)
{
  GByteArray *bytes = g_byte_array_sized_new ((guint) length + 1);
  GHashTableIter iter;
  gpointer secret;

  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
  if (secrets != NULL)
    {
      g_hash_table_iter_init (&iter, secrets);
      while (g_hash_table_iter_next (&iter, NULL, &secret))
        _hearth_mask (bytes, secret);
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (bytes, FALSE);
}

HearthValue *
_hearth_program_describe (const HearthProgramRequest *request)
{
  g_autoptr (HearthValue) description =
      hearth_value_object ("program", hearth_value_ref (request->description), "input", hearth_value_ref_or_null (request->input), NULL);
  HearthValue *sorted = _hearth_description_new (description, NULL);
  GHashTableIter iter;
  gpointer secret;

  if (request->secrets == NULL)
    return sorted;
  g_hash_table_iter_init (&iter, request->secrets);
  while (g_hash_table_iter_next (&iter, NULL, &secret))
    {
      g_autoptr (HearthValue) open = sorted;

      sorted = _hearth_description_new (open, secret);
    }
  return sorted;
}

/* --- writing ------------------------------------------------------------------------------------- */

static HearthValue *
get_elapsed (HearthProgramTake *self)
{
  return hearth_value_integer ((g_get_monotonic_time () - self->begin_us) / 1000);
}

static void take_detach (HearthOpenTake *open);

HearthProgramTake *
_hearth_program_take_new (HearthCassetteWriter       *writer,
                          const HearthProgramRequest *request,
                          guint                       number)
{
  HearthProgramTake *self = g_new0 (HearthProgramTake, 1);

  self->open.detach = take_detach;
  self->writer = writer;
  self->secrets = request->secrets != NULL ? g_hash_table_ref (request->secrets) : NULL;
  self->request = _hearth_program_describe (request);
  self->number = number;
  self->begin_us = g_get_monotonic_time ();
  _hearth_cassette_writer_expect (writer, &self->open);
  return self;
}

static void
take_free (HearthProgramTake *self)
{
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  hearth_value_unref (self->request);
  hearth_builder_clear (&self->lines);
  g_free (self);
}

void
_hearth_program_take_add (HearthProgramTake *self,
                          gboolean           is_said,
                          const char        *line,
                          gsize              length)
{
  g_autofree char *masked = _hearth_program_mask (self->secrets, line, length);
  g_autoptr (HearthValue) at = get_elapsed (self);
  g_autoptr (HearthValue) way = hearth_value_string (is_said ? "out" : "in");
  g_autoptr (HearthValue) text = hearth_value_string_len (masked, length);

  if (self->writer != NULL)
    hearth_builder_add (&self->lines, NULL, hearth_value_array ((HearthValue *[]) { at, way, text }, 3));
}

static void
write_line (HearthProgramTake      *self,
            gboolean                is_over,
            const HearthProgramEnd *end,
            const GError           *error)
{
  g_autofree char *hash = _hearth_description_hash (self->request);
  gboolean has_exited = end != NULL && end->status >= 0;
  g_autoptr (HearthValue) line = hearth_value_object (
      "number", hearth_value_integer (self->number), "hash", hearth_value_string (hash), "request", hearth_value_ref (self->request),
      "lines", hearth_builder_end_array (&self->lines), "exit", has_exited ? hearth_value_integer (end->status) : NULL, "signal",
      end != NULL && !has_exited ? hearth_value_integer (end->signal) : NULL, "complaint",
      end != NULL ? hearth_value_string (end->complaint) : NULL, "error",
      error != NULL ? _hearth_outside_error_describe ((HearthOutsideError) error->code, error->message) : NULL, "endMs",
      is_over ? get_elapsed (self) : NULL, NULL);

  _hearth_cassette_writer_add (self->writer, line);
  _hearth_cassette_writer_forget (self->writer, &self->open);
  self->writer = NULL;
}

static void
take_detach (HearthOpenTake *open)
{
  write_line ((HearthProgramTake *) open, FALSE, NULL, NULL);
}

void
_hearth_program_take_end (HearthProgramTake      *self,
                          const HearthProgramEnd *end,
                          const GError           *error)
{
  if (self->writer != NULL)
    write_line (self, TRUE, end, error);
  take_free (self);
}

/* Without "endMs": the replay, too, goes on until it is stopped. */
void
_hearth_program_take_break_off (HearthProgramTake *self)
{
  if (self->writer != NULL)
    write_line (self, FALSE, NULL, NULL);
  take_free (self);
}

/* --- reading ------------------------------------------------------------------------------------- */

/* [milliseconds, "in" or "out", text] */
static gboolean
read_line (HearthRecordedLine *self,
           HearthValue        *value)
{
  const char *way;

  if (!hearth_value_is (value, ARRAY) || hearth_value_get_length (value) != 3 || !hearth_value_is (hearth_value_at (value, 0), INTEGER)
      || !hearth_value_is (hearth_value_at (value, 1), STRING) || !hearth_value_is (hearth_value_at (value, 2), STRING))
    return FALSE;
  way = hearth_value_get_string (hearth_value_at (value, 1), NULL);
  self->at_ms = hearth_value_get_integer (hearth_value_at (value, 0));
  self->is_said = g_str_equal (way, "out");
  self->text = hearth_value_get_string (hearth_value_at (value, 2), &self->length);
  return (self->is_said || g_str_equal (way, "in")) && strlen (self->text) == self->length;
}

GArray *
_hearth_program_take_read (HearthValue *recorded)
{
  HearthValue *lines = hearth_value_get_member_kind (recorded, "lines", HEARTH_VALUE_ARRAY);
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (HearthRecordedLine));

  for (gsize i = 0; lines != NULL && i < hearth_value_get_length (lines); i++)
    {
      HearthRecordedLine line;

      if (!read_line (&line, hearth_value_at (lines, i)))
        return NULL;
      g_array_append_val (read, line);
    }
  return lines != NULL ? g_steal_pointer (&read) : NULL;
}

/* hearth-step-chunks.c: chunks of a stream that are kept with its result, and told again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

/* Texts are kept as one up to here: as much as the main loop can tell and its readers take in at a time. */
#define MAX_TEXT_BYTES 16384

struct _HearthKeptChunks
{
  GPtrArray *chunks;   /* of HearthValue; NULL: they are too many */
  GString   *text;     /* of neighbours that are not among them yet, or NULL */
  gsize      bytes, max_bytes;
};

void
_hearth_step_begin_chunks (HearthStep *self)
{
  HearthKeptChunks *kept = g_new0 (HearthKeptChunks, 1);

  kept->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  kept->max_bytes = hearth_result_cache_get_max_bytes (self->run->cache);
  self->more->chunks = kept;
}

static void
drop_all (HearthKeptChunks *self)
{
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  if (self->text)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

static void
add (HearthKeptChunks *self,
     HearthValue      *chunk)
{
  if (self->chunks == NULL)
    return;

  self->bytes += hearth_value_measure (chunk, self->max_bytes);
  g_ptr_array_add (self->chunks, hearth_value_ref (chunk));
  if (self->bytes >= self->max_bytes)
    drop_all (self);
}

static void
end_text (HearthKeptChunks *self)
{
  g_autoptr (GString) text = g_steal_pointer (&self->text);

  if (text)
    {
      g_autoptr (HearthValue) chunk = hearth_chunk_new ("text_chunk", hearth_value_string_len (text->str, text->len));

      add (self, chunk);
    }
}

/* What else is said in a chunk would be lost between others, and so would be what follows a NUL. */
static const char *
get_plain_text (HearthValue *chunk,
                gsize       *length)
{
  HearthValue *content = hearth_chunk_is (chunk, "text_chunk") ? hearth_value_get (chunk, "content") : NULL;
  const char *text = hearth_value_is (content, STRING) ? hearth_value_get_string (content, length) : NULL;

  return text && hearth_value_get_length (chunk) == 2 && strlen (text) == *length ? text : NULL;
}

static void
add_text (HearthKeptChunks *self,
          const char       *text,
          gsize             length)
{
  if (self->text && self->text->len + length > MAX_TEXT_BYTES)
    end_text (self);
  if (self->text == NULL)
    self->text = g_string_new (NULL);
  g_string_append_len (self->text, text, length);
}

void
_hearth_step_keep_chunk (HearthStep  *self,
                         HearthValue *chunk)
{
  HearthKeptChunks *kept = self->more->chunks;
  gsize length;
  const char *text;

  if (kept->chunks == NULL)
    return;

  text = get_plain_text (chunk, &length);
  if (text)
    add_text (kept, text, length);
  else
    {
      end_text (kept);
      add (kept, chunk);
    }
}

HearthValue *
_hearth_step_end_chunks (HearthStep *self)
{
  HearthKeptChunks *kept = self->more->chunks;
  g_auto (HearthBuilder) chunks = HEARTH_BUILDER_INIT;

  end_text (kept);
  if (kept->chunks == NULL)
    return NULL;

  for (guint i = 0; i < kept->chunks->len; i++)
    hearth_builder_add (&chunks, NULL, hearth_value_ref (g_ptr_array_index (kept->chunks, i)));
  return hearth_builder_end_array (&chunks);
}

void
_hearth_step_drop_chunks (HearthStepMore *more)
{
  g_clear_pointer (&more->retells, hearth_value_unref);
  if (more->chunks == NULL)
    return;

  drop_all (more->chunks);
  g_clear_pointer (&more->chunks, g_free);
}

/* --- once more ------------------------------------------------------------------------ */

/* One chunk a job, so that other steps and the main loop get their turn. */
static void
go_on_later (HearthStep *self)
{
  self->stalled = self->resuming = TRUE;
  _hearth_run_add_job (self->run, HEARTH_JOB_RESUME, self - self->run->steps);
}

void
_hearth_step_retell (HearthStep *self)
{
  HearthStepMore *more = self->more;
  gsize n_chunks = hearth_value_get_length (more->retells);

  if (more->n_retold < n_chunks && self->n_full == 0)
    hearth_step_yield (self, hearth_value_ref (hearth_value_at (more->retells, more->n_retold++)));
  if (more->n_retold == n_chunks)
    _hearth_step_end_try (self, NULL);
  else if (self->n_full > 0)
    self->stalled = TRUE;
  else
    go_on_later (self);
}

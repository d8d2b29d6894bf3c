/* text-stream.c: core:TextStream, hands out a text piece by piece at a chosen pace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

#define DEFAULT_CHUNK_SIZE 4 /* characters */
#define DEFAULT_DELAY 40     /* milliseconds */
/* Without a delay, as much as fits a short slice of the main loop: of one stream, and of all of them together, though
 * of each a piece. */
#define CHUNKS_PER_TICK 32
#define BYTES_PER_ROUND ((gsize) 64 << 10)

typedef struct
{
  HearthStep  *step; /* borrowed; owns this */
  HearthValue *text;
  const char  *next; /* in text */
  guint        chunk_size;
  guint        delay;
  guint        idle;  /* source of the main loop, or 0 */
  gboolean     waits; /* for the run's clock */
  GSource     *watch;
} TextStream;

/* Of all of them, in one round of the main loop. No clock: in a replay the pieces fall as they fell. */
static struct
{
  gint64 round; /* GLib's time, which is one in each round */
  gsize bytes;
} told;

static void
text_stream_free (gpointer data)
{
  TextStream *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  hearth_shape_unwatch (self->watch);
  hearth_value_unref (self->text);
  g_free (self);
}

/* A number input in whole units, kept within its declared range. */
static guint
read_count (HearthStep *step,
            const char *key,
            guint       fallback,
            guint       min,
            guint       max)
{
  HearthValue *value = hearth_step_get_input (step, key);
  double number = value != NULL ? hearth_value_to_number (value) : fallback;

  if (!(number == number))
    return fallback;
  return (guint) CLAMP (number, min, max);
}

static HearthValue *
text_stream_take_chunk (TextStream *self)
{
  const char *begin = self->next;
  g_autofree char *piece = NULL;

  for (guint i = 0; i < self->chunk_size && *self->next != '\0'; i++)
    self->next = g_utf8_next_char (self->next);
  piece = g_strndup (begin, self->next - begin);
  told.bytes += (gsize) (self->next - begin);
  return hearth_chunk_new_text (piece);
}

static void
text_stream_end (TextStream *self)
{
  HearthStep *step = self->step;

  hearth_step_yield (step, hearth_chunk_new_finish ("stop"));
  hearth_step_set_output (step, "text", hearth_value_ref (self->text));
  hearth_step_complete (step);
}

static void
begin_tick (void)
{
  gint64 round = g_source_get_time (g_main_current_source ());

  if (round != told.round)
    told.bytes = 0;
  told.round = round;
}

static gboolean
tick_cb (gpointer user_data)
{
  TextStream *self = user_data;

  begin_tick ();
  for (guint i = 0; *self->next != '\0' && (i == 0 || (i < CHUNKS_PER_TICK && told.bytes < BYTES_PER_ROUND)); i++)
    if (!hearth_step_yield (self->step, text_stream_take_chunk (self)))
      {
        self->idle = 0; /* until resume */
        return G_SOURCE_REMOVE;
      }
  if (*self->next != '\0')
    return G_SOURCE_CONTINUE;

  self->idle = 0;
  text_stream_end (self);
  return G_SOURCE_REMOVE;
}

static void text_stream_schedule (TextStream *self);

static void
elapsed_cb (HearthStep *step,
            gpointer    user_data)
{
  TextStream *self = user_data;

  self->waits = FALSE;
  if (*self->next != '\0' && !hearth_step_yield (step, text_stream_take_chunk (self)))
    return; /* until resume */
  if (*self->next != '\0')
    text_stream_schedule (self);
  else
    text_stream_end (self);
}

static void
text_stream_schedule (TextStream *self)
{
  if (self->idle != 0 || self->waits)
    return;
  if (self->delay > 0)
    {
      self->waits = TRUE;
      hearth_step_add_timeout (self->step, self->delay, elapsed_cb, self);
      return;
    }
  self->idle = g_idle_add (tick_cb, self);
  g_source_set_name_by_id (self->idle, "text stream pace");
}

/* A text of many megabytes is not copied. */
static HearthValue *
dup_text (HearthStep *step)
{
  HearthValue *value = hearth_step_get_input (step, "text");
  g_autofree char *text = NULL;

  if (hearth_value_is (value, STRING))
    return hearth_value_ref (value);
  text = hearth_step_dup_input_text (step, "text", "");
  return hearth_value_string (text);
}

static void
text_stream_start (HearthStep *step)
{
  TextStream *self = g_new0 (TextStream, 1);

  self->step = step;
  self->text = dup_text (step);
  self->next = hearth_value_get_string (self->text, NULL);
  self->chunk_size = read_count (step, "chunkSize", DEFAULT_CHUNK_SIZE, 1, 4096);
  self->delay = read_count (step, "delayMs", DEFAULT_DELAY, 0, 60000);
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, text_stream_free);
  text_stream_schedule (self);
}

static void
text_stream_resume (HearthStep *step)
{
  TextStream *self = hearth_step_get_data (step);

  if (self != NULL)
    text_stream_schedule (self);
}

static const HearthSlotDecl inputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("The text to stream."),
    .categories = "UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "chunkSize", .type = HEARTH_DATA_INTEGER, .name = "每段字符数", .title = N_("Characters at a Time"),
    .description = N_("How many characters one piece has."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": 4, "min": 1, "max": 4096 }) },
  { .key = "delayMs", .type = HEARTH_DATA_INTEGER, .name = "间隔 (毫秒)", .title = N_("Pause (ms)"),
    .description = N_("Milliseconds before each piece; 0 is as fast as it is taken."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": 40, "min": 0, "max": 60000 }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "stream", .type = HEARTH_DATA_STRING, .name = "文本流", .title = N_("Stream"),
    .description = N_("The text, piece by piece."), .flags = HEARTH_SLOT_STREAM },
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "完整文本", .title = N_("Whole Text"),
    .description = N_("The whole text, once all of it was streamed.") },
  { NULL },
};

const HearthNodeDecl hearth_node_text_stream = {
  .type = "TextStream",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "🌊文本流",
  .title = N_("Stream Text"),
  .icon = "🌊",
  .description = N_("Streams a text piece by piece at a chosen pace, as a language model would. Needs no key and no network."),
  .width = 300,
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .start = text_stream_start,
  .resume = text_stream_resume,
};

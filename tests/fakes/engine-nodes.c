/* engine-nodes.c: small nodes for tests of the engine, and a recorder of what a run tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#include <string.h>

EngineNodesLog engine_log;

void
engine_nodes_reset (void)
{
  engine_log = (EngineNodesLog) { 0 };
}

static gint64
input_integer (HearthStep *step,
               const char *key)
{
  HearthValue *value = hearth_step_get_input (step, key);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : 0;
}

/* --- plain nodes ------------------------------------------------------------------ */

static gboolean
add_run (HearthStep *step,
         GError    **error)
{
  hearth_step_set_output (step, "sum", hearth_value_integer (input_integer (step, "a") + input_integer (step, "b")));
  return TRUE;
}

static gboolean
text_run (HearthStep *step,
          GError    **error)
{
  hearth_step_set_output (step, "out", hearth_value_ref_or_null (hearth_step_get_input (step, "v")));
  return TRUE;
}

static gboolean
fail_run (HearthStep *step,
          GError    **error)
{
  g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "boom");
  return FALSE;
}

static gboolean
compute_compute (HearthStep *step,
                 GError    **error)
{
  gint64 end = g_get_monotonic_time () + input_integer (step, "ms") * 1000;

  while (g_get_monotonic_time () < end && !hearth_step_is_cancelled (step))
    g_usleep (200);
  hearth_step_log (step, "computed");
  if (input_integer (step, "n") < 0)
    {
      g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "negative");
      return FALSE;
    }
  hearth_step_set_output (step, "out", hearth_value_integer (2 * input_integer (step, "n")));
  return TRUE;
}

static gboolean
group_input_run (HearthStep *step,
                 GError    **error)
{
  HearthValue *values = hearth_step_get_run_inputs (step);

  for (gsize i = 0; i < hearth_value_get_length (values); i++)
    hearth_step_set_output (step, hearth_value_key_at (values, i), hearth_value_ref (hearth_value_member_at (values, i)));
  return TRUE;
}

/* --- waiting nodes ---------------------------------------------------------------- */

typedef struct
{
  HearthStep *step;
  guint       timer;
  gulong      cancel;
  gint64      sent, count, fail_after;
  char       *text;
  GString    *collected;
  gboolean    finish_pending;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_handle_id (&work->timer, g_source_remove);
  if (work->cancel)
    g_signal_handler_disconnect (hearth_step_get_cancellable (work->step), work->cancel);
  if (work->collected)
    g_string_free (work->collected, TRUE);
  g_free (work->text);
  g_free (work);
  engine_log.n_data_freed++;
}

static gboolean
cancelled_idle_cb (gpointer user_data)
{
  Work *work = user_data;

  work->timer = 0;
  hearth_step_fail (work->step, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

/* A GCancellable cannot lose its handlers while it calls them, so the end comes in an idle. */
static void
cancelled_cb (GCancellable *cancellable,
              Work         *work)
{
  g_clear_handle_id (&work->timer, g_source_remove);
  work->timer = g_idle_add (cancelled_idle_cb, work);
}

static Work *
work_new (HearthStep *step)
{
  Work *work = g_new0 (Work, 1);

  work->step = step;
  hearth_step_set_data (step, work, work_free);
  work->cancel = g_signal_connect (hearth_step_get_cancellable (step), "cancelled", G_CALLBACK (cancelled_cb), work);
  return work;
}

static gboolean
slow_cb (gpointer user_data)
{
  Work *work = user_data;

  work->timer = 0;
  engine_log.running--;
  hearth_step_set_output (work->step, "out", hearth_value_ref_or_null (hearth_step_get_input (work->step, "v")));
  hearth_step_complete (work->step);
  return G_SOURCE_REMOVE;
}

static void
slow_start (HearthStep *step)
{
  Work *work = work_new (step);

  engine_log.running++;
  engine_log.max_running = MAX (engine_log.max_running, engine_log.running);
  work->timer = g_timeout_add (input_integer (step, "ms"), slow_cb, work);
}

/* Ends before its start function has returned. */
static void
instant_start (HearthStep *step)
{
  hearth_step_set_output (step, "out", hearth_value_ref_or_null (hearth_step_get_input (step, "v")));
  hearth_step_complete (step);
}

static gboolean
stubborn_cb (gpointer user_data)
{
  hearth_step_complete (user_data);
  return G_SOURCE_REMOVE;
}

/* Knows nothing of cancelling. */
static void
stubborn_start (HearthStep *step)
{
  g_timeout_add (input_integer (step, "ms"), stubborn_cb, step);
}

/* --- streaming nodes -------------------------------------------------------------- */

/* One chunk, or the end. FALSE: stop for now, or for ever. */
static gboolean
source_step (Work *work)
{
  HearthStep *step = work->step;
  g_autofree char *text = NULL;

  if (work->sent == work->fail_after)
    {
      hearth_step_yield (step, hearth_chunk_new_error ("torn"));
      return FALSE;
    }
  if (work->sent == work->count && !work->finish_pending)
    {
      work->finish_pending = TRUE;
      if (!hearth_step_yield (step, hearth_chunk_new_finish ("stop")))
        return FALSE;
    }
  if (work->sent == work->count)
    {
      hearth_step_set_output (step, "text_output", hearth_value_string (work->collected->str));
      hearth_step_complete (step);
      return FALSE;
    }

  text = g_strdup_printf ("%s%d ", work->text, (int) work->sent++);
  g_string_append (work->collected, text);
  engine_log.n_yielded++;
  engine_log.max_queued = MAX (engine_log.max_queued, engine_log.n_yielded - engine_log.n_read);
  if (hearth_step_yield (step, hearth_chunk_new_text (text)))
    return TRUE;
  engine_log.n_full++;
  return FALSE;
}

/* One chunk per turn of the main loop, so that others get theirs. */
static gboolean
source_cb (gpointer user_data)
{
  Work *work = user_data;
  HearthStep *step = work->step;

  if (hearth_step_is_cancelled (step))
    return G_SOURCE_REMOVE;
  work->timer = 0;
  if (source_step (work))
    work->timer = g_idle_add (source_cb, work);
  return G_SOURCE_REMOVE;
}

static void
source_start (HearthStep *step)
{
  Work *work = work_new (step);

  work->text = hearth_step_dup_input_text (step, "text", "");
  work->count = input_integer (step, "count");
  work->fail_after = hearth_step_get_input (step, "fail_after") ? input_integer (step, "fail_after") : -1;
  work->collected = g_string_new (NULL);
  work->timer = g_idle_add (source_cb, work);
}

static void
source_resume (HearthStep *step)
{
  Work *work = hearth_step_get_data (step);

  if (work->timer == 0 && !hearth_step_is_cancelled (step))
    work->timer = g_idle_add (source_cb, work);
}

/* As fast as it may, without the main loop in between. */
static void
burst_pump (HearthStep *step)
{
  Work *work = hearth_step_get_data (step);

  if (hearth_step_is_cancelled (step))
    return;
  while (source_step (work))
    ;
}

static void
burst_start (HearthStep *step)
{
  Work *work = work_new (step);

  work->text = hearth_step_dup_input_text (step, "text", "");
  work->count = input_integer (step, "count");
  work->fail_after = hearth_step_get_input (step, "fail_after") ? input_integer (step, "fail_after") : -1;
  work->collected = g_string_new (NULL);
  burst_pump (step);
}

static void
relay_pump (HearthStep *step)
{
  HearthStreamReader *reader = hearth_step_get_stream (step, "in");
  g_autofree char *suffix = hearth_step_dup_input_text (step, "suffix", "");
  HearthValue *chunk;

  if (hearth_step_is_cancelled (step))
    return;
  for (;;)
    switch (hearth_stream_reader_read (reader, &chunk))
      {
      case HEARTH_STREAM_CHUNK:
        {
          g_autoptr (HearthValue) owned = chunk;
          const char *text = hearth_chunk_get_text (chunk);
          g_autofree char *more = text ? g_strconcat (text, suffix, NULL) : NULL;

          if (!hearth_step_yield (step, more ? hearth_chunk_new_text (more) : hearth_value_ref (chunk)))
            return;
          break;
        }
      case HEARTH_STREAM_EMPTY:
        return;
      default:
        hearth_step_complete (step);
        return;
      }
}

static void
relay_notify_cb (HearthStreamReader *reader,
                 gpointer            user_data)
{
  relay_pump (user_data);
}

static void
relay_start (HearthStep *step)
{
  HearthStreamReader *reader = hearth_step_get_stream (step, "in");

  work_new (step);
  if (reader == NULL)
    {
      hearth_step_yield (step, hearth_chunk_new_error ("not a stream"));
      return;
    }
  hearth_stream_reader_set_notify (reader, relay_notify_cb, step);
  relay_pump (step);
}

/* Reads one chunk per main loop turn, or in each @every-th turn; "text" out at the end. */
static gboolean
reader_cb (gpointer user_data)
{
  Work *work = user_data;
  HearthStep *step = work->step;
  g_autoptr (HearthValue) chunk = NULL;

  if (++work->sent % MAX (1, work->count) != 0)
    return G_SOURCE_CONTINUE;
  work->timer = 0;
  switch (hearth_stream_reader_read (hearth_step_get_stream (step, "in"), &chunk))
    {
    case HEARTH_STREAM_CHUNK:
      if (hearth_chunk_get_text (chunk))
        {
          engine_log.n_read++;
          g_string_append (work->collected, hearth_chunk_get_text (chunk));
        }
      if (hearth_chunk_is (chunk, "error_chunk"))
        g_string_append (work->collected, "!");
      work->timer = g_idle_add (reader_cb, work);
      break;
    case HEARTH_STREAM_END:
      hearth_step_set_output (step, "text", hearth_value_string (work->collected->str));
      hearth_step_complete (step);
      break;
    default:
      break;
    }

  return G_SOURCE_REMOVE;
}

static void
reader_notify_cb (HearthStreamReader *reader,
                  gpointer            user_data)
{
  Work *work = user_data;

  if (work->timer == 0)
    work->timer = g_idle_add (reader_cb, work);
}

static void
reader_start (HearthStep *step)
{
  Work *work = work_new (step);

  work->count = input_integer (step, "every");
  work->collected = g_string_new (NULL);
  hearth_stream_reader_set_notify (hearth_step_get_stream (step, "in"), reader_notify_cb, work);
}

/* Is wired to a stream and never looks at it. */
static gboolean
lazy_run (HearthStep *step,
          GError    **error)
{
  hearth_step_set_output (step, "out", hearth_value_boolean (hearth_step_get_stream (step, "in") != NULL));
  return TRUE;
}

/* --- branches --------------------------------------------------------------------- */

/* Hands v to the outputs that "take" names; the others are dead. */
static gboolean
fork_run (HearthStep *step,
          GError    **error)
{
  g_autofree char *take = hearth_step_dup_input_text (step, "take", "");
  static const char *const keys[] = { "x", "y" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strstr (take, keys[i]))
      hearth_step_set_output (step, keys[i], hearth_value_ref_or_null (hearth_step_get_input (step, "v")));
    else
      hearth_step_set_dead (step, keys[i]);
  return TRUE;
}

/* The same with streams of two chunks. */
static void
stream_fork_start (HearthStep *step)
{
  g_autofree char *take = hearth_step_dup_input_text (step, "take", "");

  if (!strstr (take, "x"))
    hearth_step_set_dead (step, "x");
  if (!strstr (take, "y"))
    hearth_step_set_dead (step, "y");
  hearth_step_yield (step, hearth_chunk_new_text ("1"));
  hearth_step_yield (step, hearth_chunk_new_text ("2"));
  hearth_step_complete (step);
}

/* --- the clock, people, other workflows ----------------------------------------------- */

static void
timer_elapsed_cb (HearthStep *step,
                  gpointer    user_data)
{
  engine_log.running--;
  hearth_step_set_output (step, "out", hearth_value_ref_or_null (hearth_step_get_input (step, "v")));
  hearth_step_complete (step);
}

/* Waits by the run's clock; never asks whether it was cancelled. */
static void
timer_start (HearthStep *step)
{
  engine_log.running++;
  engine_log.max_running = MAX (engine_log.max_running, engine_log.running);
  hearth_step_add_timeout (step, input_integer (step, "ms"), timer_elapsed_cb, NULL);
}

static void
picky_elapsed_cb (HearthStep *step,
                  gpointer    user_data)
{
  hearth_step_fail (step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "boom"));
}

/* Fails soon, but for "again", which it waits with. */
static void
picky_start (HearthStep *step)
{
  g_autofree char *v = hearth_step_dup_input_text (step, "v", "");

  if (strcmp (v, "again") == 0)
    hearth_step_add_timeout (step, 100000, timer_elapsed_cb, NULL);
  else
    hearth_step_add_timeout (step, 5, picky_elapsed_cb, NULL);
}

static void
answered_cb (HearthStep  *step,
             HearthValue *answer,
             gpointer     user_data)
{
  if (answer)
    hearth_step_set_output (step, "out", hearth_value_ref (answer));
  else
    hearth_step_set_dead (step, "out");
  hearth_step_complete (step);
}

static void
ask_start (HearthStep *step)
{
  hearth_step_ask (step, hearth_value_object ("text", hearth_value_string ("well?"), NULL), answered_cb, NULL);
}

static void
call_called_cb (HearthStep   *step,
                HearthValue  *outputs,
                const GError *error,
                gpointer      user_data)
{
  guint *left = hearth_step_get_data (step);

  if (error)
    {
      hearth_step_fail (step, g_error_copy (error));
      return;
    }
  hearth_step_set_output (step, user_data, hearth_value_ref (outputs));
  if (--*left == 0)
    hearth_step_complete (step);
}

/* Calls twice at once: with v as it is, and with "again". */
static void
call_start (HearthStep *step)
{
  guint *left = g_new (guint, 1);
  g_autoptr (HearthValue) first
      = hearth_value_object ("v", hearth_value_ref_or_null (hearth_step_get_input (step, "v")), NULL);
  g_autoptr (HearthValue) second = hearth_value_object ("v", hearth_value_string ("again"), NULL);

  *left = 2;
  hearth_step_set_data (step, left, g_free);
  if (hearth_step_call (step, "0", first, call_called_cb, (gpointer) "one"))
    hearth_step_call (step, "1", second, call_called_cb, (gpointer) "two");
}

/* What it can see of its surroundings. */
static gboolean
surroundings_run (HearthStep *step,
                  GError    **error)
{
  g_autofree char *path = hearth_step_dup_path (step);
  HearthValue *metadata = hearth_step_get_run_metadata (step);

  hearth_step_set_output (step, "path", hearth_value_string (path));
  hearth_step_set_output (step, "served", hearth_value_boolean (hearth_step_get_service (step, HEARTH_TYPE_CLOCK) != NULL));
  hearth_step_set_output (step, "strange", hearth_value_boolean (hearth_step_get_service (step, HEARTH_TYPE_QUEUE) != NULL));
  hearth_step_set_output (step, "project",
                          hearth_value_string (hearth_value_get_member_string (metadata, "projectId", "none")));
  return TRUE;
}

static void
tools_called_cb (HearthStep   *step,
                 HearthValue  *outputs,
                 const GError *error,
                 gpointer      user_data)
{
  hearth_step_set_output (step, "out", error ? hearth_value_string (error->message) : hearth_value_ref (outputs));
  hearth_step_complete (step);
}

/* Tells its tools, and calls the one that "use" names. */
static void
tools_start (HearthStep *step)
{
  g_autofree char *use = hearth_step_dup_input_text (step, "use", "");
  g_autoptr (HearthValue) inputs = hearth_value_object ("v", hearth_value_string ("hi"), NULL);

  hearth_step_set_output (step, "tools", hearth_step_dup_tools (step));
  if (!hearth_step_call_tool (step, use, "0", inputs, tools_called_cb, NULL))
    hearth_step_complete (step);
}

/* Fails as often as "fails" says, with the class "class". */
static gboolean
flaky_run (HearthStep *step,
           GError    **error)
{
  g_autofree char *error_class = hearth_step_dup_input_text (step, "class", "network");
  g_autofree char *message = g_strdup_printf ("failure %u", ++engine_log.n_tries);

  g_autoptr (HearthValue) usage = hearth_value_object ("calls", hearth_value_integer (engine_log.n_tries), NULL);

  hearth_step_set_usage (step, usage);
  hearth_step_set_output (step, "other", hearth_value_integer (engine_log.n_tries));
  if (engine_log.n_tries > input_integer (step, "fails"))
    {
      hearth_step_set_output (step, "out", hearth_value_string ("fine"));
      return TRUE;
    }
  g_propagate_error (error, hearth_error_new_class (error_class, input_integer (step, "after"), message));
  return FALSE;
}

/* A stream that breaks: before the first chunk, or behind it. */
static void
broken_start (HearthStep *step)
{
  engine_log.n_tries++;
  if (input_integer (step, "late"))
    hearth_step_yield (step, hearth_chunk_new_text ("begun "));
  if (engine_log.n_tries > input_integer (step, "fails"))
    {
      hearth_step_yield (step, hearth_chunk_new_text ("whole"));
      hearth_step_complete (step);
      return;
    }
  hearth_step_fail (step, hearth_error_new_class ("network", 0, "torn off"));
}

/* Asks for the time only when it is told to. */
static gboolean
once_compute (HearthStep *step,
              GError    **error)
{
  g_autofree char *seed = NULL;

  if (!hearth_value_is_truthy (hearth_step_get_input (step, "v")))
    return TRUE;
  seed = g_strdup_printf ("%" G_GINT64_MODIFIER "x", hearth_step_get_seed (step));
  hearth_step_set_output (step, "time", hearth_value_integer (hearth_step_get_time_ms (step)));
  hearth_step_set_output (step, "seed", hearth_value_string (seed));
  return TRUE;
}

static gboolean
count_run (HearthStep *step,
           GError    **error)
{
  engine_log.n_runs++;
  hearth_step_set_output (step, "out", hearth_value_ref_or_null (hearth_step_get_input (step, "v")));
  return TRUE;
}

static char *
place_resource (HearthStep *step)
{
  return hearth_step_get_input (step, "where") ? hearth_step_dup_input_text (step, "where", NULL) : NULL;
}

static HearthJoin
join_first (HearthValue *config)
{
  return HEARTH_JOIN_FIRST;
}

static HearthJoin
join_settled (HearthValue *config)
{
  return HEARTH_JOIN_SETTLED;
}

/* --- declarations ----------------------------------------------------------------- */

#define SLOT(key_, type_, ...) { .key = key_, .type = HEARTH_DATA_##type_, __VA_ARGS__ }
#define SLOTS(...) ((const HearthSlotDecl[]) { __VA_ARGS__, { 0 } })
#define NODE(name_, ...)                                                                                               \
  { .type = name_, .space = "test", .category = "t", .name = name_, .title = name_, .description = name_, .version = 1, __VA_ARGS__ }
#define CORE(name_, ...)                                                                                               \
  { .type = name_, .category = "t", .name = name_, .title = name_, .description = name_, .version = 1, __VA_ARGS__ }

#define SOURCE_SLOTS                                                                                                   \
  .inputs = SLOTS (SLOT ("text", STRING), SLOT ("count", INTEGER), SLOT ("fail_after", WILDCARD)),                     \
  .outputs = SLOTS (SLOT ("stream_output", STRING, .flags = HEARTH_SLOT_STREAM), SLOT ("text_output", STRING))

static const HearthNodeDecl decls[] = {
  NODE ("add", .inputs = SLOTS (SLOT ("a", INTEGER, .flags = HEARTH_SLOT_REQUIRED), SLOT ("b", INTEGER, .config = "{\"default\":1}")),
        .outputs = SLOTS (SLOT ("sum", INTEGER)), .run = add_run),
  NODE ("text", .inputs = SLOTS (SLOT ("v", STRING)), .outputs = SLOTS (SLOT ("out", STRING)), .run = text_run),
  NODE ("any", .inputs = SLOTS (SLOT ("v", WILDCARD)), .outputs = SLOTS (SLOT ("out", WILDCARD)), .run = text_run),
  NODE ("multi", .inputs = SLOTS (SLOT ("v", STRING, .flags = HEARTH_SLOT_MULTI | HEARTH_SLOT_REQUIRED)),
        .outputs = SLOTS (SLOT ("out", ARRAY)), .run = text_run),
  NODE ("needy", .inputs = SLOTS (SLOT ("v", OBJECT, .flags = HEARTH_SLOT_REQUIRED)), .outputs = SLOTS (SLOT ("out", OBJECT)),
        .run = text_run),
  NODE ("fail", .inputs = SLOTS (SLOT ("x", STRING)), .outputs = SLOTS (SLOT ("out", STRING)), .run = fail_run),
  NODE ("compute", .inputs = SLOTS (SLOT ("n", INTEGER), SLOT ("ms", INTEGER)), .outputs = SLOTS (SLOT ("out", INTEGER)),
        .compute = compute_compute),
  NODE ("slow", .inputs = SLOTS (SLOT ("v", STRING), SLOT ("ms", INTEGER)), .outputs = SLOTS (SLOT ("out", STRING)),
        .start = slow_start),
  NODE ("instant", .inputs = SLOTS (SLOT ("v", STRING)), .outputs = SLOTS (SLOT ("out", STRING)), .start = instant_start),
  NODE ("stubborn", .inputs = SLOTS (SLOT ("ms", INTEGER)), .outputs = SLOTS (SLOT ("out", STRING)), .start = stubborn_start),
  NODE ("source", SOURCE_SLOTS, .start = source_start, .resume = source_resume),
  NODE ("burst", SOURCE_SLOTS, .start = burst_start, .resume = burst_pump),
  NODE ("relay",
        .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED), SLOT ("suffix", STRING)),
        .outputs = SLOTS (SLOT ("out", STRING, .flags = HEARTH_SLOT_STREAM)), .start = relay_start, .resume = relay_pump),
  NODE ("reader", .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM), SLOT ("also", STRING), SLOT ("every", INTEGER)),
        .outputs = SLOTS (SLOT ("text", STRING)), .start = reader_start),
  NODE ("lazy", .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM)), .outputs = SLOTS (SLOT ("out", BOOLEAN)),
        .run = lazy_run),
  NODE ("muted", .inputs = SLOTS (SLOT ("v", STRING)), .outputs = SLOTS (SLOT ("out", STRING)), .bypass = "\"mute\"",
        .run = text_run),
  NODE ("paired", .inputs = SLOTS (SLOT ("a", STRING), SLOT ("b", STRING)),
        .outputs = SLOTS (SLOT ("x", STRING), SLOT ("y", INTEGER), SLOT ("z", STRING)),
        .bypass = "{\"passThrough\":{\"x\":\"b\",\"y\":\"a\"},\"defaults\":{\"y\":7}}", .run = text_run),
  NODE ("mixed", .inputs = SLOTS (SLOT ("n", INTEGER), SLOT ("s", STRING), SLOT ("o", OBJECT)),
        .outputs = SLOTS (SLOT ("o", OBJECT), SLOT ("s1", STRING), SLOT ("s2", STRING), SLOT ("f", FLOAT), SLOT ("w", BINARY)),
        .run = text_run),
  NODE ("fork", .inputs = SLOTS (SLOT ("v", STRING), SLOT ("take", STRING)),
        .outputs = SLOTS (SLOT ("x", STRING), SLOT ("y", STRING)), .run = fork_run),
  NODE ("stream-fork", .inputs = SLOTS (SLOT ("take", STRING)),
        .outputs = SLOTS (SLOT ("x", STRING, .flags = HEARTH_SLOT_STREAM), SLOT ("y", STRING, .flags = HEARTH_SLOT_STREAM)),
        .start = stream_fork_start),
  NODE ("first", .inputs = SLOTS (SLOT ("v", WILDCARD, .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI)),
        .outputs = SLOTS (SLOT ("out", WILDCARD)), .run = text_run, .join = join_first),
  NODE ("first-slow", .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM), SLOT ("v", STRING), SLOT ("ms", INTEGER)),
        .outputs = SLOTS (SLOT ("out", STRING)), .start = slow_start, .join = join_first),
  NODE ("settled", .inputs = SLOTS (SLOT ("v", WILDCARD, .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI)),
        .outputs = SLOTS (SLOT ("out", WILDCARD)), .run = text_run, .join = join_settled),
  NODE ("timer", .inputs = SLOTS (SLOT ("v", STRING), SLOT ("ms", INTEGER)), .outputs = SLOTS (SLOT ("out", STRING)),
        .start = timer_start),
  NODE ("place", .inputs = SLOTS (SLOT ("v", STRING), SLOT ("ms", INTEGER), SLOT ("where", WILDCARD)),
        .outputs = SLOTS (SLOT ("out", STRING)), .start = timer_start, .resource = place_resource),
  NODE ("place-source", .inputs = SLOTS (SLOT ("text", STRING), SLOT ("count", INTEGER), SLOT ("where", WILDCARD)),
        .outputs = SLOTS (SLOT ("stream_output", STRING, .flags = HEARTH_SLOT_STREAM)), .start = source_start,
        .resume = source_resume, .resource = place_resource),
  NODE ("picky", .inputs = SLOTS (SLOT ("v", STRING)), .outputs = SLOTS (SLOT ("out", STRING)), .start = picky_start),
  NODE ("ask", .inputs = SLOTS (SLOT ("v", STRING)), .outputs = SLOTS (SLOT ("out", WILDCARD)), .start = ask_start),
  NODE ("call", .flags = HEARTH_NODE_CALLS, .inputs = SLOTS (SLOT ("v", STRING)),
        .outputs = SLOTS (SLOT ("one", OBJECT), SLOT ("two", OBJECT)),
        .config = SLOTS (SLOT ("referencedWorkflowId", STRING)), .start = call_start),
  NODE ("surroundings", .outputs = SLOTS (SLOT ("path", STRING), SLOT ("served", BOOLEAN), SLOT ("strange", BOOLEAN),
                                   SLOT ("project", STRING)), .run = surroundings_run),
  NODE ("tools", .flags = HEARTH_NODE_TOOLS, .inputs = SLOTS (SLOT ("use", STRING)),
        .outputs = SLOTS (SLOT ("tools", ARRAY), SLOT ("out", WILDCARD)), .config = SLOTS (SLOT ("toolWorkflows", ARRAY)),
        .start = tools_start),
  NODE ("flaky", .inputs = SLOTS (SLOT ("fails", INTEGER), SLOT ("after", INTEGER), SLOT ("class", WILDCARD)),
        .outputs = SLOTS (SLOT ("out", STRING), SLOT ("other", INTEGER)), .run = flaky_run),
  NODE ("broken", .inputs = SLOTS (SLOT ("fails", INTEGER), SLOT ("late", INTEGER)),
        .outputs = SLOTS (SLOT ("stream", STRING, .flags = HEARTH_SLOT_STREAM)), .start = broken_start),
  NODE ("count", .inputs = SLOTS (SLOT ("v", WILDCARD)), .outputs = SLOTS (SLOT ("out", WILDCARD)), .run = count_run,
        .reuse = HEARTH_REUSE_PURE),
  NODE ("count-list", .inputs = SLOTS (SLOT ("v", STRING, .flags = HEARTH_SLOT_MULTI)), .outputs = SLOTS (SLOT ("out", ARRAY)),
        .run = count_run, .reuse = HEARTH_REUSE_PURE),
  NODE ("file-reader", .config = SLOTS (SLOT ("file", STRING)), .outputs = SLOTS (SLOT ("out", WILDCARD)), .run = count_run,
        .file_configs = (const char *const[]) { "file", NULL }, .reuse = HEARTH_REUSE_PURE),
  NODE ("once", .inputs = SLOTS (SLOT ("v", WILDCARD)), .outputs = SLOTS (SLOT ("time", INTEGER), SLOT ("seed", STRING)),
        .compute = once_compute, .reuse = HEARTH_REUSE_PURE),
  NODE ("outside", .inputs = SLOTS (SLOT ("v", WILDCARD)), .outputs = SLOTS (SLOT ("out", WILDCARD)), .run = count_run,
        .reuse = HEARTH_REUSE_OUTSIDE),
  NODE ("pure-fork", .inputs = SLOTS (SLOT ("v", STRING), SLOT ("take", STRING)),
        .outputs = SLOTS (SLOT ("x", STRING), SLOT ("y", STRING)), .run = fork_run, .reuse = HEARTH_REUSE_PURE),
  CORE ("GroupInput", .flags = HEARTH_NODE_DYNAMIC_SLOTS, .run = group_input_run,
        .outputs = SLOTS (SLOT ("output_0", CONVERTIBLE_ANY, .flags = HEARTH_SLOT_DYNAMIC))),
  CORE ("GroupOutput", .flags = HEARTH_NODE_DYNAMIC_SLOTS,
        .inputs = SLOTS (SLOT ("input_0", CONVERTIBLE_ANY, .flags = HEARTH_SLOT_DYNAMIC))),
  CORE ("NodeGroup", .config = SLOTS (SLOT ("referencedWorkflowId", STRING))),
};

HearthCatalog *
engine_catalog (void)
{
  static HearthCatalog *catalog;

  if (catalog == NULL)
    {
      catalog = hearth_catalog_new ();
      for (guint i = 0; i < G_N_ELEMENTS (decls); i++)
        {
          g_autofree char *id = g_strconcat ("test:", decls[i].type, NULL);

          g_assert_null (hearth_catalog_lookup (catalog, id)); /* a later one would take the place of the first */
          hearth_catalog_add (catalog, &decls[i]);
        }
    }

  return catalog;
}

HearthGraph *
engine_graph (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup (json);
  g_autoptr (HearthValue) value = hearth_json_parse (g_strdelimit (text, "'", '"'), -1, &error);
  HearthGraph *graph = value ? hearth_graph_new_from_value (engine_catalog (), value, &error) : NULL;

  g_assert_no_error (error);
  return graph;
}

HearthPlan *
engine_plan (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  HearthPlan *plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

GHashTable *
engine_groups (const char *first_id,
               ...)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  va_list list;

  va_start (list, first_id);
  for (const char *id = first_id; id; id = va_arg (list, const char *))
    g_hash_table_insert (groups, (gpointer) id, engine_graph (va_arg (list, const char *)));
  va_end (list);

  return groups;
}

/* --- recorder ---------------------------------------------------------------------- */

static char *
print_or_empty (HearthValue *value)
{
  return value ? hearth_json_print (value) : g_strdup ("");
}

static char *
describe (const HearthRunEvent *event)
{
  g_autofree char *value = print_or_empty (event->value);
  const char *mark = event->last ? " last" : "";

  switch (event->kind)
    {
    case HEARTH_EVENT_STATUS:
      return g_strdup_printf ("%s%s%s", hearth_run_status_to_string (event->status), event->message ? ": " : "",
                              event->message ? event->message : "");
    case HEARTH_EVENT_NODE_EXECUTING:
      return g_strdup_printf ("EXECUTING %s", event->node_id);
    case HEARTH_EVENT_NODE_YIELD:
      return g_strdup_printf ("YIELD %s %s%s", event->node_id, value, mark);
    case HEARTH_EVENT_NODE_COMPLETE:
      return g_strdup_printf ("COMPLETE %s %s", event->node_id, value);
    case HEARTH_EVENT_NODE_ERROR:
      return g_strdup_printf ("ERROR %s %s", event->node_id, event->message);
    case HEARTH_EVENT_NODE_BYPASSED:
      return g_strdup_printf ("BYPASSED %s %s", event->node_id, value);
    case HEARTH_EVENT_NODE_SKIPPED:
      return g_strdup_printf ("SKIPPED %s", event->node_id);
    case HEARTH_EVENT_INTERFACE_YIELD:
      return g_strdup_printf ("IYIELD %s (%s) %s%s", event->key, event->display_name ? event->display_name : "", value, mark);
    case HEARTH_EVENT_INTERFACE_OUTPUTS:
      return g_strdup_printf ("OUTPUTS %s", value);
    case HEARTH_EVENT_NODE_RETRY:
      return g_strdup_printf ("RETRY %s %u in %u: %s", event->node_id, event->attempt, event->delay_ms, event->message);
    case HEARTH_EVENT_NODE_ASKS:
      return g_strdup_printf ("ASKS %s %s", event->node_id, value);
    case HEARTH_EVENT_LOG:
    case HEARTH_EVENT_NODE_WAITS:
      return g_strdup_printf ("LOG %s %s", event->node_id, event->message);
    default:
      g_assert_not_reached ();
    }
}

static void
record_cb (const HearthRunEvent *event,
           gpointer              user_data)
{
  Recorder *self = user_data;
  char *line = describe (event);

  if (self->n_final > 0)
    self->n_after++;
  if (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status))
    self->n_final++;
  g_string_append_printf (self->text, "%s\n", line);
  g_ptr_array_add (self->lines, line);
  if (event->kind == HEARTH_EVENT_NODE_SKIPPED)
    g_string_append_printf (self->notes, "%s: %s\n", event->node_id, event->message);
  if (event->kind == HEARTH_EVENT_NODE_COMPLETE && event->why)
    g_string_append_printf (self->notes, event->reused ? "%s: reused, %s (%s)\n" : "%s: %s\n", event->node_id, event->why,
                            event->origin);
  if (self->cancel_at == (int) self->n_events++)
    hearth_run_cancel (self->run);
}

Recorder *
recorder_new (HearthRun *run)
{
  Recorder *self = g_new0 (Recorder, 1);

  self->run = run;
  self->text = g_string_new (NULL);
  self->notes = g_string_new (NULL);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->cancel_at = -1;
  hearth_run_add_observer (run, record_cb, self, NULL);
  return self;
}

void
recorder_free (Recorder *self)
{
  g_clear_object (&self->run);
  g_string_free (self->text, TRUE);
  g_string_free (self->notes, TRUE);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("The run does not end");
  return G_SOURCE_REMOVE;
}

void
iterate_until_final (HearthRun *run)
{
  guint alarm = g_timeout_add_seconds (20, too_late_cb, NULL);

  while (!hearth_run_status_is_final (hearth_run_get_status (run)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
}

void
recorder_run (Recorder *self)
{
  if (hearth_run_get_status (self->run) == HEARTH_RUN_QUEUED)
    hearth_run_start (self->run);
  iterate_until_final (self->run);
  g_assert_cmpuint (self->n_final, ==, 1);
  g_assert_cmpuint (self->n_after, ==, 0);
}

int
recorder_find (Recorder   *self,
               const char *line)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (strcmp (g_ptr_array_index (self->lines, i), line) == 0)
      return i;

  return -1;
}

Recorder *
record_workflow (const char *json)
{
  g_autoptr (HearthPlan) plan = engine_plan (json);
  Recorder *self = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (self->run, TRUE);
  recorder_run (self);
  return self;
}

void
iterate_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

Recorder *
record_with_groups (const char  *json,
                    GHashTable  *groups,
                    HearthClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  Recorder *self;

  g_assert_no_error (error);
  self = recorder_new (hearth_run_new (plan, NULL));
  hearth_run_set_keep_outputs (self->run, TRUE);
  if (clock)
    {
      hearth_run_set_clock (self->run, clock);
      hearth_run_start (self->run);
      iterate_idle ();
    }
  else
    recorder_run (self);

  return self;
}

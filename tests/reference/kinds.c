/* kinds.c: the kinds of nodes that random graphs are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kinds.h"

#include <string.h>

/* --- calls ------------------------------------------------------------------------ */

void
ref_call_clear (RefCall *self)
{
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_clear_pointer (&self->dead, g_ptr_array_unref);
  g_clear_pointer (&self->error, g_free);
}

void
ref_call_kill (RefCall    *self,
               const char *key)
{
  g_autoptr (HearthValue) old = g_steal_pointer (&self->outputs);

  self->outputs = old ? hearth_value_with (old, key, NULL) : NULL;
  if (self->dead == NULL)
    self->dead = g_ptr_array_new ();
  g_ptr_array_add (self->dead, (gpointer) g_intern_string (key));
}

void
ref_call_set (RefCall     *self,
              const char  *key,
              HearthValue *value)
{
  g_autoptr (HearthValue) owned = value;
  g_autoptr (HearthValue) old = g_steal_pointer (&self->outputs);

  self->outputs = hearth_value_with (old, key, value);
}

void
ref_call_yield (RefCall     *self,
                HearthValue *chunk)
{
  if (self->chunks == NULL)
    self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  g_ptr_array_add (self->chunks, chunk);
}

void
ref_call_fail (RefCall    *self,
               const char *message)
{
  self->error = g_strdup (message);
}

gint64
ref_call_get_integer (RefCall    *call,
                      const char *key,
                      gint64      fallback)
{
  HearthValue *value = call->get_input (call, key);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : fallback;
}

static char *
dup_text (RefCall    *call,
          const char *key)
{
  HearthValue *value = call->get_input (call, key);

  return value ? hearth_value_to_text (value) : g_strdup ("");
}

static char *
join_chunks (GPtrArray *chunks,
             guint      max)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; chunks && i < MIN (chunks->len, max); i++)
    {
      HearthValue *chunk = g_ptr_array_index (chunks, i);
      const char *type = hearth_value_get_member_string (chunk, "type", "");

      if (strcmp (type, "text_chunk") == 0)
        g_string_append (text, hearth_value_get_member_string (chunk, "content", ""));
      else
        g_string_append_printf (text, "[%c]", *type);
    }

  return g_string_free (text, FALSE);
}

/* --- plain nodes ------------------------------------------------------------------ */

static void
add_model (RefCall *call)
{
  ref_call_set (call, "sum", hearth_value_integer (ref_call_get_integer (call, "a", 0) + ref_call_get_integer (call, "b", 0)));
}

static void
concat_model (RefCall *call)
{
  g_autofree char *a = dup_text (call, "a");
  g_autofree char *b = dup_text (call, "b");
  HearthValue *between = call->get_config (call, "between");
  g_autofree char *text = NULL;

  /* Feeding on themselves, texts would double with every node. */
  if (strlen (a) > 200)
    a[g_utf8_offset_to_pointer (a, 20) - a] = '\0';
  text = g_strconcat (a, hearth_value_is (between, STRING) ? hearth_value_get_string (between, NULL) : "", b, NULL);
  ref_call_set (call, "text", hearth_value_string (text));
  ref_call_set (call, "length", hearth_value_integer (g_utf8_strlen (text, -1)));
}

static void
join_model (RefCall *call)
{
  HearthValue *list = call->get_input (call, "v");
  gboolean is_list = hearth_value_is (list, ARRAY);

  ref_call_set (call, "out", hearth_value_ref_or_null (list));
  ref_call_set (call, "n", hearth_value_integer (is_list ? (gint64) hearth_value_get_length (list) : -1));
}

/* Undefined in, undefined out. */
static void
pass_model (RefCall *call)
{
  HearthValue *value = call->get_input (call, "v");

  if (value)
    ref_call_set (call, "out", hearth_value_ref (value));
}

/* Also says what no declaration names. */
static void
extra_model (RefCall *call)
{
  pass_model (call);
  ref_call_set (call, "hidden", hearth_value_string ("found"));
  ref_call_set (call, "stray", hearth_value_ref_or_null (call->get_input (call, "stray")));
}

static void
modal_model (RefCall *call)
{
  HearthValue *x = call->get_input (call, "x");
  HearthValue *y = call->get_input (call, "y");

  ref_call_set (call, "out", hearth_value_ref_or_null (x ? x : y));
}

static void
paired_model (RefCall *call)
{
  ref_call_set (call, "x", hearth_value_ref_or_null (call->get_input (call, "a")));
  ref_call_set (call, "z", hearth_value_ref_or_null (call->get_input (call, "b")));
}

static void
fail_model (RefCall *call)
{
  g_autofree char *text = dup_text (call, "v");
  g_autofree char *message = g_strconcat ("boom ", text, NULL);

  ref_call_set (call, "out", hearth_value_string ("too late"));
  ref_call_fail (call, message);
}

static void
fussy_model (RefCall *call)
{
  if (ref_call_get_integer (call, "n", 0) % 3 == 2)
    ref_call_fail (call, "two is too much");
  else
    ref_call_set (call, "out", hearth_value_integer (ref_call_get_integer (call, "n", 0) * 2));
}

static void
group_input_model (RefCall *call)
{
}

/* --- streams ---------------------------------------------------------------------- */

static void
source_model (RefCall *call)
{
  g_autofree char *text = dup_text (call, "text");
  gint64 count = ref_call_get_integer (call, "count", 0);
  gint64 fail_after = ref_call_get_integer (call, "fail_after", -1);
  HearthValue *how = call->get_config (call, "how");

  if (strlen (text) > 40)
    text[g_utf8_offset_to_pointer (text, 8) - text] = '\0';
  for (gint64 i = 0; i < count && i != fail_after; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s%d", text, (int) i);

      ref_call_yield (call, hearth_chunk_new_text (part));
    }
  if (fail_after < 0 || fail_after >= count)
    {
      if (count % 2)
        ref_call_yield (call, hearth_chunk_new_finish ("stop"));
      ref_call_set (call, "text", hearth_value_string (text));
      ref_call_set (call, "n", hearth_value_integer (count));
    }
  else if (hearth_value_is_truthy (how))
    ref_call_fail (call, "snapped");
  else if (fail_after % 2)
    ref_call_yield (call, hearth_chunk_new ("error_chunk",
                                            hearth_value_object ("message", hearth_value_string ("torn"), NULL)));
  else
    ref_call_yield (call, hearth_chunk_new_error ("worn"));
}

static HearthValue *
relay_map (RefCall     *call,
           HearthValue *chunk)
{
  g_autofree char *suffix = dup_text (call, "suffix");
  const char *text = hearth_chunk_get_text (chunk);
  g_autofree char *more = NULL;

  if (text == NULL)
    return hearth_value_ref (chunk);

  more = g_strconcat (text, suffix, NULL);
  return hearth_chunk_new_text (strlen (more) > 60 ? "long" : more);
}

static void
relay_model (RefCall *call)
{
  GPtrArray *chunks = call->get_stream (call, "in");

  if (chunks == NULL)
    {
      g_autofree char *text = dup_text (call, "in");

      ref_call_yield (call, hearth_chunk_new_text (text));
    }
  for (guint i = 0; chunks && i < chunks->len; i++)
    ref_call_yield (call, relay_map (call, g_ptr_array_index (chunks, i)));
  ref_call_set (call, "n", hearth_value_integer (chunks ? (gint64) chunks->len : -1));
}

static void
collect_model (RefCall *call)
{
  g_autofree char *text = join_chunks (call->get_stream (call, "in"), G_MAXUINT);

  ref_call_set (call, "text", hearth_value_string (text));
  ref_call_set (call, "also", hearth_value_ref_or_null (call->get_input (call, "also")));
}

static void
both_model (RefCall *call)
{
  g_autofree char *a = join_chunks (call->get_stream (call, "a"), G_MAXUINT);
  g_autofree char *b = join_chunks (call->get_stream (call, "b"), G_MAXUINT);
  g_autofree char *text = g_strconcat (a, "|", b, NULL);

  ref_call_set (call, "text", hearth_value_string (text));
}

static void
sip_model (RefCall *call)
{
  g_autofree char *text = join_chunks (call->get_stream (call, "in"), 2);

  ref_call_set (call, "text", hearth_value_string (text));
}

static void
lazy_model (RefCall *call)
{
  ref_call_set (call, "out", hearth_value_boolean (call->get_stream (call, "in") != NULL));
}

/* --- branches and joins ------------------------------------------------------------ */

static void
fork_model (RefCall *call)
{
  static const char *const outputs[] = { "x", "y", "z" };
  gint64 take = ref_call_get_integer (call, "n", 0) & 3;

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (take == i || (take == 3 && i < 2))
      ref_call_set (call, outputs[i], hearth_value_ref_or_null (call->get_input (call, "v")));
    else
      ref_call_kill (call, outputs[i]);
}

/* The left or the right stream, or both; a plain output that depends on it too. */
static void
sluice_model (RefCall *call)
{
  gint64 take = ref_call_get_integer (call, "gate", 0) & 3;

  source_model (call);
  if (take == 0 || take == 3)
    ref_call_kill (call, "right");
  if (take == 1 || take == 3)
    ref_call_kill (call, "left");
  if (take == 1)
    ref_call_kill (call, "n");
}

static void
meet_model (RefCall *call)
{
  HearthValue *a = call->get_input (call, "a");
  HearthValue *b = call->get_input (call, "b");

  ref_call_set (call, "out", hearth_value_ref_or_null (a ? a : b));
  ref_call_set (call, "all", hearth_value_object ("a", hearth_value_ref_or_null (a), "b", hearth_value_ref_or_null (b), "list",
                                                  hearth_value_ref_or_null (call->get_input (call, "list")), NULL));
}

static HearthJoin
choose_join (HearthValue *config)
{
  const char *join = config ? hearth_value_get_member_string (config, "join", "settled") : "settled";

  return strcmp (join, "first") == 0 ? HEARTH_JOIN_FIRST : strcmp (join, "all") == 0 ? HEARTH_JOIN_ALL : HEARTH_JOIN_SETTLED;
}

/* --- tries -------------------------------------------------------------------------- */

static gint64
get_config_integer (RefCall    *call,
                    const char *key)
{
  HearthValue *value = call->get_config (call, key);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : 0;
}

guint
ref_call_get_duration (RefCall *call)
{
  return call->attempt <= get_config_integer (call, "hangs") ? REF_HANGING_MS : get_config_integer (call, "takes");
}

static void
flaky_model (RefCall *call)
{
  HearthValue *error_class = call->get_config (call, "class");

  if (call->attempt > get_config_integer (call, "fails"))
    {
      pass_model (call);
      return;
    }
  ref_call_set (call, "out", hearth_value_string ("of a failed try"));
  ref_call_fail (call, "not yet");
  call->error_class = hearth_value_is (error_class, STRING) ? g_intern_string (hearth_value_get_string (error_class, NULL)) : NULL;
}

/* Reads to the end, then fails. */
static void
spill_model (RefCall *call)
{
  g_autofree char *text = join_chunks (call->get_stream (call, "in"), G_MAXUINT);
  g_autofree char *message = g_strconcat ("spilt ", text, NULL);

  ref_call_fail (call, message);
}

/* --- the table -------------------------------------------------------------------- */

#define SLOT(key_, type_, ...) { .key = key_, .type = HEARTH_DATA_##type_, __VA_ARGS__ }
#define SLOTS(...) ((const HearthSlotDecl[]) { __VA_ARGS__, { 0 } })
#define NAMED(name_) .type = name_, .category = "t", .name = name_, .title = name_, .description = name_, .version = 1
#define KIND(name_, model_, weight_, ...)                                                                              \
  { .model = model_, .weight = weight_, .decl = { NAMED (name_), .space = "ref", __VA_ARGS__ } }
#define FAILING(name_, model_, weight_, ...)                                                                           \
  { .failing = TRUE, .model = model_, .weight = weight_, .decl = { NAMED (name_), .space = "ref", __VA_ARGS__ } }
#define CORE(name_, weight_, ...) { .weight = weight_, .model = group_input_model, .decl = { NAMED (name_), __VA_ARGS__ } }
#define IS_STREAM .flags = HEARTH_SLOT_STREAM
#define REQUIRED .flags = HEARTH_SLOT_REQUIRED
#define PASS .inputs = SLOTS (SLOT ("v", WILDCARD)), .outputs = SLOTS (SLOT ("out", WILDCARD))
#define CONCAT                                                                                                         \
  .inputs = SLOTS (SLOT ("a", STRING), SLOT ("b", STRING, .config = "{\"default\":\"-\"}")),                           \
  .config = SLOTS (SLOT ("between", STRING, .config = "{\"default\":\"+\"}")),                                         \
  .outputs = SLOTS (SLOT ("text", STRING), SLOT ("length", INTEGER))
#define SOURCE                                                                                                         \
  .inputs = SLOTS (SLOT ("text", STRING), SLOT ("count", INTEGER, .config = "{\"default\":3}"), SLOT ("fail_after", WILDCARD)), \
  .outputs = SLOTS (SLOT ("stream", STRING, IS_STREAM), SLOT ("text", STRING), SLOT ("copy", STRING, IS_STREAM),       \
                    SLOT ("n", INTEGER))

#define PURE .reuse = HEARTH_REUSE_PURE
#define BRANCHING(name_, model_, weight_, ...)                                                                         \
  { .branches = TRUE, .model = model_, .weight = weight_, .decl = { NAMED (name_), .space = "ref", __VA_ARGS__ } }
#define FORK                                                                                                           \
  PURE, .inputs = SLOTS (SLOT ("v", WILDCARD), SLOT ("n", INTEGER)),                                                   \
  .outputs = SLOTS (SLOT ("x", WILDCARD), SLOT ("y", WILDCARD), SLOT ("z", WILDCARD))
#define SLUICE                                                                                                         \
  .inputs = SLOTS (SLOT ("text", STRING), SLOT ("count", INTEGER, .config = "{\"default\":3}"), SLOT ("fail_after", WILDCARD), \
                   SLOT ("gate", INTEGER)),                                                                            \
  .outputs = SLOTS (SLOT ("left", STRING, IS_STREAM), SLOT ("text", STRING), SLOT ("right", STRING, IS_STREAM),        \
                    SLOT ("n", INTEGER))
#define MEET                                                                                                           \
  PURE, .join = choose_join,                                                                                           \
  .inputs = SLOTS (SLOT ("a", WILDCARD, REQUIRED), SLOT ("b", WILDCARD), SLOT ("list", WILDCARD, .flags = HEARTH_SLOT_MULTI)), \
  .outputs = SLOTS (SLOT ("out", WILDCARD), SLOT ("all", OBJECT))
#define TIMED                                                                                                          \
  PASS, PURE, .config = SLOTS (SLOT ("fails", INTEGER), SLOT ("hangs", INTEGER), SLOT ("takes", INTEGER), SLOT ("class", STRING))
#define CALLING(name_, calls_)                                                                                         \
  { .calls = calls_, .model = group_input_model, .weight = 0,                                                          \
    .decl = { NAMED (name_), .space = "ref", .flags = HEARTH_NODE_CALLS,                                               \
              .inputs = SLOTS (SLOT ("v", WILDCARD), SLOT ("times", INTEGER, .config = "{\"default\":2}")),            \
              .config = SLOTS (SLOT ("referencedWorkflowId", STRING)),                                                 \
              .outputs = SLOTS (SLOT ("results", ARRAY), SLOT ("n", INTEGER)), .start = ref_driver_call } }

static gboolean
group_input_run (HearthStep *step,
                 GError    **error)
{
  HearthValue *values = hearth_step_get_run_inputs (step);

  for (gsize i = 0; i < hearth_value_get_length (values); i++)
    hearth_step_set_output (step, hearth_value_key_at (values, i), hearth_value_ref (hearth_value_member_at (values, i)));
  return TRUE;
}

static const RefKind kinds[] = {
  KIND ("add", add_model, 6, PURE, .inputs = SLOTS (SLOT ("a", INTEGER, REQUIRED), SLOT ("b", INTEGER, .config = "{\"default\":1}")),
        .outputs = SLOTS (SLOT ("sum", INTEGER)), .run = ref_driver_run),
  KIND ("concat", concat_model, 8, PURE, CONCAT, .run = ref_driver_run),
  KIND ("think", concat_model, 2, PURE, CONCAT, .compute = ref_driver_compute),
  KIND ("join", join_model, 7, PURE,
        .inputs = SLOTS (SLOT ("v", WILDCARD, .flags = HEARTH_SLOT_MULTI | HEARTH_SLOT_REQUIRED), SLOT ("w", STRING, .flags = HEARTH_SLOT_MULTI)),
        .outputs = SLOTS (SLOT ("out", ARRAY), SLOT ("n", INTEGER)), .run = ref_driver_run),
  KIND ("pass", pass_model, 5, PASS, .run = ref_driver_run),
  KIND ("instant", pass_model, 3, PASS, .start = ref_driver_instant),
  KIND ("wait", pass_model, 7, PURE, PASS, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)), .start = ref_driver_wait),
  KIND ("needy", pass_model, 2, .inputs = SLOTS (SLOT ("v", OBJECT, REQUIRED)), .outputs = SLOTS (SLOT ("out", OBJECT)),
        .run = ref_driver_run),
  KIND ("extra", extra_model, 2, PURE, PASS, .run = ref_driver_run),
  KIND ("modal", modal_model, 3, PURE,
        .modes = ((const HearthModeDecl[]) {
            { "one", "one", "one", SLOTS (SLOT ("x", STRING)), SLOTS (SLOT ("out", STRING)) },
            { "two", "two", "two", SLOTS (SLOT ("y", INTEGER, REQUIRED)), SLOTS (SLOT ("out", INTEGER)) },
            { 0 } }),
        .mode_key = "mode", .default_mode = "one", .config = SLOTS (SLOT ("mode", STRING)), .run = ref_driver_run),
  KIND ("muted", pass_model, 2, PASS, .bypass = "\"mute\"", .run = ref_driver_run),
  KIND ("paired", paired_model, 2, .inputs = SLOTS (SLOT ("a", STRING), SLOT ("b", STRING)),
        .outputs = SLOTS (SLOT ("x", STRING), SLOT ("y", INTEGER), SLOT ("z", STRING)),
        .bypass = "{\"passThrough\":{\"x\":\"b\",\"y\":\"a\"},\"defaults\":{\"y\":7}}", .run = ref_driver_run),
  KIND ("mixed", paired_model, 2,
        .inputs = SLOTS (SLOT ("n", INTEGER), SLOT ("a", STRING), SLOT ("o", OBJECT), SLOT ("b", STRING)),
        .outputs = SLOTS (SLOT ("o", OBJECT), SLOT ("x", STRING), SLOT ("z", STRING), SLOT ("f", FLOAT), SLOT ("w", BINARY)),
        .run = ref_driver_run),
  FAILING ("fail", fail_model, 2, PURE, PASS, .run = ref_driver_run),
  FAILING ("fail-late", fail_model, 2, PASS, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)), .start = ref_driver_wait),
  FAILING ("fussy", fussy_model, 1, .inputs = SLOTS (SLOT ("n", INTEGER)), .outputs = SLOTS (SLOT ("out", INTEGER)),
        .compute = ref_driver_compute),
  KIND ("source", source_model, 5, SOURCE, .start = ref_driver_play, .resume = ref_driver_play_on),
  { .abrupt = TRUE, .model = source_model, .weight = 3,
    .decl = { NAMED ("burst"), .space = "ref", SOURCE, .start = ref_driver_burst, .resume = ref_driver_burst_on } },
  { .abrupt = TRUE, .model = source_model, .weight = 1, .decl = { NAMED ("shout"), .space = "ref", SOURCE, .run = ref_driver_shout } },
  { .maps = relay_map, .model = relay_model, .weight = 5,
    .decl = { NAMED ("relay"), .space = "ref",
              .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED), SLOT ("suffix", STRING)),
              .outputs = SLOTS (SLOT ("out", STRING, IS_STREAM), SLOT ("n", INTEGER)), .config = SLOTS (SLOT ("turns", INTEGER)),
              .start = ref_driver_relay, .resume = ref_driver_relay_on } },
  KIND ("collect", collect_model, 4, PURE, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM), SLOT ("also", WILDCARD)),
        .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING), SLOT ("also", WILDCARD)),
        .start = ref_driver_gather),
  KIND ("both", both_model, 2, .inputs = SLOTS (SLOT ("a", STRING, IS_STREAM), SLOT ("b", STRING, IS_STREAM)),
        .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING)), .start = ref_driver_gather),
  { .max_read = 2, .model = sip_model, .weight = 1,
    .decl = { NAMED ("sip"), .space = "ref", .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM)),
              .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING)), .start = ref_driver_gather } },
  KIND ("lazy", lazy_model, 1, PURE, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM)), .outputs = SLOTS (SLOT ("out", BOOLEAN)),
        .run = ref_driver_run),
  FAILING ("spill", spill_model, 1, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM)), .outputs = SLOTS (SLOT ("text", STRING)),
        .config = SLOTS (SLOT ("turns", INTEGER)), .start = ref_driver_gather),
  FAILING ("flaky", flaky_model, 3, TIMED, .start = ref_driver_time),
  FAILING ("flaky-deaf", flaky_model, 2, TIMED, .start = ref_driver_time_deaf),
  BRANCHING ("fork", fork_model, 7, FORK, .run = ref_driver_run),
  BRANCHING ("fork-late", fork_model, 3, FORK, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)),
             .start = ref_driver_wait),
  BRANCHING ("fork-think", fork_model, 1, FORK, .compute = ref_driver_compute),
  BRANCHING ("sluice", sluice_model, 4, SLUICE, .start = ref_driver_play, .resume = ref_driver_play_on),
  { .branches = TRUE, .abrupt = TRUE, .model = sluice_model, .weight = 2,
    .decl = { NAMED ("sluice-burst"), .space = "ref", SLUICE, .start = ref_driver_burst, .resume = ref_driver_burst_on } },
  BRANCHING ("meet", meet_model, 7, MEET, .run = ref_driver_run),
  BRANCHING ("meet-late", meet_model, 3, MEET, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)),
             .start = ref_driver_wait),
  BRANCHING ("confluence", both_model, 3, .join = choose_join, .inputs = SLOTS (SLOT ("a", STRING, IS_STREAM), SLOT ("b", STRING, IS_STREAM)),
             .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING)), .start = ref_driver_gather),
  { .branches = TRUE, .maps = relay_map, .model = relay_model, .weight = 3,
    .decl = { NAMED ("delta"), .space = "ref", .join = choose_join,
              .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM), SLOT ("suffix", STRING)),
              .outputs = SLOTS (SLOT ("out", STRING, IS_STREAM), SLOT ("n", INTEGER)), .config = SLOTS (SLOT ("turns", INTEGER)),
              .start = ref_driver_relay, .resume = ref_driver_relay_on } },
  CALLING ("call", REF_CALLS_IN_TURN),
  CALLING ("call-all", REF_CALLS_PATIENT),
  CALLING ("call-hasty", REF_CALLS_HASTY),
  CORE ("GroupInput", 0, .flags = HEARTH_NODE_DYNAMIC_SLOTS, .run = group_input_run,
        .outputs = SLOTS (SLOT ("output_0", CONVERTIBLE_ANY, .flags = HEARTH_SLOT_DYNAMIC))),
  CORE ("GroupOutput", 0, .flags = HEARTH_NODE_DYNAMIC_SLOTS,
        .inputs = SLOTS (SLOT ("input_0", CONVERTIBLE_ANY, .flags = HEARTH_SLOT_DYNAMIC))),
  CORE ("NodeGroup", 0, .config = SLOTS (SLOT ("referencedWorkflowId", STRING))),
};

HearthCatalog *
ref_kinds_catalog (void)
{
  static HearthCatalog *catalog;

  if (catalog == NULL)
    {
      catalog = hearth_catalog_new ();
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        hearth_catalog_add (catalog, &kinds[i].decl);
    }

  return catalog;
}

guint
ref_kinds_get_size (void)
{
  return G_N_ELEMENTS (kinds);
}

const RefKind *
ref_kinds_at (guint index)
{
  g_assert (index < G_N_ELEMENTS (kinds));

  return &kinds[index];
}

const RefKind *
ref_kinds_lookup (const char *type_id)
{
  const char *colon = strchr (type_id, ':');

  for (guint i = 0; colon && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].decl.type, colon + 1) == 0
        && g_str_has_prefix (type_id, kinds[i].decl.space ? kinds[i].decl.space : "core"))
      return &kinds[i];

  return NULL;
}

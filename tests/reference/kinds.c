/* kinds.c: the kinds of nodes that random graphs are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models.h"
#include "resource.h"

#include <string.h>

static HearthJoin
choose_join (HearthValue *config)
{
  const char *join = config ? hearth_value_get_member_string (config, "join", "settled") : "settled";

  return strcmp (join, "first") == 0 ? HEARTH_JOIN_FIRST : strcmp (join, "all") == 0 ? HEARTH_JOIN_ALL : HEARTH_JOIN_SETTLED;
}

#define SLOT(key_, type_, ...) { .key = key_, .type = HEARTH_DATA_##type_, __VA_ARGS__ }
#define SLOTS(...) ((const HearthSlotDecl[]) { __VA_ARGS__, { 0 } })
#define NAMED(name_) .type = name_, .category = "t", .name = name_, .title = name_, .description = name_, .version = 1
#define KIND(name_, model_, weight_, ...)                                                                              \
  { .model = model_, .weight = weight_, .decl = { NAMED (name_), .space = "ref", __VA_ARGS__ } }
#define FAILING(name_, model_, weight_, ...)                                                                           \
  { .failing = TRUE, .model = model_, .weight = weight_, .decl = { NAMED (name_), .space = "ref", __VA_ARGS__ } }
#define TRYING(name_, weight_, ...)                                                                                    \
  { .failing = TRUE, .lasts = ref_call_get_duration, .model = ref_model_flaky, .weight = weight_,                      \
    .decl = { NAMED (name_), .space = "ref", TIMED, __VA_ARGS__ } }
#define GUEST(name_, model_, weight_, ...)                                                                             \
  { .guest = TRUE, .model = model_, .weight = weight_,                                                                 \
    .decl = { NAMED (name_), .space = "ref", .resource = ref_resource_choose, __VA_ARGS__ } }
#define CORE(name_, weight_, ...) { .weight = weight_, .model = ref_model_group_input, .decl = { NAMED (name_), __VA_ARGS__ } }
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
#define OUTSIDE .reuse = HEARTH_REUSE_OUTSIDE
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
  PASS, PURE, .config = SLOTS (SLOT ("fails", INTEGER), SLOT ("hangs", INTEGER), SLOT ("takes", INTEGER), SLOT ("class", STRING), \
                       SLOT ("after", INTEGER))
#define ASKING(name_, weight_)                                                                                         \
  { .asks = TRUE, .lasts = ref_call_get_patience, .model = ref_model_ask, .weight = weight_,                          \
    .decl = { NAMED (name_), .space = "ref", .inputs = SLOTS (SLOT ("v", WILDCARD)),                                  \
              .config = SLOTS (SLOT ("reply", WILDCARD), SLOT ("wait", INTEGER), SLOT ("rounds", INTEGER),            \
                               SLOT ("patience", INTEGER), SLOT ("lapse", STRING), SLOT ("listens", BOOLEAN)),        \
              .outputs = SLOTS (SLOT ("answer", WILDCARD), SLOT ("refused", BOOLEAN)), .start = ref_driver_ask } }
#define CALLING(name_, calls_)                                                                                         \
  { .calls = calls_, .model = ref_model_group_input, .weight = 0,                                                          \
    .decl = { NAMED (name_), .space = "ref", .flags = HEARTH_NODE_CALLS,                                               \
              .inputs = SLOTS (SLOT ("v", WILDCARD), SLOT ("times", INTEGER, .config = "{\"default\":2}")),            \
              .config = SLOTS (SLOT ("referencedWorkflowId", STRING), SLOT ("fails", INTEGER), SLOT ("class", STRING), \
                               SLOT ("after", INTEGER)),                                                       \
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
  KIND ("add", ref_model_add, 6, PURE, .inputs = SLOTS (SLOT ("a", INTEGER, REQUIRED), SLOT ("b", INTEGER, .config = "{\"default\":1}")),
        .outputs = SLOTS (SLOT ("sum", INTEGER)), .run = ref_driver_run),
  KIND ("concat", ref_model_concat, 8, PURE, CONCAT, .run = ref_driver_run),
  KIND ("think", ref_model_concat, 2, PURE, CONCAT, .compute = ref_driver_compute),
  KIND ("join", ref_model_join, 7, PURE,
        .inputs = SLOTS (SLOT ("v", WILDCARD, .flags = HEARTH_SLOT_MULTI | HEARTH_SLOT_REQUIRED), SLOT ("w", STRING, .flags = HEARTH_SLOT_MULTI)),
        .outputs = SLOTS (SLOT ("out", ARRAY), SLOT ("n", INTEGER)), .run = ref_driver_run),
  KIND ("pass", ref_model_pass, 5, PASS, .run = ref_driver_run),
  KIND ("instant", ref_model_pass, 3, OUTSIDE, PASS, .start = ref_driver_instant),
  KIND ("wait", ref_model_pass, 7, PURE, PASS, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)), .start = ref_driver_wait),
  KIND ("needy", ref_model_pass, 2, .inputs = SLOTS (SLOT ("v", OBJECT, REQUIRED)), .outputs = SLOTS (SLOT ("out", OBJECT)),
        .run = ref_driver_run),
  KIND ("extra", ref_model_extra, 2, PURE, PASS, .run = ref_driver_run),
  KIND ("modal", ref_model_modal, 3, PURE,
        .modes = ((const HearthModeDecl[]) {
            { "one", "one", "one", SLOTS (SLOT ("x", STRING)), SLOTS (SLOT ("out", STRING)) },
            { "two", "two", "two", SLOTS (SLOT ("y", INTEGER, REQUIRED)), SLOTS (SLOT ("out", INTEGER)) },
            { 0 } }),
        .mode_key = "mode", .default_mode = "one", .config = SLOTS (SLOT ("mode", STRING)), .run = ref_driver_run),
  KIND ("muted", ref_model_pass, 2, PASS, .bypass = "\"mute\"", .run = ref_driver_run),
  KIND ("paired", ref_model_paired, 2, .inputs = SLOTS (SLOT ("a", STRING), SLOT ("b", STRING)),
        .outputs = SLOTS (SLOT ("x", STRING), SLOT ("y", INTEGER), SLOT ("z", STRING)),
        .bypass = "{\"passThrough\":{\"x\":\"b\",\"y\":\"a\"},\"defaults\":{\"y\":7}}", .run = ref_driver_run),
  KIND ("mixed", ref_model_paired, 2, OUTSIDE,
        .inputs = SLOTS (SLOT ("n", INTEGER), SLOT ("a", STRING), SLOT ("o", OBJECT), SLOT ("b", STRING)),
        .outputs = SLOTS (SLOT ("o", OBJECT), SLOT ("x", STRING), SLOT ("z", STRING), SLOT ("f", FLOAT), SLOT ("w", BINARY)),
        .run = ref_driver_run),
  FAILING ("fail", ref_model_fail, 2, PURE, PASS, .run = ref_driver_run),
  FAILING ("fail-late", ref_model_fail, 2, PASS, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)), .start = ref_driver_wait),
  FAILING ("fussy", ref_model_fussy, 1, OUTSIDE, .inputs = SLOTS (SLOT ("n", INTEGER)), .outputs = SLOTS (SLOT ("out", INTEGER)),
        .compute = ref_driver_compute),
  KIND ("source", ref_model_source, 5, PURE, SOURCE, .start = ref_driver_play, .resume = ref_driver_play_on),
  KIND ("murmur", ref_model_murmur, 3, PURE, .inputs = SLOTS (SLOT ("text", STRING), SLOT ("count", INTEGER, .config = "{\"default\":9}")),
        .outputs = SLOTS (SLOT ("stream", STRING, IS_STREAM), SLOT ("n", INTEGER)), .start = ref_driver_play,
        .resume = ref_driver_play_on),
  { .abrupt = TRUE, .model = ref_model_source, .weight = 3,
    .decl = { NAMED ("burst"), .space = "ref", OUTSIDE, SOURCE, .start = ref_driver_burst, .resume = ref_driver_burst_on } },
  { .abrupt = TRUE, .model = ref_model_source, .weight = 1, .decl = { NAMED ("shout"), .space = "ref", PURE, SOURCE, .run = ref_driver_shout } },
  { .maps = ref_model_map_relay, .model = ref_model_relay, .weight = 5,
    .decl = { NAMED ("relay"), .space = "ref", PURE,
              .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED), SLOT ("suffix", STRING)),
              .outputs = SLOTS (SLOT ("out", STRING, IS_STREAM), SLOT ("n", INTEGER)), .config = SLOTS (SLOT ("turns", INTEGER)),
              .start = ref_driver_relay, .resume = ref_driver_relay_on } },
  KIND ("collect", ref_model_collect, 4, PURE, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM), SLOT ("also", WILDCARD)),
        .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING), SLOT ("also", WILDCARD)),
        .start = ref_driver_gather),
  KIND ("both", ref_model_both, 2, .inputs = SLOTS (SLOT ("a", STRING, IS_STREAM), SLOT ("b", STRING, IS_STREAM)),
        .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING)), .start = ref_driver_gather),
  { .max_read = 2, .model = ref_model_sip, .weight = 1,
    .decl = { NAMED ("sip"), .space = "ref", .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM)),
              .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING)), .start = ref_driver_gather } },
  KIND ("lazy", ref_model_lazy, 1, PURE, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM)), .outputs = SLOTS (SLOT ("out", BOOLEAN)),
        .run = ref_driver_run),
  FAILING ("spill", ref_model_spill, 1, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM)), .outputs = SLOTS (SLOT ("text", STRING)),
        .config = SLOTS (SLOT ("turns", INTEGER)), .start = ref_driver_gather),
  TRYING ("flaky", 3, .start = ref_driver_time),
  TRYING ("flaky-deaf", 2, .start = ref_driver_time_deaf),
  { .guest = TRUE, .lasts = ref_call_get_duration, .model = ref_model_flaky, .weight = 12,
    .decl = { NAMED ("guest"), .space = "ref", .resource = ref_resource_choose, PASS,
              .config = SLOTS (SLOT ("fails", INTEGER), SLOT ("hangs", INTEGER), SLOT ("takes", INTEGER), SLOT ("uses", STRING)),
              .start = ref_driver_time } },
  GUEST ("guest-wait", ref_model_pass, 6, PASS, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER), SLOT ("uses", STRING)),
         .start = ref_driver_wait),
  GUEST ("guest-source", ref_model_source, 6, SOURCE, .start = ref_driver_play, .resume = ref_driver_play_on),
  GUEST ("guest-collect", ref_model_collect, 6, .inputs = SLOTS (SLOT ("in", STRING, IS_STREAM), SLOT ("also", WILDCARD)),
         .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("uses", STRING)),
         .outputs = SLOTS (SLOT ("text", STRING), SLOT ("also", WILDCARD)), .start = ref_driver_gather),
  { .guest = TRUE, .maps = ref_model_map_relay, .model = ref_model_relay, .weight = 6,
    .decl = { NAMED ("guest-relay"), .space = "ref", .resource = ref_resource_choose,
              .inputs = SLOTS (SLOT ("in", STRING, .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED), SLOT ("suffix", STRING)),
              .outputs = SLOTS (SLOT ("out", STRING, IS_STREAM), SLOT ("n", INTEGER)),
              .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("uses", STRING)),
              .start = ref_driver_relay, .resume = ref_driver_relay_on } },
  ASKING ("ask", 8),
  BRANCHING ("fork", ref_model_fork, 7, FORK, .run = ref_driver_run),
  BRANCHING ("fork-late", ref_model_fork, 3, FORK, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)),
             .start = ref_driver_wait),
  BRANCHING ("fork-think", ref_model_fork, 1, FORK, .compute = ref_driver_compute),
  BRANCHING ("sluice", ref_model_sluice, 4, PURE, SLUICE, .start = ref_driver_play, .resume = ref_driver_play_on),
  { .branches = TRUE, .abrupt = TRUE, .model = ref_model_sluice, .weight = 2,
    .decl = { NAMED ("sluice-burst"), .space = "ref", OUTSIDE, SLUICE, .start = ref_driver_burst, .resume = ref_driver_burst_on } },
  BRANCHING ("meet", ref_model_meet, 7, MEET, .run = ref_driver_run),
  { .branches = TRUE, .failing = TRUE, .model = ref_model_fail, .weight = 3,
    .decl = { NAMED ("meet-fail"), .space = "ref", MEET, .run = ref_driver_run } },
  BRANCHING ("meet-late", ref_model_meet, 3, MEET, .config = SLOTS (SLOT ("turns", INTEGER), SLOT ("ms", INTEGER)),
             .start = ref_driver_wait),
  BRANCHING ("confluence", ref_model_both, 3, .join = choose_join, .inputs = SLOTS (SLOT ("a", STRING, IS_STREAM), SLOT ("b", STRING, IS_STREAM)),
             .config = SLOTS (SLOT ("turns", INTEGER)), .outputs = SLOTS (SLOT ("text", STRING)), .start = ref_driver_gather),
  { .branches = TRUE, .maps = ref_model_map_relay, .model = ref_model_relay, .weight = 3,
    .decl = { NAMED ("delta"), .space = "ref", PURE, .join = choose_join,
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

/* generator.c: random workflows, the same ones for the same seed on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "resource.h"
#include "sketch.h"

#include <string.h>

#define MAX_GROUPS 3

static HearthValue *
make_input (RefSketch *sketch,
            RefMood   *mood,
            RefDraft  *draft,
            RefPort   *port)
{
  if (port->stream || (port->multi && chance (70)))
    return NULL;
  if (strcmp (port->key, "count") == 0)
    return chance (60) ? hearth_value_integer (mood->long_streams ? below (200) : below (6)) : NULL;
  if (strcmp (port->key, "fail_after") == 0)
    return mood->fails && chance (35) ? hearth_value_integer (below (mood->long_streams ? 150 : 5)) : NULL;
  if (chance (2))
    return hearth_value_null ();
  return chance (port->required ? 80 : 45) ? ref_sketch_make_value (sketch, port->type) : NULL;
}

static HearthValue *
make_inputs (RefSketch *sketch,
             RefMood   *mood,
             RefDraft  *draft)
{
  g_auto (HearthBuilder) inputs = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < draft->ins->len; i++)
    {
      RefPort *port = g_ptr_array_index (draft->ins, i);

      hearth_builder_add (&inputs, port->key, make_input (sketch, mood, draft, port));
    }
  if (mood->odd && chance (10))
    hearth_builder_add (&inputs, "unheard-of", hearth_value_string ("of"));

  if (mood->policies && chance (8))
    hearth_builder_add (&inputs, "_fallback", ref_sketch_make_value (sketch, HEARTH_DATA_WILDCARD));

  return hearth_builder_end_object (&inputs);
}

static void
add_flakiness (RefSketch     *sketch,
               HearthBuilder *config)
{
  static const char *const classes[] = { "network", "timeout", "rate-limit", "server", "node", "refused" };

  hearth_builder_add (config, "fails", hearth_value_integer (below (4)));
  hearth_builder_add (config, "hangs", hearth_value_integer (chance (60) ? 0 : below (3)));
  hearth_builder_add (config, "takes", hearth_value_integer (below (3) * 400 + 5));
  if (chance (85))
    hearth_builder_add_string (config, "class", classes[below (G_N_ELEMENTS (classes))]);
  if (chance (30))
    hearth_builder_add (config, "after", hearth_value_integer (below (6000)));
}

/* No two of the times are ever the same. */
static void
add_question (RefSketch     *sketch,
              HearthBuilder *config)
{
  static const guint waits[] = { 0, 0, 3, 7, 11, 150 }, patiences[] = { 0, 0, 10, 20, 40, 1000 };

  if (chance (75))
    hearth_builder_add (config, "reply", ref_sketch_make_value (sketch, HEARTH_DATA_WILDCARD));
  hearth_builder_add (config, "wait", hearth_value_integer (waits[below (G_N_ELEMENTS (waits))]));
  hearth_builder_add (config, "rounds", hearth_value_integer (1 + below (3)));
  hearth_builder_add (config, "patience", hearth_value_integer (patiences[below (G_N_ELEMENTS (patiences))]));
  if (chance (50))
    hearth_builder_add_string (config, "lapse", "late");
  if (chance (30))
    hearth_builder_add (config, "listens", hearth_value_boolean (TRUE));
}

static HearthValue *
make_config (RefSketch *sketch,
             RefMood   *mood,
             RefDraft  *draft)
{
  g_auto (HearthBuilder) config = HEARTH_BUILDER_INIT;

  if (draft->calls)
    hearth_builder_add_string (&config, "referencedWorkflowId", draft->calls);
  if (draft->calls && mood->fails && chance (40))
    add_flakiness (sketch, &config);
  if (mood->branches)
    hearth_builder_add_string (&config, "join", chance (20) ? "all" : chance (50) ? "first" : "settled");
  if (g_str_has_prefix (draft->type_id, "ref:flaky") || (mood->fails && strcmp (draft->type_id, "ref:guest") == 0))
    add_flakiness (sketch, &config);
  else if (strcmp (draft->type_id, "ref:guest") == 0)
    hearth_builder_add (&config, "takes", hearth_value_integer (below (3) * 400 + 5));
  if (g_str_has_prefix (draft->type_id, "ref:guest") && chance (90))
    hearth_builder_add_string (&config, "uses", ref_resource_get_name (chance (80) ? mood->resource : below (REF_N_RESOURCES)));
  if (strcmp (draft->type_id, "ref:ask") == 0)
    add_question (sketch, &config);
  ref_sketch_add_policy (sketch, mood, draft, &config);
  if (chance (30))
    hearth_builder_add (&config, "turns", hearth_value_integer (below (5)));
  if (chance (1))
    hearth_builder_add (&config, "ms", hearth_value_integer (1));
  if (chance (5))
    hearth_builder_add_string (&config, "between", "~");
  if (mood->fails && chance (30))
    hearth_builder_add (&config, "how", hearth_value_boolean (TRUE));
  if (draft->modal && chance (60))
    hearth_builder_add_string (&config, "mode", chance (80) ? "two" : "three");

  return hearth_builder_end_object (&config);
}

/* --- workflows ---------------------------------------------------------------------------- */

static void
add_stored (RefSketch     *sketch,
            RefMood       *mood,
            RefDraft      *draft,
            const char *reference)
{
  HearthValue *config = reference ? hearth_value_object ("referencedWorkflowId", hearth_value_string (reference), NULL)
                                  : make_config (sketch, mood, draft);
  const char *type = mood->odd && chance (1) ? "ref:nobody-knows" : draft->type_id;

  g_ptr_array_add (sketch->nodes,
                   hearth_value_object ("id", hearth_value_string (draft->id), "type", hearth_value_string (type),
                                        "inputValues", make_inputs (sketch, mood, draft), "configValues", config,
                                        "inputConnectionOrders", ref_sketch_make_orders (sketch, draft), "bypassed",
                                        mood->bypasses && chance (25) ? hearth_value_boolean (TRUE) : NULL, NULL));
}

static HearthValue *
make_interface (RefSketch    *sketch,
                RefMood      *mood,
                GPtrArray *ports,
                gboolean   outputs)
{
  g_auto (HearthBuilder) interface = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < ports->len; i++)
    {
      RefPort *port = g_ptr_array_index (ports, i);
      HearthValue *config = NULL;

      if (!outputs && chance (40))
        config = hearth_value_object ("default", ref_sketch_make_value (sketch, port->type), NULL);
      hearth_builder_add (&interface, port->key,
                          hearth_value_object ("key", hearth_value_string (port->key), "dataFlowType",
                                               hearth_value_string (hearth_data_type_to_string (port->type)), "isStream",
                                               port->stream ? hearth_value_boolean (TRUE) : NULL, "multi",
                                               port->multi ? hearth_value_boolean (TRUE) : NULL, "config", config, NULL));
    }

  return hearth_builder_end_object (&interface);
}

static void
draft_nodes (RefSketch    *sketch,
             RefMood      *mood,
             guint      n_nodes,
             GPtrArray *ins,
             GPtrArray *outs)
{
  if (ins->len > 0)
    ref_ports_copy (ref_sketch_add_draft (sketch, HEARTH_TYPE_ID_GROUP_INPUT, "gi")->outs, ins);
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);

      if (mood->group_ids->len > 0 && mood->calls && chance (15))
        ref_sketch_draft_call (sketch, mood, id);
      else if (mood->group_ids->len > 0 && chance (15))
        ref_sketch_draft_group (sketch, mood, id);
      else
        ref_sketch_draft_kind (sketch, mood, id);
    }
  if (outs->len > 0)
    ref_ports_copy (ref_sketch_add_draft (sketch, HEARTH_TYPE_ID_GROUP_OUTPUT, "go")->ins, outs);
}

static const char *
find_reference (RefMood  *mood,
                RefDraft *draft)
{
  for (guint i = 0; i < mood->group_ids->len; i++)
    {
      GPtrArray *outs = g_ptr_array_index (mood->group_ports, 2 * i + 1);
      GPtrArray *ins = g_ptr_array_index (mood->group_ports, 2 * i);
      gboolean same = outs->len == draft->outs->len && ins->len == draft->ins->len;

      for (guint p = 0; same && p < outs->len; p++)
        same = ((RefPort *) g_ptr_array_index (outs, p))->key == ((RefPort *) g_ptr_array_index (draft->outs, p))->key;
      for (guint p = 0; same && p < ins->len; p++)
        same = ((RefPort *) g_ptr_array_index (ins, p))->key == ((RefPort *) g_ptr_array_index (draft->ins, p))->key;
      if (same)
        return g_ptr_array_index (mood->group_ids, i);
    }

  return NULL;
}

static HearthValue *
make_workflow (RefMood       *mood,
               const char *id,
               guint       n_nodes,
               GPtrArray  *ins,
               GPtrArray  *outs)
{
  RefSketch *sketch = ref_sketch_new (mood->random);
  HearthValue *workflow;

  draft_nodes (sketch, mood, n_nodes, ins, outs);
  for (guint i = 0; i < sketch->drafts->len; i++)
    ref_sketch_add_edges (sketch, mood, i);
  ref_sketch_shuffle (sketch, sketch->edges);
  for (guint i = 0; i < sketch->drafts->len; i++)
    {
      RefDraft *draft = g_ptr_array_index (sketch->drafts, i);
      gboolean group = strcmp (draft->type_id, HEARTH_TYPE_ID_NODE_GROUP) == 0;
      const char *reference = group ? find_reference (mood, draft) : NULL;

      if (reference && mood->odd && chance (2))
        reference = chance (50) ? "lost" : id;
      if (draft->calls && mood->odd && chance (10))
        draft->calls = id; /* itself */
      add_stored (sketch, mood, draft, reference);
    }
  if (mood->odd && chance (10))
    g_ptr_array_add (sketch->nodes, hearth_value_object ("id", hearth_value_string ("frame"), "type",
                                                         hearth_value_string (HEARTH_TYPE_ID_FRAME), NULL));
  if (chance (70))
    ref_sketch_shuffle (sketch, sketch->nodes);
  workflow = hearth_value_object ("id", hearth_value_string (id), "interfaceInputs",
                                  make_interface (sketch, mood, ins, FALSE), "interfaceOutputs",
                                  make_interface (sketch, mood, outs, TRUE), "nodes",
                                  hearth_value_array ((HearthValue **) sketch->nodes->pdata, sketch->nodes->len), "edges",
                                  hearth_value_array ((HearthValue **) sketch->edges->pdata, sketch->edges->len), NULL);
  ref_sketch_free (sketch);

  return workflow;
}

/* --- cases ---------------------------------------------------------------------------------- */

/* Each may contain those before it. */
static HearthValue *
make_groups (RefMood *mood)
{
  g_auto (HearthBuilder) groups = HEARTH_BUILDER_INIT;
  RefSketch dice = { .random = mood->random };
  RefSketch *sketch = &dice;
  guint n_groups = chance (50) ? 0 : 1 + below (MAX_GROUPS);

  for (guint i = 0; i < n_groups; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);
      g_autofree char *in = g_strdup_printf ("i%u", i);
      g_autofree char *out = g_strdup_printf ("o%u", i);
      GPtrArray *ins = ref_ports_new (sketch, in, below (4), FALSE);
      GPtrArray *outs = ref_ports_new (sketch, out, 1 + below (3), TRUE);

      hearth_builder_add (&groups, id, make_workflow (mood, id, below (5), ins, outs));
      g_ptr_array_add (mood->group_ids, g_steal_pointer (&id));
      g_ptr_array_add (mood->group_ports, ins);
      g_ptr_array_add (mood->group_ports, outs);
    }

  return hearth_builder_end_object (&groups);
}

/* Mappings of a payload: any node, also ones inside groups or not there at all. */
static HearthValue *
make_mappings (RefMood        *mood,
               HearthValue *workflow)
{
  static const char *const handles[] = { "out", "text", "stream", "sum", "n", "o00", "unknown" };
  HearthValue *nodes = hearth_value_get (workflow, "nodes");
  g_auto (HearthBuilder) mappings = HEARTH_BUILDER_INIT;
  RefSketch dice = { .random = mood->random };
  RefSketch *sketch = &dice;

  for (guint n = 1 + below (4); n > 0 && hearth_value_get_length (nodes) > 0; n--)
    {
      g_autofree char *key = g_strdup_printf ("x%u", n);
      HearthValue *node = hearth_value_at (nodes, below (hearth_value_get_length (nodes)));
      g_autofree char *inner = g_strconcat (hearth_value_get_member_string (node, "id", ""), "/n0", NULL);
      const char *id = chance (85) ? hearth_value_get_member_string (node, "id", "") : inner;

      hearth_builder_add (&mappings, key,
                          hearth_value_object ("sourceNodeId", hearth_value_string (id), "sourceSlotKey",
                                               hearth_value_string (handles[below (G_N_ELEMENTS (handles))]), NULL));
    }

  return hearth_builder_end_object (&mappings);
}

static HearthValue *
make_values (RefMood        *mood,
             HearthValue *workflow)
{
  HearthValue *interface = hearth_value_get (workflow, "interfaceInputs");
  g_auto (HearthBuilder) values = HEARTH_BUILDER_INIT;
  RefSketch dice = { .random = mood->random };
  RefSketch *sketch = &dice;

  for (gsize i = 0; i < hearth_value_get_length (interface); i++)
    if (chance (50))
      hearth_builder_add (&values, hearth_value_key_at (interface, i), ref_sketch_make_value (sketch, HEARTH_DATA_WILDCARD));

  return hearth_builder_end_object (&values);
}

static void
choose_cancel (RefCase *self,
               RefSketch  *sketch)
{
  self->cancel_at = chance (25) ? (int) below (60) : -1;
  self->cancel_again = -1;
  self->cancel_later = chance (50);
}

RefCase *
ref_case_new (RefRandom *random)
{
  RefCase *self = g_new0 (RefCase, 1);
  RefMood mood = { .random = random };
  RefSketch dice = { .random = random };
  RefSketch *sketch = &dice;
  g_autoptr (GPtrArray) ins = ref_ports_new (sketch, "in", below (3), FALSE);
  g_autoptr (GPtrArray) outs = ref_ports_new (sketch, "out", below (4), TRUE);

  mood.fails = chance (45);
  mood.bypasses = chance (35);
  mood.odd = chance (35);
  mood.branches = chance (45);
  mood.policies = chance (35);
  mood.calls = chance (30);
  mood.asks = chance (25);
  mood.guests = chance (20);
  mood.resource = below (REF_N_RESOURCES);
  mood.long_streams = chance (mood.guests ? 30 : 8);
  mood.group_ids = g_ptr_array_new_with_free_func (g_free);
  mood.group_ports = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->groups = make_groups (&mood);
  self->workflow = make_workflow (&mood, "top", chance (3) ? 30 : 1 + below (11), ins, outs);
  self->mappings = chance (15) ? make_mappings (&mood, self->workflow) : NULL;
  self->values = chance (30) ? make_values (&mood, self->workflow) : NULL;
  self->run_id = g_strdup_printf ("run-%u", below (G_MAXINT));
  choose_cancel (self, sketch);
  ref_case_choose_again (self, sketch);
  g_ptr_array_unref (mood.group_ids);
  g_ptr_array_unref (mood.group_ports);

  return self;
}

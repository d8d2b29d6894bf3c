/* generator.c: random workflows, the same ones for the same seed on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "generator.h"

#include "hearth-json.h"
#include "kinds.h"

#include <string.h>

#define MAX_GROUPS 3

typedef struct
{
  const char *type_id;  /* interned */
  char       *id;
  GPtrArray  *ins;      /* of Port */
  GPtrArray  *outs;
  gboolean    modal;
} Draft;

typedef struct
{
  const char    *key; /* interned */
  HearthDataType type;
  gboolean       stream, multi, required;
} Port;

/* A workflow while it is made. */
typedef struct
{
  RefRandom *random;
  GPtrArray *drafts;
  GPtrArray *nodes;  /* of HearthValue */
  GPtrArray *edges;
  guint      n_edges;
} Sketch;

/* What may happen in one case at all: most cases are dull in most ways, so that the lively parts
 * are not always drowned in failures. */
typedef struct
{
  RefRandom *random;
  gboolean   fails, bypasses, odd, long_streams;
  GPtrArray *group_ids;
  GPtrArray *group_ports; /* pairs of GPtrArray: ins, outs */
} Mood;

/* --- chance ------------------------------------------------------------------------- */

static guint64
next (RefRandom *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

void
ref_random_init (RefRandom *self,
                 guint64    seed,
                 guint64    number)
{
  self->state = seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d);
  self->state = next (self) ^ number;
  next (self);
}

guint
ref_random_below (RefRandom *self,
                  guint      limit)
{
  return limit ? (guint) ((next (self) >> 33) % limit) : 0;
}

gboolean
ref_random_chance (RefRandom *self,
                   guint      percent)
{
  return ref_random_below (self, 100) < percent;
}

#define below(n)  ref_random_below (sketch->random, (n))
#define chance(p) ref_random_chance (sketch->random, (p))

/* --- drafts --------------------------------------------------------------------------- */

static void
draft_free (Draft *self)
{
  g_ptr_array_unref (self->ins);
  g_ptr_array_unref (self->outs);
  g_free (self->id);
  g_free (self);
}

static void
add_port (GPtrArray      *ports,
          const char     *key,
          HearthDataType  type,
          HearthSlotFlags flags)
{
  Port *port = g_new0 (Port, 1);

  port->key = g_intern_string (key);
  port->type = type;
  port->stream = (flags & HEARTH_SLOT_STREAM) != 0;
  port->multi = (flags & HEARTH_SLOT_MULTI) != 0;
  port->required = (flags & HEARTH_SLOT_REQUIRED) != 0;
  g_ptr_array_add (ports, port);
}

static void
add_ports (GPtrArray            *ports,
           const HearthSlotDecl *slots)
{
  for (; slots && slots->key; slots++)
    add_port (ports, slots->key, slots->type, slots->flags);
}

static void
copy_ports (GPtrArray *to,
            GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_memdup2 (g_ptr_array_index (from, i), sizeof (Port)));
}

static Draft *
add_draft (Sketch     *sketch,
           const char *type_id,
           const char *id)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->type_id = g_intern_string (type_id);
  draft->id = g_strdup (id);
  draft->ins = g_ptr_array_new_with_free_func (g_free);
  draft->outs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sketch->drafts, draft);
  return draft;
}

static const RefKind *
choose_kind (Sketch *sketch,
             Mood   *mood)
{
  const RefKind *kind;
  guint total = 0, dart;

  for (guint i = 0; i < ref_kinds_get_size (); i++)
    total += ref_kinds_at (i)->weight;
  do
    {
      guint i = 0;

      for (dart = below (total); dart >= ref_kinds_at (i)->weight; i++)
        dart -= ref_kinds_at (i)->weight;
      kind = ref_kinds_at (i);
    }
  while (!mood->fails && (kind->failing || strcmp (kind->decl.type, "needy") == 0));

  return kind;
}

static void
draft_kind (Sketch     *sketch,
            Mood       *mood,
            const char *id)
{
  const RefKind *kind = choose_kind (sketch, mood);
  g_autofree char *type_id = g_strconcat ("ref:", kind->decl.type, NULL);
  Draft *draft = add_draft (sketch, type_id, id);

  add_ports (draft->ins, kind->decl.inputs);
  add_ports (draft->outs, kind->decl.outputs);
  for (const HearthModeDecl *mode = kind->decl.modes; mode && mode->id; mode++)
    {
      draft->modal = TRUE;
      add_ports (draft->ins, mode->inputs);
    }
  if (draft->modal)
    add_port (draft->outs, "out", HEARTH_DATA_STRING, 0);
  if (strcmp (kind->decl.type, "extra") == 0)
    {
      add_port (draft->outs, "hidden", HEARTH_DATA_STRING, 0);
      add_port (draft->ins, "stray", HEARTH_DATA_STRING, 0);
    }
}

static void
draft_group (Sketch     *sketch,
             Mood       *mood,
             const char *id)
{
  guint which = below (mood->group_ids->len);
  Draft *draft = add_draft (sketch, HEARTH_TYPE_ID_NODE_GROUP, id);

  copy_ports (draft->ins, g_ptr_array_index (mood->group_ports, 2 * which));
  copy_ports (draft->outs, g_ptr_array_index (mood->group_ports, 2 * which + 1));
}

/* --- values ----------------------------------------------------------------------------- */

static HearthValue *
make_value (Sketch        *sketch,
            HearthDataType type)
{
  static const char *const texts[] = { "", "a", "é", "two words", "b", "0" };

  switch (type)
    {
    case HEARTH_DATA_STRING:
      return hearth_value_string (texts[below (G_N_ELEMENTS (texts))]);
    case HEARTH_DATA_INTEGER:
    case HEARTH_DATA_FLOAT:
      return hearth_value_integer ((int) below (12) - 2);
    case HEARTH_DATA_BOOLEAN:
      return hearth_value_boolean (chance (50));
    case HEARTH_DATA_OBJECT:
      return hearth_value_object ("k", hearth_value_integer (below (5)), NULL);
    case HEARTH_DATA_ARRAY:
      return chance (50) ? hearth_value_empty_array () : hearth_value_null ();
    default:
      return make_value (sketch, (HearthDataType) below (HEARTH_DATA_ARRAY + 1));
    }
}

static HearthValue *
make_input (Sketch *sketch,
            Mood   *mood,
            Draft  *draft,
            Port   *port)
{
  if (port->stream || (port->multi && chance (70)))
    return NULL;
  if (strcmp (port->key, "count") == 0)
    return chance (60) ? hearth_value_integer (mood->long_streams ? below (200) : below (6)) : NULL;
  if (strcmp (port->key, "fail_after") == 0)
    return mood->fails && chance (35) ? hearth_value_integer (below (mood->long_streams ? 150 : 5)) : NULL;
  if (chance (2))
    return hearth_value_null ();
  return chance (port->required ? 80 : 45) ? make_value (sketch, port->type) : NULL;
}

static HearthValue *
make_inputs (Sketch *sketch,
             Mood   *mood,
             Draft  *draft)
{
  g_auto (HearthBuilder) inputs = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < draft->ins->len; i++)
    {
      Port *port = g_ptr_array_index (draft->ins, i);

      hearth_builder_add (&inputs, port->key, make_input (sketch, mood, draft, port));
    }
  if (mood->odd && chance (10))
    hearth_builder_add (&inputs, "unheard-of", hearth_value_string ("of"));

  return hearth_builder_end_object (&inputs);
}

static HearthValue *
make_config (Sketch *sketch,
             Mood   *mood,
             Draft  *draft)
{
  g_auto (HearthBuilder) config = HEARTH_BUILDER_INIT;

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

/* --- edges ------------------------------------------------------------------------------ */

static HearthValue *
make_edge (Sketch     *sketch,
           const char *source,
           const char *out,
           const char *target,
           const char *in)
{
  g_autofree char *id = g_strdup_printf ("e%u", sketch->n_edges++);

  return hearth_value_object ("id", hearth_value_string (id), "source", hearth_value_string (source), "sourceHandle",
                              hearth_value_string (out), "target", hearth_value_string (target), "targetHandle",
                              hearth_value_string (in), NULL);
}

/* An output of a node before number @limit; one of the wanted kind if chance will have it. */
static Port *
choose_output (Sketch  *sketch,
               guint    limit,
               gboolean stream,
               Draft  **draft)
{
  Port *port = NULL;

  for (guint tries = 0; tries < 8; tries++)
    {
      *draft = g_ptr_array_index (sketch->drafts, below (limit));
      if ((*draft)->outs->len == 0)
        continue;
      port = g_ptr_array_index ((*draft)->outs, below ((*draft)->outs->len));
      if (port->stream == stream)
        break;
    }

  return port;
}

static void
add_edge (Sketch *sketch,
          Mood   *mood,
          guint   number,
          Port   *port,
          int     index)
{
  Draft *target = g_ptr_array_index (sketch->drafts, number), *source = NULL;
  guint limit = mood->odd && chance (2) ? sketch->drafts->len : number;
  Port *output = limit ? choose_output (sketch, limit, port->stream, &source) : NULL;
  g_autofree char *handle = index >= 0 ? g_strdup_printf ("%s__%d", port->key, index) : g_strdup (port->key);
  const char *from, *out;

  if (output == NULL)
    return;
  from = mood->odd && chance (3) ? "nowhere" : source->id;
  out = mood->odd && chance (3) ? (chance (50) ? "" : "unknown") : output->key;
  g_ptr_array_add (sketch->edges, make_edge (sketch, from, out, target->id, mood->odd && chance (2) ? "" : handle));
}

static void
add_edges (Sketch *sketch,
           Mood   *mood,
           guint   number)
{
  Draft *draft = g_ptr_array_index (sketch->drafts, number);

  for (guint i = 0; i < draft->ins->len; i++)
    {
      Port *port = g_ptr_array_index (draft->ins, i);
      guint wanted = port->stream ? 90 : 55;

      if (strcmp (port->key, "fail_after") == 0 || (strcmp (port->key, "count") == 0 && !chance (5)))
        continue;
      if (port->multi)
        for (guint n = below (5); n > 0; n--)
          add_edge (sketch, mood, number, port, chance (90) ? (int) below (6) : -1);
      else if (chance (wanted))
        add_edge (sketch, mood, number, port, mood->odd && chance (3) ? 0 : -1);
      if (!port->multi && mood->odd && chance (5))
        add_edge (sketch, mood, number, port, -1);
    }
}

/* The edges into each multi-input in some order, with one that is gone and without some that are there. */
static HearthValue *
make_orders (Sketch *sketch,
             Draft  *draft)
{
  g_auto (HearthBuilder) orders = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < draft->ins->len; i++)
    {
      Port *port = g_ptr_array_index (draft->ins, i);
      g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

      if (!port->multi || chance (50))
        continue;
      for (guint e = sketch->edges->len; e-- > 0;)
        {
          HearthValue *edge = g_ptr_array_index (sketch->edges, e);

          if (strcmp (hearth_value_get_member_string (edge, "target", ""), draft->id) == 0 && chance (70))
            hearth_builder_add (&list, NULL, hearth_value_ref (hearth_value_get (edge, "id")));
          if (chance (5))
            hearth_builder_add_string (&list, NULL, "gone");
        }
      hearth_builder_add (&orders, port->key, hearth_builder_end_array (&list));
    }

  return hearth_builder_end_object (&orders);
}

/* --- workflows ---------------------------------------------------------------------------- */

static void
add_stored (Sketch     *sketch,
            Mood       *mood,
            Draft      *draft,
            const char *reference)
{
  HearthValue *config = reference ? hearth_value_object ("referencedWorkflowId", hearth_value_string (reference), NULL)
                                  : make_config (sketch, mood, draft);
  const char *type = mood->odd && chance (1) ? "ref:nobody-knows" : draft->type_id;

  g_ptr_array_add (sketch->nodes,
                   hearth_value_object ("id", hearth_value_string (draft->id), "type", hearth_value_string (type),
                                        "inputValues", make_inputs (sketch, mood, draft), "configValues", config,
                                        "inputConnectionOrders", make_orders (sketch, draft), "bypassed",
                                        mood->bypasses && chance (25) ? hearth_value_boolean (TRUE) : NULL, NULL));
}

static void
shuffle (Sketch    *sketch,
         GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint other = below (i);
      gpointer swap = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[other];
      array->pdata[other] = swap;
    }
}

static HearthValue *
make_interface (Sketch    *sketch,
                Mood      *mood,
                GPtrArray *ports,
                gboolean   outputs)
{
  g_auto (HearthBuilder) interface = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < ports->len; i++)
    {
      Port *port = g_ptr_array_index (ports, i);
      HearthValue *config = NULL;

      if (!outputs && chance (40))
        config = hearth_value_object ("default", make_value (sketch, port->type), NULL);
      hearth_builder_add (&interface, port->key,
                          hearth_value_object ("key", hearth_value_string (port->key), "dataFlowType",
                                               hearth_value_string (hearth_data_type_to_string (port->type)), "isStream",
                                               port->stream ? hearth_value_boolean (TRUE) : NULL, "multi",
                                               port->multi ? hearth_value_boolean (TRUE) : NULL, "config", config, NULL));
    }

  return hearth_builder_end_object (&interface);
}

static GPtrArray *
make_ports (Sketch     *sketch,
            const char *prefix,
            guint       n_ports,
            gboolean    outputs)
{
  GPtrArray *ports = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_ports; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s%u", prefix, i);
      HearthDataType type = chance (50) ? HEARTH_DATA_STRING : (HearthDataType) below (HEARTH_N_DATA_TYPES);
      HearthSlotFlags flags = chance (outputs ? 45 : 25) ? HEARTH_SLOT_STREAM : chance (20) ? HEARTH_SLOT_MULTI : 0;

      add_port (ports, key, type, flags);
    }

  return ports;
}

static Sketch *
sketch_new (RefRandom *random)
{
  Sketch *sketch = g_new0 (Sketch, 1);

  sketch->random = random;
  sketch->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
  sketch->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  sketch->edges = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  return sketch;
}

static void
sketch_free (Sketch *sketch)
{
  g_ptr_array_unref (sketch->drafts);
  g_ptr_array_unref (sketch->nodes);
  g_ptr_array_unref (sketch->edges);
  g_free (sketch);
}

static void
draft_nodes (Sketch    *sketch,
             Mood      *mood,
             guint      n_nodes,
             GPtrArray *ins,
             GPtrArray *outs)
{
  if (ins->len > 0)
    copy_ports (add_draft (sketch, HEARTH_TYPE_ID_GROUP_INPUT, "gi")->outs, ins);
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);

      if (mood->group_ids->len > 0 && chance (15))
        draft_group (sketch, mood, id);
      else
        draft_kind (sketch, mood, id);
    }
  if (outs->len > 0)
    copy_ports (add_draft (sketch, HEARTH_TYPE_ID_GROUP_OUTPUT, "go")->ins, outs);
}

static const char *
find_reference (Mood  *mood,
                Draft *draft)
{
  for (guint i = 0; i < mood->group_ids->len; i++)
    {
      GPtrArray *outs = g_ptr_array_index (mood->group_ports, 2 * i + 1);
      GPtrArray *ins = g_ptr_array_index (mood->group_ports, 2 * i);
      gboolean same = outs->len == draft->outs->len && ins->len == draft->ins->len;

      for (guint p = 0; same && p < outs->len; p++)
        same = ((Port *) g_ptr_array_index (outs, p))->key == ((Port *) g_ptr_array_index (draft->outs, p))->key;
      for (guint p = 0; same && p < ins->len; p++)
        same = ((Port *) g_ptr_array_index (ins, p))->key == ((Port *) g_ptr_array_index (draft->ins, p))->key;
      if (same)
        return g_ptr_array_index (mood->group_ids, i);
    }

  return NULL;
}

static HearthValue *
make_workflow (Mood       *mood,
               const char *id,
               guint       n_nodes,
               GPtrArray  *ins,
               GPtrArray  *outs)
{
  Sketch *sketch = sketch_new (mood->random);
  HearthValue *workflow;

  draft_nodes (sketch, mood, n_nodes, ins, outs);
  for (guint i = 0; i < sketch->drafts->len; i++)
    add_edges (sketch, mood, i);
  shuffle (sketch, sketch->edges);
  for (guint i = 0; i < sketch->drafts->len; i++)
    {
      Draft *draft = g_ptr_array_index (sketch->drafts, i);
      gboolean group = strcmp (draft->type_id, HEARTH_TYPE_ID_NODE_GROUP) == 0;
      const char *reference = group ? find_reference (mood, draft) : NULL;

      if (reference && mood->odd && chance (2))
        reference = chance (50) ? "lost" : id;
      add_stored (sketch, mood, draft, reference);
    }
  if (mood->odd && chance (10))
    g_ptr_array_add (sketch->nodes, hearth_value_object ("id", hearth_value_string ("frame"), "type",
                                                         hearth_value_string (HEARTH_TYPE_ID_FRAME), NULL));
  if (chance (70))
    shuffle (sketch, sketch->nodes);
  workflow = hearth_value_object ("id", hearth_value_string (id), "interfaceInputs",
                                  make_interface (sketch, mood, ins, FALSE), "interfaceOutputs",
                                  make_interface (sketch, mood, outs, TRUE), "nodes",
                                  hearth_value_array ((HearthValue **) sketch->nodes->pdata, sketch->nodes->len), "edges",
                                  hearth_value_array ((HearthValue **) sketch->edges->pdata, sketch->edges->len), NULL);
  sketch_free (sketch);

  return workflow;
}

/* --- cases ---------------------------------------------------------------------------------- */

/* Each may contain those before it. */
static HearthValue *
make_groups (Mood *mood)
{
  g_auto (HearthBuilder) groups = HEARTH_BUILDER_INIT;
  Sketch dice = { .random = mood->random };
  Sketch *sketch = &dice;
  guint n_groups = chance (50) ? 0 : 1 + below (MAX_GROUPS);

  for (guint i = 0; i < n_groups; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);
      g_autofree char *in = g_strdup_printf ("i%u", i);
      g_autofree char *out = g_strdup_printf ("o%u", i);
      GPtrArray *ins = make_ports (sketch, in, below (4), FALSE);
      GPtrArray *outs = make_ports (sketch, out, 1 + below (3), TRUE);

      hearth_builder_add (&groups, id, make_workflow (mood, id, below (5), ins, outs));
      g_ptr_array_add (mood->group_ids, g_steal_pointer (&id));
      g_ptr_array_add (mood->group_ports, ins);
      g_ptr_array_add (mood->group_ports, outs);
    }

  return hearth_builder_end_object (&groups);
}

/* Mappings of a payload: any node, also ones inside groups or not there at all. */
static HearthValue *
make_mappings (Mood        *mood,
               HearthValue *workflow)
{
  static const char *const handles[] = { "out", "text", "stream", "sum", "n", "o00", "unknown" };
  HearthValue *nodes = hearth_value_get (workflow, "nodes");
  g_auto (HearthBuilder) mappings = HEARTH_BUILDER_INIT;
  Sketch dice = { .random = mood->random };
  Sketch *sketch = &dice;

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
make_values (Mood        *mood,
             HearthValue *workflow)
{
  HearthValue *interface = hearth_value_get (workflow, "interfaceInputs");
  g_auto (HearthBuilder) values = HEARTH_BUILDER_INIT;
  Sketch dice = { .random = mood->random };
  Sketch *sketch = &dice;

  for (gsize i = 0; i < hearth_value_get_length (interface); i++)
    if (chance (50))
      hearth_builder_add (&values, hearth_value_key_at (interface, i), make_value (sketch, HEARTH_DATA_WILDCARD));

  return hearth_builder_end_object (&values);
}

static void
choose_cancel (RefCase *self,
               Sketch  *sketch)
{
  self->cancel_at = chance (25) ? (int) below (60) : -1;
  self->cancel_later = chance (50);
}

RefCase *
ref_case_new (RefRandom *random)
{
  RefCase *self = g_new0 (RefCase, 1);
  Mood mood = { .random = random };
  Sketch dice = { .random = random };
  Sketch *sketch = &dice;
  g_autoptr (GPtrArray) ins = make_ports (sketch, "in", below (3), FALSE);
  g_autoptr (GPtrArray) outs = make_ports (sketch, "out", below (4), TRUE);

  mood.fails = chance (45);
  mood.bypasses = chance (35);
  mood.odd = chance (35);
  mood.long_streams = chance (10);
  mood.group_ids = g_ptr_array_new_with_free_func (g_free);
  mood.group_ports = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->groups = make_groups (&mood);
  self->workflow = make_workflow (&mood, "top", chance (3) ? 30 : 1 + below (11), ins, outs);
  self->mappings = chance (15) ? make_mappings (&mood, self->workflow) : NULL;
  self->values = chance (30) ? make_values (&mood, self->workflow) : NULL;
  choose_cancel (self, sketch);
  g_ptr_array_unref (mood.group_ids);
  g_ptr_array_unref (mood.group_ports);

  return self;
}

RefCase *
ref_case_copy (const RefCase *self)
{
  RefCase *copy = g_memdup2 (self, sizeof *self);

  hearth_value_ref (copy->workflow);
  hearth_value_ref (copy->groups);
  (void) hearth_value_ref_or_null (copy->values);
  (void) hearth_value_ref_or_null (copy->mappings);
  return copy;
}

void
ref_case_free (RefCase *self)
{
  hearth_value_unref (self->workflow);
  hearth_value_unref (self->groups);
  g_clear_pointer (&self->values, hearth_value_unref);
  g_clear_pointer (&self->mappings, hearth_value_unref);
  g_free (self);
}

char *
ref_case_print (const RefCase *self)
{
  g_autoptr (HearthValue) all
      = hearth_value_object ("workflow", hearth_value_ref (self->workflow), "groups", hearth_value_ref (self->groups),
                             "interfaceValues", hearth_value_ref_or_null (self->values), "outputInterfaceMappings",
                             hearth_value_ref_or_null (self->mappings), NULL);

  return hearth_json_print_pretty (all);
}

/* sketch.c: nodes and their slots, before they become a workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sketch.h"

#include <string.h>

/* --- drafts --------------------------------------------------------------------------- */

static void
draft_free (RefDraft *self)
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
  RefPort *port = g_new0 (RefPort, 1);

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

void
ref_ports_copy (GPtrArray *to,
            GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_memdup2 (g_ptr_array_index (from, i), sizeof (RefPort)));
}

RefDraft *
ref_sketch_add_draft (RefSketch     *sketch,
           const char *type_id,
           const char *id)
{
  RefDraft *draft = g_new0 (RefDraft, 1);

  draft->type_id = g_intern_string (type_id);
  draft->id = g_strdup (id);
  draft->ins = g_ptr_array_new_with_free_func (g_free);
  draft->outs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sketch->drafts, draft);
  return draft;
}

static const RefKind *
choose_kind (RefSketch *sketch,
             RefMood   *mood)
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
  while ((!mood->fails && (kind->failing || strcmp (kind->decl.type, "needy") == 0)) || (!mood->branches && kind->branches)
         || (!mood->asks && kind->asks)
         || (!mood->guests && kind->guest));

  return kind;
}

void
ref_sketch_draft_kind (RefSketch     *sketch,
            RefMood       *mood,
            const char *id)
{
  const RefKind *kind = choose_kind (sketch, mood);
  g_autofree char *type_id = g_strconcat ("ref:", kind->decl.type, NULL);
  RefDraft *draft = ref_sketch_add_draft (sketch, type_id, id);

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

void
ref_sketch_draft_group (RefSketch     *sketch,
             RefMood       *mood,
             const char *id)
{
  guint which = below (mood->group_ids->len);
  RefDraft *draft = ref_sketch_add_draft (sketch, HEARTH_TYPE_ID_NODE_GROUP, id);

  ref_ports_copy (draft->ins, g_ptr_array_index (mood->group_ports, 2 * which));
  ref_ports_copy (draft->outs, g_ptr_array_index (mood->group_ports, 2 * which + 1));
}

HearthValue *
ref_sketch_make_value (RefSketch        *sketch,
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
      return ref_sketch_make_value (sketch, (HearthDataType) below (HEARTH_DATA_ARRAY + 1));
    }
}

GPtrArray *
ref_ports_new (RefSketch     *sketch,
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

RefSketch *
ref_sketch_new (RefRandom *random)
{
  RefSketch *sketch = g_new0 (RefSketch, 1);

  sketch->random = random;
  sketch->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
  sketch->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  sketch->edges = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  return sketch;
}

void
ref_sketch_free (RefSketch *sketch)
{
  g_ptr_array_unref (sketch->drafts);
  g_ptr_array_unref (sketch->nodes);
  g_ptr_array_unref (sketch->edges);
  g_free (sketch);
}

void
ref_sketch_shuffle (RefSketch    *sketch,
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


void
ref_sketch_draft_call (RefSketch  *sketch,
                       RefMood    *mood,
                       const char *id)
{
  static const char *const types[] = { "ref:call", "ref:call-all", "ref:call-hasty" };
  RefDraft *draft = ref_sketch_add_draft (sketch, types[below (3)], id);
  const RefKind *kind = ref_kinds_lookup (draft->type_id);

  draft->calls = chance (97) ? g_ptr_array_index (mood->group_ids, below (mood->group_ids->len)) : "lost";
  add_ports (draft->ins, kind->decl.inputs);
  add_ports (draft->outs, kind->decl.outputs);
}

/* edges.c: what random nodes are wired to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sketch.h"

#include <string.h>

static HearthValue *
make_edge (RefSketch     *sketch,
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
static RefPort *
choose_output (RefSketch  *sketch,
               guint    limit,
               gboolean stream,
               RefDraft  **draft)
{
  RefPort *port = NULL;

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
add_edge (RefSketch *sketch,
          RefMood   *mood,
          guint   number,
          RefPort   *port,
          int     index)
{
  RefDraft *target = g_ptr_array_index (sketch->drafts, number), *source = NULL;
  guint limit = mood->odd && chance (2) ? sketch->drafts->len : number;
  RefPort *output = limit ? choose_output (sketch, limit, port->stream, &source) : NULL;
  g_autofree char *handle = index >= 0 ? g_strdup_printf ("%s__%d", port->key, index) : g_strdup (port->key);
  const char *from, *out;

  if (output == NULL)
    return;
  from = mood->odd && chance (3) ? "nowhere" : source->id;
  out = mood->odd && chance (3) ? (chance (50) ? "" : "unknown") : output->key;
  g_ptr_array_add (sketch->edges, make_edge (sketch, from, out, target->id, mood->odd && chance (2) ? "" : handle));
}

static RefPort fallback = { .key = "_fallback", .type = HEARTH_DATA_WILDCARD };

void
ref_sketch_add_edges (RefSketch *sketch,
                      RefMood   *mood,
                      guint   number)
{
  RefDraft *draft = g_ptr_array_index (sketch->drafts, number);

  if (mood->policies && chance (40) && ref_kinds_lookup (draft->type_id))
    add_edge (sketch, mood, number, &fallback, -1);
  for (guint i = 0; i < draft->ins->len; i++)
    {
      RefPort *port = g_ptr_array_index (draft->ins, i);
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

HearthValue *
ref_sketch_make_orders (RefSketch *sketch,
                        RefDraft  *draft)
{
  g_auto (HearthBuilder) orders = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < draft->ins->len; i++)
    {
      RefPort *port = g_ptr_array_index (draft->ins, i);
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

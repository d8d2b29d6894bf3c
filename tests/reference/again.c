/* again.c: the one change between two runs of a workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sketch.h"

#include <string.h>

static HearthValue *
replace_at (HearthValue *array,
            gsize        which,
            HearthValue *value) /* taken; NULL: it goes */
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) owned = value;

  for (gsize i = 0; i < hearth_value_get_length (array); i++)
    if (i != which)
      hearth_builder_add (&builder, NULL, hearth_value_ref (hearth_value_at (array, i)));
    else if (value)
      hearth_builder_add (&builder, NULL, hearth_value_ref (value));
  return hearth_builder_end_array (&builder);
}

/* What decides how long things take, or what is wired to what, stays. */
static gboolean
is_fixed (const char *key)
{
  static const char *const fixed[] = { "referencedWorkflowId", "mode", "class", "hangs", "fails", "takes", "after", "wait",
                                       "rounds", "patience", "uses", NULL };

  return *key == '_' || g_strv_contains (fixed, key);
}

static HearthValue *
change_value (RefSketch   *sketch,
              HearthValue *node,
              const char  *part)
{
  HearthValue *values = hearth_value_get (node, part);
  gsize n_values = hearth_value_is (values, OBJECT) ? hearth_value_get_length (values) : 0;
  const char *key = n_values ? hearth_value_key_at (values, below (n_values)) : NULL;
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (HearthValue) changed = NULL;

  if (key == NULL || is_fixed (key))
    return hearth_value_ref (node);
  value = hearth_value_is_number (hearth_value_get (values, key)) ? hearth_value_integer (below (5))
          : strcmp (key, "join") == 0 ? hearth_value_string ("first")
                                      : ref_sketch_make_value (sketch, HEARTH_DATA_STRING);
  changed = hearth_value_with (values, key, value);
  return hearth_value_with (node, part, changed);
}

/* One value or one edge is another, or none is. */
static HearthValue *
change_workflow (RefSketch   *sketch,
                 HearthValue *workflow)
{
  HearthValue *nodes = hearth_value_get (workflow, "nodes");
  HearthValue *edges = hearth_value_get (workflow, "edges");
  gsize n_nodes = hearth_value_get_length (nodes), n_edges = hearth_value_get_length (edges);
  gsize which = below (n_nodes);
  g_autoptr (HearthValue) list = NULL;

  if (chance (25) || n_nodes == 0)
    return hearth_value_ref (workflow);
  if (chance (25) && n_edges > 0)
    {
      list = replace_at (edges, below (n_edges), NULL);
      return hearth_value_with (workflow, "edges", list);
    }

  list = replace_at (nodes, which,
                     change_value (sketch, hearth_value_at (nodes, which), chance (70) ? "inputValues" : "configValues"));
  return hearth_value_with (workflow, "nodes", list);
}

void
ref_case_choose_again (RefCase   *self,
                       RefSketch *sketch)
{
  HearthValue *nodes = hearth_value_get (self->workflow, "nodes");

  if (!chance (30))
    return;
  self->again = change_workflow (sketch, self->workflow);
  self->cancel_again = chance (25) ? (int) below (60) : -1;
  for (guint i = 0; i < G_N_ELEMENTS (self->modes); i++)
    self->modes[i] = chance (60) ? HEARTH_RUN_REUSE_PURE : chance (70) ? HEARTH_RUN_REUSE_ALL : HEARTH_RUN_REUSE_NOTHING;
  if (chance (25) && hearth_value_get_length (nodes) > 0)
    self->anew = g_strdup (hearth_value_get_member_string (hearth_value_at (nodes, below (hearth_value_get_length (nodes))), "id", ""));
}

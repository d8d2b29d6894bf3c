/* shrink.c: takes away from a failing case whatever it fails without
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "compare.h"

#include <string.h>

#define TRIES 4          /* of a case that may fail only now and then */
#define MAX_ATTEMPTS 4000
#define TIMEOUT_MS 400   /* for one that never ends */

typedef struct
{
  RefCase *best;
  char    *complaint;
  guint    n_attempts;
  gboolean smaller;    /* since the last look */
} Shrinker;

/* Takes @candidate; keeps it when it fails too. */
static gboolean
attempt (Shrinker *self,
         RefCase  *candidate)
{
  g_autoptr (RefCase) owned = candidate;

  if (self->n_attempts++ > MAX_ATTEMPTS)
    return FALSE;
  for (guint i = 0; i < TRIES; i++)
    {
      char *complaint = ref_check_cases (&owned, 1, 1, TIMEOUT_MS);

      if (complaint == NULL)
        continue;
      g_free (self->complaint);
      self->complaint = complaint;
      ref_case_free (self->best);
      self->best = g_steal_pointer (&owned);
      self->smaller = TRUE;
      return TRUE;
    }

  return FALSE;
}

/* --- parts -------------------------------------------------------------------------- */

/* Number 0 is the workflow, the others are the groups, and behind them the workflow that runs again. */
static HearthValue *
get_workflow (const RefCase *given,
              guint          number)
{
  if (number > hearth_value_get_length (given->groups))
    return given->again;
  return number == 0 ? given->workflow : hearth_value_member_at (given->groups, number - 1);
}

static RefCase *
with_workflow (const RefCase *given,
               guint          number,
               HearthValue   *workflow) /* taken */
{
  RefCase *copy = ref_case_copy (given);
  g_autoptr (HearthValue) owned = workflow;
  HearthValue *groups = copy->groups;

  if (number == 0)
    {
      hearth_value_unref (copy->workflow);
      copy->workflow = hearth_value_ref (owned);
      return copy;
    }

  if (number > hearth_value_get_length (groups))
    {
      hearth_value_unref (copy->again);
      copy->again = hearth_value_ref (owned);
      return copy;
    }

  copy->groups = hearth_value_with (groups, hearth_value_key_at (groups, number - 1), owned);
  hearth_value_unref (groups);
  return copy;
}

static HearthValue *
without_element (HearthValue *array,
                 gsize        which)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (array); i++)
    if (i != which)
      hearth_builder_add (&builder, NULL, hearth_value_ref (hearth_value_at (array, i)));
  return hearth_builder_end_array (&builder);
}

static HearthValue *
with_element (HearthValue *array,
              gsize        which,
              HearthValue *value)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (array); i++)
    hearth_builder_add (&builder, NULL, hearth_value_ref (i == which ? value : hearth_value_at (array, i)));
  return hearth_builder_end_array (&builder);
}

static HearthValue *
without_edges_of (HearthValue *workflow,
                  const char  *node_id)
{
  HearthValue *edges = hearth_value_get (workflow, "edges");
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) left = NULL;

  for (gsize i = 0; i < hearth_value_get_length (edges); i++)
    {
      HearthValue *edge = hearth_value_at (edges, i);

      if (strcmp (hearth_value_get_member_string (edge, "source", ""), node_id) != 0
          && strcmp (hearth_value_get_member_string (edge, "target", ""), node_id) != 0)
        hearth_builder_add (&builder, NULL, hearth_value_ref (edge));
    }
  left = hearth_builder_end_array (&builder);

  return hearth_value_with (workflow, "edges", left);
}

/* The same part of both, where a run is repeated. */
static RefCase *
with_again (RefCase    *copy,
            const char *list,
            const char *id)
{
  HearthValue *array = copy->again ? hearth_value_get (copy->again, list) : NULL;
  HearthValue *again = copy->again;

  for (gsize i = 0; i < hearth_value_get_length (array); i++)
    if (strcmp (hearth_value_get_member_string (hearth_value_at (array, i), "id", ""), id) == 0)
      {
        g_autoptr (HearthValue) shorter = without_element (array, i);
        g_autoptr (HearthValue) smaller = hearth_value_with (again, list, shorter);

        copy->again = strcmp (list, "nodes") == 0 ? without_edges_of (smaller, id) : hearth_value_ref (smaller);
        hearth_value_unref (again);
        break;
      }

  return copy;
}

/* --- one kind of part after the other -------------------------------------------------- */

static void
drop_elements (Shrinker   *self,
               guint       number,
               const char *list)
{
  for (gsize i = hearth_value_get_length (hearth_value_get (get_workflow (self->best, number), list)); i-- > 0;)
    {
      HearthValue *workflow = get_workflow (self->best, number);
      HearthValue *array = hearth_value_get (workflow, list);
      const char *id = hearth_value_get_member_string (hearth_value_at (array, i), "id", "");
      g_autoptr (HearthValue) shorter = without_element (array, i);
      g_autoptr (HearthValue) smaller = hearth_value_with (workflow, list, shorter);

      RefCase *candidate = with_workflow (self->best, number, strcmp (list, "nodes") == 0 ? without_edges_of (smaller, id)
                                                                                          : hearth_value_ref (smaller));

      attempt (self, number == 0 ? with_again (candidate, list, id) : candidate);
    }
}

static gboolean
try_node (Shrinker    *self,
          guint        number,
          gsize        which,
          HearthValue *node) /* taken */
{
  HearthValue *workflow = get_workflow (self->best, number);
  g_autoptr (HearthValue) owned = node;
  g_autoptr (HearthValue) nodes = with_element (hearth_value_get (workflow, "nodes"), which, owned);

  return attempt (self, with_workflow (self->best, number, hearth_value_with (workflow, "nodes", nodes)));
}

/* Members of a node, and members of those members. */
static void
simplify_node (Shrinker *self,
               guint     number,
               gsize     which)
{
  static const char *const parts[] = { "bypassed", "inputConnectionOrders", "configValues", "inputValues" };

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      HearthValue *node = hearth_value_at (hearth_value_get (get_workflow (self->best, number), "nodes"), which);
      HearthValue *part = hearth_value_get (node, parts[p]);

      if (part == NULL || try_node (self, number, which, hearth_value_with (node, parts[p], NULL)))
        continue;
      for (gsize i = hearth_value_is (part, OBJECT) ? hearth_value_get_length (part) : 0; i-- > 0;)
        {
          g_autoptr (HearthValue) less = NULL;

          node = hearth_value_at (hearth_value_get (get_workflow (self->best, number), "nodes"), which);
          part = hearth_value_get (node, parts[p]);
          less = hearth_value_with (part, hearth_value_key_at (part, i), NULL);
          try_node (self, number, which, hearth_value_with (node, parts[p], less));
        }
    }
}

static void
simplify_interface (Shrinker   *self,
                    guint       number,
                    const char *side)
{
  for (gsize i = hearth_value_get_length (hearth_value_get (get_workflow (self->best, number), side)); i-- > 0;)
    {
      HearthValue *workflow = get_workflow (self->best, number);
      HearthValue *interface = hearth_value_get (workflow, side);
      g_autoptr (HearthValue) less = hearth_value_with (interface, hearth_value_key_at (interface, i), NULL);

      attempt (self, with_workflow (self->best, number, hearth_value_with (workflow, side, less)));
    }
}

static void
drop_group (Shrinker *self,
            guint     number)
{
  RefCase *copy = ref_case_copy (self->best);
  HearthValue *groups = copy->groups;

  copy->groups = hearth_value_with (groups, hearth_value_key_at (groups, number), NULL);
  hearth_value_unref (groups);
  attempt (self, copy);
}

static void
drop_extras (Shrinker *self)
{
  for (guint part = 0; part < 8; part++)
    {
      RefCase *copy = ref_case_copy (self->best);

      if (part == 0)
        g_clear_pointer (&copy->values, hearth_value_unref);
      else if (part == 1)
        g_clear_pointer (&copy->mappings, hearth_value_unref);
      else if (part == 2)
        copy->cancel_at = -1;
      else if (part == 3)
        g_clear_pointer (&copy->anew, g_free);
      else if (part == 4)
        copy->modes[0] = copy->modes[1] = HEARTH_RUN_REUSE_PURE;
      else if (part == 7)
        copy->cancel_again = -1;
      else if (copy->again)
        {
          hearth_value_unref (copy->again);
          copy->again = part == 5 ? NULL : hearth_value_ref (copy->workflow);
        }
      if (copy->again != self->best->again || (copy->anew == NULL) != (self->best->anew == NULL)
          || copy->values != self->best->values || copy->mappings != self->best->mappings
          || copy->cancel_at != self->best->cancel_at || copy->cancel_again != self->best->cancel_again
          || memcmp (copy->modes, self->best->modes, sizeof copy->modes) != 0)
        attempt (self, copy);
      else
        ref_case_free (copy);
    }
}

RefCase *
ref_case_shrink (const RefCase *failing,
                 char         **complaint)
{
  Shrinker self = { ref_case_copy (failing), NULL, 0, FALSE };

  attempt (&self, ref_case_copy (failing));
  do
    {
      self.smaller = FALSE;
      drop_extras (&self);
      for (guint w = 0; w <= hearth_value_get_length (self.best->groups) + (self.best->again != NULL); w++)
        {
          drop_elements (&self, w, "nodes");
          drop_elements (&self, w, "edges");
          for (gsize i = hearth_value_get_length (hearth_value_get (get_workflow (self.best, w), "nodes")); i-- > 0;)
            simplify_node (&self, w, i);
          simplify_interface (&self, w, "interfaceInputs");
          simplify_interface (&self, w, "interfaceOutputs");
        }
      for (guint g = hearth_value_get_length (self.best->groups); g-- > 0;)
        drop_group (&self, g);
    }
  while (self.smaller && self.n_attempts < MAX_ATTEMPTS);

  *complaint = self.complaint;
  return self.best;
}

/* hearth-plan.c: a graph frozen for execution
 *
 * The work is done next door: groups (hearth-plan-groups.c), slots (hearth-plan-slots.c), edges
 * (hearth-plan-inputs.c, hearth-plan-resolve.c), interface (hearth-plan-results.c), order and
 * kinds of links (hearth-plan-order.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include <string.h>

static void
clear_input (HearthPlanInput *input)
{
  g_clear_pointer (&input->slot, hearth_slot_unref);
  g_clear_pointer (&input->constant, hearth_value_unref);
}

static void
clear_output (HearthPlanOutput *output)
{
  g_clear_pointer (&output->slot, hearth_slot_unref);
  g_clear_pointer (&output->bypass_value, hearth_value_unref);
}

static void
clear_link (HearthPlanLink *link)
{
  g_clear_pointer (&link->constant, hearth_value_unref);
}

static void
clear_step (HearthPlanStep *step)
{
  g_clear_pointer (&step->type, hearth_node_type_unref);
  g_clear_pointer (&step->config, hearth_value_unref);
  g_clear_pointer (&step->policy, hearth_policy_free);
  g_clear_pointer (&step->call, hearth_plan_unref);
  g_clear_pointer (&step->tools, g_array_unref);
}

static void
clear_result (HearthPlanResult *result)
{
  g_clear_pointer (&result->constant, hearth_value_unref);
}

void
hearth_plan_source_clear (HearthPlanSource *self)
{
  g_clear_pointer (&self->constant, hearth_value_unref);
}

GArray *
hearth_plan_sources_new (void)
{
  GArray *sources = g_array_new (FALSE, TRUE, sizeof (HearthPlanSource));

  g_array_set_clear_func (sources, (GDestroyNotify) hearth_plan_source_clear);
  return sources;
}

static GArray *
new_array (gsize          size,
           GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  if (clear)
    g_array_set_clear_func (array, clear);
  return array;
}

const char *
_hearth_plan_keep_string (HearthPlan *self,
                          const char *text)
{
  return text ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

static HearthPlan *
plan_alloc (void)
{
  HearthPlan *self = g_new0 (HearthPlan, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->strings = g_string_chunk_new (4096);
  self->steps = new_array (sizeof (HearthPlanStep), (GDestroyNotify) clear_step);
  self->inputs = new_array (sizeof (HearthPlanInput), (GDestroyNotify) clear_input);
  self->outputs = new_array (sizeof (HearthPlanOutput), (GDestroyNotify) clear_output);
  self->links = new_array (sizeof (HearthPlanLink), (GDestroyNotify) clear_link);
  self->groups = new_array (sizeof (HearthPlanGroup), NULL);
  self->watches = new_array (sizeof (HearthPlanWatch), NULL);
  self->results = new_array (sizeof (HearthPlanResult), (GDestroyNotify) clear_result);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

static void
plan_free (HearthPlan *self)
{
  _hearth_plan_free_hashes (self);
  g_array_unref (self->steps);
  g_array_unref (self->inputs);
  g_array_unref (self->outputs);
  g_array_unref (self->links);
  g_array_unref (self->groups);
  g_array_unref (self->watches);
  g_array_unref (self->results);
  g_hash_table_unref (self->by_id);
  g_clear_pointer (&self->run_inputs, hearth_value_unref);
  g_free (self->consumers);
  g_free (self->order);
  g_free (self->output_keys);
  g_free (self->interface_inputs);
  g_free (self->interface_outputs);
  g_string_chunk_free (self->strings);
  g_free (self);
}

static int
compare_watches (gconstpointer a,
                 gconstpointer b)
{
  const HearthPlanWatch *left = a, *right = b;

  if (left->step != right->step)
    return left->step < right->step ? -1 : 1;
  return (left->group > right->group) ? -1 : (left->group < right->group); /* innermost first */
}

/* Who must hear of which step's end: every group around it, and those that hand its value out. */
static void
watch_steps (HearthPlan *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    for (int g = hearth_plan_step (self, i)->group; g >= 0; g = hearth_plan_group (self, g)->parent)
      {
        HearthPlanWatch watch = { i, g };

        g_array_append_val (self->watches, watch);
        hearth_plan_group (self, g)->n_members++;
      }

  g_array_sort (self->watches, compare_watches);

  for (guint w = 0; w < self->watches->len; w++)
    {
      HearthPlanWatch *watch = hearth_plan_watch (self, w);
      HearthPlanStep *step = hearth_plan_step (self, watch->step);

      if (step->n_watches++ == 0)
        step->first_watch = w;
      hearth_plan_group (self, watch->group)->n_waits++;
    }
}

static gboolean
plan_fill (HearthPlanBuilder *builder,
           HearthGraph       *graph,
           HearthValue       *mappings,
           GError           **error)
{
  HearthPlan *self = builder->plan;

  if (!hearth_plan_expand (builder, graph, error))
    return FALSE;
  for (guint i = 0; i < builder->scopes->len; i++)
    if (!hearth_plan_link_inputs (builder, g_ptr_array_index (builder->scopes, i), error))
      return FALSE;
  if (!hearth_plan_map_results (builder, mappings, error))
    return FALSE;
  if (!hearth_plan_sort (self, error))
    return FALSE;

  hearth_plan_classify (self);
  hearth_plan_watch_sources (self);
  watch_steps (self);
  return TRUE;
}

/* Keys of one side of the interface, kept by the plan. */
static char **
list_interface (HearthPlan  *self,
                HearthGraph *graph,
                const char  *side)
{
  HearthValue *interface = hearth_graph_get_property (graph, side);
  gsize n_keys = hearth_value_is (interface, OBJECT) ? hearth_value_get_length (interface) : 0;
  char **keys = g_new0 (char *, n_keys + 1);

  for (gsize i = 0; i < n_keys; i++)
    keys[i] = (char *) _hearth_plan_keep_string (self, hearth_value_key_at (interface, i));
  return keys;
}

static HearthPlan *
plan_new_for_graph (HearthGraph *graph,
                    HearthValue *interface_values)
{
  HearthPlan *self = plan_alloc ();

  self->run_inputs = hearth_plan_make_run_inputs (graph, interface_values);
  self->interface_inputs = list_interface (self, graph, "interfaceInputs");
  self->interface_outputs = list_interface (self, graph, "interfaceOutputs");
  self->workflow_id = _hearth_plan_keep_string (self, hearth_graph_get_id (graph));
  return self;
}

HearthPlan *
hearth_plan_make (HearthGraph       *graph,
                  GHashTable        *groups,
                  HearthValue       *interface_values,
                  HearthValue       *mappings,
                  HearthPlanBuilder *caller,
                  HearthScope       *caller_scope,
                  GError           **error)
{
  g_autoptr (HearthPlan) self = plan_new_for_graph (graph, interface_values);
  g_autoptr (GHashTable) called = NULL;
  HearthPlanBuilder builder = { .plan = self, .groups = groups, .caller = caller, .caller_scope = caller_scope };
  gboolean made;

  if (caller == NULL)
    called = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_plan_unref);
  builder.called = caller ? caller->called : called;
  builder.scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_scope_free);
  made = plan_fill (&builder, graph, mappings, error);
  g_ptr_array_unref (builder.scopes);
  if (caller)
    caller->recursive |= builder.recursive;

  return made ? g_steal_pointer (&self) : NULL;
}

HearthPlan *
hearth_plan_new (HearthGraph *graph,
                 GHashTable  *groups,
                 HearthValue *interface_values,
                 HearthValue *mappings,
                 GError     **error)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return hearth_plan_make (graph, groups, interface_values, mappings, NULL, NULL, error);
}

HearthPlan *
hearth_plan_ref (HearthPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_plan_unref (HearthPlan *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    plan_free (self);
}

guint
hearth_plan_get_n_steps (HearthPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->steps->len;
}

const char *
hearth_plan_get_step_id (HearthPlan *self,
                         guint       index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->steps->len, NULL);

  return hearth_plan_step (self, index)->id;
}

const char *const *
hearth_plan_get_output_keys (HearthPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->output_keys;
}

gboolean
hearth_plan_output_is_stream (HearthPlan *self,
                              const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  for (guint i = 0; i < self->results->len; i++)
    {
      HearthPlanResult *result = hearth_plan_result (self, i);

      if (result->group < 0 && strcmp (result->key, key) == 0)
        return result->streams;
    }

  return FALSE;
}

int
_hearth_plan_find_step (HearthPlan *self,
                        const char *id)
{
  int number = GPOINTER_TO_INT (g_hash_table_lookup (self->by_id, id));

  return number > 0 ? number - 1 : -1;
}

int
_hearth_plan_find_group (HearthPlan *self,
                         const char *id)
{
  int number = GPOINTER_TO_INT (g_hash_table_lookup (self->by_id, id));

  return number < 0 ? -number - 1 : -1;
}

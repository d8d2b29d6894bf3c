/* compare.c: holds a run to what the reference says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "check.h"
#include "kinds.h"
#include "memory-cache.h"

static HearthGraph *
make_graph (HearthValue *workflow)
{
  g_autoptr (GError) error = NULL;
  HearthGraph *graph = hearth_graph_new_from_value (ref_kinds_catalog (), workflow, &error);

  g_assert_no_error (error);
  return graph;
}

static GHashTable *
make_graphs (HearthValue *groups)
{
  GHashTable *graphs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (gsize i = 0; i < hearth_value_get_length (groups); i++)
    g_hash_table_insert (graphs, g_strdup (hearth_value_key_at (groups, i)), make_graph (hearth_value_member_at (groups, i)));
  return graphs;
}

/* Nodes that use a resource, and which. */
static void
list_guests (Check *self)
{
  for (guint i = 0; i < self->reference->nodes->len; i++)
    {
      RefNode *node = reference_node (self->reference, i);
      const char *uses = node->node->config ? hearth_value_get_member_string (node->node->config, "uses", NULL) : NULL;

      if (uses == NULL || node->node->type == NULL || node->node->type->decl->resource == NULL)
        continue;
      g_ptr_array_add (self->trace->guests, node->id);
      g_ptr_array_add (self->trace->guests, (gpointer) uses);
    }
}

static Check *
check_new (RefCase     *given,
           HearthValue *workflow)
{
  Check *self = g_new0 (Check, 1);
  g_autoptr (HearthGraph) graph = make_graph (workflow);
  GHashTable *graphs = make_graphs (given->groups);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, graphs, given->values, given->mappings, &error);

  self->given = given;
  self->wrong = g_string_new (NULL);
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) told_free);
  self->interfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) told_free);
  self->run_id = given->run_id;
  self->places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->reference = reference_new (graph, graphs, given->values, given->mappings);
  g_object_set_data_full (G_OBJECT (graph), "graphs", graphs, (GDestroyNotify) g_hash_table_unref);
  if (error || self->reference->error)
    check_plan_error (self, error);
  self->trace = ref_trace_new (plan ? hearth_run_new (plan, NULL) : hearth_run_new_failed (g_steal_pointer (&error), NULL));
  self->reference->run_id = given->run_id;
  hearth_run_set_id (self->trace->run, given->run_id);
  self->trace->cancel_at = given->cancel_at;
  self->trace->cancel_later = given->cancel_later;
  list_guests (self);

  return self;
}

/* The run of @workflow, with what is in the case's cache. */
static Check *
check_new_cached (RefCase       *given,
                  HearthValue   *workflow,
                  MemoryCache   *cache,
                  HearthRunReuse mode)
{
  Check *self = check_new (given, workflow);

  self->keyed = g_ptr_array_new ();
  self->mode = mode;
  self->reference->anew = mode == HEARTH_RUN_REUSE_NOTHING;
  hearth_run_set_cache (self->trace->run, HEARTH_RESULT_CACHE (cache), mode);
  return self;
}

/* The second run of a case, when the first has been checked. */
static Check *
check_new_again (Check       *first,
                 MemoryCache *cache)
{
  Check *self = check_new_cached (first->given, first->given->again, cache, first->given->modes[1]);

  self->before = first;
  self->second_id = g_strconcat (first->run_id, "-again", NULL);
  self->run_id = self->reference->run_id = self->second_id;
  hearth_run_set_id (self->trace->run, self->run_id);
  self->trace->cancel_at = first->given->cancel_again;
  if (first->given->anew)
    {
      self->ids[0] = first->given->anew;
      self->reference->anew_ids = self->ids;
      hearth_run_set_anew (self->trace->run, self->ids);
    }

  return self;
}

static void
check_free (Check *self)
{
  ref_trace_free (self->trace);
  reference_free (self->reference);
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->interfaces);
  g_hash_table_unref (self->places);
  g_clear_pointer (&self->keyed, g_ptr_array_unref);
  g_string_free (self->wrong, TRUE);
  g_free (self->second_id);
  g_free (self);
}

static void
append_trace (GString  *text,
              RefTrace *trace)
{
  for (guint i = 0; i < trace->events->len; i++)
    {
      g_autofree char *line = ref_event_print (ref_trace_at (trace, i));

      g_string_append_printf (text, "  %3u %s%s\n", i, line, (int) i == trace->cancelled ? "   <- cancel" : "");
    }
}

static void
run_checks (GPtrArray *checks,
            guint      limit,
            guint      timeout_ms,
            GString   *wrong)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();
  g_autofree char *complaint = NULL;
  gboolean ended;

  for (guint i = 0; i < checks->len; i++)
    g_ptr_array_add (traces, ((Check *) g_ptr_array_index (checks, i))->trace);
  ended = ref_traces_run (traces, limit, timeout_ms, &complaint);
  if (complaint)
    g_string_append_printf (wrong, "%s\n", complaint);
  for (guint i = 0; i < checks->len; i++)
    {
      Check *check = g_ptr_array_index (checks, i);

      if (ended)
        check_run (check);
      if (check->wrong->len == 0 && (ended || check->trace->n_final > 0))
        continue;
      g_string_append (wrong, check->wrong->str);
      g_string_append (wrong, "All events:\n");
      append_trace (wrong, check->trace);
    }
}

char *
ref_check_cases (RefCase *const *cases,
                 guint           n_cases,
                 guint           limit,
                 guint           timeout_ms)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) check_free);
  g_autoptr (GPtrArray) second = g_ptr_array_new_with_free_func ((GDestroyNotify) check_free);
  g_autoptr (GPtrArray) caches = g_ptr_array_new_with_free_func (g_object_unref);
  GString *wrong = g_string_new (NULL);

  for (guint i = 0; i < n_cases; i++)
    {
      g_ptr_array_add (caches, memory_cache_new ());
      g_ptr_array_add (checks, cases[i]->again ? check_new_cached (cases[i], cases[i]->workflow, caches->pdata[i], cases[i]->modes[0])
                                               : check_new (cases[i], cases[i]->workflow));
    }
  run_checks (checks, limit, timeout_ms, wrong);
  for (guint i = 0; i < n_cases && wrong->len == 0; i++)
    if (cases[i]->again)
      g_ptr_array_add (second, check_new_again (g_ptr_array_index (checks, i), caches->pdata[i]));
  if (second->len > 0)
    run_checks (second, limit, timeout_ms, wrong);

  return g_string_free (wrong, wrong->len == 0);
}

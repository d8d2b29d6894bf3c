/* hearth-snapshot.c: the graph of a run as it was when the run was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-snapshot.h"

#include <string.h>

/* One workflow; its nodes and edges are looked up only when somebody asks. */
typedef struct
{
  HearthValue *workflow;
  GHashTable *nodes; /* id -> stored node, borrowed from the workflow; NULL: not made yet */
  GHashTable *wires; /* target id -> GPtrArray of stored edges, borrowed */
} Index;

struct _HearthSnapshot
{
  gatomicrefcount ref_count;
  GMutex mutex; /* for the lazy parts of the indices */
  Index *index;
  GHashTable *groups; /* workflow id -> Index, or NULL */
};

/* --- one workflow ------------------------------------------------------------------------------- */

static Index *
index_new (HearthGraph *graph)
{
  Index *self = g_new0 (Index, 1);

  self->workflow = hearth_graph_to_value (graph);
  return self;
}

static void
index_free (gpointer data)
{
  Index *self = data;

  hearth_value_unref (self->workflow);
  g_clear_pointer (&self->nodes, g_hash_table_unref);
  g_clear_pointer (&self->wires, g_hash_table_unref);
  g_free (self);
}

static void
add_wire (Index       *self,
          HearthValue *edge)
{
  const char *target = hearth_value_get_member_string (edge, "target", "");
  GPtrArray *wires = g_hash_table_lookup (self->wires, target);

  if (wires == NULL)
    {
      wires = g_ptr_array_new ();
      g_hash_table_insert (self->wires, (gpointer) target, wires);
    }
  g_ptr_array_add (wires, edge);
}

static void
ensure_tables (Index *self)
{
  HearthValue *nodes = hearth_value_get (self->workflow, "nodes");
  HearthValue *edges = hearth_value_get (self->workflow, "edges");

  if (self->nodes != NULL)
    return;
  self->nodes = g_hash_table_new (g_str_hash, g_str_equal);
  self->wires = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (gsize i = 0; nodes != NULL && i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *node = hearth_value_at (nodes, i);

      g_hash_table_insert (self->nodes, (gpointer) hearth_value_get_member_string (node, "id", ""), node);
    }
  for (gsize i = 0; edges != NULL && i < hearth_value_get_length (edges); i++)
    add_wire (self, hearth_value_at (edges, i));
}

/* --- a node anywhere in it ------------------------------------------------------------------------ */

typedef struct
{
  Index *index;
  HearthValue *node;
  gsize prefix; /* bytes of the id before the node's own */
} Place;

static Index *
find_group (HearthSnapshot *self,
            HearthValue    *stored)
{
  HearthNode node = { .config = hearth_value_get_member_kind (stored, "configValues", HEARTH_VALUE_OBJECT) };
  g_autofree char *reference = hearth_node_dup_reference (&node);

  return reference != NULL && self->groups != NULL ? g_hash_table_lookup (self->groups, reference) : NULL;
}

static gboolean find (HearthSnapshot *self,
                      Index          *index,
                      const char     *node_id,
                      gsize           start,
                      Place          *place);

/* "<group>/<inner id>", and "<caller>/<tag>/<inner id>" of a node that calls its workflow. */
static gboolean
find_inside (HearthSnapshot *self,
             Index          *index,
             const char     *node_id,
             gsize           start,
             const char     *slash,
             Place          *place)
{
  g_autofree char *instance = g_strndup (node_id + start, (gsize) (slash - node_id) - start);
  HearthValue *node = g_hash_table_lookup (index->nodes, instance);
  Index *inner = node != NULL ? find_group (self, node) : NULL;
  const char *next = strchr (slash + 1, '/');

  if (inner == NULL)
    return FALSE;
  return find (self, inner, node_id, (gsize) (slash + 1 - node_id), place)
         || (next != NULL && find (self, inner, node_id, (gsize) (next + 1 - node_id), place));
}

static gboolean
find (HearthSnapshot *self,
      Index          *index,
      const char     *node_id,
      gsize           start,
      Place          *place)
{
  ensure_tables (index);
  place->node = g_hash_table_lookup (index->nodes, node_id + start);
  place->index = index;
  place->prefix = start;
  if (place->node != NULL)
    return TRUE;
  for (const char *slash = strchr (node_id + start, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    if (find_inside (self, index, node_id, start, slash, place))
      return TRUE;
  return FALSE;
}

/* --- the whole ------------------------------------------------------------------------------------- */

HearthSnapshot *
_hearth_snapshot_new (HearthGraph *graph)
{
  HearthSnapshot *self = g_new0 (HearthSnapshot, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->index = index_new (graph);
  return self;
}

void
_hearth_snapshot_set_groups (HearthSnapshot *self,
                             GHashTable     *groups)
{
  GHashTableIter iter;
  gpointer id, graph;

  g_clear_pointer (&self->groups, g_hash_table_unref);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, index_free);
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &id, &graph))
    g_hash_table_insert (self->groups, g_strdup (id), index_new (graph));
}

HearthSnapshot *
_hearth_snapshot_ref (HearthSnapshot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
_hearth_snapshot_unref (HearthSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  index_free (self->index);
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static GQuark
snapshot_quark (void)
{
  return g_quark_from_static_string ("hearth-snapshot");
}

void
_hearth_snapshot_attach (HearthSnapshot *self,
                         HearthRun      *run)
{
  g_object_set_qdata_full (G_OBJECT (run), snapshot_quark (), _hearth_snapshot_ref (self),
                           (GDestroyNotify) _hearth_snapshot_unref);
}

HearthSnapshot *
_hearth_snapshot_get_of_run (HearthRun *run)
{
  return g_object_get_qdata (G_OBJECT (run), snapshot_quark ());
}

HearthValue *
_hearth_snapshot_get_workflow (HearthSnapshot *self)
{
  return self->index->workflow;
}

char *
_hearth_snapshot_dup_type (HearthSnapshot *self,
                           const char     *node_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Place place;

  if (!find (self, self->index, node_id, 0, &place))
    return NULL;
  return g_strdup (hearth_value_get_member_string (place.node, "type", NULL));
}

/* --- inputs ------------------------------------------------------------------------------------------- */

static HearthValue *
make_from (const char  *node_id,
           Place       *place,
           HearthValue *edge)
{
  g_autofree char *prefix = g_strndup (node_id, place->prefix);
  g_autofree char *source = g_strconcat (prefix, hearth_value_get_member_string (edge, "source", ""), NULL);

  return hearth_value_object (HEARTH_SNAPSHOT_FROM_KEY, hearth_value_string (source),
                              "slot", hearth_value_string (hearth_value_get_member_string (edge, "sourceHandle", "")),
                              NULL);
}

static char *
dup_target (HearthValue *edge,
            int         *number)
{
  return hearth_handle_parse (hearth_value_get_member_string (edge, "targetHandle", ""), number);
}

static gint
compare_targets (gconstpointer a,
                 gconstpointer b)
{
  int first, second;
  g_autofree char *first_key = dup_target (*(HearthValue *const *) a, &first);
  g_autofree char *second_key = dup_target (*(HearthValue *const *) b, &second);
  int order = strcmp (first_key, second_key);

  return order != 0 ? order : first - second;
}

/* Takes @value. */
static void
set_member (HearthValue **object,
            const char   *key,
            HearthValue  *value)
{
  HearthValue *with = hearth_value_with (*object, key, value);

  hearth_value_unref (value);
  hearth_value_unref (*object);
  *object = with;
}

/* All wires from @first on that lead into the multi-input @key; sets @first behind them. */
static HearthValue *
gather_list (const char *node_id,
             Place      *place,
             GPtrArray  *sorted,
             guint      *first,
             const char *key)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (; *first < sorted->len; ++*first)
    {
      int number;
      g_autofree char *target = dup_target (g_ptr_array_index (sorted, *first), &number);

      if (number < 0 || !g_str_equal (target, key))
        break;
      hearth_builder_add (&list, NULL, make_from (node_id, place, g_ptr_array_index (sorted, *first)));
    }
  return hearth_builder_end_array (&list);
}

/* A wire goes before the value that is stored for the same input; "key__0", "key__1" make an array. */
static HearthValue *
add_wired (HearthValue *inputs,
           const char  *node_id,
           Place       *place,
           GPtrArray   *wires)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (wires, NULL, NULL);
  HearthValue *out = hearth_value_ref (inputs);
  guint i = 0;

  g_ptr_array_sort (sorted, compare_targets);
  while (i < sorted->len)
    {
      int number;
      g_autofree char *key = dup_target (g_ptr_array_index (sorted, i), &number);

      if (number >= 0)
        set_member (&out, key, gather_list (node_id, place, sorted, &i, key));
      else
        set_member (&out, key, make_from (node_id, place, g_ptr_array_index (sorted, i++)));
    }
  return out;
}

HearthValue *
_hearth_snapshot_dup_inputs (HearthSnapshot *self,
                             const char     *node_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (HearthValue) stored = NULL;
  GPtrArray *wires;
  Place place;

  if (!find (self, self->index, node_id, 0, &place))
    return NULL;
  stored = hearth_value_ref_or_null (hearth_value_get_member_kind (place.node, "inputValues", HEARTH_VALUE_OBJECT));
  if (stored == NULL)
    stored = hearth_value_empty_object ();
  wires = g_hash_table_lookup (place.index->wires, node_id + place.prefix);
  return wires != NULL ? add_wired (stored, node_id, &place, wires) : g_steal_pointer (&stored);
}

static HearthValue *
resolve_one (HearthValue        *input,
             HearthOutputsLookup lookup,
             gpointer            user_data)
{
  const char *from = hearth_value_get_member_string (input, HEARTH_SNAPSHOT_FROM_KEY, NULL);
  HearthValue *outputs = from != NULL ? lookup (from, user_data) : NULL;
  HearthValue *value = hearth_value_get (outputs, hearth_value_get_member_string (input, "slot", ""));

  return hearth_value_ref (value != NULL ? value : input);
}

static HearthValue *
resolve_list (HearthValue        *list,
              HearthOutputsLookup lookup,
              gpointer            user_data)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    hearth_builder_add (&out, NULL, resolve_one (hearth_value_at (list, i), lookup, user_data));
  return hearth_builder_end_array (&out);
}

HearthValue *
_hearth_inputs_resolve (HearthValue        *inputs,
                        HearthOutputsLookup lookup,
                        gpointer            user_data)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (inputs); i++)
    {
      HearthValue *input = hearth_value_member_at (inputs, i);

      hearth_builder_add (&out, hearth_value_key_at (inputs, i),
                          hearth_value_is (input, ARRAY) ? resolve_list (input, lookup, user_data)
                                                         : resolve_one (input, lookup, user_data));
    }
  return hearth_builder_end_object (&out);
}

/* hearth-cache-lasts.c: what the nodes of each workflow were computed from the last time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cache-lasts.h"

/* What is known of so many workflows stays in memory. */
#define MAX_WORKFLOWS 64

typedef struct
{
  GHashTable *nodes; /* id -> HearthCacheLast */
  guint64 used;      /* grows with every use of any workflow */
} Workflow;

struct _HearthCacheLasts
{
  GHashTable *workflows; /* id -> Workflow */
  guint64 clock;
};

static void
last_free (gpointer data)
{
  HearthCacheLast *self = data;

  hearth_value_unref (self->parts);
  g_free (self);
}

static void
workflow_free (gpointer data)
{
  Workflow *self = data;

  g_hash_table_unref (self->nodes);
  g_free (self);
}

HearthCacheLasts *
_hearth_cache_lasts_new (void)
{
  HearthCacheLasts *self = g_new0 (HearthCacheLasts, 1);

  self->workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, workflow_free);
  return self;
}

void
_hearth_cache_lasts_free (HearthCacheLasts *self)
{
  g_hash_table_unref (self->workflows);
  g_free (self);
}

static void
forget_oldest (HearthCacheLasts *self)
{
  const char *oldest = NULL;
  guint64 used = G_MAXUINT64;
  GHashTableIter iter;
  gpointer id, workflow;

  g_hash_table_iter_init (&iter, self->workflows);
  while (g_hash_table_iter_next (&iter, &id, &workflow))
    if (((Workflow *) workflow)->used < used)
      {
        used = ((Workflow *) workflow)->used;
        oldest = id;
      }
  if (oldest != NULL)
    g_hash_table_remove (self->workflows, oldest);
}

GHashTable *
_hearth_cache_lasts_use (HearthCacheLasts *self,
                         const char       *workflow_id)
{
  Workflow *workflow = g_hash_table_lookup (self->workflows, workflow_id);

  if (workflow == NULL)
    return NULL;
  workflow->used = ++self->clock;
  return workflow->nodes;
}

GHashTable *
_hearth_cache_lasts_ensure (HearthCacheLasts *self,
                            const char       *workflow_id)
{
  GHashTable *nodes = _hearth_cache_lasts_use (self, workflow_id);
  Workflow *workflow;

  if (nodes != NULL)
    return nodes;
  if (g_hash_table_size (self->workflows) >= MAX_WORKFLOWS)
    forget_oldest (self);
  workflow = g_new0 (Workflow, 1);
  workflow->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, last_free);
  workflow->used = ++self->clock;
  g_hash_table_insert (self->workflows, g_strdup (workflow_id), workflow);
  return workflow->nodes;
}

void
_hearth_cache_lasts_set (GHashTable            *nodes,
                         const char            *node_id,
                         HearthValue           *parts,
                         const HearthResultKey *key)
{
  HearthCacheLast *last = g_new0 (HearthCacheLast, 1);

  last->parts = hearth_value_ref (parts);
  last->has_key = key != NULL;
  if (key != NULL)
    last->key = *key;
  g_hash_table_replace (nodes, g_strdup (node_id), last);
}

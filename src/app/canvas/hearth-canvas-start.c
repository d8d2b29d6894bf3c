/* hearth-canvas-start.c: runs that begin or end at the selected nodes, and nodes that keep their result
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-i18n.h"

static gboolean
can_start (HearthCanvas *self)
{
  HearthRun *run = self->document != NULL ? hearth_document_get_run (self->document) : NULL;

  if (self->document == NULL)
    return FALSE;
  if (run == NULL || hearth_run_status_is_final (hearth_run_get_status (run)))
    return TRUE;
  hearth_canvas_say (self, _ ("This workflow runs already. Stop it first"));
  return FALSE;
}

void
hearth_canvas_run_from (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autofree char *run_id = NULL;

  if (can_start (self))
    run_id = hearth_document_run_from (self->document, (const char *const *) ids);
}

void
hearth_canvas_run_to (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autofree char *run_id = NULL;

  if (can_start (self))
    run_id = hearth_document_run_to (self->document, (const char *const *) ids);
}

/* --- pins ------------------------------------------------------------------------------------ */

static gboolean
can_pin (HearthCanvas *self,
         const char *node_id)
{
  HearthNode *node = hearth_graph_get_node (self->graph, node_id);

  return node->type != NULL && !hearth_node_is_frame (node);
}

/* Without a result there is nothing to keep. */
static gboolean
pin (HearthCanvas *self,
     const char *node_id)
{
  HearthValue *outputs = hearth_card_get_data (hearth_canvas_get_card (self, node_id))->outputs;

  if (!hearth_value_is (outputs, OBJECT))
    return FALSE;
  hearth_document_set_pinned (self->document, node_id, outputs);
  return TRUE;
}

/* As with muting: when all are pinned they are let loose, else all are pinned. */
void
hearth_canvas_pin (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  gboolean all = TRUE, complete = TRUE;

  for (guint i = 0; ids[i] != NULL; i++)
    all = all && (!can_pin (self, ids[i]) || hearth_document_get_pinned (self->document, ids[i]) != NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      gboolean is_pinned = hearth_document_get_pinned (self->document, ids[i]) != NULL;

      if (all && is_pinned)
        hearth_document_set_pinned (self->document, ids[i], NULL);
      else if (!all && !is_pinned && can_pin (self, ids[i]))
        complete = pin (self, ids[i]) && complete;
    }
  if (!complete)
    hearth_canvas_say (self, _ ("There is no result to pin yet. Run the workflow first"));
}

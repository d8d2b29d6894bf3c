/* hearth-graph.h: a workflow as it is edited: nodes, edges, interface, viewport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-catalog.h"

G_BEGIN_DECLS

/**
 * HearthGraphError:
 * @HEARTH_GRAPH_ERROR_SHAPE: the stored workflow is not of the required shape
 * @HEARTH_GRAPH_ERROR_REFUSED: the edit is not allowed (the message says why)
 */
typedef enum
{
  HEARTH_GRAPH_ERROR_SHAPE,
  HEARTH_GRAPH_ERROR_REFUSED,
} HearthGraphError;

#define HEARTH_GRAPH_ERROR (hearth_graph_error_quark ())
GQuark hearth_graph_error_quark (void);

/**
 * HearthNode:
 *
 * One node of a graph; owned by it. The stored JSON object is the truth, the other fields are
 * views of it that are renewed on every change. So whatever Hearth does not know about a node
 * survives every edit. Fields are read only.
 */
struct _HearthNode
{
  char           *id;
  char           *type_id;
  HearthNodeType *type;      /* NULL: unknown type, shown as a placeholder */
  HearthValue    *stored;    /* the whole stored node (workflow-format.md 1.2) */

  double          x, y;      /* relative to the parent frame when there is one */
  double          width;     /* 0 when not stored */
  double          height;
  const char     *parent;    /* id of the frame, or NULL */
  const char     *name;      /* displayName, or NULL */
  HearthValue    *inputs;    /* inputValues, or NULL */
  HearthValue    *config;    /* configValues, or NULL */
  HearthValue    *orders;    /* inputConnectionOrders, or NULL */
  gboolean        bypassed;
  /*< private >*/
  double          rank;      /* grows along the graph's order */
};

/* A box round other nodes (core:frame, or the older "group"): no slots, never runs. */
gboolean        hearth_node_is_frame     (HearthNode *self);
/* What its title bar says: its own name, its type's, or the unknown type's id. */
const char     *hearth_node_get_title    (HearthNode *self);
/* Stored size, else that of its type; 0 when neither says one. Either place may be NULL. */
void            hearth_node_get_size     (HearthNode *self,
                                          double     *width,
                                          double     *height);

#define HEARTH_FRAME_WIDTH  400
#define HEARTH_FRAME_HEIGHT 300

/* One edge; owned by its graph. Its ends may name nodes or slots that do not exist. */
struct _HearthEdge
{
  char        *id;
  char        *source;
  char        *target;
  char        *source_handle; /* "" when null or absent */
  char        *target_handle; /* "key" or "key__n" */
  char        *target_key;    /* the handle without its index */
  int          target_index;  /* n, or -1 */
  HearthValue *stored;
  /*< private >*/
  double       rank;
};

#define HEARTH_TYPE_GRAPH (hearth_graph_get_type ())
G_DECLARE_FINAL_TYPE (HearthGraph, hearth_graph, HEARTH, GRAPH, GObject)

/**
 * HearthGraph::changed:
 *
 * Once after each batch of changes, with the batch: a GPtrArray of #HearthChange.
 * Listeners look at each change's kind and id; there are no finer signals.
 */

HearthGraph *hearth_graph_new            (HearthCatalog *catalog);
/* From a stored workflow. Takes everything it can: edges to nowhere and unknown types are kept.
 * Fails only when the shape is wrong (nodes not an array, a node without id, two nodes of one
 * id, a field of the wrong type); the message names the place ("nodes[3].position.x: …"). */
HearthGraph *hearth_graph_new_from_value (HearthCatalog *catalog,
                                          HearthValue   *workflow,
                                          GError       **error);
/* The stored workflow, member order kept, unknown members included. */
HearthValue *hearth_graph_to_value       (HearthGraph   *self);

HearthCatalog *hearth_graph_get_catalog  (HearthGraph   *self);
/* Looks every node's type up again, after the catalogue changed. */
void         hearth_graph_rebind         (HearthGraph   *self);

guint        hearth_graph_get_n_nodes    (HearthGraph   *self);
HearthNode  *hearth_graph_node_at        (HearthGraph   *self,
                                          guint          index);
HearthNode  *hearth_graph_get_node       (HearthGraph   *self,
                                          const char    *id);
guint        hearth_graph_get_n_edges    (HearthGraph   *self);
HearthEdge  *hearth_graph_edge_at        (HearthGraph   *self,
                                          guint          index);
HearthEdge  *hearth_graph_get_edge       (HearthGraph   *self,
                                          const char    *id);
/* Edges into / out of a node, in graph order; borrowed array, valid until the next change; never NULL. */
GPtrArray   *hearth_graph_get_edges_in   (HearthGraph   *self,
                                          const char    *node_id);
GPtrArray   *hearth_graph_get_edges_out  (HearthGraph   *self,
                                          const char    *node_id);

/* Every member of the workflow that is neither "nodes" nor "edges": name, viewport,
 * interfaceInputs, … Borrowed, or NULL. */
HearthValue *hearth_graph_get_property   (HearthGraph   *self,
                                          const char    *key);
const char  *hearth_graph_get_id         (HearthGraph   *self); /* the workflow's id, or NULL */
const char  *hearth_graph_get_name       (HearthGraph   *self); /* or NULL */

/* --- slots -------------------------------------------------------------- */

/* The slots in force: by mode; for GroupInput and GroupOutput the workflow's interface; for a
 * NodeGroup the interface of the workflow it references; for an unknown type those its edges
 * and values name. A new array of HearthSlot. */
GPtrArray   *hearth_graph_list_inputs    (HearthGraph   *self,
                                          HearthNode    *node);
GPtrArray   *hearth_graph_list_outputs   (HearthGraph   *self,
                                          HearthNode    *node);
/* Edges into one multi-input in their true order (workflow-format.md 1.5 [DO]); new array. */
GPtrArray   *hearth_graph_list_multi     (HearthGraph   *self,
                                          const char    *node_id,
                                          const char    *key);
/* The slot an edge's handle means, as a new reference, or NULL: the slot of that very key first
 * (an interface slot may be called "x__0"), else the multi-input it is a sub-handle of. */
HearthSlot  *hearth_graph_find_input     (HearthGraph   *self,
                                          HearthNode    *node,
                                          const char    *handle);
HearthSlot  *hearth_graph_find_output    (HearthGraph   *self,
                                          HearthNode    *node,
                                          const char    *handle);
/* Can one get from node @from to node @to along the edges? Fast when one end stays the same from
 * call to call, as when an edge is dragged over many slots. */
gboolean     hearth_graph_reaches        (HearthGraph   *self,
                                          const char    *from,
                                          const char    *to);
/* "key__3" -> "key", 3; anything else -> itself, -1. */
char        *hearth_handle_parse         (const char    *handle,
                                          int           *index);

/* The interface of a referenced workflow; the workspace supplies it when files are read or
 * change. Both objects may be NULL: the workflow is missing. Emits ::changed. */
void         hearth_graph_set_group_interface (HearthGraph *self,
                                               const char  *workflow_id,
                                               HearthValue *interface_inputs,
                                               HearthValue *interface_outputs);
/* Ids of the workflows its nodes stand for, call or have as tools; new, NULL-terminated. Accepts the
 * "name (id)" text the frontend's selector stores (nodes.md 3.5). */
char       **hearth_graph_list_references     (HearthGraph *self);
char        *hearth_node_dup_reference        (HearthNode  *node);
/* Those of "toolWorkflows" in its settings, a list of such texts, each once. */
char       **hearth_node_list_tools           (HearthNode  *node);

/* Where the node is drawn: sums up the parent frames. */
void         hearth_graph_get_absolute   (HearthGraph   *self,
                                          HearthNode    *node,
                                          double        *x,
                                          double        *y);

/* --- changes ------------------------------------------------------------- */

typedef enum
{
  HEARTH_CHANGE_NODE,
  HEARTH_CHANGE_EDGE,
  HEARTH_CHANGE_PROPERTY,
  HEARTH_CHANGE_GROUP_INTERFACE, /* announced only, never applied or recorded */
} HearthChangeKind;

/**
 * HearthChange:
 *
 * The smallest edit: element @id goes from @before to @after, its stored JSON on both sides.
 * %NULL before means it is added (at @index, or at the end when -1), %NULL after that it is
 * removed. Turned round it undoes itself; written down it is a journal entry.
 */
struct _HearthChange
{
  HearthChangeKind  kind;
  char             *id;      /* node id, edge id, or property key */
  int               index;
  HearthValue      *before;
  HearthValue      *after;
};

HearthChange *hearth_change_new          (HearthChangeKind   kind,
                                          const char        *id,
                                          int                index,
                                          HearthValue       *before,
                                          HearthValue       *after);
void          hearth_change_free         (HearthChange      *self);
/* Applies a batch in order and emits ::changed once. Values must have been validated by the
 * maker of the change (the edit verbs do). */
void          hearth_graph_apply         (HearthGraph       *self,
                                          GPtrArray         *changes);

G_END_DECLS

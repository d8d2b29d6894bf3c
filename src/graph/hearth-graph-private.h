/* hearth-graph-private.h: what the files of this room share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* The edges at one node; kept also for ids no node has, since edges may lead nowhere. */
typedef struct
{
  GPtrArray *in;  /* of HearthEdge, borrowed, in graph order */
  GPtrArray *out;
} HearthEnds;

/* The interface of a referenced workflow, as slots. */
typedef struct
{
  GPtrArray *inputs;
  GPtrArray *outputs;
  gboolean   missing;
} HearthGroupInterface;

struct _HearthGraph
{
  GObject        parent_instance;

  HearthCatalog *catalog;
  HearthValue   *shell; /* the workflow with empty "nodes" and "edges" in their places */

  GPtrArray     *nodes; /* of HearthNode, owned */
  GHashTable    *node_by_id;
  GPtrArray     *edges; /* of HearthEdge, owned */
  GHashTable    *edge_by_id;
  GHashTable    *ends; /* node id (owned) -> HearthEnds (owned) */

  GHashTable    *groups; /* workflow id -> HearthGroupInterface, owned */

  /* derived, made when asked for */
  GPtrArray     *own_interface[2]; /* slots of GroupInput [0] and GroupOutput [1] */
  GHashTable    *id_counters;      /* base of "<base>_<n>" (owned) -> highest n */
  gint64         frame_time;       /* in the id of the newest frame */
  char          *reach_from;       /* the node @reach_set belongs to */
  gboolean       reach_upstream;
  GHashTable    *reach_set; /* node ids, borrowed */
  char          *asked_from; /* of the last question */
};

/* --- shape of stored JSON ------------------------------------------------- */

typedef enum
{
  HEARTH_SHAPE_STRING,
  HEARTH_SHAPE_NUMBER,
  HEARTH_SHAPE_BOOLEAN,
  HEARTH_SHAPE_OBJECT,
  HEARTH_SHAPE_ARRAY,
} HearthShape;

/* One member of a stored object. Lists end with a NULL @key. A null counts as absent. */
typedef struct
{
  const char *key;
  HearthShape shape;
  gboolean    required;
} HearthShapeField;

gboolean _hearth_shape_check        (HearthValue            *value, /* or NULL: absent */
                                     HearthShape             shape,
                                     const char             *place,
                                     GError                **error);
gboolean _hearth_shape_check_fields (HearthValue            *object,
                                     const HearthShapeField *fields,
                                     const char             *place, /* "" at the top */
                                     GError                **error);
/* Every member of the object @key of @parent must have @shape. */
gboolean _hearth_shape_check_members (HearthValue            *parent,
                                      const char             *key,
                                      HearthShape             shape,
                                      const char             *place,
                                      GError                **error);

void     _hearth_mode_free           (HearthMode             *mode);

/* --- parts ------------------------------------------------------------------ */

char        *_hearth_dup_translated (const char *text,
                                     const char *fallback);
HearthValue *_hearth_parse_declared (const char *json,
                                     const char *place);

gboolean     _hearth_node_check     (HearthValue  *stored,
                                     const char   *place,
                                     GError      **error);
HearthNode  *_hearth_node_new       (const char   *id,
                                     HearthValue  *stored);
void         _hearth_node_set_stored(HearthNode   *self,
                                     HearthValue  *stored);
void         _hearth_node_free      (HearthNode   *self);

gboolean     _hearth_edge_check     (HearthValue  *stored,
                                     const char   *place,
                                     GError      **error);
HearthEdge  *_hearth_edge_new       (const char   *id,
                                     HearthValue  *stored);
void         _hearth_edge_set_stored(HearthEdge   *self,
                                     HearthValue  *stored);
void         _hearth_edge_free      (HearthEdge   *self);

/* --- graph ------------------------------------------------------------------ */

void         _hearth_graph_insert_node (HearthGraph  *self,
                                        HearthNode   *node, /* taken */
                                        int           index);
void         _hearth_graph_insert_edge (HearthGraph  *self,
                                        HearthEdge   *edge, /* taken */
                                        int           index);
void         _hearth_graph_set_shell   (HearthGraph  *self,
                                        HearthValue  *shell);
/* Applies without a word; fills in the index of what is removed, so that it can be undone. */
void         _hearth_graph_apply_one   (HearthGraph  *self,
                                        HearthChange *change);
void         _hearth_graph_announce    (HearthGraph  *self,
                                        GPtrArray    *changes);
void         _hearth_graph_clear_reach (HearthGraph  *self);
void         _hearth_graph_clear_interface (HearthGraph *self);
/* The slots in force; a reference, not to be changed. */
GPtrArray   *_hearth_graph_ref_slots   (HearthGraph  *self,
                                        HearthNode   *node,
                                        gboolean      outputs);
/* The interface of the workflow a NodeGroup references; NULL when it is missing or not known yet. */
HearthGroupInterface *_hearth_graph_get_group (HearthGraph *self,
                                               HearthNode  *node);
/* "input_3": the next key nobody has. */
char        *_hearth_interface_make_key(HearthValue  *interface,
                                        gboolean      outputs);
HearthValue *_hearth_interface_new_open(const char   *key);
void         _hearth_group_interface_free (HearthGroupInterface *self);
/* "<base>_<n>", one higher than any there is or was; never the same twice. */
char        *_hearth_graph_make_id     (HearthGraph  *self,
                                        const char   *base);

HearthChange *_hearth_change_copy      (HearthChange *self);
HearthChange *_hearth_change_invert    (HearthChange *self);
/* What takes @changes back, last one first. */
GPtrArray    *_hearth_changes_invert   (GPtrArray    *changes);

G_END_DECLS

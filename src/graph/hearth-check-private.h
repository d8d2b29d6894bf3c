/* hearth-check-private.h: what the files of the check share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-check.h"
#include "hearth-graph-private.h"

G_BEGIN_DECLS

/* One walk over one graph; walks into groups have an outer one. */
typedef struct _Check Check;
struct _Check
{
  HearthGraph *graph;
  GHashTable  *groups;   /* workflow id -> HearthGraph, or NULL */
  GPtrArray   *problems; /* of HearthProblem */
  GHashTable  *seen;     /* ids of workflows that were walked over */
  Check       *outer;
  HearthNode  *at;    /* the node of @outer that stands for @graph */
  const char  *id;    /* of @graph's workflow, or NULL */
  HearthModelCheck models; /* or NULL */
  gpointer     models_data;
  char       **circles; /* by index in the graph: the sentence of the first node of a circle, or NULL */
};

/* @node NULL: the workflow itself. @sentence is taken and follows the node's name. */
void    _hearth_check_add         (Check              *self,
                                   HearthProblemLevel  level,
                                   HearthProblemCode   code,
                                   HearthNode         *node,
                                   const char         *slot,
                                   char               *sentence);
void    _hearth_check_values      (Check              *self,
                                   HearthNode         *node);
void    _hearth_check_edges       (Check              *self,
                                   HearthNode         *node);
/* The edges whose target is nowhere belong to no node's inputs. */
void    _hearth_check_lost_edges  (Check              *self);
/* For each circle a sentence, at the index of its first node. */
char  **_hearth_check_find_circles (HearthGraph       *graph);

G_END_DECLS

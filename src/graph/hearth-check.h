/* hearth-check.h: everything that is wrong with a graph, in one go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_PROBLEM_WARNING, /* the run goes on without it */
  HEARTH_PROBLEM_ERROR,   /* this node cannot run */
} HearthProblemLevel;

typedef enum
{
  HEARTH_PROBLEM_UNKNOWN_TYPE,
  HEARTH_PROBLEM_MISSING_INPUT,
  HEARTH_PROBLEM_CYCLE,
  HEARTH_PROBLEM_DANGLING_EDGE,    /* an end that is not there */
  HEARTH_PROBLEM_UNKNOWN_SLOT,
  HEARTH_PROBLEM_INCOMPATIBLE,     /* types that do not fit */
  HEARTH_PROBLEM_PLAIN_INTO_STREAM,
  HEARTH_PROBLEM_WRONG_VALUE,      /* a stored value of another type, or outside its range */
  HEARTH_PROBLEM_MISSING_WORKFLOW, /* a NodeGroup whose workflow is not there */
  HEARTH_PROBLEM_RECURSION,        /* a group that contains itself */
  HEARTH_PROBLEM_STREAM_INTO_PLAIN,/* the text of a stream where no text fits */
  HEARTH_PROBLEM_UNREACHABLE,      /* waits for a node that cannot run */
  HEARTH_PROBLEM_NO_CHANNEL,       /* no service is set up that has the node's model */
  HEARTH_PROBLEM_MISSING_KEY,      /* that service wants a key, and none is kept */
  HEARTH_PROBLEM_PLAIN_KEY,        /* a key that is written into the workflow */
} HearthProblemCode;

struct _HearthProblem
{
  HearthProblemLevel  level;
  HearthProblemCode   code;
  char               *node_id; /* NULL: the workflow itself */
  char               *slot;    /* or NULL */
  char               *message; /* a sentence for people, names the node by what the user sees */
};

void       hearth_problem_free   (HearthProblem *self);
const char *hearth_problem_code_to_string (HearthProblemCode code); /* "missing-input" */
/* All problems, in node order. @groups: workflow id -> HearthGraph of all referenced workflows
 * (their own problems are listed with "group/node" ids), or NULL when they were not loaded (then
 * groups are not judged). Frames and other nodes that never run are left alone. */
GPtrArray *hearth_graph_check    (HearthGraph   *self,
                                  GHashTable    *groups);
/* What stands in the way of asking @model, as the end of a sentence, with its @code; NULL: nothing. Must be
 * quick: it is called for every node that names a model. */
typedef char *(*HearthModelCheck) (const char        *model,
                                   HearthProblemCode *code,
                                   gpointer           user_data);
/* The same with what only @models knows; a model that comes over a wire is not judged. */
GPtrArray *hearth_graph_check_with_models (HearthGraph      *self,
                                  GHashTable       *groups,
                                  HearthModelCheck  models,
                                  gpointer          user_data);

G_END_DECLS

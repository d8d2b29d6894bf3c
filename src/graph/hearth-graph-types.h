/* hearth-graph-types.h: the names of the graph room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Lifetimes: a Decl is const C data, a NodeType is what a program knows about a kind of node,
 * a Node stands in a graph; the engine adds the Step, one execution of a node. */
typedef struct _HearthSlotDecl HearthSlotDecl;
typedef struct _HearthModeDecl HearthModeDecl;
typedef struct _HearthNodeDecl HearthNodeDecl;
typedef struct _HearthSlot     HearthSlot;
typedef struct _HearthMode     HearthMode;
typedef struct _HearthNodeType HearthNodeType;
typedef struct _HearthCatalog  HearthCatalog;
typedef struct _HearthNode     HearthNode;
typedef struct _HearthEdge     HearthEdge;
typedef struct _HearthGraph    HearthGraph;
typedef struct _HearthChange   HearthChange;
typedef struct _HearthEdit     HearthEdit;
typedef struct _HearthHistory  HearthHistory;
typedef struct _HearthProblem  HearthProblem;

/* Of the engine; a declaration names it in its functions. */
typedef struct _HearthStep     HearthStep;

/* Types and their order: nodes.md 2.2. */
typedef enum
{
  HEARTH_DATA_STRING,
  HEARTH_DATA_INTEGER,
  HEARTH_DATA_FLOAT,
  HEARTH_DATA_BOOLEAN,
  HEARTH_DATA_OBJECT,
  HEARTH_DATA_ARRAY,
  HEARTH_DATA_BINARY,
  HEARTH_DATA_WILDCARD,
  HEARTH_DATA_CONVERTIBLE_ANY,
} HearthDataType;

#define HEARTH_N_DATA_TYPES (HEARTH_DATA_CONVERTIBLE_ANY + 1)

/* "STRING" …; an unknown name reads as WILDCARD and returns FALSE. */
const char *hearth_data_type_to_string   (HearthDataType  type);
gboolean    hearth_data_type_from_string (const char     *name,
                                          HearthDataType *type);
/* "", 0, false, {} or [], as a connected but empty slot counts; NULL for the other types. Borrowed. */
HearthValue *hearth_data_type_get_zero   (HearthDataType  type);

G_END_DECLS

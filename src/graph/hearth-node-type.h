/* hearth-node-type.h: a kind of node as the program knows it: declaration made ready for use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-decl.h"

G_BEGIN_DECLS

/* One input, output or config entry. Immutable, counted. Comes from a declaration, or from an
 * entry of a workflow's interface (GroupSlotInfo, workflow-format.md 1.4). */
struct _HearthSlot
{
  char            *key;
  HearthDataType   type;
  char            *name;        /* wire display name; falls back to the key */
  char            *title;       /* for our window, translated */
  char            *description; /* translated, or NULL */
  char           **categories;  /* NULL-terminated, never NULL */
  HearthSlotFlags  flags;
  HearthValue     *config;      /* object, or NULL */
  HearthValue     *actions;     /* array, or NULL */
  HearthValue     *default_value; /* config.default, borrowed from @config, or NULL */
  /*< private >*/
  gatomicrefcount  ref_count;
};

HearthSlot  *hearth_slot_new_from_decl      (const HearthSlotDecl *decl);
HearthSlot  *hearth_slot_new_from_interface (const char           *key,
                                             HearthValue          *entry);
HearthSlot  *hearth_slot_ref                (HearthSlot           *self);
void         hearth_slot_unref              (HearthSlot           *self);
gboolean     hearth_slot_has_category       (const HearthSlot     *self,
                                             const char           *category);
#define      hearth_slot_is(s, FLAG)        (((s)->flags & HEARTH_SLOT_##FLAG) != 0)
/* What the editor shows and leaves out of the file (workflow-format.md 3.3) without rule 3, the
 * first suggestion, which no engine applies: what is shown is what runs. NULL stands for the
 * JSON null of that rule set. Borrowed. */
HearthValue *hearth_slot_get_effective_default (const HearthSlot *self);

/* May an edge run from output @source to input @target? (nodes.md 2.4) */
gboolean     hearth_slot_can_connect        (const HearthSlot     *source,
                                             const HearthSlot     *target);
/* The stricter rule a bypassed node passes values by (end of nodes.md 2.4). */
gboolean     hearth_slot_can_pass           (const HearthSlot     *input,
                                             const HearthSlot     *output);

struct _HearthMode
{
  char      *id;
  char      *name;
  char      *title;
  GPtrArray *inputs;  /* of HearthSlot */
  GPtrArray *outputs;
};

/* Immutable once in a catalogue. Fields are read only. */
struct _HearthNodeType
{
  const HearthNodeDecl *decl;
  char                 *id;             /* "core:TextMerge" */
  char                 *space;
  char                 *title;          /* translated */
  char                 *category_title; /* translated */
  char                 *description;    /* translated */
  GPtrArray            *inputs;         /* of HearthSlot, of the default mode */
  GPtrArray            *outputs;
  GPtrArray            *config;
  GPtrArray            *modes;          /* of HearthMode; empty when the type has none */
  HearthValue          *config_values;  /* or NULL */
  HearthValue          *bypass;         /* string "mute", object, or NULL */
  gboolean              streams;        /* some output of the default mode is a stream */
  char                 *workflow_id;    /* of @workflow; or NULL */
  HearthValue          *workflow;       /* of a CALLS type: the one it always calls; or NULL: config names it */
  /*< private >*/
  gpointer              owner;          /* of the declaration, when that is not constant */
  GDestroyNotify        free_owner;
  gatomicrefcount       ref_count;
};

/* Programmer errors in a declaration (bad JSON, unknown default mode) abort with a message. */
HearthNodeType *hearth_node_type_new   (const HearthNodeDecl *decl);
/* From a definition as GET /api/nodes serves it (nodes.md 1.1), which hearth_node_definition_check() has found
 * usable. Its texts are shown as they are. @decl says type, space, category, name, width, mode_key, default_mode,
 * client_script_url, flags and behaviour; it belongs to @owner, which the type takes, and its slot lists are not
 * looked at. @workflow (or NULL): a stored workflow, the one that a HEARTH_NODE_CALLS type calls. */
HearthNodeType *hearth_node_type_new_from_definition (const HearthNodeDecl *decl,
                                                      HearthValue          *definition,
                                                      HearthValue          *workflow,
                                                      gpointer              owner,
                                                      GDestroyNotify        free_owner);
/* HEARTH_GRAPH_ERROR_SHAPE and a sentence that names the place. */
gboolean        hearth_node_definition_check (HearthValue *definition,
                                              GError     **error);
HearthNodeType *hearth_node_type_ref   (HearthNodeType       *self);
void            hearth_node_type_unref (HearthNodeType       *self);
/* The mode named by @config (an object or NULL); NULL when the type has no modes. An unknown
 * mode counts as the default one. */
HearthMode     *hearth_node_type_get_mode    (const HearthNodeType *self,
                                              const HearthValue    *config);
/* Slot lists in force under @config. */
GPtrArray      *hearth_node_type_get_inputs  (const HearthNodeType *self,
                                              const HearthValue    *config);
GPtrArray      *hearth_node_type_get_outputs (const HearthNodeType *self,
                                              const HearthValue    *config);
HearthSlot     *hearth_slots_find            (GPtrArray            *slots,
                                              const char           *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSlot, hearth_slot_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthNodeType, hearth_node_type_unref)

/* Ids the whole program must know by name. */
#define HEARTH_TYPE_ID_GROUP_INPUT  "core:GroupInput"
#define HEARTH_TYPE_ID_GROUP_OUTPUT "core:GroupOutput"
#define HEARTH_TYPE_ID_NODE_GROUP   "core:NodeGroup"
#define HEARTH_TYPE_ID_FRAME        "core:frame"

/* Reserved keys of a node's config; the VueFlow frontend keeps the whole object when it saves. */
#define HEARTH_POLICY_KEY "_policy" /* what happens when it fails: hearth-policy.h */
#define HEARTH_PINNED_KEY "_pinned" /* outputs it completes with instead of running */
/* A policy with onFailure "input" gives the node one more input of this key. */
#define HEARTH_FALLBACK_INPUT "_fallback"

G_END_DECLS

/* hearth-edit-private.h: what the files of the edit verbs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-edit.h"
#include "hearth-graph-private.h"

G_BEGIN_DECLS

struct _HearthEdit
{
  HearthGraph *graph; /* owned */
  char        *label;
  GPtrArray   *changes; /* of HearthChange; several updates of one element in a row are one */
  GHashTable  *latest;  /* "<kind>:<id>" -> the last of its changes, borrowed */
  GPtrArray   *pending; /* applied, not announced yet */
};

/* Applies one change and notes it down. Nothing happens when @after says what is there already. */
void         _hearth_edit_set_node   (HearthEdit   *self,
                                      const char   *id,
                                      HearthValue  *after);
void         _hearth_edit_set_edge   (HearthEdit   *self,
                                      const char   *id,
                                      HearthValue  *after);
void         _hearth_edit_put        (HearthEdit   *self,
                                      const char   *key,
                                      HearthValue  *after);
/* One member of a stored node; @value NULL removes it. */
void         _hearth_edit_set_member (HearthEdit   *self,
                                      HearthNode   *node,
                                      const char   *key,
                                      HearthValue  *value);
/* One member of a member, such as a key of inputValues; an object left empty goes too. */
void         _hearth_edit_set_inner  (HearthEdit   *self,
                                      HearthNode   *node,
                                      const char   *object_key,
                                      const char   *key,
                                      HearthValue  *value);
/* The changes of a later edit become part of this one; both are applied already. */
void         _hearth_edit_absorb     (HearthEdit   *self,
                                      HearthEdit   *later);
/* Each verb ends with it: the listeners hear of all its changes at once. */
void         _hearth_edit_announce   (HearthEdit   *self);

/* Removes edges (ids, strings of their own) and puts the multi-inputs they fed in order. */
void         _hearth_edit_drop_edges (HearthEdit   *self,
                                      GPtrArray    *ids);
/* Drops the edges of a node whose slot is gone or no longer fits. */
void         _hearth_edit_drop_unfit (HearthEdit   *self,
                                      HearthNode   *node);
/* Handles key__0, key__1, … and the order list in the order of @edges. */
void         _hearth_edit_number     (HearthEdit   *self,
                                      const char   *node_id,
                                      const char   *key,
                                      GPtrArray    *edges);
/* Gives an open interface slot the nature of the slot at the other end. */
void         _hearth_edit_adopt      (HearthEdit   *self,
                                      gboolean      outputs,
                                      const char   *key,
                                      HearthSlot   *other);

HearthValue *_hearth_position_new    (HearthValue  *old, /* or NULL */
                                      double        x,
                                      double        y);
/* A fresh id for a node of that type. */
char        *_hearth_edit_make_node_id (HearthEdit *self,
                                        const char *type_id);

G_END_DECLS

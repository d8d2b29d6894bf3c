/* hearth-node-type.c: a kind of node, made ready from its declaration
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-node-type.h"

#include "hearth-graph-private.h"

static GPtrArray *
make_slots (const HearthSlotDecl *decls)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_slot_unref);

  for (; decls != NULL && decls->key != NULL; decls++)
    g_ptr_array_add (slots, hearth_slot_new_from_decl (decls));
  return slots;
}

void
_hearth_mode_free (HearthMode *mode)
{
  g_free (mode->id);
  g_free (mode->name);
  g_free (mode->title);
  g_ptr_array_unref (mode->inputs);
  g_ptr_array_unref (mode->outputs);
  g_free (mode);
}

static GPtrArray *
make_modes (const HearthModeDecl *decls)
{
  GPtrArray *modes = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_mode_free);

  for (; decls != NULL && decls->id != NULL; decls++)
    {
      HearthMode *mode = g_new0 (HearthMode, 1);

      mode->id = g_strdup (decls->id);
      mode->name = g_strdup (decls->name ? decls->name : decls->id);
      mode->title = _hearth_dup_translated (decls->title, mode->name);
      mode->inputs = make_slots (decls->inputs);
      mode->outputs = make_slots (decls->outputs);
      g_ptr_array_add (modes, mode);
    }
  return modes;
}

static HearthMode *
find_mode (const HearthNodeType *self,
           const char           *id)
{
  for (guint i = 0; id != NULL && i < self->modes->len; i++)
    {
      HearthMode *mode = g_ptr_array_index (self->modes, i);

      if (strcmp (mode->id, id) == 0)
        return mode;
    }
  return NULL;
}

static void
take_mode_slots (HearthNodeType *self,
                 HearthMode     *mode)
{
  if (self->decl->inputs == NULL)
    {
      g_ptr_array_unref (self->inputs);
      self->inputs = g_ptr_array_ref (mode->inputs);
    }
  if (self->decl->outputs == NULL)
    {
      g_ptr_array_unref (self->outputs);
      self->outputs = g_ptr_array_ref (mode->outputs);
    }
}

static gboolean
any_stream (GPtrArray *slots)
{
  for (guint i = 0; i < slots->len; i++)
    {
      if (hearth_slot_is ((HearthSlot *) g_ptr_array_index (slots, i), STREAM))
        return TRUE;
    }
  return FALSE;
}

static void
node_type_set_texts (HearthNodeType       *self,
                     const HearthNodeDecl *decl)
{
  self->space = g_strdup (decl->space ? decl->space : "core");
  self->id = g_strconcat (self->space, ":", decl->type, NULL);
  self->title = _hearth_dup_translated (decl->title, decl->name ? decl->name : decl->type);
  self->category_title = _hearth_dup_translated (decl->category_title, decl->category);
  self->description = _hearth_dup_translated (decl->description, "");
}

HearthNodeType *
hearth_node_type_new (const HearthNodeDecl *decl)
{
  HearthNodeType *self;

  g_return_val_if_fail (decl != NULL && decl->type != NULL, NULL);

  self = g_new0 (HearthNodeType, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->decl = decl;
  node_type_set_texts (self, decl);
  self->inputs = make_slots (decl->inputs);
  self->outputs = make_slots (decl->outputs);
  self->config = make_slots (decl->config);
  self->modes = make_modes (decl->modes);
  self->config_values = _hearth_parse_declared (decl->config_values, decl->type);
  self->bypass = _hearth_parse_declared (decl->bypass, decl->type);
  if (self->modes->len > 0)
    {
      HearthMode *mode = find_mode (self, decl->default_mode);

      if (mode == NULL || decl->mode_key == NULL)
        g_error ("The declaration of %s has modes but names no default mode or no config key for it", self->id);
      take_mode_slots (self, mode);
    }
  self->streams = any_stream (self->outputs);
  return self;
}

HearthNodeType *
hearth_node_type_ref (HearthNodeType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_node_type_unref (HearthNodeType *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->space);
  g_free (self->title);
  g_free (self->category_title);
  g_free (self->description);
  g_ptr_array_unref (self->inputs);
  g_ptr_array_unref (self->outputs);
  g_ptr_array_unref (self->config);
  g_ptr_array_unref (self->modes);
  g_clear_pointer (&self->config_values, hearth_value_unref);
  g_clear_pointer (&self->bypass, hearth_value_unref);
  g_clear_pointer (&self->workflow, hearth_value_unref);
  g_free (self->workflow_id);
  if (self->free_owner != NULL)
    self->free_owner (self->owner);
  g_free (self);
}

HearthMode *
hearth_node_type_get_mode (const HearthNodeType *self,
                           const HearthValue    *config)
{
  HearthMode *mode;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->modes->len == 0)
    return NULL;
  mode = find_mode (self, hearth_value_get_member_string (config, self->decl->mode_key, NULL));
  return mode != NULL ? mode : find_mode (self, self->decl->default_mode);
}

GPtrArray *
hearth_node_type_get_inputs (const HearthNodeType *self,
                             const HearthValue    *config)
{
  HearthMode *mode;

  g_return_val_if_fail (self != NULL, NULL);

  mode = hearth_node_type_get_mode (self, config);
  return mode != NULL ? mode->inputs : self->inputs;
}

GPtrArray *
hearth_node_type_get_outputs (const HearthNodeType *self,
                              const HearthValue    *config)
{
  HearthMode *mode;

  g_return_val_if_fail (self != NULL, NULL);

  mode = hearth_node_type_get_mode (self, config);
  return mode != NULL ? mode->outputs : self->outputs;
}

HearthSlot *
hearth_slots_find (GPtrArray  *slots,
                   const char *key)
{
  g_return_val_if_fail (slots != NULL, NULL);

  for (guint i = 0; key != NULL && i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);

      if (strcmp (slot->key, key) == 0)
        return slot;
    }
  return NULL;
}

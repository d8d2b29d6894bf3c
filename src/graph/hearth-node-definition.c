/* hearth-node-definition.c: a kind of node from its definition as it is served (nodes.md 1.1 and 2.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-node-type.h"

#include "hearth-graph-private.h"
#include "hearth-i18n.h"

#define MAX_KEY 64
#define MAX_SLOTS 200 /* of one list */

/* --- checking -------------------------------------------------------------------------- */

static const HearthShapeField definition_fields[] = {
  { "type", HEARTH_SHAPE_STRING, TRUE },
  { "namespace", HEARTH_SHAPE_STRING, FALSE },
  { "category", HEARTH_SHAPE_STRING, TRUE },
  { "displayName", HEARTH_SHAPE_STRING, TRUE },
  { "description", HEARTH_SHAPE_STRING, FALSE },
  { "inputs", HEARTH_SHAPE_OBJECT, TRUE },
  { "outputs", HEARTH_SHAPE_OBJECT, TRUE },
  { "configSchema", HEARTH_SHAPE_OBJECT, FALSE },
  { "configValues", HEARTH_SHAPE_OBJECT, FALSE },
  { "width", HEARTH_SHAPE_NUMBER, FALSE },
  { "clientScriptUrl", HEARTH_SHAPE_STRING, FALSE },
  { "modes", HEARTH_SHAPE_OBJECT, FALSE },
  { "modeConfigKey", HEARTH_SHAPE_STRING, FALSE },
  { "defaultModeId", HEARTH_SHAPE_STRING, FALSE },
  { "isPreviewUnsafe", HEARTH_SHAPE_BOOLEAN, FALSE },
  { 0 },
};

static const HearthShapeField slot_fields[] = {
  { "dataFlowType", HEARTH_SHAPE_STRING, TRUE },
  { "displayName", HEARTH_SHAPE_STRING, FALSE },
  { "description", HEARTH_SHAPE_STRING, FALSE },
  { "isStream", HEARTH_SHAPE_BOOLEAN, FALSE },
  { "required", HEARTH_SHAPE_BOOLEAN, FALSE },
  { "multi", HEARTH_SHAPE_BOOLEAN, FALSE },
  { "matchCategories", HEARTH_SHAPE_ARRAY, FALSE },
  { "allowDynamicType", HEARTH_SHAPE_BOOLEAN, FALSE },
  { "hideHandle", HEARTH_SHAPE_BOOLEAN, FALSE },
  { "config", HEARTH_SHAPE_OBJECT, FALSE },
  { "actions", HEARTH_SHAPE_ARRAY, FALSE },
  { 0 },
};

static const HearthShapeField mode_fields[] = {
  { "displayName", HEARTH_SHAPE_STRING, FALSE },
  { "inputs", HEARTH_SHAPE_OBJECT, TRUE },
  { "outputs", HEARTH_SHAPE_OBJECT, TRUE },
  { 0 },
};

static gboolean
fail (const char *place,
      const char *message,
      GError    **error)
{
  /* Translators: a place in a file, then what is wrong there */
  g_set_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_SHAPE, _("%s: %s"), place, message);
  return FALSE;
}

static gboolean
is_key (const char *key)
{
  return *key != '\0' && strlen (key) <= MAX_KEY
         && key[strspn (key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] == '\0';
}

static gboolean
check_slot (const char  *key,
            HearthValue *slot,
            const char  *place,
            GError     **error)
{
  HearthDataType type;

  /* key__3 is the fourth edge of a multi-input */
  if (!is_key (key) || strstr (key, "__") != NULL)
    return fail (place, _("this name may hold letters, digits, “-” and single “_”, at most 64."), error);
  if (!_hearth_shape_check (slot, HEARTH_SHAPE_OBJECT, place, error)
      || !_hearth_shape_check_fields (slot, slot_fields, place, error))
    return FALSE;
  if (!hearth_data_type_from_string (hearth_value_get_member_string (slot, "dataFlowType", NULL), &type))
    return fail (place, _("there is no such dataFlowType."), error);
  return TRUE;
}

static gboolean
check_slots (HearthValue *parent,
             const char  *key,
             const char  *place,
             GError     **error)
{
  HearthValue *slots = hearth_value_get (parent, key);
  gsize n = slots != NULL ? hearth_value_get_length (slots) : 0;

  if (n > MAX_SLOTS)
    return fail (key, _("a node cannot have that many."), error);
  for (gsize i = 0; i < n; i++)
    {
      const char *slot = hearth_value_key_at (slots, i);
      g_autofree char *at = g_strconcat (place, key, ".", slot, NULL);

      if (!check_slot (slot, hearth_value_member_at (slots, i), at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_modes (HearthValue *definition,
             GError     **error)
{
  HearthValue *modes = hearth_value_get (definition, "modes");
  const char *chosen = hearth_value_get_member_string (definition, "defaultModeId", NULL);

  if (modes == NULL)
    return TRUE;
  if (chosen == NULL || hearth_value_get (modes, chosen) == NULL || hearth_value_get (definition, "modeConfigKey") == NULL)
    return fail ("modes", _("defaultModeId must name one of them, and modeConfigKey the setting that chooses."), error);
  for (gsize i = 0; i < hearth_value_get_length (modes); i++)
    {
      HearthValue *mode = hearth_value_member_at (modes, i);
      g_autofree char *place = g_strconcat ("modes.", hearth_value_key_at (modes, i), ".", NULL);

      if (!_hearth_shape_check (mode, HEARTH_SHAPE_OBJECT, place, error)
          || !_hearth_shape_check_fields (mode, mode_fields, place, error)
          || !check_slots (mode, "inputs", place, error) || !check_slots (mode, "outputs", place, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hearth_node_definition_check (HearthValue *definition,
                              GError     **error)
{
  g_return_val_if_fail (definition != NULL, FALSE);

  if (!_hearth_shape_check (definition, HEARTH_SHAPE_OBJECT, _("The definition"), error)
      || !_hearth_shape_check_fields (definition, definition_fields, "", error))
    return FALSE;
  if (!is_key (hearth_value_get_member_string (definition, "type", "")))
    return fail ("type", _("this name may hold letters, digits, “_” and “-”, at most 64."), error);
  return check_slots (definition, "inputs", "", error) && check_slots (definition, "outputs", "", error)
         && check_slots (definition, "configSchema", "", error) && check_modes (definition, error);
}

/* --- making ------------------------------------------------------------------------------ */

static GPtrArray *
read_slots (HearthValue *parent,
            const char  *key)
{
  HearthValue *slots = hearth_value_get_member_kind (parent, key, HEARTH_VALUE_OBJECT);
  GPtrArray *made = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_slot_unref);

  for (gsize i = 0; slots != NULL && i < hearth_value_get_length (slots); i++)
    g_ptr_array_add (made, hearth_slot_new_from_interface (hearth_value_key_at (slots, i),
                                                           hearth_value_member_at (slots, i)));
  return made;
}

static GPtrArray *
read_modes (HearthValue *definition)
{
  HearthValue *modes = hearth_value_get_member_kind (definition, "modes", HEARTH_VALUE_OBJECT);
  GPtrArray *made = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_mode_free);

  for (gsize i = 0; modes != NULL && i < hearth_value_get_length (modes); i++)
    {
      HearthValue *entry = hearth_value_member_at (modes, i);
      HearthMode *mode = g_new0 (HearthMode, 1);

      mode->id = g_strdup (hearth_value_key_at (modes, i));
      mode->name = g_strdup (hearth_value_get_member_string (entry, "displayName", mode->id));
      mode->title = g_strdup (mode->name);
      mode->inputs = read_slots (entry, "inputs");
      mode->outputs = read_slots (entry, "outputs");
      g_ptr_array_add (made, mode);
    }
  return made;
}

static void
set_workflow (HearthNodeType *self,
              HearthValue    *workflow)
{
  g_autoptr (HearthValue) id = NULL;

  if (workflow == NULL)
    return;
  /* By its id the engine notices when it calls itself. */
  self->workflow_id = g_strconcat ("pack:", self->id, NULL);
  id = hearth_value_string (self->workflow_id);
  self->workflow = hearth_value_with (workflow, "id", id);
}

HearthNodeType *
hearth_node_type_new_from_definition (const HearthNodeDecl *decl,
                                      HearthValue          *definition,
                                      HearthValue          *workflow,
                                      gpointer              owner,
                                      GDestroyNotify        free_owner)
{
  HearthNodeType *self;

  g_return_val_if_fail (decl != NULL && decl->type != NULL && decl->space != NULL, NULL);
  g_return_val_if_fail (hearth_value_is (definition, OBJECT), NULL);

  self = g_new0 (HearthNodeType, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->decl = decl;
  self->owner = owner;
  self->free_owner = free_owner;
  self->space = g_strdup (decl->space);
  self->id = g_strconcat (decl->space, ":", decl->type, NULL);
  self->title = g_strdup (decl->name);
  self->category_title = g_strdup (decl->category);
  self->description = g_strdup (hearth_value_get_member_string (definition, "description", ""));
  self->inputs = read_slots (definition, "inputs");
  self->outputs = read_slots (definition, "outputs");
  self->config = read_slots (definition, "configSchema");
  self->modes = read_modes (definition);
  self->config_values = hearth_value_ref_or_null (hearth_value_get (definition, "configValues"));
  self->bypass = hearth_value_ref_or_null (hearth_value_get (definition, "bypassBehavior"));
  for (guint i = 0; i < self->outputs->len; i++)
    self->streams |= hearth_slot_is ((HearthSlot *) g_ptr_array_index (self->outputs, i), STREAM);
  set_workflow (self, workflow);
  return self;
}

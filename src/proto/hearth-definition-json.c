/* hearth-definition-json.c: node types as GET /api/nodes serves them (nodes.md 1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-definition-json.h"

static void
add_categories (HearthBuilder    *out,
                const HearthSlot *slot)
{
  if (slot->categories[0] != NULL)
    hearth_builder_add (out, "matchCategories", hearth_value_strv ((const char *const *) slot->categories));
}

/* "required" has three states on the wire: true, false and not there. */
static void
add_required (HearthBuilder    *out,
              const HearthSlot *slot)
{
  if (hearth_slot_is (slot, REQUIRED))
    hearth_builder_add (out, "required", hearth_value_boolean (TRUE));
  else if (hearth_slot_is (slot, OPTIONAL))
    hearth_builder_add (out, "required", hearth_value_boolean (FALSE));
}

static void
add_flag (HearthBuilder    *out,
          const HearthSlot *slot,
          HearthSlotFlags   flag,
          const char       *key)
{
  if ((slot->flags & flag) != 0)
    hearth_builder_add (out, key, hearth_value_boolean (TRUE));
}

static HearthValue *
slot_to_json (const HearthSlot *slot)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&out, "dataFlowType", hearth_data_type_to_string (slot->type));
  hearth_builder_add_string (&out, "displayName", slot->name);
  hearth_builder_add_string (&out, "description", slot->description);
  add_flag (&out, slot, HEARTH_SLOT_STREAM, "isStream");
  add_required (&out, slot);
  add_flag (&out, slot, HEARTH_SLOT_MULTI, "multi");
  add_categories (&out, slot);
  add_flag (&out, slot, HEARTH_SLOT_DYNAMIC, "allowDynamicType");
  add_flag (&out, slot, HEARTH_SLOT_HIDE_HANDLE, "hideHandle");
  hearth_builder_add (&out, "config", hearth_value_ref_or_null (slot->config));
  hearth_builder_add (&out, "actions", hearth_value_ref_or_null (slot->actions));
  return hearth_builder_end_object (&out);
}

static HearthValue *
slots_to_json (GPtrArray *slots)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);

      hearth_builder_add (&out, slot->key, slot_to_json (slot));
    }
  return hearth_builder_end_object (&out);
}

static HearthValue *
modes_to_json (GPtrArray *modes)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < modes->len; i++)
    {
      HearthMode *mode = g_ptr_array_index (modes, i);

      hearth_builder_add (&out, mode->id,
                          hearth_value_object ("id", hearth_value_string (mode->id),
                                               "displayName", hearth_value_string (mode->name),
                                               "description", hearth_value_string (mode->title),
                                               "inputs", slots_to_json (mode->inputs),
                                               "outputs", slots_to_json (mode->outputs),
                                               NULL));
    }
  return hearth_builder_end_object (&out);
}

static void
add_mode_keys (HearthBuilder  *out,
               HearthNodeType *type)
{
  if (type->modes->len == 0)
    return;
  hearth_builder_add_string (out, "modeConfigKey", type->decl->mode_key);
  hearth_builder_add_string (out, "defaultModeId", type->decl->default_mode);
}

static void
add_traits (HearthBuilder  *out,
            HearthNodeType *type)
{
  if (type->decl->width > 0)
    hearth_builder_add (out, "width", hearth_value_integer (type->decl->width));
  hearth_builder_add_string (out, "clientScriptUrl", type->decl->client_script_url);
  if ((type->decl->flags & HEARTH_NODE_DYNAMIC_SLOTS) != 0)
    hearth_builder_add (out, "dynamicSlots", hearth_value_boolean (TRUE));
  if ((type->decl->flags & HEARTH_NODE_PREVIEW_UNSAFE) != 0)
    hearth_builder_add (out, "isPreviewUnsafe", hearth_value_boolean (TRUE));
  hearth_builder_add (out, "bypassBehavior", hearth_value_ref_or_null (type->bypass));
  hearth_builder_add (out, "configValues", hearth_value_ref_or_null (type->config_values));
}

HearthValue *
hearth_node_type_to_json (HearthNodeType *type)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (type != NULL, NULL);

  hearth_builder_add_string (&out, "type", type->decl->type);
  hearth_builder_add_string (&out, "namespace", type->space);
  hearth_builder_add_string (&out, "category", type->decl->category);
  hearth_builder_add_string (&out, "displayName", type->decl->name ? type->decl->name : type->decl->type);
  hearth_builder_add_string (&out, "description", type->description ? type->description : "");
  add_traits (&out, type);
  add_mode_keys (&out, type);
  if (type->config->len > 0 || type->decl->config != NULL) /* an empty list is told, too */
    hearth_builder_add (&out, "configSchema", slots_to_json (type->config));
  hearth_builder_add (&out, "inputs", slots_to_json (type->inputs));
  hearth_builder_add (&out, "outputs", slots_to_json (type->outputs));
  if (type->modes->len > 0)
    hearth_builder_add (&out, "modes", modes_to_json (type->modes));
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_catalog_to_json (HearthCatalog *catalog)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (HEARTH_IS_CATALOG (catalog), NULL);

  for (guint i = 0; i < hearth_catalog_get_size (catalog); i++)
    hearth_builder_add (&out, NULL, hearth_node_type_to_json (hearth_catalog_at (catalog, i)));
  return hearth_builder_end_array (&out);
}

/* hearth-workflow-check.c: bodies that save a workflow, down to each node and edge (workflow-format.md 1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"

#include "hearth-body-check-private.h"
#include "hearth-graph-types.h"
#include "hearth-i18n.h"

#define STRING_OR_NULL (HEARTH_KIND (STRING) | HEARTH_KIND (NULL))

static const HearthBodyField create_fields[] = {
  { "name", HEARTH_KIND (STRING), TRUE, 1, 0 },
  { "nodes", HEARTH_KIND (ARRAY), TRUE, 0, 0 },
  { "edges", HEARTH_KIND (ARRAY), TRUE, 0, 0 },
  { "viewport", HEARTH_KIND (OBJECT), TRUE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField update_fields[] = {
  { "name", HEARTH_KIND (STRING), FALSE, 1, 0 },
  { "nodes", HEARTH_KIND (ARRAY), FALSE, 0, 0 },
  { "edges", HEARTH_KIND (ARRAY), FALSE, 0, 0 },
  { "viewport", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField optional_fields[] = {
  { "id", HEARTH_KIND (STRING), FALSE, 1, 0 },
  { "description", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "version", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "creationMethod", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "interfaceInputs", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "interfaceOutputs", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "referencedWorkflows", HEARTH_KIND (ARRAY), FALSE, 0, 0 },
  { "previewTarget", HEARTH_KIND (OBJECT) | HEARTH_KIND (NULL), FALSE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField viewport_fields[] = {
  { "x", HEARTH_KINDS_NUMBER, TRUE, 0, 0 },
  { "y", HEARTH_KINDS_NUMBER, TRUE, 0, 0 },
  { "zoom", HEARTH_KINDS_NUMBER, TRUE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField preview_fields[] = {
  { "nodeId", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "slotKey", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField node_fields[] = {
  { "id", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "type", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "position", HEARTH_KIND (OBJECT), TRUE, 0, 0 },
  { "parentNode", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "width", HEARTH_KINDS_NUMBER, FALSE, 0, 0 },
  { "height", HEARTH_KINDS_NUMBER, FALSE, 0, 0 },
  { "zIndex", HEARTH_KINDS_NUMBER, FALSE, 0, 0 },
  { "displayName", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "customDescription", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "customSlotDescriptions", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "inputValues", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "configValues", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "inputConnectionOrders", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "data", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField position_fields[] = {
  { "x", HEARTH_KINDS_NUMBER, TRUE, 0, 0 },
  { "y", HEARTH_KINDS_NUMBER, TRUE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField edge_fields[] = {
  { "id", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "source", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "target", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "sourceHandle", STRING_OR_NULL, FALSE, 0, 0 },
  { "targetHandle", STRING_OR_NULL, FALSE, 0, 0 },
  { "label", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "type", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "markerEnd", HEARTH_KIND (STRING) | HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "data", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static const HearthBodyField slot_fields[] = {
  { "key", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "dataFlowType", HEARTH_KIND (STRING), TRUE, 0, 0 },
  { "displayName", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "customDescription", HEARTH_KIND (STRING), FALSE, 0, 0 },
  { "required", HEARTH_KIND (BOOLEAN), FALSE, 0, 0 },
  { "config", HEARTH_KIND (OBJECT), FALSE, 0, 0 },
  { "multi", HEARTH_KIND (BOOLEAN), FALSE, 0, 0 },
  { "min", HEARTH_KINDS_NUMBER, FALSE, 0, 0 },
  { "max", HEARTH_KINDS_NUMBER, FALSE, 0, 0 },
  { "isStream", HEARTH_KIND (BOOLEAN), FALSE, 0, 0 },
  { "matchCategories", HEARTH_KIND (ARRAY), FALSE, 0, 0 },
  { "allowDynamicType", HEARTH_KIND (BOOLEAN), FALSE, 0, 0 },
  { "hideHandle", HEARTH_KIND (BOOLEAN), FALSE, 0, 0 },
  { NULL, 0, FALSE, 0, 0 },
};

static void
check_strings (HearthDetails *details,
               HearthValue   *list,
               const char    *field,
               const char    *place)
{
  for (gsize i = 0; hearth_value_is (list, ARRAY) && i < hearth_value_get_length (list); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", place, i);

      _hearth_body_check_kind (details, hearth_value_at (list, i), HEARTH_KIND (STRING), field, at);
    }
}

static void
check_orders (HearthDetails *details,
              HearthValue   *node,
              const char    *place)
{
  HearthValue *orders = hearth_value_get_member_kind (node, "inputConnectionOrders", HEARTH_VALUE_OBJECT);

  for (gsize i = 0; orders != NULL && i < hearth_value_get_length (orders); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s.inputConnectionOrders.%s", place, hearth_value_key_at (orders, i));
      HearthValue *ids = hearth_value_member_at (orders, i);

      if (_hearth_body_check_kind (details, ids, HEARTH_KIND (ARRAY), "nodes", at))
        check_strings (details, ids, "nodes", at);
    }
}

static void
check_slot_texts (HearthDetails *details,
                  HearthValue   *node,
                  const char    *place)
{
  static const char *const sides[] = { "inputs", "outputs" };
  HearthValue *texts = hearth_value_get (node, "customSlotDescriptions");

  for (guint s = 0; s < G_N_ELEMENTS (sides); s++)
    {
      HearthValue *side = hearth_value_get (texts, sides[s]);
      g_autofree char *at = g_strdup_printf ("%s.customSlotDescriptions.%s", place, sides[s]);

      if (side == NULL || !_hearth_body_check_kind (details, side, HEARTH_KIND (OBJECT), "nodes", at))
        continue;
      for (gsize i = 0; i < hearth_value_get_length (side); i++)
        _hearth_body_check_kind (details, hearth_value_member_at (side, i), HEARTH_KIND (STRING), "nodes", at);
    }
}

static void
check_node (HearthDetails *details,
            HearthValue   *node,
            const char    *place)
{
  HearthValue *position = hearth_value_get_member_kind (node, "position", HEARTH_VALUE_OBJECT);

  _hearth_body_check_fields (details, node, node_fields, "nodes", place);
  if (position != NULL)
    {
      g_autofree char *at = g_strconcat (place, ".position", NULL);

      _hearth_body_check_fields (details, position, position_fields, "nodes", at);
    }
  check_orders (details, node, place);
  check_slot_texts (details, node, place);
}

static void
check_list (HearthDetails *details,
            HearthValue   *body,
            const char    *field)
{
  HearthValue *list = hearth_value_get_member_kind (body, field, HEARTH_VALUE_ARRAY);

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", field, i);
      HearthValue *item = hearth_value_at (list, i);

      if (!_hearth_body_check_kind (details, item, HEARTH_KIND (OBJECT), field, place))
        continue;
      if (g_str_equal (field, "nodes"))
        check_node (details, item, place);
      else
        _hearth_body_check_fields (details, item, edge_fields, field, place);
    }
}

static void
check_slot (HearthDetails *details,
            HearthValue   *slot,
            const char    *field,
            const char    *place)
{
  const char *type = hearth_value_get_member_string (slot, "dataFlowType", NULL);
  g_autofree char *categories = g_strconcat (place, ".matchCategories", NULL);
  HearthDataType known;

  _hearth_body_check_fields (details, slot, slot_fields, field, place);
  check_strings (details, hearth_value_get (slot, "matchCategories"), field, categories);
  if (type != NULL && !hearth_data_type_from_string (type, &known))
    {
      g_autofree char *at = g_strconcat (place, ".dataFlowType", NULL);

      _hearth_details_add (details, field, at, _("not a known data type"));
    }
}

static void
check_interface (HearthDetails *details,
                 HearthValue   *body,
                 const char    *field)
{
  HearthValue *slots = hearth_value_get_member_kind (body, field, HEARTH_VALUE_OBJECT);

  for (gsize i = 0; slots != NULL && i < hearth_value_get_length (slots); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s.%s", field, hearth_value_key_at (slots, i));
      HearthValue *slot = hearth_value_member_at (slots, i);

      if (_hearth_body_check_kind (details, slot, HEARTH_KIND (OBJECT), field, place))
        check_slot (details, slot, field, place);
    }
}

static void
check_object (HearthDetails         *details,
              HearthValue           *body,
              const char            *field,
              const HearthBodyField *fields)
{
  HearthValue *object = hearth_value_get_member_kind (body, field, HEARTH_VALUE_OBJECT);

  if (object != NULL)
    _hearth_body_check_fields (details, object, fields, field, field);
}

HearthValue *
hearth_body_check_workflow (HearthValue *body,
                            gboolean     creating)
{
  g_auto (HearthDetails) details = HEARTH_DETAILS_INIT;

  if (!_hearth_body_check_kind (&details, body, HEARTH_KIND (OBJECT), "body", NULL))
    return _hearth_details_end (&details);
  _hearth_body_check_fields (&details, body, creating ? create_fields : update_fields, NULL, NULL);
  _hearth_body_check_fields (&details, body, optional_fields, NULL, NULL);
  check_list (&details, body, "nodes");
  check_list (&details, body, "edges");
  check_object (&details, body, "viewport", viewport_fields);
  check_object (&details, body, "previewTarget", preview_fields);
  check_interface (&details, body, "interfaceInputs");
  check_interface (&details, body, "interfaceOutputs");
  check_strings (&details, hearth_value_get (body, "referencedWorkflows"), "referencedWorkflows", "referencedWorkflows");
  return _hearth_details_end (&details);
}

/* hearth-workflow-fields.c: what a workflow that is sent to be saved may hold, down to each node and edge
 * (workflow-format.md 1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"

#define STRING HEARTH_KIND (STRING)
#define BOOLEAN HEARTH_KIND (BOOLEAN)
#define OBJECT HEARTH_KIND (OBJECT)
#define ARRAY HEARTH_KIND (ARRAY)
#define NUMBER HEARTH_KINDS_NUMBER
#define OR_NULL HEARTH_KIND (NULL)

static const char *const data_types[] = {
  "STRING", "INTEGER", "FLOAT", "BOOLEAN", "OBJECT", "ARRAY", "BINARY", "WILDCARD", "CONVERTIBLE_ANY", NULL,
};

static const HearthBodyField text_entry[] = {
  { .kinds = STRING },
};

static const HearthBodyField ids_entry[] = {
  { .kinds = ARRAY, .items = STRING },
};

/* --- nodes --------------------------------------------------------------------------------- */

static const HearthBodyField position_fields[] = {
  { .key = "x", .kinds = NUMBER, .required = TRUE },
  { .key = "y", .kinds = NUMBER, .required = TRUE },
  { .key = NULL },
};

static const HearthBodyField slot_text_fields[] = {
  { .key = "inputs", .kinds = OBJECT, .entries = text_entry },
  { .key = "outputs", .kinds = OBJECT, .entries = text_entry },
  { .key = NULL },
};

static const HearthBodyField node_fields[] = {
  { .key = "id", .kinds = STRING, .required = TRUE },
  { .key = "type", .kinds = STRING, .required = TRUE, .text = "namespace:type" },
  { .key = "position", .kinds = OBJECT, .required = TRUE, .members = position_fields },
  { .key = "parentNode", .kinds = STRING, .text = "The frame it stands in" },
  { .key = "width", .kinds = NUMBER },
  { .key = "height", .kinds = NUMBER },
  { .key = "zIndex", .kinds = NUMBER },
  { .key = "displayName", .kinds = STRING },
  { .key = "customDescription", .kinds = STRING },
  { .key = "customSlotDescriptions", .kinds = OBJECT, .members = slot_text_fields },
  { .key = "inputValues", .kinds = OBJECT, .text = "Values of inputs that no edge feeds, by key" },
  { .key = "configValues", .kinds = OBJECT, .text = "Settings by key; _policy holds retries and the like" },
  { .key = "inputConnectionOrders", .kinds = OBJECT, .entries = ids_entry, .text = "Edge ids in order, by input" },
  { .key = "data", .kinds = OBJECT },
  { .key = NULL },
};

/* --- edges and slots ------------------------------------------------------------------------ */

static const HearthBodyField edge_fields[] = {
  { .key = "id", .kinds = STRING, .required = TRUE },
  { .key = "source", .kinds = STRING, .required = TRUE },
  { .key = "target", .kinds = STRING, .required = TRUE },
  { .key = "sourceHandle", .kinds = STRING | OR_NULL },
  { .key = "targetHandle", .kinds = STRING | OR_NULL },
  { .key = "label", .kinds = STRING },
  { .key = "type", .kinds = STRING },
  { .key = "markerEnd", .kinds = STRING | OBJECT },
  { .key = "data", .kinds = OBJECT },
  { .key = NULL },
};

static const HearthBodyField slot_fields[] = {
  { .key = "key", .kinds = STRING, .required = TRUE },
  { .key = "dataFlowType", .kinds = STRING, .required = TRUE, .values = data_types },
  { .key = "displayName", .kinds = STRING },
  { .key = "customDescription", .kinds = STRING },
  { .key = "required", .kinds = BOOLEAN },
  { .key = "config", .kinds = OBJECT },
  { .key = "multi", .kinds = BOOLEAN },
  { .key = "min", .kinds = NUMBER },
  { .key = "max", .kinds = NUMBER },
  { .key = "isStream", .kinds = BOOLEAN },
  { .key = "matchCategories", .kinds = ARRAY, .items = STRING },
  { .key = "allowDynamicType", .kinds = BOOLEAN },
  { .key = "hideHandle", .kinds = BOOLEAN },
  { .key = NULL },
};

static const HearthBodyField slot_entry[] = {
  { .kinds = OBJECT, .members = slot_fields },
};

/* --- the workflow ----------------------------------------------------------------------------- */

static const HearthBodyField viewport_fields[] = {
  { .key = "x", .kinds = NUMBER, .required = TRUE },
  { .key = "y", .kinds = NUMBER, .required = TRUE },
  { .key = "zoom", .kinds = NUMBER, .required = TRUE },
  { .key = NULL },
};

static const HearthBodyField preview_fields[] = {
  { .key = "nodeId", .kinds = STRING, .required = TRUE },
  { .key = "slotKey", .kinds = STRING, .required = TRUE },
  { .key = NULL },
};

#define FIELDS(creating) \
  { .key = "name", .kinds = STRING, .required = creating, .min_length = 1, .text = "Becomes the file's name" }, \
  { .key = "nodes", .kinds = ARRAY, .required = creating, .items = OBJECT, .members = node_fields }, \
  { .key = "edges", .kinds = ARRAY, .required = creating, .items = OBJECT, .members = edge_fields }, \
  { .key = "viewport", .kinds = OBJECT, .required = creating, .members = viewport_fields }, \
  { .key = "id", .kinds = STRING, .min_length = 1 }, \
  { .key = "description", .kinds = STRING }, \
  { .key = "version", .kinds = STRING }, \
  { .key = "creationMethod", .kinds = STRING }, \
  { .key = "interfaceInputs", .kinds = OBJECT, .entries = slot_entry }, \
  { .key = "interfaceOutputs", .kinds = OBJECT, .entries = slot_entry }, \
  { .key = "referencedWorkflows", .kinds = ARRAY, .items = STRING, .text = "Ids of the workflows its groups stand for" }, \
  { .key = "previewTarget", .kinds = OBJECT | OR_NULL, .members = preview_fields }, \
  { .key = NULL }

const HearthBodyField hearth_body_new_workflow[] = { FIELDS (TRUE) };
const HearthBodyField hearth_body_workflow[] = { FIELDS (FALSE) };

/* hearth-definition-json.h: node types as GET /api/nodes serves them (nodes.md 1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-catalog.h"

G_BEGIN_DECLS

HearthValue *hearth_node_type_to_json (HearthNodeType *type);
HearthValue *hearth_catalog_to_json   (HearthCatalog  *catalog); /* the bare array */

G_END_DECLS

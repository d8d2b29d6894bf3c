/* hearth-body-check.h: is a request body of the shape a route wants?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthBodyField:
 * @key: member name; a list ends with a NULL key
 * @kinds: allowed kinds, a mask of 1 << HearthValueKind
 * @required: must be there
 * @min_length: of a string or array
 */
typedef struct
{
  const char *key;
  guint       kinds;
  gboolean    required;
  gsize       min_length;
  gsize       max_length; /* 0: no limit; characters of a string */
} HearthBodyField;

#define HEARTH_KIND(K) (1u << HEARTH_VALUE_##K)

/* NULL when it fits; else the `details` object of http-api.md 3: {"<field>": ["<reason>", …]}. */
HearthValue *hearth_body_check          (HearthValue           *body,
                                         const HearthBodyField *fields);
/* Bodies of http-api.md 9.3 and 9.5, down to each node and edge (workflow-format.md 1); reasons
 * name the place. @creating: name, nodes, edges and viewport must be there. */
HearthValue *hearth_body_check_workflow (HearthValue           *body,
                                         gboolean               creating);
/* Body of http-api.md 8.5. */
HearthValue *hearth_body_check_project  (HearthValue           *body);

G_END_DECLS

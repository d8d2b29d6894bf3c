/* hearth-payload.h: what a client sends to be run, and stored workflow files, made into graphs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"
#include "hearth-value.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_PROTO_ERROR_SHAPE,   /* a field is missing or of the wrong type; the message names it */
} HearthProtoError;

#define HEARTH_PROTO_ERROR (hearth_proto_error_quark ())
GQuark hearth_proto_error_quark (void);

/* An execution payload (workflow-format.md 4.1) rather than a stored workflow? */
gboolean     hearth_payload_is_payload     (HearthValue   *value);

/* As a graph, with every quirk of workflow-format.md 4.6 and 4.7 dealt with: frames are dropped,
 * of duplicate node ids the last wins, slot objects of previews are unwrapped. Also takes stored
 * node and edge keys (websocket.md 14, execute_workflow). */
HearthGraph *hearth_payload_to_graph       (HearthValue   *payload,
                                            HearthCatalog *catalog,
                                            GError       **error);
/* outputInterfaceMappings, metadata: borrowed members, or NULL. */
HearthValue *hearth_payload_get_mappings   (HearthValue   *payload);
HearthValue *hearth_payload_get_metadata   (HearthValue   *payload);
/* The payload the frontend would send for @graph (workflow-format.md 4.2), for clients of ours. */
HearthValue *hearth_payload_from_graph     (HearthGraph   *graph,
                                            HearthValue   *metadata);

G_END_DECLS

/* hearth-graph-reading.h: a graph made of JSON on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hearth-graph.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_GRAPH_STORED,  /* hearth_graph_new_from_value() */
  HEARTH_GRAPH_PAYLOAD, /* hearth_payload_to_graph() */
} HearthGraphForm;

/* The checks of ten thousand nodes take a while. The graph has a catalogue of its own. @value: NULL is an error like
 * any other nonsense. */
void         hearth_graph_read_async  (HearthValue         *value,
                                       HearthGraphForm      form,
                                       HearthCatalog       *catalog,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
HearthGraph *hearth_graph_read_finish (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS

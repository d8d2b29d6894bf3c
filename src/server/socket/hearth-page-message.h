/* hearth-page-message.h: what a page sends, read; what is large, on a thread, with the graph it brings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hearth-graph.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* Of a message that is to be run. All NULL: none was made, because there is nothing to make it of. */
typedef struct
{
  HearthGraph *graph;
  GError      *error; /* why there is no graph */
} HearthPageGraph;

void         hearth_page_graph_clear         (HearthPageGraph     *self);

/* @catalog: what the graph is made with. */
void         hearth_page_message_read_async  (GBytes              *text,
                                              HearthCatalog       *catalog,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/* NULL: no JSON. */
HearthValue *hearth_page_message_read_finish (GAsyncResult        *result,
                                              HearthPageGraph     *graph,
                                              GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthPageGraph, hearth_page_graph_clear)

G_END_DECLS

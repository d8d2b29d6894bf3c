/* hearth-local-servers.h: servers of models on this machine, found at their usual ports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outside.h"

#include "hearth-provider.h"

G_BEGIN_DECLS

/* Where a server may be: what a local preset of a provider says. */
typedef struct
{
  const HearthProvider *provider;
  const char           *preset;
  const char           *name;
  const char           *base_url;
} HearthLocalPlace;

/* The search, on its way. Main thread. Gone after its function was called or hearth_local_search_cancel (). */
typedef struct _HearthLocalSearch HearthLocalSearch;

/* @servers: [{"provider", "preset", "name", "baseUrl", "models": as HearthProvider's read_models gives them}], in the
 * order of the places, borrowed; [] when nothing answers as a server of models does. */
typedef void (*HearthLocalServersFunc) (HearthValue *servers,
                                        gpointer     user_data);

/* Asks each place for its models, all at once, a second at most. Only when the user wants to know: nobody likes to be
 * knocked at. @places: of @n_places, or NULL: the local presets of all providers. Never called from within. */
HearthLocalSearch *hearth_local_search_start  (HearthOutside          *outside,
                                               const HearthLocalPlace *places,
                                               gsize                   n_places,
                                               HearthLocalServersFunc  done,
                                               gpointer                user_data);
void               hearth_local_search_cancel (HearthLocalSearch      *self);

G_END_DECLS

/* hearth-route-table.c: the one table of routes, in the order in which they are tried
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The router, the checks of bodies, the OpenAPI document and docs/api.md all follow it.
 */

#include "hearth-routes.h"

static const HearthRouteSection *const sections[] = {
  &hearth_routes_user,
  &hearth_routes_llm,
  &hearth_routes_mcp,
  &hearth_routes_nodes,
  &hearth_routes_projects,
  &hearth_routes_workflows,
  &hearth_routes_library,
  &hearth_routes_characters,
  &hearth_routes_chats,
  &hearth_routes_runs,
  &hearth_routes_execute,
  &hearth_routes_history,
  &hearth_routes_money,
  &hearth_routes_panels,
  &hearth_routes_plugins,
  &hearth_routes_files,
  &hearth_routes_outputs,
  &hearth_routes_api,
  &hearth_routes_status,
  &hearth_routes_older,
  &hearth_routes_static, /* takes every address that is left */
};

const HearthRouteSection *const *
hearth_routes_get_sections (gsize *n_sections)
{
  g_return_val_if_fail (n_sections != NULL, NULL);

  *n_sections = G_N_ELEMENTS (sections);
  return sections;
}

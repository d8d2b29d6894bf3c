/* hearth-routes.h: the sections of the route table, one file for each subject
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-router.h"

G_BEGIN_DECLS

extern const HearthRouteSection hearth_routes_api;
extern const HearthRouteSection hearth_routes_execute;
extern const HearthRouteSection hearth_routes_characters;
extern const HearthRouteSection hearth_routes_chats;
extern const HearthRouteSection hearth_routes_files;
extern const HearthRouteSection hearth_routes_history;
extern const HearthRouteSection hearth_routes_money;
extern const HearthRouteSection hearth_routes_library;
extern const HearthRouteSection hearth_routes_llm;
extern const HearthRouteSection hearth_routes_mcp;
extern const HearthRouteSection hearth_routes_nodes;
extern const HearthRouteSection hearth_routes_older;
extern const HearthRouteSection hearth_routes_outputs;
extern const HearthRouteSection hearth_routes_panels;
extern const HearthRouteSection hearth_routes_plugins;
extern const HearthRouteSection hearth_routes_projects;
extern const HearthRouteSection hearth_routes_runs;
extern const HearthRouteSection hearth_routes_static;
extern const HearthRouteSection hearth_routes_status;
extern const HearthRouteSection hearth_routes_user;
extern const HearthRouteSection hearth_routes_workflows;

G_END_DECLS

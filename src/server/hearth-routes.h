/* hearth-routes.h: every handler of the route table, one file for each subject
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* hearth-routes-nodes.c */
void hearth_route_list_nodes        (HearthRequest *request);
void hearth_route_reload_nodes      (HearthRequest *request);
void hearth_route_get_client_script (HearthRequest *request);

/* hearth-routes-projects.c */
void hearth_route_list_projects     (HearthRequest *request);
void hearth_route_create_project    (HearthRequest *request);
void hearth_route_read_project      (HearthRequest *request);
void hearth_route_update_project    (HearthRequest *request);
void hearth_route_delete_project    (HearthRequest *request);

/* hearth-routes-workflows.c */
void hearth_route_list_workflows    (HearthRequest *request);
void hearth_route_create_workflow   (HearthRequest *request);
void hearth_route_read_workflow     (HearthRequest *request);
void hearth_route_update_workflow   (HearthRequest *request);
void hearth_route_delete_workflow   (HearthRequest *request);

/* hearth-routes-library.c */
void hearth_route_list_library      (HearthRequest *request);
void hearth_route_read_library      (HearthRequest *request);
void hearth_route_refuse_library    (HearthRequest *request);

/* hearth-routes-runs.c */
void hearth_route_get_stats         (HearthRequest *request);
void hearth_route_list_executions   (HearthRequest *request);
void hearth_route_submit_prompt     (HearthRequest *request);
void hearth_route_get_prompt        (HearthRequest *request);
void hearth_route_interrupt         (HearthRequest *request);

/* hearth-routes-history.c */
void hearth_route_read_prompt       (HearthRequest *request);
void hearth_route_list_history      (HearthRequest *request);
void hearth_route_read_history      (HearthRequest *request);
void hearth_route_read_history_value (HearthRequest *request);
void hearth_route_pause_queue       (HearthRequest *request);
void hearth_route_resume_queue      (HearthRequest *request);
void hearth_route_answer_prompt     (HearthRequest *request);

/* hearth-routes-user.c */
void hearth_route_get_current_user  (HearthRequest *request);
void hearth_route_set_user_name     (HearthRequest *request);

/* hearth-routes-files.c */
void hearth_route_list_files        (HearthRequest *request);
void hearth_route_read_file         (HearthRequest *request);

/* hearth-routes-start.c: what the web frontend asks for on its way up */
void hearth_route_list_plugins      (HearthRequest *request);
void hearth_route_list_characters   (HearthRequest *request);
void hearth_route_list_providers    (HearthRequest *request);
void hearth_route_list_channels     (HearthRequest *request);
void hearth_route_list_models       (HearthRequest *request);
void hearth_route_list_sessions     (HearthRequest *request);
void hearth_route_list_panels       (HearthRequest *request);
void hearth_route_get_plugin_file   (HearthRequest *request);

/* hearth-routes-static.c */
void hearth_route_get_avatar        (HearthRequest *request);
void hearth_route_get_page          (HearthRequest *request);

G_END_DECLS

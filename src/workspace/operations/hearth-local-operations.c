/* hearth-local-operations.c: servers of models on this machine that nobody has set up yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-llm-operations.h"
#include "hearth-local-servers.h"
#include "hearth-surroundings-private.h"

static void
found_cb (HearthValue *servers,
          gpointer     user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, hearth_value_ref (servers), (GDestroyNotify) hearth_value_unref);
}

static void
list_local (HearthWorkspace *workspace,
            HearthValue     *arguments,
            GTask           *task)
{
  hearth_local_search_start (workspace->live->outside, NULL, 0, found_cb, task);
}

const HearthOperation hearth_operation_list_local_servers = { .start = list_local };

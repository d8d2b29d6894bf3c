/* hearth-cli-recording.c: `hearthctl run --record` and `--replay`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-before-run.h"

#include "hearth-i18n.h"

gboolean
hearth_cli_begin_recording (HearthWorkspace     *workspace,
                            const char          *record,
                            const char          *replay,
                            HearthSurroundings **surroundings)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (record == NULL && replay == NULL)
    return TRUE;
  if (record != NULL)
    hearth_workspace_record_async (workspace, record, NULL, hearth_cli_keep_cb, &result);
  else
    hearth_workspace_replay_async (workspace, replay, NULL, hearth_cli_keep_cb, &result);
  hearth_cli_await (&result);
  *surroundings = hearth_workspace_surroundings_finish (workspace, result, &error);
  if (*surroundings == NULL)
    hearth_cli_complain ("%s", error->message);
  return *surroundings != NULL;
}

void
hearth_cli_before_run (HearthGraph        *graph,
                       HearthSurroundings *surroundings)
{
  HearthEdit *edit = hearth_edit_new (graph, _("Prepare run"));

  if (surroundings != NULL)
    hearth_surroundings_prepare (surroundings, edit, graph);
  else
    hearth_before_run_apply (edit, graph, hearth_chance_get_default ());
  hearth_edit_free (edit);
}

gboolean
hearth_cli_end_recording (HearthSurroundings *surroundings)
{
  const GError *error;

  if (surroundings == NULL)
    return TRUE;
  while (!hearth_surroundings_is_over (surroundings))
    g_main_context_iteration (NULL, TRUE);
  error = hearth_surroundings_get_error (surroundings);
  if (error != NULL)
    hearth_cli_complain ("%s", error->message);
  return error == NULL;
}

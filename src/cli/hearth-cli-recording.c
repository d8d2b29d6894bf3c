/* hearth-cli-recording.c: `hearthctl run --record` and `--replay`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-i18n.h"

gboolean
hearth_cli_begin_recording (HearthWorkspace *workspace,
                            const char      *record,
                            const char      *replay)
{
  g_autoptr (GError) error = NULL;

  if (record == NULL && replay == NULL)
    return TRUE;
  if (record != NULL ? hearth_workspace_record (workspace, record, &error)
                     : hearth_workspace_replay (workspace, replay, &error))
    return TRUE;
  hearth_cli_complain ("%s", error->message);
  return FALSE;
}

gboolean
hearth_cli_end_recording (HearthWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;

  if (hearth_workspace_finish_recording (workspace, &error))
    return TRUE;
  hearth_cli_complain ("%s", error->message);
  return FALSE;
}

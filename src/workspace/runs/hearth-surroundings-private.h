/* hearth-surroundings-private.h: what a run has around it, from the inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-ledger.h"
#include "hearth-mcp-hub.h"
#include "hearth-model-router.h"
#include "hearth-surroundings.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

struct _HearthSurroundings
{
  GObject parent_instance;

  HearthWorkspace *workspace; /* borrowed; NULL once it is closed */
  HearthSurroundingsKind kind;
  char *path;
  HearthOutside *outside;
  HearthChance *chance;
  HearthLedger *ledger;
  HearthCredentials *credentials;
  HearthFiles *files;
  HearthModelRouter *router;
  HearthMcpHub *mcp;
  gboolean is_taken;          /* a run has it */
  gboolean is_over;
  GError *error;
};

/* When the books are there. @path: of the recording, or NULL. */
HearthSurroundings *_hearth_surroundings_new      (HearthWorkspace    *workspace,
                                                   HearthSurroundingsKind kind,
                                                   const char         *path,
                                                   HearthOutside      *outside);
/* @run finds in it what leads outside. */
void                _hearth_surroundings_add_to_run (HearthSurroundings *self,
                                                   HearthRun          *run);
/* The workspace goes. Waits until a recording is on the disk. */
void                _hearth_surroundings_close    (HearthSurroundings *self);
/* For those who wait in @self no time passes until there is an answer of @job, which is not pushed yet. */
void                _hearth_surroundings_hold     (HearthSurroundings *self,
                                                   HearthJob          *job);
gboolean            _hearth_surroundings_is_replay (HearthSurroundings *self);

G_END_DECLS

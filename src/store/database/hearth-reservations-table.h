/* hearth-reservations-table.h: what calls that are on their way may take, for all processes to see
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-database.h"

G_BEGIN_DECLS

/* Whether a process still goes on; what others have reserved counts no more when they are gone. */
typedef gboolean (*HearthProcessCheck) (const char *process,
                                        gpointer    user_data);

/**
 * HearthClaim:
 * @reservation: {"id", "day", "projectId"?, "cost", "tokens", "dayRoom"?, "projectRoom"?}. The rooms are what the
 *   ceilings leave beside all that this process has spent and reserved, this reservation with it: {"cost"?,
 *   "tokens"?, "calls"?}; what is absent has no ceiling. Money in micro-units
 * @process: our name
 * @currency: calls in others count with the most they can have cost
 */
typedef struct
{
  HearthValue       *reservation;
  const char        *process;
  const char        *currency;
  HearthProcessCheck lives;
  gpointer           user_data;
} HearthClaim;

/* In one transaction: writes the reservation down when what all other processes have spent and reserved has room beside
 * it, else sets @granted to FALSE. FALSE with @error: nobody knows. */
gboolean hearth_reservations_table_claim (HearthDatabase    *self,
                                          const HearthClaim *claim,
                                          gboolean          *granted,
                                          GError           **error);
/* No call came of it. One that did is dropped by hearth_usage_table_add(). */
gboolean hearth_reservations_table_drop  (HearthDatabase    *self,
                                          const char        *id,
                                          GError           **error);

G_END_DECLS

/* hearth-exchange.c: one call on its way, whether over a socket or out of a recording
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

void
hearth_exchange_pause (HearthExchange *self)
{
  g_return_if_fail (self != NULL);

  self->kind->pause (self);
}

void
hearth_exchange_resume (HearthExchange *self)
{
  g_return_if_fail (self != NULL);

  self->kind->resume (self);
}

void
hearth_exchange_cancel (HearthExchange *self)
{
  g_return_if_fail (self != NULL);

  self->kind->cancel (self);
}

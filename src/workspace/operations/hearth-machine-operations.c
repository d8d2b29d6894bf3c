/* hearth-machine-operations.c: what the computer says of itself (http-api.md 18.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-machine-operations.h"

#include "hearth-machine.h"

static HearthValue *
describe (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return hearth_machine_describe ();
}

const HearthOperation hearth_operation_describe_machine = { .work = describe, .place = HEARTH_OPERATION_HELPERS };

/* hearth-program.c: one program, whether it runs or comes out of a recording
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-program-private.h"

void
hearth_program_write (HearthProgram *self,
                      const char    *line)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (line != NULL && strchr (line, '\n') == NULL);

  self->kind->write (self, line);
}

void
hearth_program_pause (HearthProgram *self)
{
  g_return_if_fail (self != NULL);

  self->kind->pause (self);
}

void
hearth_program_resume (HearthProgram *self)
{
  g_return_if_fail (self != NULL);

  self->kind->resume (self);
}

void
hearth_program_stop (HearthProgram *self)
{
  g_return_if_fail (self != NULL);

  self->kind->stop (self, FALSE);
}

void
hearth_program_kill (HearthProgram *self)
{
  g_return_if_fail (self != NULL);

  self->kind->stop (self, TRUE);
}

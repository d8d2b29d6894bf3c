/* case.c: what one run is made from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "generator.h"

#include "hearth-json.h"

RefCase *
ref_case_copy (const RefCase *self)
{
  RefCase *copy = g_memdup2 (self, sizeof *self);

  hearth_value_ref (copy->workflow);
  hearth_value_ref (copy->groups);
  (void) hearth_value_ref_or_null (copy->values);
  (void) hearth_value_ref_or_null (copy->mappings);
  (void) hearth_value_ref_or_null (copy->again);
  copy->anew = g_strdup (self->anew);
  copy->run_id = g_strdup (self->run_id);
  return copy;
}

void
ref_case_free (RefCase *self)
{
  hearth_value_unref (self->workflow);
  hearth_value_unref (self->groups);
  g_clear_pointer (&self->values, hearth_value_unref);
  g_clear_pointer (&self->mappings, hearth_value_unref);
  g_clear_pointer (&self->again, hearth_value_unref);
  g_free (self->anew);
  g_free (self->run_id);
  g_free (self);
}

char *
ref_case_print (const RefCase *self)
{
  g_autoptr (HearthValue) all
      = hearth_value_object ("workflow", hearth_value_ref (self->workflow), "groups", hearth_value_ref (self->groups),
                             "interfaceValues", hearth_value_ref_or_null (self->values), "outputInterfaceMappings",
                             hearth_value_ref_or_null (self->mappings), "again",
                             hearth_value_ref_or_null (self->again), "anew",
                             self->anew ? hearth_value_string (self->anew) : NULL, "reuse",
                             hearth_value_integer (self->modes[0]), "reuseAgain", hearth_value_integer (self->modes[1]), "runId",
                             hearth_value_string (self->run_id), NULL);

  return hearth_json_print_pretty (all);
}

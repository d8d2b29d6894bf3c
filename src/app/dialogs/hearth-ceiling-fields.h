/* hearth-ceiling-fields.h: rows in which a person enters ceilings of what calls to models may cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Money, tokens, calls, seconds. */
#define HEARTH_N_CEILING_FIELDS 4

/* Borrows its rows from where they were put. */
typedef struct
{
  GtkWidget *rows[HEARTH_N_CEILING_FIELDS]; /* of AdwEntryRow */
} HearthCeilingFields;

/* @with_button: each row has a button that emits AdwEntryRow::apply. */
void         hearth_ceiling_fields_init (HearthCeilingFields *self,
                                         gboolean             with_button);
/* @ceilings: {"cost", "tokens", "calls", "seconds"} (hearth-budget.h), or NULL: none. What a person is about to enter
 * stays. */
void         hearth_ceiling_fields_set  (HearthCeilingFields *self,
                                         HearthValue         *ceilings);
/* Empty fields are null: no ceiling. NULL: what stands in a field that is marked now is no number. */
HearthValue *hearth_ceiling_fields_dup  (HearthCeilingFields *self);
/* "2 USD, 50 calls", or that there is none. New string. */
char        *hearth_ceilings_to_words   (HearthValue         *ceilings);

G_END_DECLS

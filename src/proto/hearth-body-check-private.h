/* hearth-body-check-private.h: collecting what is wrong with a body
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-body-check.h"

G_BEGIN_DECLS

/* Reasons by top-level field, in the order in which they were found. */
typedef struct
{
  GPtrArray  *fields;  /* names, owned */
  GHashTable *reasons; /* name -> GPtrArray of texts */
} HearthDetails;

#define HEARTH_DETAILS_INIT { NULL, NULL }

/* @place NULL: the field itself; else a place inside it, which the reason will name. */
void         _hearth_details_add          (HearthDetails         *self,
                                           const char            *field,
                                           const char            *place,
                                           const char            *reason);
/* The `details` object, or NULL when nothing was found. Empties @self. */
HearthValue *_hearth_details_end          (HearthDetails         *self);
void         _hearth_details_clear        (HearthDetails         *self);

/* At the top (@field NULL) each member is its own field; inside, all belong to @field and @place
 * names the object. */
void         _hearth_body_check_fields    (HearthDetails         *details,
                                           HearthValue           *object,
                                           const HearthBodyField *fields,
                                           const char            *field,
                                           const char            *place);
gboolean     _hearth_body_check_kind      (HearthDetails         *details,
                                           HearthValue           *value,
                                           guint                  kinds,
                                           const char            *field,
                                           const char            *place);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthDetails, _hearth_details_clear)

G_END_DECLS

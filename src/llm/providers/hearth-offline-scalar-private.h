/* hearth-offline-scalar-private.h: texts and numbers that fit a schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* What values are made of. */
typedef struct
{
  const char *question;
  GPtrArray *words;   /* of the question, those that say something, each once */
  GArray *numbers;    /* doubles in the question, each once */
  guint next_word;
  guint next_number;
} HearthOfflineStuff;

void         _hearth_offline_stuff_init   (HearthOfflineStuff *self,
                                           const char         *question);
void         _hearth_offline_stuff_clear  (HearthOfflineStuff *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthOfflineStuff, _hearth_offline_stuff_clear)

/* @name: of the member, "" without; @place: in an array, so that no two elements are equal. */
HearthValue *_hearth_offline_make_string  (HearthOfflineStuff *self,
                                           HearthValue        *schema,
                                           const char         *name,
                                           guint               place);
HearthValue *_hearth_offline_make_number  (HearthOfflineStuff *self,
                                           HearthValue        *schema,
                                           const char         *name,
                                           guint               place,
                                           gboolean            is_integer);
/* A text that @pattern takes, unless it has something in it that few patterns have; what may be repeated is, @extra times
 * more than needed. (hearth-offline-pattern.c) */
char        *_hearth_offline_make_match   (const char         *pattern,
                                           guint               extra);
/* The choice that the question names, or one that its hash gives; @choices is not empty. */
HearthValue *_hearth_offline_choose       (HearthOfflineStuff *self,
                                           HearthValue        *choices,
                                           guint               place);

G_END_DECLS

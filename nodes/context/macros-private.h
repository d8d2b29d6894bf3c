/* macros-private.h: what the files about macros share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "macros.h"

G_BEGIN_DECLS

struct _HearthMacros
{
  HearthStep *step;         /* borrowed, or NULL: what changes from run to run is not known */
  GHashTable *texts;        /* folded name -> text */
  GHashTable *variables;    /* of {{setvar}} */
  GHashTable *globals;      /* of {{setglobalvar}} */
  guint64     seed;         /* of what is chosen once for a conversation */
  guint64     chance;       /* of this run; 0: not asked for yet */
  guint       n_choices;
  gsize       growth;       /* bytes that were put in */
  guint       text_hash;    /* of the text that is being expanded */
  guint       n_picks;      /* in it */
  gint64      time_ms;      /* Unix time; 0: not asked for yet */
  gint64      last_said_ms; /* when the user said something; 0: nobody knows */
  gboolean    shows_keys;   /* {{hidden_key}} */
};

/* Each: what stands between the braces is @body, without blanks around it. New string; NULL: nothing that is known here. */
char *_hearth_macros_use_variable (HearthMacros *self,
                                   const char   *body);
char *_hearth_macros_use_chance   (HearthMacros *self,
                                   const char   *body);
char *_hearth_macros_use_time     (HearthMacros *self,
                                   const char   *body);
/* What comes behind "@name:" or "@name::", or blanks when it may; NULL when @body begins otherwise. */
const char *_hearth_macros_find_argument (const char *body,
                                   const char   *name,
                                   gboolean      behind_blank);

G_END_DECLS

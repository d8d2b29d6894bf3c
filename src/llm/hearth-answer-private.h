/* hearth-answer-private.h: what an answer consists of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"

G_BEGIN_DECLS

typedef struct
{
  guint    index; /* place among the calls */
  char    *id;    /* or NULL */
  char    *name;  /* or NULL */
  GString *arguments;
} HearthToolCall;

struct _HearthAnswer
{
  HearthDeltaFunc func;
  gpointer        user_data;

  GString    *text;
  GString    *reasoning;
  GPtrArray  *tool_calls; /* of HearthToolCall */
  GHashTable *by_index;   /* the provider's index → the latest of tool_calls with it */
  HearthUsage usage;
  char       *finish;
  char       *model;
  char       *response_id;
  HearthValue *raw;
  HearthValue *native; /* {provider, turn} */
  gpointer    reader;
  GDestroyNotify free_reader;
  gboolean    is_done;
};

G_END_DECLS

/* check.h: one run, what it told, and what the reference makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "compare.h"
#include "reference.h"
#include "trace.h"

G_BEGIN_DECLS

#define INTERRUPTED "Execution interrupted by user."
#define FINISH "{\"content\":\"Stream ended\",\"type\":\"finish_reason_chunk\"} last\n"

/* What the run told of one node or one interface output. */
typedef struct
{
  GString *text; /* its events, one per line */
  int      began, ended, skipped;
  guint    n_chunks, n_retries, n_tries;
  gboolean      reused;
  const char   *origin;   /* of the run with this id */
  const char   *why_began, *why, *error, *skip_why; /* borrowed from the trace */
  HearthValue  *outputs, *chunk;
} Told;

typedef struct _Check Check;

struct _Check
{
  RefCase    *given;
  const char *ids[2];     /* of nodes that run anew */
  RefTrace   *trace;
  Reference  *reference;
  GHashTable *nodes;      /* id -> Told */
  GHashTable *interfaces; /* key -> Told */
  GString    *wrong;
  gboolean    cancelled;  /* it ended so */
  const char *run_id;
  char       *second_id;  /* or NULL */
  HearthRunReuse mode;
  struct _Check *before;  /* the run whose results are in the cache already, or NULL */
  GPtrArray  *keyed;      /* RefNodes whose results are kept, or looked for; NULL: there is no cache */
  GHashTable *places;     /* RefNode -> workflow and id */
};

void     check_complain    (Check             *self,
                            const char        *format,
                            ...) G_GNUC_PRINTF (2, 3);
void     check_note_event  (Check             *self,
                            const RefEvent    *event,
                            int                number);
Told    *told_get          (GHashTable        *table,
                            const char        *id);
void     told_free         (Told              *self);
void     told_append_event (GString           *text,
                            HearthRunEventKind kind,
                            const char        *id,
                            HearthValue       *value,
                            const char        *message,
                            gboolean           last);
gboolean told_is_shorter   (const char        *expected,
                            const char        *got,
                            const char        *error);

/* check-run.c */
void     check_plan_error  (Check             *self,
                            GError            *error);
void     check_run         (Check             *self);
/* check-reuse.c; first all that have a key, then each */
void     check_list_keyed  (Check             *self,
                            Reference         *reference);
void     check_reuse       (Check             *self,
                            RefNode           *node,
                            Told              *told);
/* check-node.c */
void     check_node        (Check             *self,
                            RefNode           *node);
void     check_group       (Check             *self,
                            Reference         *reference,
                            RefGroup          *group);

G_END_DECLS

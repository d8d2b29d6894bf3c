/* hearth-pack-private.h: what the files of this room share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-expr.h"
#include "hearth-pack.h"
#include "hearth-program.h"
#include "hearth-step.h"

G_BEGIN_DECLS

#define HEARTH_PACK_MAX_OUTPUT ((gsize) 16 << 20) /* bytes of an answer, or of all lines of a program */

/* What the nodes of one pack share. Immutable, counted: a reload makes a new one. Main thread. */
typedef struct
{
  char        *name;
  char        *folder;
  HearthValue *settings;
  gboolean     wants_network;
  gboolean     allows_programs;
  gboolean     allows_network;
  grefcount    ref_count;
} HearthPack;

HearthPack *_hearth_pack_ref   (HearthPack *self);
void        _hearth_pack_unref (HearthPack *self);

/* One kind of node. The declaration comes first, so that a step finds the way back. */
typedef struct
{
  HearthNodeDecl  decl;
  HearthPack     *pack;
  HearthValue    *definition;
  HearthValue    *behavior;   /* "http" or "program" of the definition; borrowed */
  const char     *stream;     /* key of the one output that streams, or NULL */
  GHashTable     *expressions; /* of http: output key -> HearthExpr */
} HearthPackNode;

#define hearth_pack_node_of(step) ((HearthPackNode *) hearth_step_get_decl (step))

/* NULL with a sentence. @workflow: of its behaviour, or NULL. */
HearthNodeType *_hearth_pack_make_type  (HearthPack  *pack,
                                         HearthValue *definition,
                                         HearthValue *workflow,
                                         GError     **error);
/* {"inputs", "config", "settings"} of a step: what a program gets and templates see. New reference. */
HearthValue    *_hearth_pack_dup_world  (HearthStep  *step);

/* --- behaviours -------------------------------------------------------------------------- */

void     _hearth_pack_workflow_start (HearthStep     *step);

gboolean _hearth_pack_http_check     (HearthPackNode *node,
                                      GError        **error);
void     _hearth_pack_http_start     (HearthStep     *step);

gboolean _hearth_pack_program_check  (HearthPackNode *node,
                                      GError        **error);
/* What runs the program of @node in its sandbox: a program and its arguments. NULL with a sentence, above all when the
 * user has not allowed it. */
char   **_hearth_pack_dup_command    (HearthPackNode *node,
                                      GError        **error);
void     _hearth_pack_program_start  (HearthStep     *step);
void     _hearth_pack_program_resume (HearthStep     *step);

/* "timeoutSeconds" of a behaviour. */
guint    _hearth_pack_get_timeout    (HearthValue    *behavior);
/* Sets @error to a sentence about a definition; FALSE. */
gboolean _hearth_pack_fail           (GError        **error,
                                      const char     *message);

/* --- templates: "{settings.url}/words/{inputs.word}" -------------------------------------- */

typedef enum
{
  HEARTH_PACK_PLAIN,
  HEARTH_PACK_URL, /* values are percent-encoded, but for a setting at the very beginning */
} HearthPackQuote;

gboolean     _hearth_pack_template_check  (const char     *text,
                                           GError        **error);
char        *_hearth_pack_template_expand (const char     *text,
                                           HearthPackQuote quote,
                                           HearthValue    *world,
                                           GError        **error);
/* A JSON value in which every text is a template. One that is nothing but a placeholder becomes the value
 * itself; null when there is none. */
gboolean     _hearth_pack_value_check     (HearthValue    *value,
                                           GError        **error);
HearthValue *_hearth_pack_value_expand    (HearthValue    *value,
                                           HearthValue    *world,
                                           GError        **error);

/* --- what a program says -------------------------------------------------------------------- */

typedef enum
{
  HEARTH_PACK_LINE_CHUNK,
  HEARTH_PACK_LINE_OUTPUT,
  HEARTH_PACK_LINE_PROGRESS,
  HEARTH_PACK_LINE_ERROR,
} HearthPackLineKind;

/* One line: {"chunk": …, "output"?: key}, {"output": {…}}, {"progress": …} or {"error": "sentence"}. New reference to
 * the value; NULL with a sentence when it is none of them. @stream: the key chunks may name. */
HearthValue *_hearth_pack_read_line (const char         *line,
                                     gsize               length,
                                     const char         *stream,
                                     HearthPackLineKind *kind,
                                     GError            **error);

G_END_DECLS

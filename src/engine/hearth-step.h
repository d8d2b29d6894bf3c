/* hearth-step.h: one execution of a node, as the node's own code sees it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-engine-types.h"
#include "hearth-node-decl.h"

G_BEGIN_DECLS

/* --- what goes in; any thread during compute, main thread otherwise ------------ */

/* Borrowed; NULL is undefined. A multi-input is an array in edge order, in which an edge
 * without a value counts as null. */
HearthValue        *hearth_step_get_input        (HearthStep   *self,
                                                  const char   *key);
/* As text by JavaScript's rules (hearth_value_to_text); @fallback when undefined or null. New string. */
char               *hearth_step_dup_input_text   (HearthStep   *self,
                                                  const char   *key,
                                                  const char   *fallback);
/* An OBJECT or ARRAY input may come as JSON text (nodes.md 3.4 [DO]); this reads either. New
 * reference; NULL when undefined, and NULL with @error when it is text but not JSON. */
HearthValue        *hearth_step_dup_input_json   (HearthStep   *self,
                                                  const char   *key,
                                                  GError      **error);
HearthValue        *hearth_step_get_config       (HearthStep   *self,   /* value, else config.default, else NULL */
                                                  const char   *key);
const char         *hearth_step_get_mode         (HearthStep   *self);  /* id, or NULL */
/* The stream wired to a stream input; NULL when a plain value or nothing is. Borrowed. */
HearthStreamReader *hearth_step_get_stream       (HearthStep   *self,
                                                  const char   *key);
/* Interface input values of the run: key -> value (GroupInput needs them). Borrowed object. */
HearthValue        *hearth_step_get_run_inputs   (HearthStep   *self);
/* What the run was given of that type or interface (hearth_run_add_service()): borrowed; NULL when there is
 * none, and then the node fails with a sentence that says what it cannot do. Main thread. */
gpointer            hearth_step_get_service      (HearthStep   *self,
                                                  GType         type);
/* For those outside who note what a step did: the run's id and metadata (or NULL) are those of the outermost
 * run, and the path is the node as that run reports it, "loop/0/inner" inside of calls. New string. */
const char         *hearth_step_get_run_id       (HearthStep   *self);
HearthValue        *hearth_step_get_run_metadata (HearthStep   *self);
char               *hearth_step_dup_path         (HearthStep   *self);
const char         *hearth_step_get_node_id      (HearthStep   *self);
const char         *hearth_step_get_type_id      (HearthStep   *self);
/* Of the type as it was when the run was planned. */
const HearthNodeDecl *hearth_step_get_decl       (HearthStep   *self);

/* --- what comes out -------------------------------------------------------------- */

/* Takes @value. Keys outside the declaration are allowed (GroupInput depends on it). */
void                hearth_step_set_output       (HearthStep   *self,
                                                  const char   *key,
                                                  HearthValue  *value);
/* For nodes with stream outputs: hands one chunk (takes it; nodes.md 4, ChunkPayload) to every
 * consumer of every stream output. Never loses a chunk. FALSE: a consumer's queue is full now;
 * stop until the node's resume function is called. An error_chunk ends the step as failed. */
gboolean            hearth_step_yield            (HearthStep   *self,
                                                  HearthValue  *chunk);
/* Ends a step that was begun by the declaration's start function. Exactly one of the two. */
void                hearth_step_complete         (HearthStep   *self);
void                hearth_step_fail             (HearthStep   *self,
                                                  GError       *error); /* taken */

/* The output is not taken: links from it are dead (docs/scheduler.md, "Branches and joins"). Instead
 * of setting it. */
void                hearth_step_set_dead         (HearthStep   *self,
                                                  const char   *key);

/* --- what is another thing in every run ---------------------------------------------------
 * For nodes that may ask for it or not, by their inputs: a result that was made with it is not kept for later runs, whatever
 * the declaration says of reuse. Any thread. A node that waits for time has hearth_step_add_timeout(). */

/* Unix time by the run's clock. */
gint64              hearth_step_get_time_ms      (HearthStep   *self);
/* To begin chance with: another number for each node and each run, but the same in a replay. */
guint64             hearth_step_get_seed         (HearthStep   *self);

/* --- calling another workflow ------------------------------------------------------- */

/* @outputs: the interface outputs, or NULL with @error when the called run failed or was cancelled. */
typedef void      (*HearthStepCalled)            (HearthStep   *self,
                                                  HearthValue  *outputs,
                                                  const GError *error,
                                                  gpointer      user_data);

/* For HEARTH_NODE_CALLS types: runs the referenced workflow with @inputs (interface key -> value)
 * as a run of its own inside this one. Its nodes are reported as "<this node>/<tag>/<inner id>"; it is
 * cancelled with this step, and @called is then not called any more. FALSE when the workflow is not there or
 * contains this node (the step fails with a sentence). */
gboolean            hearth_step_call             (HearthStep   *self,
                                                  const char   *tag,
                                                  HearthValue  *inputs,
                                                  HearthStepCalled called,
                                                  gpointer      user_data);
/* Interface keys of the called workflow, in order; NULL-terminated, borrowed; NULL when it is missing. */
const char *const  *hearth_step_get_call_inputs  (HearthStep   *self);
const char *const  *hearth_step_get_call_outputs (HearthStep   *self);

/* For HEARTH_NODE_TOOLS types. An array of what the step may call: {id, name, description, interfaceInputs,
 * interfaceOutputs} as the workflow's file has them, or {id, error} with a sentence why it cannot be called. */
HearthValue        *hearth_step_dup_tools        (HearthStep   *self);
/* As hearth_step_call(), for the tool @id. FALSE when it cannot be called; the step goes on. */
gboolean            hearth_step_call_tool        (HearthStep   *self,
                                                  const char   *id,
                                                  const char   *tag,
                                                  HearthValue  *inputs,
                                                  HearthStepCalled called,
                                                  gpointer      user_data);

/* --- time and people ------------------------------------------------------------------ */

/* Calls @elapsed once on the main loop, by the run's clock, unless the step ends before. */
typedef void      (*HearthStepElapsed)           (HearthStep   *self,
                                                  gpointer      user_data);
void                hearth_step_add_timeout      (HearthStep   *self,
                                                  guint         milliseconds,
                                                  HearthStepElapsed elapsed,
                                                  gpointer      user_data);
/* Asks a person: emits HEARTH_EVENT_NODE_ASKS with @question (an object; taken) and waits for
 * hearth_run_answer(). @answered gets the answer, or NULL when it was refused. */
typedef void      (*HearthStepAnswered)          (HearthStep   *self,
                                                  HearthValue  *answer,
                                                  gpointer      user_data);
void                hearth_step_ask              (HearthStep   *self,
                                                  HearthValue  *question,
                                                  HearthStepAnswered answered,
                                                  gpointer      user_data);

/* --- meanwhile --------------------------------------------------------------------- */

/* Private data of a start node, freed when the step ends. */
void                hearth_step_set_data         (HearthStep   *self,
                                                  gpointer      data,
                                                  GDestroyNotify destroy);
gpointer            hearth_step_get_data         (HearthStep   *self);
/* Fires when the step should end early. Borrowed; made on first use. */
GCancellable       *hearth_step_get_cancellable  (HearthStep   *self);
gboolean            hearth_step_is_cancelled     (HearthStep   *self);   /* any thread */
/* What the step took of services that cost something, an object for people: {"calls", "promptTokens", …}; told
 * when it ends. Later ones replace earlier ones; tries of one step are to be told together. */
void                hearth_step_set_usage        (HearthStep   *self,
                                                  HearthValue  *usage);
/* One line for the run's log. */
void                hearth_step_log              (HearthStep   *self,
                                                  const char   *message);
/* What the step waits for while it seems to do nothing, a sentence: it stands at the node, and in the log; NULL: it goes on. Main
 * thread. */
void                hearth_step_set_waiting      (HearthStep   *self,
                                                  const char   *sentence);

/* --- chunks ---------------------------------------------------------------------- */

HearthValue        *hearth_chunk_new             (const char   *type,     /* takes @content */
                                                  HearthValue  *content);
HearthValue        *hearth_chunk_new_text        (const char   *text);
HearthValue        *hearth_chunk_new_error       (const char   *message);
HearthValue        *hearth_chunk_new_finish      (const char   *reason);
gboolean            hearth_chunk_is              (HearthValue  *chunk,
                                                  const char   *type);    /* "text_chunk" … */
/* Text of a text_chunk; NULL for others. */
const char         *hearth_chunk_get_text        (HearthValue  *chunk);
/* What an error_chunk says: its content, or the content's message. */
char               *hearth_chunk_dup_error       (HearthValue  *chunk);

G_END_DECLS

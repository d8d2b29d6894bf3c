/* flow.h: what the control-flow nodes share: their settings, decisions, calls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "shapes.h"

G_BEGIN_DECLS

/* --- settings ------------------------------------------------------------------- */

/* As text; @fallback when it is absent, null or empty. New string; @fallback may be NULL. */
char        *hearth_flow_dup_config_text  (HearthStep   *step,
                                           const char   *key,
                                           const char   *fallback);
/* A whole number, brought into the range; text that reads as a number counts as one. */
guint        hearth_flow_get_config_count (HearthStep   *step,
                                           const char   *key,
                                           guint         fallback,
                                           guint         min,
                                           guint         max);
/* The same of a value from anywhere; NULL is @fallback. */
guint        hearth_flow_read_count       (HearthValue  *value,
                                           guint         fallback,
                                           guint         min,
                                           guint         max);

/* --- decisions ------------------------------------------------------------------ */

/* Is the expression true for these variables (an object)? False, null, 0 and "" are not. */
gboolean     hearth_flow_decide           (const char   *expression,
                                           HearthValue  *variables,
                                           gboolean     *is_true,
                                           GError      **error);

/* --- calls of another workflow ----------------------------------------------------- */

/* FALSE: there is no workflow to call, and the step fails with the engine's reason. */
gboolean     hearth_flow_can_call         (HearthStep   *step,
                                           HearthStepCalled called);
/* The interface key that setting @key names, else the first one; NULL without @error when the workflow
 * has none at all. Fails when there is no such key. New string. */
char        *hearth_flow_choose_input     (HearthStep   *step,
                                           const char   *key,
                                           GError      **error);
/* The same of the outputs; "*" names all of them. */
char        *hearth_flow_choose_output    (HearthStep   *step,
                                           const char   *key,
                                           GError      **error);
/* Input @key, an object of interface values; {} when there is none. New reference. */
HearthValue *hearth_flow_dup_shared       (HearthStep   *step,
                                           const char   *key,
                                           GError      **error);
/* What output @key is in @outputs: for "*" the object itself, and null when there is none. New reference. */
HearthValue *hearth_flow_pick_output      (HearthValue  *outputs,
                                           const char   *key);

/* --- slots of nodes that run a workflow; @about says what it is for --------------------------------- */

#define HEARTH_FLOW_SLOT_SHARED(about) \
  { .key = "shared", .type = HEARTH_DATA_OBJECT, .name = "共享输入", .title = N_("Shared Values"), .description = about, \
    .categories = "Json", .flags = HEARTH_SLOT_OPTIONAL }
#define HEARTH_FLOW_SLOT_WORKFLOW(about) \
  { .key = "referencedWorkflowId", .type = HEARTH_DATA_STRING, .name = "引用的工作流", .title = N_("Workflow"), \
    .description = about, .categories = "ResourceId", .flags = HEARTH_SLOT_REQUIRED, \
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "workflow", "label": "工作流" } ], \
                             "placeholder": "选择一个工作流..." }) }

G_END_DECLS

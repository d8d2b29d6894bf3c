/* hearth-node-decl.h: what a node file declares, as const data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chance.h"
#include "hearth-graph-types.h"
#include "hearth-json.h" /* for HEARTH_JSON () */

G_BEGIN_DECLS

typedef enum
{
  HEARTH_SLOT_REQUIRED    = 1 << 0, /* "required": true on the wire */
  HEARTH_SLOT_OPTIONAL    = 1 << 1, /* "required": false; neither: the key is absent */
  HEARTH_SLOT_STREAM      = 1 << 2, /* isStream */
  HEARTH_SLOT_MULTI       = 1 << 3, /* multi: takes several edges, in order */
  HEARTH_SLOT_DYNAMIC     = 1 << 4, /* allowDynamicType: adopts what is connected */
  HEARTH_SLOT_HIDE_HANDLE = 1 << 5, /* hideHandle */
  HEARTH_SLOT_SECRET      = 1 << 6, /* an input that takes a key, or an object with one; not on the wire. What is told of
                                       its values is hidden: hearth_secret_hide_value() */
} HearthSlotFlags;

/**
 * HearthSlotDecl:
 * @name: the display name on the wire, which clients and stored files know; not translated
 * @title: the name in our own window, marked with N_(); NULL: @name is shown
 * @description: marked with N_(), or NULL
 * @categories: match categories separated by spaces (nodes.md 2.3), or NULL
 * @config: HEARTH_JSON ({...}), exactly as it is served (nodes.md 3.3), or NULL
 * @actions: HEARTH_JSON ([...]) (nodes.md 3.4), or NULL
 *
 * One slot. Lists of slots end with an entry whose @key is NULL.
 */
struct _HearthSlotDecl
{
  const char      *key;
  HearthDataType   type;
  const char      *name;
  const char      *title;
  const char      *description;
  const char      *categories;
  HearthSlotFlags  flags;
  const char      *config;
  const char      *actions;
};

/* One of several slot sets of a node (nodes.md 1.1, "modes"). Lists end with a NULL @id. */
struct _HearthModeDecl
{
  const char           *id;
  const char           *name;
  const char           *title;
  const HearthSlotDecl *inputs;
  const HearthSlotDecl *outputs;
};

typedef enum
{
  HEARTH_NODE_DYNAMIC_SLOTS  = 1 << 0, /* dynamicSlots: the slots are the workflow's interface */
  HEARTH_NODE_PREVIEW_UNSAFE = 1 << 1, /* isPreviewUnsafe: never runs in a preview */
  HEARTH_NODE_CALLS          = 1 << 2, /* runs the workflow its referencedWorkflowId names, by
                                          hearth_step_call(), rather than being expanded into it */
  HEARTH_NODE_TOOLS          = 1 << 3, /* may run the workflows its toolWorkflows lists, by
                                          hearth_step_call_tool() */
} HearthNodeFlags;

/* When a node with several links starts (docs/scheduler.md, "Branches and joins"). A link is dead
 * when its source was skipped or did not take that output. */
typedef enum
{
  HEARTH_JOIN_ALL,     /* all links are there; one dead link skips the node */
  HEARTH_JOIN_FIRST,   /* the first value suffices, later ones are ignored; all dead: skipped */
  HEARTH_JOIN_SETTLED, /* every link is there or dead; dead ones are undefined; all dead: skipped */
} HearthJoin;

/* May an earlier result stand for a new execution? */
typedef enum
{
  HEARTH_REUSE_NEVER,   /* it has effects, asks a person, or only makes sense in time */
  HEARTH_REUSE_OUTSIDE, /* depends on something outside (a model, a file); reused when the user asks for it */
  HEARTH_REUSE_PURE,    /* same inputs, same outputs; but for what it makes of the time or of chance (hearth-step.h) */
} HearthReuse;

/**
 * HearthNodeDecl:
 * @type: base type name; the full id is "namespace:type"
 * @space: the namespace; NULL is "core"
 * @category: as on the wire; @category_title: N_() for our window
 * @name: the display name on the wire, with its emoji; @icon: that emoji alone, or NULL
 * @title, @description: N_() texts for our window (the description also goes over the wire)
 * @width: initial width in canvas units, 0 for the default
 * @inputs, @outputs, @config: slot lists; with @modes they are those of the default mode. NULL is empty
 * @mode_key: the config key that holds the mode's id
 * @config_values: HEARTH_JSON ({...}), the config of a freshly dropped node, or NULL
 * @client_script_url: path of the browser script as served, or NULL; its text lies in the
 *   resource "/io/github/hearthstudio/Hearth/nodes/" + url
 * @bypass: HEARTH_JSON of bypassBehavior (nodes.md 1.1), or NULL
 * @model_input: key of the input that names the model to ask, or a list of such; or NULL. A check says so when
 *   nobody has that model
 * @file_configs: keys of settings that name files the node reads (NULL at the end), or NULL. The state of the files belongs
 *   to what its result is made from
 * @version: raise it when the same inputs give another result than before
 *
 * Behaviour: exactly one of @run, @compute and @start, or none for a node that only passes through.
 *
 * @run: quick (well under a millisecond); called on the main loop
 * @compute: pure work of any length; called on a worker thread; touches nothing but its step's
 *   inputs, config and outputs. Must poll hearth_step_is_cancelled() in long loops.
 *   Both return FALSE with @error set when the node fails.
 * @start: work that waits (timers, streams, network); called on the main loop, returns at once and
 *   ends the step later with hearth_step_complete() or hearth_step_fail(). When the step is
 *   cancelled its GCancellable fires and the node must still end it promptly.
 * @resume: for nodes that yield: called when hearth_step_yield() has said "full" and there is
 *   room again
 * @join: how the node joins branches, by its config; NULL is HEARTH_JOIN_ALL
 * @reuse: see #HearthReuse; NEVER unless the declaration says otherwise
 * @resource: what the step occupies while it runs, such as "host:api.example.org" (new string, or
 *   NULL for nothing): at most so many steps at once as hearth_limiter_set_cap() allows
 * @before_run: for runs that start on our side, without a browser: new input values
 *   (an object overlaid on the stored ones, which is then saved with the workflow), or NULL for
 *   no change. Does what the node's browser script does before a run. What is by chance in it is drawn from @chance,
 *   the run's.
 */
struct _HearthNodeDecl
{
  const char           *type;
  const char           *space;
  const char           *category;
  const char           *category_title;
  const char           *name;
  const char           *title;
  const char           *icon;
  const char           *description;
  int                   width;
  const HearthSlotDecl *inputs;
  const HearthSlotDecl *outputs;
  const HearthSlotDecl *config;
  const HearthModeDecl *modes;
  const char           *mode_key;
  const char           *default_mode;
  const char           *config_values;
  const char           *client_script_url;
  const char           *bypass;
  HearthNodeFlags       flags;
  const char           *model_input;
  const char *const    *file_configs;
  int                   version;
  HearthReuse           reuse;
  HearthJoin          (*join)       (HearthValue  *config);
  char               *(*resource)   (HearthStep   *step);

  gboolean            (*run)        (HearthStep   *step,
                                     GError      **error);
  gboolean            (*compute)    (HearthStep   *step,
                                     GError      **error);
  void                (*start)      (HearthStep   *step);
  void                (*resume)     (HearthStep   *step);
  HearthValue        *(*before_run) (HearthValue  *input_values,
                                     HearthChance *chance);
};

G_END_DECLS

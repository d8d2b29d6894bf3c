/* tool.h: what a model may call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "shapes.h"

G_BEGIN_DECLS

typedef struct _HearthTool     HearthTool;
typedef struct _HearthToolCall HearthToolCall;

/* @result: any value; or NULL with @error: its message is for people, the model gets hearth_error_get_plain(). Both borrowed. */
typedef void (*HearthToolDone) (HearthToolCall *call,
                                HearthValue    *result,
                                const GError   *error);

/**
 * HearthTool:
 * @name: as models call it: letters, digits, _ and -, at most 64
 * @description: what it does, for the model; maybe ""
 * @parameters: JSON schema of an object
 * @id: what it is to its kind
 * @about: what its kind knows of it, or NULL
 * @begin: begins a call; call->done is called once, from within or later
 *
 * A workflow, an address, a tool of an MCP server: each kind fills it in.
 */
struct _HearthTool
{
  char        *name;
  char        *description;
  HearthValue *parameters;
  char        *id;
  HearthValue *about;
  void       (*begin) (HearthToolCall *call);
};

/**
 * HearthToolCall:
 * @tag: of what runs inside of the step, such as "1.0"
 * @state: of the kind while the call goes on; @take_back frees it and ends the call
 */
struct _HearthToolCall
{
  HearthTool    *tool; /* borrowed */
  HearthStep    *step; /* borrowed */
  char          *tag;
  HearthValue   *arguments;
  HearthToolDone done;
  gpointer       user_data;
  gpointer       state;
  GDestroyNotify take_back;
};

/* Takes @parameters; @name is made one that models can call. */
HearthTool     *hearth_tool_new            (const char     *name,
                                            const char     *description,
                                            HearthValue    *parameters);
void            hearth_tool_free           (HearthTool     *self);
/* Not begun yet. */
HearthToolCall *hearth_tool_call_new       (HearthTool     *self,
                                            HearthStep     *step,
                                            const char     *tag,
                                            HearthValue    *arguments,
                                            HearthToolDone  done,
                                            gpointer        user_data);
/* Calls the tool when the arguments fit its parameters; otherwise @done hears at once what is wrong. */
void            hearth_tool_call_begin     (HearthToolCall *self);
/* Ends the call when it still goes on. */
void            hearth_tool_call_free      (HearthToolCall *self);
/* {name, description, parameters} of each, for a request. */
HearthValue    *hearth_tools_describe      (GPtrArray      *tools);
/* NULL: there is none of that name. */
HearthTool     *hearth_tools_find          (GPtrArray      *tools,
                                            const char     *name);
/* Takes @tool; when another has its name, it gets a number behind it. */
void            hearth_tools_add           (GPtrArray      *tools,
                                            HearthTool     *tool);

/* --- kinds ----------------------------------------------------------------------------------------- */

/* The workflows of the step (HEARTH_NODE_TOOLS). FALSE with @error when one of them is not there. */
gboolean        hearth_tools_add_workflows (GPtrArray      *tools,
                                            HearthStep     *step,
                                            GError        **error);
/* @list: [{name, description?, method?, url, parameters?}]. "{word}" in url is replaced by that argument; the other arguments go
 * into the query, or for POST, PUT and PATCH into a JSON body. The host is never the model's to choose. */
gboolean        hearth_tools_add_http      (GPtrArray      *tools,
                                            HearthValue    *list,
                                            GError        **error);

/* MCP servers must be asked what they have. @ended is called once, later; it is gone then. */
typedef struct _HearthToolSearch HearthToolSearch;
typedef void  (*HearthToolSearchEnded)     (const GError   *error,
                                            gpointer        user_data);
/* Adds the tools of @servers (an array of texts, not empty: "server" for all of its tools or "server/tool" for one) to @tools.
 * NULL with @error: the run knows no such servers. */
HearthToolSearch *hearth_tools_search_mcp  (GPtrArray      *tools,
                                            HearthStep     *step,
                                            HearthValue    *servers,
                                            HearthToolSearchEnded ended,
                                            gpointer        user_data,
                                            GError        **error);
void            hearth_tool_search_free    (HearthToolSearch *self);

G_END_DECLS

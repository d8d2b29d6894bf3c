/* hearth-window-private.h: what the files of the window share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-dock.h"
#include "hearth-inspector.h"
#include "hearth-queue-button.h"
#include "hearth-side-pane.h"
#include "hearth-start-page.h"
#include "hearth-window.h"

G_BEGIN_DECLS

struct _HearthWindow
{
  AdwApplicationWindow  parent_instance;

  /* template */
  AdwToastOverlay      *toasts;
  GtkStack             *stack;
  HearthStartPage      *start;
  AdwStatusPage        *failure;
  GtkWidget            *add_button;
  GtkWidget            *side_button;
  GtkWidget            *inspector_button;
  GtkButton            *project_button;
  GtkLabel             *project_label;
  GtkLabel             *arrow;
  GtkLabel             *title;
  GtkLabel             *status;
  AdwSplitButton       *run_button;
  GtkImage             *run_icon;
  GtkLabel             *run_label;
  HearthQueueButton    *queue;
  AdwTabBar            *tab_bar;
  AdwTabView           *tabs;
  GtkStack             *tab_stack;
  AdwFlap              *side_flap;
  AdwFlap              *inspector_flap;
  HearthSidePane       *side_pane;
  HearthInspector      *inspector;
  HearthDock           *dock;

  /* owned */
  GSettings            *settings;
  HearthWorkspace      *workspace;
  GCancellable         *cancellable;     /* cancelled when the window goes */
  char                 *project_id;      /* NULL: none is open */
  char                 *project_name;
  GSignalGroup         *document_signals; /* of the page in front */
  GSignalGroup         *log_signals;
  GtkFileChooserNative *chooser;

  guint                 is_restoring : 1; /* tabs come back; what is open is not written down */
  guint                 is_closing : 1;   /* the user was asked about everything */
  guint                 wants_hint : 1;   /* the first workflow to open shows where Run is */
  guint                 is_narrow : 1;
  guint                 is_preparing : 1; /* a recording is opened; its run comes then */
};

/* --- hearth-window-actions.c --- */
void              _hearth_window_add_actions    (HearthWindow     *self);
/* Which verbs make sense now. */
void              _hearth_window_update_actions (HearthWindow     *self);

/* --- hearth-window-layout.c --- */
void              _hearth_window_begin_layout   (HearthWindow     *self);
void              _hearth_window_save_layout    (HearthWindow     *self);

/* --- hearth-window-project.c --- */
/* NULL: back to the start page. */
void              _hearth_window_set_project    (HearthWindow     *self,
                                                 const char       *project_id);
/* NULL: a new one. */
void              _hearth_window_open_workflow  (HearthWindow     *self,
                                                 const char       *workflow_id);
HearthEditorPage *_hearth_window_add_document   (HearthWindow     *self,
                                                 HearthDocument   *document);
/* Writes down which tabs are open. */
void              _hearth_window_save_tabs      (HearthWindow     *self);
HearthEditorPage *_hearth_window_get_nth_page   (HearthWindow     *self,
                                                 int               index);

/* --- hearth-window-save.c --- */
/* Asks for a name when it has none yet. With @close_tab the page closes once it is saved. */
void              _hearth_window_save           (HearthWindow     *self,
                                                 HearthEditorPage *page,
                                                 gboolean          close_tab);
gboolean          _hearth_window_close_page     (HearthWindow     *self,
                                                 AdwTabPage       *tab);
/* Asks about what is not saved; TRUE: nothing to ask, go on. Calls @then(self) when the answer
 * allows to go on. */
gboolean          _hearth_window_ask_to_leave   (HearthWindow     *self,
                                                 void            (*then) (HearthWindow *self));

/* --- hearth-window-keys.c --- */
/* Tells what came of it. */
void              _hearth_window_move_keys      (HearthWindow     *self);

/* --- hearth-window-run.c --- */
/* @anew: no earlier result is used. */
void              _hearth_window_run            (HearthWindow     *self,
                                                 gboolean          anew);
/* canvas.run-from or canvas.run-to, with the selected nodes. */
void              _hearth_window_run_part       (HearthWindow     *self,
                                                 const char       *action);
void              _hearth_window_watch_runs     (HearthWindow     *self,
                                                 HearthEditorPage *page);
void              _hearth_window_update_run     (HearthWindow     *self);

/* --- hearth-window-recording.c --- */
void              _hearth_window_add_recording_actions (HearthWindow *self);
/* Whether runs are to be recorded. */
gboolean          _hearth_window_records        (HearthWindow     *self);
/* Runs it, and tells where its calls are recorded. */
void              _hearth_window_record         (HearthWindow     *self,
                                                 HearthDocument   *document);
/* What a recording has to do with @run, in words, or NULL: nothing. */
char             *_hearth_window_describe_recording (HearthRun    *run);

/* --- hearth-window-raise.c --- */
/* Asks for another ceiling, and lets @run, which one has stopped, go on. */
void              _hearth_window_raise_ceiling  (HearthWindow     *self,
                                                 HearthRun        *run);

G_END_DECLS

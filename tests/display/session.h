/* session.h: the program with its window and the demo project, for tests that go through it like a user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-window-private.h"

typedef struct
{
  HearthApplication *application;
  HearthWindow      *window;
  char              *data_dir;
} Session;

/* One for all tests of a program: GTK has one default application. */
extern Session session;

#define wait_until(condition)                                                 \
  G_STMT_START                                                                \
  {                                                                           \
    gint64 end_ = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;              \
    while (!(condition) && g_get_monotonic_time () < end_)                    \
      if (!g_main_context_iteration (NULL, FALSE))                            \
        g_usleep (1000);                                                      \
    g_assert_true (condition);                                                \
  }                                                                           \
  G_STMT_END

/* FALSE: there is no display, and the plan is already told. */
gboolean        session_begin        (int        *argc,
                                      char     ***argv);
void            session_end          (void);
void            session_settle       (guint       ms);
HearthDocument *session_get_document (void);
HearthGraph    *session_get_graph    (void);
HearthCanvas   *session_get_canvas   (void);
HearthRunLog   *session_get_log      (void);
void            session_activate     (const char *action);
gboolean        session_is_enabled   (const char *action);
/* Opens a workflow from its JSON text, as a file that was dropped on the window. */
void            session_import       (const char *name,
                                      const char *text);
/* The open window of a type, or NULL. */
GtkWindow      *session_find_window  (GType        type);
/* The message dialog that opens. */
AdwMessageDialog *session_await_dialog (void);
/* Answers and closes it, as the button would. */
void            session_answer       (AdwMessageDialog *dialog,
                                      const char  *response);
GtkWidget      *session_open_preferences (void);
/* A named child of the template of @owner, below @root. */
GtkWidget      *session_get_part     (GtkWidget  *root,
                                      GType       owner,
                                      const char *name);
guint           session_count_widgets (GtkWidget *root,
                                      GType       type);
/* The first widget of a type below another. */
GtkWidget      *session_find_widget  (GtkWidget  *root,
                                      GType       type);

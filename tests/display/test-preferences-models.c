/* test-preferences-models.c: the preferences window: services of language models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-channel-form.h"
#include "hearth-channel-page.h"
#include "hearth-channels-group.h"
#include "hearth-llm-operations.h"

static GtkWidget *preferences;

static HearthWorkspace *
get_workspace (void)
{
  return hearth_application_get_workspace (session.application);
}

static void
performed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  *(HearthValue **) user_data = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
}

/* Takes @arguments. */
static HearthValue *
ask (const HearthOperation *operation,
     HearthValue           *arguments)
{
  g_autoptr (HearthValue) owned = arguments;
  HearthValue *answer = NULL;

  hearth_workspace_perform (get_workspace (), operation, arguments, NULL, performed_cb, &answer);
  wait_until (answer != NULL);
  return answer;
}

static GtkWidget *
get_part (const char *name)
{
  return session_get_part (preferences, HEARTH_TYPE_CHANNEL_PAGE, name);
}

static void
type (const char *field,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (session_get_part (preferences, HEARTH_TYPE_CHANNEL_FORM, field)), text);
}

static const char *
read_field (const char *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (session_get_part (preferences, HEARTH_TYPE_CHANNEL_FORM, field)));
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The row of the services' group with that title, or NULL. */
static GtkWidget *
find_row (const char *title)
{
  GtkWidget *search = session_get_part (preferences, HEARTH_TYPE_CHANNELS_GROUP, "search");
  GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_parent (search));

  while (row != NULL && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) != 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static gboolean
is_page_open (void)
{
  return session_find_widget (preferences, HEARTH_TYPE_CHANNEL_PAGE) != NULL;
}

/* The kinds of services are known by then, and the first is filled in. */
static void
test_add (void)
{
  g_autoptr (HearthValue) keyring = ask (&hearth_operation_change_keyring,
                                         hearth_value_object ("keyStore", hearth_value_string ("session"), NULL));
  g_autoptr (HearthValue) channels = NULL;

  g_assert_null (find_row ("Mine"));
  click (session_get_part (preferences, HEARTH_TYPE_CHANNELS_GROUP, "add"));
  wait_until (is_page_open () && *read_field ("address") != '\0');
  g_assert_cmpstr (read_field ("label"), ==, "OpenAI");
  type ("label", "");
  g_assert_false (gtk_widget_is_sensitive (get_part ("save")));
  type ("label", "Mine");
  type ("address", "http://127.0.0.1:9/v1");
  type ("key", "not-a-real-key-wxyz");
  type ("models", "one, two ,, three");
  click (get_part ("save"));
  wait_until (find_row ("Mine") != NULL);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row ("Mine"))), "Key ends in wxyz"));

  channels = ask (&hearth_operation_list_channels, hearth_value_empty_object ());
  g_assert_cmpint (hearth_value_get_length (hearth_value_get (hearth_value_at (channels, 0), "supportedModels")), ==, 3);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (channels, 0), "keyStore", NULL), ==, "session");
  wait_until (!is_page_open ());
}

static void
test_change (void)
{
  g_autoptr (HearthValue) channels = NULL;

  g_assert_true (gtk_widget_activate (find_row ("Mine")));
  wait_until (is_page_open ());
  g_assert_cmpstr (read_field ("key"), ==, "");
  g_assert_cmpstr (read_field ("models"), ==, "one, two, three");
  type ("label", "Yours");
  click (get_part ("save"));
  wait_until (find_row ("Yours") != NULL);
  g_assert_null (find_row ("Mine"));
  channels = ask (&hearth_operation_list_channels, hearth_value_empty_object ());
  g_assert_true (hearth_value_get_member_boolean (hearth_value_at (channels, 0), "hasKey", FALSE));
  wait_until (!is_page_open ());
}

/* Nobody answers at that port. */
static void
test_try (void)
{
  AdwActionRow *row;

  g_assert_true (gtk_widget_activate (find_row ("Yours")));
  wait_until (is_page_open ());
  row = ADW_ACTION_ROW (get_part ("test_row"));
  click (get_part ("test"));
  g_assert_false (gtk_widget_is_sensitive (get_part ("test")));
  wait_until (gtk_widget_is_sensitive (get_part ("test")));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "127.0.0.1:9"));
}

static void
test_delete (void)
{
  g_assert_true (is_page_open ());
  g_signal_emit_by_name (session_get_part (preferences, HEARTH_TYPE_CHANNEL_PAGE, "delete"), "clicked");
  session_answer (session_await_dialog (), "cancel");
  session_settle (50);
  g_assert_nonnull (find_row ("Yours"));
  g_signal_emit_by_name (session_get_part (preferences, HEARTH_TYPE_CHANNEL_PAGE, "delete"), "clicked");
  session_answer (session_await_dialog (), "delete");
  wait_until (find_row ("Yours") == NULL);
  wait_until (!is_page_open ());
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  preferences = session_open_preferences ();
  g_test_add_func ("/preferences/models/add", test_add);
  g_test_add_func ("/preferences/models/change", test_change);
  g_test_add_func ("/preferences/models/try", test_try);
  g_test_add_func ("/preferences/models/delete", test_delete);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}

/* test-value-editor.c: every kind of value editor shows, edits and stays quiet when told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-value-row.h"

#include "hearth-json.h"
#include "hearth-resources.h"

/* --- a row, and what it said ------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget   *window;
  GtkWidget   *row;
  HearthValue *said;   /* the last edit */
  guint        n_said;
} Fixture;

static void
edited_cb (Fixture *fixture,
           gpointer value)
{
  g_clear_pointer (&fixture->said, hearth_value_unref);
  fixture->said = hearth_value_ref_or_null ((HearthValue *) value);
  fixture->n_said++;
}

static void
begin_with (Fixture    *fixture,
            HearthSlot *slot)
{
  memset (fixture, 0, sizeof *fixture);
  fixture->row = hearth_value_row_new (slot);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->row);
  g_signal_connect_swapped (fixture->row, "edited", G_CALLBACK (edited_cb), fixture);
}

static void
begin (Fixture    *fixture,
       const char *entry)
{
  g_autoptr (HearthValue) value = hearth_json_parse (entry, -1, NULL);
  g_autoptr (HearthSlot) slot = NULL;

  g_assert_nonnull (value);
  slot = hearth_slot_new_from_interface ("key", value);
  begin_with (fixture, slot);
}

static void
end (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_pointer (&fixture->said, hearth_value_unref);
}

static GtkWidget *
get_widget (Fixture *fixture)
{
  HearthValueEditor *editor = hearth_value_row_get_editor (HEARTH_VALUE_ROW (fixture->row));

  g_assert_nonnull (editor);
  return hearth_value_editor_get_widget (editor);
}

static void
set_value (Fixture    *fixture,
           const char *json)
{
  g_autoptr (HearthValue) value = json != NULL ? hearth_json_parse (json, -1, NULL) : NULL;
  guint before = fixture->n_said;

  hearth_value_row_set_value (HEARTH_VALUE_ROW (fixture->row), value);
  g_assert_cmpuint (fixture->n_said, ==, before);
}

static void
assert_said (Fixture    *fixture,
             const char *json,
             guint       n)
{
  g_autofree char *said = fixture->said != NULL ? hearth_json_print (fixture->said) : NULL;

  g_assert_cmpuint (fixture->n_said, ==, n);
  g_assert_cmpstr (said, ==, json);
}

/* --- tests ------------------------------------------------------------------------------------------- */

static void
test_text (void)
{
  Fixture fixture;

  begin (&fixture, "{\"dataFlowType\":\"STRING\",\"config\":{\"default\":\"here\"}}");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_widget (&fixture))), ==, "here");
  set_value (&fixture, "\"there\"");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_widget (&fixture))), ==, "there");
  gtk_editable_set_text (GTK_EDITABLE (get_widget (&fixture)), "é界");
  /* the old text goes before the new one comes */
  assert_said (&fixture, "\"é界\"", fixture.n_said);
  set_value (&fixture, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_widget (&fixture))), ==, "here");
  end (&fixture);
}

/* A key is typed, and not shown. */
static void
test_key (void)
{
  static const HearthSlotDecl decl = { .key = "key", .type = HEARTH_DATA_STRING, .name = "Key", .flags = HEARTH_SLOT_SECRET };
  g_autoptr (HearthSlot) slot = hearth_slot_new_from_decl (&decl);
  Fixture fixture;

  begin_with (&fixture, slot);
  set_value (&fixture, "\"sk-there\"");
  g_assert_true (GTK_IS_PASSWORD_ENTRY (get_widget (&fixture)));
  gtk_editable_set_text (GTK_EDITABLE (get_widget (&fixture)), "sk-here");
  assert_said (&fixture, "\"sk-here\"", fixture.n_said);
  end (&fixture);
}

static void
test_area (void)
{
  Fixture fixture;

  begin (&fixture, "{\"dataFlowType\":\"STRING\",\"config\":{\"multiline\":true}}");
  set_value (&fixture, "\"one\\ntwo\"");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_widget (&fixture))), "three\nfour", -1);
  g_assert_cmpuint (fixture.n_said, >, 0);
  assert_said (&fixture, "\"three\\nfour\"", fixture.n_said);
  end (&fixture);
}

/* What is no JSON is marked and not taken. */
static void
test_json (void)
{
  Fixture fixture;
  GtkTextBuffer *buffer;

  begin (&fixture, "{\"dataFlowType\":\"OBJECT\",\"matchCategories\":[\"Json\"]}");
  set_value (&fixture, "{\"a\":1}");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_widget (&fixture)));
  gtk_text_buffer_insert_at_cursor (buffer, " x", -1);
  g_assert_cmpuint (fixture.n_said, ==, 0);
  g_assert_nonnull (gtk_widget_get_tooltip_text (get_widget (&fixture)));
  gtk_text_buffer_set_text (buffer, "{\"b\": [2]}", -1);
  assert_said (&fixture, "{\"b\":[2]}", fixture.n_said);
  g_assert_null (gtk_widget_get_tooltip_text (get_widget (&fixture)));
  end (&fixture);
}

static void
test_number (void)
{
  Fixture fixture;

  begin (&fixture, "{\"dataFlowType\":\"INTEGER\",\"config\":{\"min\":0,\"max\":10}}");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (get_widget (&fixture)), 7);
  assert_said (&fixture, "7", 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (get_widget (&fixture)), 99);
  assert_said (&fixture, "10", 2);
  end (&fixture);
}

/* Showing a number, and leaving its field, must not round it. */
static void
test_fraction (void)
{
  Fixture fixture;

  begin (&fixture, "{\"dataFlowType\":\"FLOAT\"}");
  set_value (&fixture, "0.12345");
  gtk_spin_button_update (GTK_SPIN_BUTTON (get_widget (&fixture)));
  g_assert_cmpuint (fixture.n_said, ==, 0);
  g_assert_cmpfloat_with_epsilon (gtk_spin_button_get_value (GTK_SPIN_BUTTON (get_widget (&fixture))), 0.12345, 1e-9);
  end (&fixture);
}

static void
test_toggle (void)
{
  Fixture fixture;

  begin (&fixture, "{\"dataFlowType\":\"BOOLEAN\"}");
  gtk_switch_set_active (GTK_SWITCH (get_widget (&fixture)), TRUE);
  assert_said (&fixture, "true", 1);
  set_value (&fixture, "false");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (get_widget (&fixture))));
  end (&fixture);
}

/* A stored value outside the choices stays visible and is not lost. */
static void
test_choice (void)
{
  Fixture fixture;
  GtkDropDown *drop_down;

  begin (&fixture, "{\"dataFlowType\":\"STRING\",\"matchCategories\":[\"ComboOption\"],\"config\":{\"suggestions\":"
                   "[{\"value\":\"a\",\"label\":\"First\"},\"b\"],\"default\":\"a\"}}");
  drop_down = GTK_DROP_DOWN (get_widget (&fixture));
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 0);
  gtk_drop_down_set_selected (drop_down, 1);
  assert_said (&fixture, "\"b\"", 1);
  set_value (&fixture, "\"old\"");
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down)), ==, "old");
  assert_said (&fixture, "\"b\"", 1);
  end (&fixture);
}

static void
test_none (void)
{
  Fixture fixture;

  begin (&fixture, "{\"dataFlowType\":\"BINARY\"}");
  g_assert_null (hearth_value_row_get_editor (HEARTH_VALUE_ROW (fixture.row)));
  end (&fixture);
  begin (&fixture, "{\"dataFlowType\":\"STRING\",\"isStream\":true}");
  g_assert_null (hearth_value_row_get_editor (HEARTH_VALUE_ROW (fixture.row)));
  end (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  hearth_register_resource ();
  g_test_add_func ("/value-editor/text", test_text);
  g_test_add_func ("/value-editor/key", test_key);
  g_test_add_func ("/value-editor/area", test_area);
  g_test_add_func ("/value-editor/json", test_json);
  g_test_add_func ("/value-editor/number", test_number);
  g_test_add_func ("/value-editor/fraction", test_fraction);
  g_test_add_func ("/value-editor/toggle", test_toggle);
  g_test_add_func ("/value-editor/choice", test_choice);
  g_test_add_func ("/value-editor/none", test_none);
  return g_test_run ();
}

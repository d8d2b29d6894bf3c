/* canvases.h: a canvas on a real display with a workflow in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas-private.h"

#include "hearth-check.h"
#include "hearth-policy.h"

#include <adwaita.h>

#define N_NODES 200

static const HearthSlotDecl add_inputs[] = {
  { .key = "a", .type = HEARTH_DATA_INTEGER, .name = "A", .config = HEARTH_JSON ({ "default": 1, "max": 100 }) },
  { .key = "b", .type = HEARTH_DATA_INTEGER, .name = "B" },
  { .key = "on", .type = HEARTH_DATA_BOOLEAN, .name = "On" },
  { .key = "many", .type = HEARTH_DATA_INTEGER, .name = "Many", .flags = HEARTH_SLOT_MULTI },
  { 0 },
};
static const HearthSlotDecl add_outputs[] = {
  { .key = "sum", .type = HEARTH_DATA_INTEGER, .name = "Sum" },
  { .key = "words", .type = HEARTH_DATA_STRING, .name = "Words", .flags = HEARTH_SLOT_STREAM },
  { 0 },
};
static const HearthNodeDecl add_decl = { .type = "Add", .category = "Math", .name = "Add", .description = "Adds numbers.",
                                         .inputs = add_inputs, .outputs = add_outputs };

/* As the random number: its button asks for another value. */
static inline HearthValue *
throw_dice (HearthValue  *inputs,
            HearthChance *chance)
{
  return hearth_value_get_member_boolean (inputs, "throw", FALSE)
             ? hearth_value_object ("value", hearth_value_integer (6), NULL)
             : NULL;
}

static const HearthSlotDecl dice_inputs[] = {
  { .key = "value", .type = HEARTH_DATA_INTEGER, .name = "Value" },
  { .key = "throw", .type = HEARTH_DATA_WILDCARD, .name = "Throw", .categories = "Trigger" },
  { 0 },
};
static const HearthNodeDecl dice_decl = { .type = "Dice", .category = "Math", .name = "Dice", .inputs = dice_inputs,
                                          .before_run = throw_dice };

typedef struct
{
  GtkWidget *window;
  HearthCanvas *canvas;
  HearthGraph *graph;
  HearthHistory *history;
  GString *heard;
} Fixture;

static inline void
palette_cb (HearthCanvas *canvas,
            double x,
            double y,
            const char *node_id,
            const char *key,
            gboolean is_output,
            gpointer user_data)
{
  g_string_append_printf (user_data, "palette %s.%s %d;", node_id, key, is_output);
}

static inline void
message_cb (HearthCanvas *canvas,
            const char *text,
            gpointer user_data)
{
  g_string_append_printf (user_data, "message;");
}

static inline void
settle (void)
{
  for (int i = 0; i < 5; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (4000);
    }
}

static inline HearthValue *
make_workflow (guint n)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);
      g_autofree char *name = g_strdup_printf ("Sum %u", i);

      hearth_builder_add (&nodes, NULL,
                          hearth_value_object ("id", hearth_value_string (id), "type",
                                               hearth_value_string (i == 7 ? "foreign:Thing" : "core:Add"), "displayName",
                                               hearth_value_string (name), "position",
                                               hearth_value_object ("x", hearth_value_integer (i % 20 * 288), "y",
                                                                    hearth_value_integer (i / 20 * 256), NULL),
                                               NULL));
    }
  return hearth_value_object ("id", hearth_value_string ("w"), "name", hearth_value_string ("W"), "nodes",
                              hearth_builder_end_array (&nodes), "edges", hearth_value_empty_array (), "viewport",
                              hearth_value_object ("x", hearth_value_integer (0), "y", hearth_value_integer (0), "zoom",
                                                   hearth_value_integer (1), NULL),
                              NULL);
}

static inline void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr (HearthValue) workflow = make_workflow (N_NODES);
  GError *error = NULL;

  hearth_catalog_add (catalog, &add_decl);
  hearth_catalog_add (catalog, &dice_decl);
  f->graph = hearth_graph_new_from_value (catalog, workflow, &error);
  g_assert_no_error (error);
  f->history = hearth_history_new (f->graph);
  f->heard = g_string_new (NULL);
  f->canvas = HEARTH_CANVAS (hearth_canvas_new ());
  g_signal_connect (f->canvas, "palette-requested", G_CALLBACK (palette_cb), f->heard);
  g_signal_connect (f->canvas, "message", G_CALLBACK (message_cb), f->heard);
  hearth_canvas_set_model (f->canvas, f->graph, f->history);
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->canvas));
  gtk_window_present (GTK_WINDOW (f->window));
  settle ();
}

static inline void
tear_down (Fixture *f,
           gconstpointer data)
{
  gpointer canvas = f->canvas;

  g_object_add_weak_pointer (G_OBJECT (f->canvas), &canvas);
  gtk_window_destroy (GTK_WINDOW (f->window));
  settle ();
  g_assert_null (canvas);
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->graph);
  g_string_free (f->heard, TRUE);
}

static inline void
command (Fixture *f,
         HearthCommand what)
{
  hearth_canvas_command_cb (&what, f->canvas);
}

static inline void
select_ids (Fixture *f,
            const char *first,
            const char *second)
{
  hearth_canvas_select (f->canvas, (const char *const[]){ first, second, NULL });
}

static inline gboolean
activate (Fixture *f,
          const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (f->canvas), action, NULL);
}

static inline void
assert_selected (Fixture *f,
                 const char *expected)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (f->canvas);
  g_autofree char *joined = g_strjoinv (",", ids);

  g_assert_cmpstr (joined, ==, expected);
}

static inline void
assert_place (Fixture *f,
              const char *id,
              double x,
              double y)
{
  HearthNode *node = hearth_graph_get_node (f->graph, id);
  double ax, ay;

  g_assert_nonnull (node);
  hearth_graph_get_absolute (f->graph, node, &ax, &ay);
  g_assert_cmpfloat (ax, ==, x);
  g_assert_cmpfloat (ay, ==, y);
}

static inline HearthCardData *
get_data (Fixture *f,
          const char *id)
{
  return hearth_card_get_data (hearth_canvas_get_card (f->canvas, id));
}

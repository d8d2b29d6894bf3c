/* hearth-program-list.c: the commands of a pack's nodes, as they would run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-program-list.h"

#include "hearth-command.h"
#include "hearth-display.h"

#include "hearth-i18n.h"

/* What is longer is scrolled: rows, of which a command has one more for each so many characters; and then pixels. */
#define MAX_ROWS 10
#define ROW_LENGTH 24
#define SCROLLED_HEIGHT 220

static HearthValue *
get_definition (HearthValue *plugin,
                gsize        index)
{
  return hearth_value_get (hearth_value_at (hearth_value_get (plugin, "nodes"), index), "definition");
}

/* NULL when the node has another behaviour. */
static HearthValue *
get_program (HearthValue *definition)
{
  return hearth_value_get (hearth_value_get (definition, "behavior"), "program");
}

static gsize
count_nodes (HearthValue *plugin)
{
  HearthValue *nodes = hearth_value_get (plugin, "nodes");

  return nodes != NULL ? hearth_value_get_length (nodes) : 0;
}

gboolean
hearth_program_list_is_needed (HearthValue *plugin)
{
  for (gsize i = 0; i < count_nodes (plugin); i++)
    if (get_program (get_definition (plugin, i)) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
hearth_program_list_wants_network (HearthValue *plugin)
{
  for (gsize i = 0; i < count_nodes (plugin); i++)
    if (hearth_value_get_member_boolean (get_program (get_definition (plugin, i)), "network", FALSE))
      return TRUE;
  return FALSE;
}

gboolean
hearth_program_list_is_same (HearthValue *a,
                             HearthValue *b)
{
  if (!hearth_value_equal (hearth_value_get (a, "folder"), hearth_value_get (b, "folder"))
      || count_nodes (a) != count_nodes (b))
    return FALSE;
  for (gsize i = 0; i < count_nodes (a); i++)
    if (!hearth_value_equal (get_program (get_definition (a, i)), get_program (get_definition (b, i))))
      return FALSE;
  return TRUE;
}

/* --- all of them ------------------------------------------------------------------------------------ */

/* One line, however the pack calls its node: it must not look like a command. */
static GtkWidget *
make_name (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "single-line-mode", TRUE, "ellipsize",
                                   PANGO_ELLIPSIZE_MIDDLE, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_command (const char *text)
{
  GtkWidget *label = gtk_label_new (NULL);

  hearth_display_verbatim (GTK_LABEL (label), text);
  gtk_widget_add_css_class (label, "monospace");
  return label;
}

/* Returns about how many rows it takes. @title may be NULL. */
static glong
append_command (GtkBox     *box,
                const char *title,
                const char *command)
{
  if (title != NULL)
    gtk_box_append (box, make_name (title));
  gtk_box_append (box, make_command (command));
  return 2 + g_utf8_strlen (command, -1) / ROW_LENGTH;
}

static glong
append_program (GtkBox      *box,
                HearthValue *definition)
{
  HearthValue *program = get_program (definition);
  const char *type = hearth_value_get_member_string (definition, "type", "");
  const char *name = hearth_value_get_member_string (definition, "displayName", type);
  g_autofree char *command = hearth_command_to_line (hearth_value_get (program, "command"));
  g_autofree char *title = NULL;

  if (hearth_value_get_member_boolean (program, "network", FALSE))
    title = g_strdup_printf (_("%s, wants the network"), name);
  return append_command (box, title != NULL ? title : name, command);
}

static GtkWidget *
make_scroller (GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), SCROLLED_HEIGHT);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static GtkWidget *
make_list (GtkWidget *box,
           glong      n_rows)
{
  GtkWidget *list = n_rows > MAX_ROWS ? make_scroller (box) : box;

  gtk_widget_add_css_class (box, "program-list");
  gtk_widget_add_css_class (list, "card");
  return list;
}

GtkWidget *
hearth_program_list_new (HearthValue *plugin)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  glong n_rows = 0;

  g_return_val_if_fail (plugin != NULL, NULL);

  for (gsize i = 0; i < count_nodes (plugin); i++)
    if (get_program (get_definition (plugin, i)) != NULL)
      n_rows += append_program (GTK_BOX (box), get_definition (plugin, i));
  return make_list (box, n_rows);
}

GtkWidget *
hearth_program_list_new_command (const char *title,
                                 const char *command)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_return_val_if_fail (command != NULL, NULL);

  return make_list (box, append_command (GTK_BOX (box), title, command));
}

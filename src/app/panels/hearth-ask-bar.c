/* hearth-ask-bar.c: what a running workflow asks the person in front of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-ask-bar.h"

#include "hearth-i18n.h"

struct _HearthAskBar
{
  AdwBin          parent_instance;

  /* template */
  GtkRevealer    *revealer;
  GtkLabel       *prompt;
  GtkLabel       *source;
  GtkLabel       *problem;
  GtkStack       *kinds;
  GtkEntry       *entry;
  GtkDropDown    *choice;
  GtkButton      *yes;
  GtkButton      *no;
  GtkButton      *answer;

  /* owned */
  HearthDocument *document;
  HearthRun      *run;      /* that asks */
  char           *node_id;  /* NULL: nobody asks */
  HearthValue    *question;
};

G_DEFINE_FINAL_TYPE (HearthAskBar, hearth_ask_bar, ADW_TYPE_BIN)

static void update (HearthAskBar *self);

/* --- the question ----------------------------------------------------------------------------- */

static void
show_choices (HearthAskBar *self)
{
  HearthValue *choices = hearth_value_get (self->question, "choices");
  HearthValue *proposed = hearth_value_get (self->question, "default");
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (model));
  for (gsize i = 0; i < hearth_value_get_length (choices); i++)
    {
      g_autofree char *text = hearth_value_to_text (hearth_value_at (choices, i));

      gtk_string_list_append (model, text);
      if (proposed != NULL && hearth_value_equal (proposed, hearth_value_at (choices, i)))
        gtk_drop_down_set_selected (self->choice, i);
    }
}

static void
show_source (HearthAskBar *self,
             guint         n)
{
  g_auto (GStrv) parts = g_strsplit (self->node_id, "/", 2);
  HearthNode *node = hearth_graph_get_node (hearth_document_get_graph (self->document), parts[0]);
  const char *title = node != NULL ? hearth_node_get_title (node) : self->node_id;
  g_autofree char *text = NULL;

  if (n > 1)
    /* Translators: title of the node that asks, and how many more questions wait */
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · %u more question", "%s · %u more questions", n - 1),
                            title, n - 1);
  gtk_label_set_label (self->source, text != NULL ? text : title);
}

static void
show_question (HearthAskBar *self)
{
  const char *prompt = hearth_value_get_member_string (self->question, "prompt", "");
  const char *kind = hearth_value_get_member_string (self->question, "kind", "text");
  const char *problem = hearth_value_get_member_string (self->question, "problem", NULL);
  HearthValue *proposed = hearth_value_get (self->question, "default");
  g_autofree char *text = proposed != NULL ? hearth_value_to_text (proposed) : NULL;

  gtk_label_set_label (self->prompt, *prompt != '\0' ? prompt : _("The workflow waits for your answer"));
  gtk_label_set_label (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (gtk_stack_get_child_by_name (self->kinds, kind) == NULL)
    kind = "text";
  gtk_stack_set_visible_child_name (self->kinds, kind);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), !g_str_equal (kind, "confirm"));
  if (g_str_equal (kind, "choice"))
    show_choices (self);
  else if (g_str_equal (kind, "text") && problem == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

static void
forget (HearthAskBar *self)
{
  g_clear_object (&self->run);
  g_clear_pointer (&self->node_id, g_free);
  g_clear_pointer (&self->question, hearth_value_unref);
}

/* The question that is shown stays until it is answered, whoever else asks meanwhile. */
static const char *
pick (HearthAskBar *self,
      HearthRun    *run,
      char        **asking)
{
  if (run == self->run && self->node_id != NULL && g_strv_contains ((const char *const *) asking, self->node_id))
    return self->node_id;
  return asking[0];
}

static void
update (HearthAskBar *self)
{
  HearthRun *run = self->document != NULL ? hearth_document_get_run (self->document) : NULL;
  g_auto (GStrv) asking = run != NULL ? hearth_run_list_asking (run) : NULL;
  g_autofree char *node_id = asking != NULL ? g_strdup (pick (self, run, asking)) : NULL;
  HearthValue *question = node_id != NULL ? hearth_run_get_question (run, node_id) : NULL;

  gtk_revealer_set_reveal_child (self->revealer, question != NULL);
  if (question == NULL)
    {
      forget (self);
      return;
    }
  if (question != self->question)
    {
      hearth_value_ref (question);
      forget (self);
      self->run = g_object_ref (run);
      self->node_id = g_steal_pointer (&node_id);
      self->question = question;
      show_question (self);
    }
  show_source (self, g_strv_length (asking));
}

/* --- the answer ------------------------------------------------------------------------------- */

/* @answer NULL refuses. */
static void
give (HearthAskBar *self,
      HearthValue  *answer)
{
  g_autoptr (HearthRun) run = self->run != NULL ? g_object_ref (self->run) : NULL;
  g_autofree char *node_id = g_strdup (self->node_id);

  if (run != NULL && node_id != NULL)
    hearth_run_answer (run, node_id, answer);
  update (self);
}

static void
answer_cb (HearthAskBar *self)
{
  g_autoptr (HearthValue) value = NULL;
  GtkStringObject *chosen;

  g_assert (HEARTH_IS_ASK_BAR (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->kinds), "choice") == 0)
    {
      chosen = gtk_drop_down_get_selected_item (self->choice);
      if (chosen == NULL)
        return;
      value = hearth_value_string (gtk_string_object_get_string (chosen));
    }
  else
    value = hearth_value_string (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  give (self, value);
}

static void
confirm_cb (HearthAskBar *self,
            GtkButton    *button)
{
  g_autoptr (HearthValue) value = hearth_value_boolean (button == self->yes);

  g_assert (HEARTH_IS_ASK_BAR (self));

  give (self, value);
}

static void
refuse_cb (HearthAskBar *self)
{
  g_assert (HEARTH_IS_ASK_BAR (self));

  give (self, NULL);
}

/* --- following the run --------------------------------------------------------------------------- */

static void
run_event_cb (HearthAskBar *self,
              gpointer      event)
{
  const HearthRunEvent *run_event = event;

  g_assert (HEARTH_IS_ASK_BAR (self));

  if (run_event->kind == HEARTH_EVENT_NODE_ASKS || self->node_id != NULL)
    update (self);
}

static void
run_cb (HearthAskBar *self)
{
  g_assert (HEARTH_IS_ASK_BAR (self));

  update (self);
}

static void
hearth_ask_bar_dispose (GObject *object)
{
  HearthAskBar *self = HEARTH_ASK_BAR (object);

  forget (self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (hearth_ask_bar_parent_class)->dispose (object);
}

static void
hearth_ask_bar_class_init (HearthAskBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_ask_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-ask-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, prompt);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, source);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, problem);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, kinds);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, entry);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, choice);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, yes);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, no);
  gtk_widget_class_bind_template_child (widget_class, HearthAskBar, answer);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, refuse_cb);
}

static void
hearth_ask_bar_init (HearthAskBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public ------------------------------------------------------------------------------- */

void
hearth_ask_bar_set_document (HearthAskBar   *self,
                             HearthDocument *document)
{
  g_return_if_fail (HEARTH_IS_ASK_BAR (self));
  g_return_if_fail (HEARTH_IS_DOCUMENT (document));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "run-event", G_CALLBACK (run_event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::run", G_CALLBACK (run_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

const char *
hearth_ask_bar_get_node_id (HearthAskBar *self)
{
  g_return_val_if_fail (HEARTH_IS_ASK_BAR (self), NULL);

  return self->node_id;
}

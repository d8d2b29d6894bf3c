/* hearth-policy-form.c: what happens to a node that fails or takes too long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-policy-form.h"

#include "hearth-policy.h"
#include "hearth-value-row.h"

#include <math.h>

#include "hearth-i18n.h"

struct _HearthPolicyForm
{
  AdwBin          parent_instance;

  /* template */
  AdwExpanderRow *expander;
  GtkSpinButton  *tries;
  GtkSpinButton  *wait;
  GtkSpinButton  *limit;
  AdwComboRow    *then;

  /* owned */
  HearthDocument *document;
  char           *node_id;
  char           *shape;  /* what the value rows were made for */
  GPtrArray      *values; /* of HearthValueRow; the expander holds them */

  gboolean        is_showing; /* the fields change because of us */
};

G_DEFINE_FINAL_TYPE (HearthPolicyForm, hearth_policy_form, ADW_TYPE_BIN)

static const char *const outcomes[] = { "stop", "value", "input" };

static HearthNode *
get_node (HearthPolicyForm *self)
{
  return self->document != NULL && self->node_id != NULL
           ? hearth_graph_get_node (hearth_document_get_graph (self->document), self->node_id)
           : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* NULL takes the member out, an empty object goes as a whole. New reference or NULL. */
static HearthValue *
put (HearthValue *object,
     const char  *key,
     HearthValue *value)
{
  g_autoptr (HearthValue) empty = hearth_value_empty_object ();
  g_autoptr (HearthValue) with = hearth_value_is (object, OBJECT) ? hearth_value_with (object, key, value)
                                 : value != NULL                  ? hearth_value_with (empty, key, value)
                                                                  : NULL;

  return with != NULL && hearth_value_get_length (with) > 0 ? g_steal_pointer (&with) : NULL;
}

static HearthValue *
make_retry (HearthPolicyForm *self,
            HearthValue      *old)
{
  int retries = gtk_spin_button_get_value_as_int (self->tries) - 1;
  g_autoptr (HearthValue) count = hearth_value_integer (retries);
  g_autoptr (HearthValue) delay = hearth_value_integer (lround (gtk_spin_button_get_value (self->wait) * 1000));
  g_autoptr (HearthValue) with_count = NULL;

  if (retries == 0)
    return NULL;
  with_count = put (old, "count", count);
  return put (with_count, "delayMs", delay);
}

/* What the fields say, with everything of the stored policy that has no field here. */
static HearthValue *
make_policy (HearthPolicyForm *self,
             HearthValue      *old)
{
  guint then = MIN (adw_combo_row_get_selected (self->then), G_N_ELEMENTS (outcomes) - 1);
  double limit = gtk_spin_button_get_value (self->limit);
  g_autoptr (HearthValue) retry = make_retry (self, hearth_value_get (old, "retry"));
  g_autoptr (HearthValue) timeout = limit > 0 ? hearth_value_integer (lround (limit * 1000)) : NULL;
  g_autoptr (HearthValue) outcome = then > 0 ? hearth_value_string (outcomes[then]) : NULL;
  g_autoptr (HearthValue) with_retry = put (old, "retry", retry);
  g_autoptr (HearthValue) with_timeout = put (with_retry, "timeoutMs", timeout);

  return put (with_timeout, "onFailure", outcome);
}

static void
store (HearthPolicyForm *self,
       HearthValue      *policy)
{
  g_autofree char *merge_key = g_strdup_printf ("policy:%s", self->node_id);
  HearthEdit *edit;

  if (hearth_value_equal (policy, hearth_value_get (get_node (self)->config, HEARTH_POLICY_KEY)))
    return;
  edit = hearth_edit_new (hearth_document_get_graph (self->document), _("Change what happens on failure"));
  hearth_edit_set_config (edit, self->node_id, HEARTH_POLICY_KEY, policy);
  hearth_history_push (hearth_document_get_history (self->document), edit, merge_key);
}

static void
changed_cb (HearthPolicyForm *self)
{
  HearthNode *node = get_node (self);
  g_autoptr (HearthValue) policy = NULL;

  g_assert (HEARTH_IS_POLICY_FORM (self));

  if (self->is_showing || node == NULL)
    return;
  policy = make_policy (self, hearth_value_get (node->config, HEARTH_POLICY_KEY));
  store (self, policy);
}

static void
value_edited_cb (HearthPolicyForm *self,
                 gpointer          value,
                 HearthValueRow   *row)
{
  HearthNode *node = get_node (self);
  HearthValue *old = node != NULL ? hearth_value_get (node->config, HEARTH_POLICY_KEY) : NULL;
  g_autoptr (HearthValue) values = NULL;
  g_autoptr (HearthValue) policy = NULL;

  g_assert (HEARTH_IS_POLICY_FORM (self));

  if (self->is_showing || node == NULL)
    return;
  values = put (hearth_value_get (old, "value"), hearth_value_row_get_slot (row)->key, value);
  policy = put (old, "value", values);
  store (self, policy);
}

/* --- showing ---------------------------------------------------------------------------------- */

static char *
describe (const HearthPolicy *policy)
{
  GString *text = g_string_new (NULL);

  if (policy != NULL && policy->retries > 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u more try", "%u more tries", policy->retries),
                            policy->retries);
  if (policy != NULL && policy->timeout_ms > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", _("a time limit"));
  if (policy != NULL && policy->on_failure != HEARTH_ON_FAILURE_STOP)
    g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", _("then another value"));
  if (text->len == 0)
    g_string_append (text, _("its branch ends"));
  return g_string_free (text, FALSE);
}

/* One row for each output, made once for each set of outputs. */
static void
make_value_rows (HearthPolicyForm *self,
                 HearthNode       *node)
{
  g_autoptr (GPtrArray) slots = hearth_graph_list_outputs (hearth_document_get_graph (self->document), node);
  g_autoptr (GString) shape = g_string_new (NULL);

  for (guint i = 0; i < slots->len; i++)
    g_string_append_printf (shape, "%s %d\n", ((HearthSlot *) g_ptr_array_index (slots, i))->key,
                            ((HearthSlot *) g_ptr_array_index (slots, i))->type);
  if (g_strcmp0 (shape->str, self->shape) == 0)
    return;
  g_free (self->shape);
  self->shape = g_strdup (shape->str);
  for (guint i = 0; i < self->values->len; i++)
    adw_expander_row_remove (self->expander, g_ptr_array_index (self->values, i));
  g_ptr_array_set_size (self->values, 0);
  for (guint i = 0; i < slots->len; i++)
    {
      GtkWidget *row = hearth_value_row_new (g_ptr_array_index (slots, i));

      g_signal_connect_object (row, "edited", G_CALLBACK (value_edited_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (self->expander, row);
      g_ptr_array_add (self->values, row);
    }
}

static void
show_values (HearthPolicyForm   *self,
             const HearthPolicy *policy)
{
  gboolean wanted = policy != NULL && policy->on_failure == HEARTH_ON_FAILURE_VALUE;

  for (guint i = 0; i < self->values->len; i++)
    {
      HearthValueRow *row = g_ptr_array_index (self->values, i);

      gtk_widget_set_visible (GTK_WIDGET (row), wanted);
      if (wanted)
        hearth_value_row_set_value (row, hearth_value_get (policy->value, hearth_value_row_get_slot (row)->key));
    }
}

static void
show (HearthPolicyForm *self,
      HearthNode       *node)
{
  g_autoptr (HearthPolicy) policy = hearth_policy_new_from_config (node->config, NULL);
  g_autofree char *subtitle = describe (policy);

  self->is_showing = TRUE;
  make_value_rows (self, node);
  adw_expander_row_set_subtitle (self->expander, subtitle);
  gtk_spin_button_set_value (self->tries, policy != NULL ? policy->retries + 1 : 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->wait), policy != NULL && policy->retries > 0);
  if (policy != NULL && policy->retries > 0)
    gtk_spin_button_set_value (self->wait, policy->delay_ms / 1000.0);
  gtk_spin_button_set_value (self->limit, policy != NULL ? policy->timeout_ms / 1000.0 : 0);
  adw_combo_row_set_selected (self->then, policy != NULL ? policy->on_failure : HEARTH_ON_FAILURE_STOP);
  show_values (self, policy);
  self->is_showing = FALSE;
}

static void
hearth_policy_form_dispose (GObject *object)
{
  HearthPolicyForm *self = HEARTH_POLICY_FORM (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->node_id, g_free);
  g_clear_pointer (&self->shape, g_free);
  g_clear_pointer (&self->values, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_policy_form_parent_class)->dispose (object);
}

static void
hearth_policy_form_class_init (HearthPolicyFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_policy_form_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-policy-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthPolicyForm, expander);
  gtk_widget_class_bind_template_child (widget_class, HearthPolicyForm, tries);
  gtk_widget_class_bind_template_child (widget_class, HearthPolicyForm, wait);
  gtk_widget_class_bind_template_child (widget_class, HearthPolicyForm, limit);
  gtk_widget_class_bind_template_child (widget_class, HearthPolicyForm, then);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
hearth_policy_form_init (HearthPolicyForm *self)
{
  self->values = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public ------------------------------------------------------------------------------- */

void
hearth_policy_form_set_node (HearthPolicyForm *self,
                             HearthDocument   *document,
                             const char       *node_id)
{
  HearthNode *node;

  g_return_if_fail (HEARTH_IS_POLICY_FORM (self));
  g_return_if_fail (document == NULL || HEARTH_IS_DOCUMENT (document));

  if (g_strcmp0 (node_id, self->node_id) != 0)
    {
      g_free (self->node_id);
      self->node_id = g_strdup (node_id);
    }
  g_set_object (&self->document, document);
  node = get_node (self);
  /* What does not run cannot fail */
  gtk_widget_set_visible (GTK_WIDGET (self), node != NULL && node->type != NULL && !hearth_node_is_frame (node)
                                               && (node->type->decl->run != NULL || node->type->decl->start != NULL));
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    show (self, node);
}

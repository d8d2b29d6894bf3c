/* hearth-spending-group.c: what calls to models have cost, and how much they may
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-spending-group.h"

#include "hearth-budget.h"
#include "hearth-ceiling-fields.h"
#include "hearth-usage-operations.h"

#include "hearth-i18n.h"

/* Ceilings that stand by default: "run", "day", "project" of hearth_operation_read_budget. */
#define N_SCOPES 3

typedef struct
{
  AdwExpanderRow     *row;
  HearthCeilingFields fields;
} Scope;

struct _HearthSpendingGroup
{
  HearthPreferencesGroup parent_instance;

  /* template */
  AdwActionRow   *today;
  AdwActionRow   *month;
  AdwExpanderRow *run;
  AdwExpanderRow *day;
  AdwExpanderRow *project;

  HearthValue *budget; /* owned */

  Scope scopes[N_SCOPES];
};

G_DEFINE_FINAL_TYPE (HearthSpendingGroup, hearth_spending_group, HEARTH_TYPE_PREFERENCES_GROUP)

static const char *const keys[N_SCOPES] = { "run", "day", "project" };

/* --- what it says ------------------------------------------------------------------------------- */

static void
show_usage (AdwActionRow *row,
            HearthValue  *usage)
{
  g_autofree char *words = hearth_usage_to_words (usage);

  adw_action_row_set_subtitle (row, hearth_value_get_member_integer (usage, "calls", 0) > 0 ? words : _("Nothing"));
}

/* Ceilings that are as they were leave the fields alone, and what is being entered into them. */
static void
show_budget (HearthSpendingGroup *self,
             HearthValue         *budget)
{
  for (guint i = 0; i < N_SCOPES; i++)
    {
      HearthValue *ceilings = hearth_value_get (budget, keys[i]);
      g_autofree char *words = hearth_ceilings_to_words (ceilings);

      adw_expander_row_set_subtitle (self->scopes[i].row, words);
      if (self->budget == NULL || !hearth_value_equal (ceilings, hearth_value_get (self->budget, keys[i])))
        hearth_ceiling_fields_set (&self->scopes[i].fields, ceilings);
    }
  show_usage (self->today, hearth_value_get (hearth_value_get (budget, "today"), "spent"));
  hearth_value_ref (budget);
  g_clear_pointer (&self->budget, hearth_value_unref);
  self->budget = budget;
}

static void
budget_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthSpendingGroup) self = user_data;
  g_autoptr (HearthValue) budget = hearth_preferences_group_take_answer (self, source, result);

  if (budget != NULL)
    show_budget (self, budget);
}

static void
month_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthSpendingGroup) self = user_data;
  g_autoptr (HearthValue) usage = hearth_preferences_group_take_answer (self, source, result);

  if (usage != NULL)
    show_usage (self->month, hearth_value_get (usage, "total"));
}

static void
hearth_spending_group_update (HearthPreferencesGroup *group)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *first = g_date_time_format (now, "%Y-%m-01");

  hearth_preferences_group_perform (group, &hearth_operation_read_budget, NULL, budget_cb);
  hearth_preferences_group_perform (group, &hearth_operation_sum_usage,
                                    hearth_value_object ("by", hearth_value_string ("day"),
                                                         "from", hearth_value_string (first), NULL), month_cb);
}

/* --- ceilings --------------------------------------------------------------------------------------- */

static void
apply_cb (HearthSpendingGroup *self,
          GtkWidget           *row)
{
  g_assert (HEARTH_IS_SPENDING_GROUP (self));

  for (guint i = 0; i < N_SCOPES; i++)
    if (gtk_widget_is_ancestor (row, GTK_WIDGET (self->scopes[i].row)))
      {
        HearthValue *ceilings = hearth_ceiling_fields_dup (&self->scopes[i].fields);

        if (ceilings != NULL)
          hearth_preferences_group_perform (self, &hearth_operation_write_budget,
                                            hearth_value_object (keys[i], ceilings, NULL), budget_cb);
      }
}

static void
make_scope (HearthSpendingGroup *self,
            guint                index,
            AdwExpanderRow      *row)
{
  Scope *scope = &self->scopes[index];

  scope->row = row;
  hearth_ceiling_fields_init (&scope->fields, TRUE);
  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    {
      adw_expander_row_add_row (row, scope->fields.rows[i]);
      g_signal_connect_object (scope->fields.rows[i], "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
    }
}

/* --- the widget ------------------------------------------------------------------------------------- */

static void
hearth_spending_group_finalize (GObject *object)
{
  HearthSpendingGroup *self = HEARTH_SPENDING_GROUP (object);

  g_clear_pointer (&self->budget, hearth_value_unref);

  G_OBJECT_CLASS (hearth_spending_group_parent_class)->finalize (object);
}

static void
hearth_spending_group_class_init (HearthSpendingGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_spending_group_finalize;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->update = hearth_spending_group_update;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-spending-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthSpendingGroup, today);
  gtk_widget_class_bind_template_child (widget_class, HearthSpendingGroup, month);
  gtk_widget_class_bind_template_child (widget_class, HearthSpendingGroup, run);
  gtk_widget_class_bind_template_child (widget_class, HearthSpendingGroup, day);
  gtk_widget_class_bind_template_child (widget_class, HearthSpendingGroup, project);
}

static void
hearth_spending_group_init (HearthSpendingGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_scope (self, 0, self->run);
  make_scope (self, 1, self->day);
  make_scope (self, 2, self->project);
}

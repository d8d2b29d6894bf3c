/* hearth-keyring-group.c: whether the keyring can be used, and keys that are not in it yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keyring-group.h"

#include "hearth-llm-operations.h"
#include "hearth-preferences-part.h"

#include "hearth-i18n.h"

/* The desktop asks for the password on its own; nobody tells when it has it. */
#define LOOK_EVERY_SECONDS 1
#define MAX_LOOKS 120

struct _HearthKeyringGroup
{
  HearthPreferencesGroup parent_instance;

  /* template */
  AdwActionRow *state;
  GtkWidget    *unlock;
  GtkWidget    *session_row;
  GtkSwitch    *session;
  AdwActionRow *plain;
  GtkWidget    *move;

  /* owned */
  HearthValue *keyring; /* as hearth_operation_read_keyring tells it, or NULL */
  HearthValue *left;    /* what the last moving could not move, and why; or NULL */
  guint        look;

  guint n_looks; /* that still wait for the password */
};

G_DEFINE_FINAL_TYPE (HearthKeyringGroup, hearth_keyring_group, HEARTH_TYPE_PREFERENCES_GROUP)

/* --- what it says ------------------------------------------------------------------------------- */

static gboolean
is_state (HearthKeyringGroup *self,
          const char         *state)
{
  return g_str_equal (hearth_value_get_member_string (self->keyring, "state", ""), state);
}

static gboolean
is_for_session (HearthKeyringGroup *self)
{
  return g_str_equal (hearth_value_get_member_string (self->keyring, "keyStore", ""), "session");
}

static void
show_state (HearthKeyringGroup *self)
{
  gboolean locked = is_state (self, "locked");
  const char *text = hearth_value_get_member_string (self->keyring, "message", "");

  if (locked)
    text = self->n_looks > 0 ? _("Give its password in the window that asks for it")
                             : _("Until it is unlocked, keys can neither be kept nor used");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state),
                                 locked ? _("The Keyring Is Locked") : _("There Is No Keyring"));
  adw_action_row_set_subtitle (self->state, text);
  gtk_widget_set_visible (self->unlock, locked);
  gtk_widget_set_visible (GTK_WIDGET (self->state), !is_state (self, "ready"));
}

static const char *
find_label (HearthValue *channels,
            const char  *id)
{
  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (channels, i), "id", NULL), id) == 0)
      return hearth_value_get_member_string (hearth_value_at (channels, i), "label", id);
  return id;
}

/* NULL: it did not say. */
static const char *
get_reason (HearthValue *left)
{
  return hearth_value_get_member_string (left, "message", NULL);
}

static gboolean
have_one_reason (HearthValue *left)
{
  for (gsize i = 1; i < hearth_value_get_length (left); i++)
    if (g_strcmp0 (get_reason (hearth_value_at (left, i)), get_reason (hearth_value_at (left, 0))) != 0)
      return FALSE;
  return TRUE;
}

static char *
list_names (HearthValue *channels)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _(", ") : "",
                            hearth_value_get_member_string (hearth_value_at (channels, i), "label", ""));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Whose keys they are; after a try to move them, why they are still here. */
static char *
describe_plain (HearthKeyringGroup *self,
                HearthValue        *channels)
{
  g_autofree char *names = list_names (channels);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_left = self->left != NULL ? hearth_value_get_length (self->left) : 0;

  g_string_printf (text, _("In an imported database: %s"), names);
  if (n_left > 0 && have_one_reason (self->left) && get_reason (hearth_value_at (self->left, 0)) != NULL)
    g_string_append_printf (text, "\n%s", get_reason (hearth_value_at (self->left, 0)));
  else
    for (gsize i = 0; i < n_left; i++)
      {
        HearthValue *item = hearth_value_at (self->left, i);

        if (get_reason (item) != NULL)
          g_string_append_printf (text, "\n%s: %s", find_label (channels, hearth_value_get_member_string (item, "id", "")),
                                  get_reason (item));
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_plain (HearthKeyringGroup *self)
{
  HearthValue *channels = hearth_value_get (self->keyring, "plainKeys");
  guint n = (guint) hearth_value_get_length (channels);
  g_autofree char *title = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u key stands in clear", "%u keys stand in clear", n), n);
  g_autofree char *text = describe_plain (self, channels);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->plain), title);
  adw_action_row_set_subtitle (self->plain, text);
  gtk_widget_set_visible (GTK_WIDGET (self->plain), n > 0);
}

static void
show (HearthKeyringGroup *self,
      HearthValue        *keyring)
{
  if (!hearth_value_equal (hearth_value_get (self->keyring, "state"), hearth_value_get (keyring, "state")))
    g_clear_pointer (&self->left, hearth_value_unref);
  hearth_value_ref (keyring);
  g_clear_pointer (&self->keyring, hearth_value_unref);
  self->keyring = keyring;
  if (!is_state (self, "locked"))
    self->n_looks = 0;
  show_state (self);
  gtk_switch_set_active (self->session, is_for_session (self));
  gtk_widget_set_visible (self->session_row, !is_state (self, "ready") || is_for_session (self));
  show_plain (self);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->session_row)
                                               || gtk_widget_get_visible (GTK_WIDGET (self->plain)));
}

/* --- asking ---------------------------------------------------------------------------------------- */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthKeyringGroup) self = user_data;
  g_autoptr (HearthValue) keyring = hearth_preferences_group_take_answer (self, source, result);

  if (keyring != NULL)
    show (self, keyring);
}

static void
hearth_keyring_group_update (HearthPreferencesGroup *group)
{
  hearth_preferences_group_perform (group, &hearth_operation_read_keyring, NULL, read_cb);
}

static gboolean
look_cb (gpointer data)
{
  HearthKeyringGroup *self = data;

  if (self->n_looks > 0)
    {
      self->n_looks--;
      hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self));
      return G_SOURCE_CONTINUE;
    }
  self->look = 0;
  return G_SOURCE_REMOVE;
}

/* The person is asked for the password now. */
static void
await_password (HearthKeyringGroup *self)
{
  self->n_looks = MAX_LOOKS;
  if (self->look == 0)
    self->look = g_timeout_add_seconds (LOOK_EVERY_SECONDS, look_cb, self);
}

static void
unlock_cb (HearthKeyringGroup *self)
{
  g_assert (HEARTH_IS_KEYRING_GROUP (self));

  await_password (self);
  hearth_preferences_group_perform (self, &hearth_operation_unlock_keyring, NULL, read_cb);
}

/* The switch has moved; by the user, or because it is so. */
static void
session_cb (HearthKeyringGroup *self)
{
  gboolean active = gtk_switch_get_active (self->session);

  g_assert (HEARTH_IS_KEYRING_GROUP (self));

  if (self->keyring != NULL && active != is_for_session (self))
    hearth_preferences_group_perform (self, &hearth_operation_change_keyring,
                                      hearth_value_object ("keyStore", hearth_value_string (active ? "session" : "keyring"),
                                                           NULL), read_cb);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthKeyringGroup) self = user_data;
  g_autoptr (HearthValue) answer = hearth_preferences_group_take_answer (self, source, result);
  g_autofree char *text = NULL;
  guint n;

  if (hearth_preferences_group_get_application (self) == NULL)
    return;
  gtk_widget_set_sensitive (self->move, TRUE);
  if (answer == NULL)
    return;
  n = (guint) hearth_value_get_length (hearth_value_get (answer, "moved"));
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u key was moved into the keyring",
                                       "%u keys were moved into the keyring", n), n);
  g_clear_pointer (&self->left, hearth_value_unref);
  self->left = hearth_value_ref (hearth_value_get (answer, "left"));
  hearth_preferences_toast (GTK_WIDGET (self), n > 0 ? text : _("No key could be moved"));
  if (is_state (self, "locked"))
    await_password (self);
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self));
}

static void
move_cb (HearthKeyringGroup *self)
{
  g_assert (HEARTH_IS_KEYRING_GROUP (self));

  gtk_widget_set_sensitive (self->move, FALSE);
  hearth_preferences_group_perform (self, &hearth_operation_move_keys, NULL, moved_cb);
}

static void
hearth_keyring_group_begin (HearthPreferencesGroup *group)
{
  g_signal_connect_object (hearth_preferences_group_get_workspace (group), "channels-changed",
                           G_CALLBACK (hearth_preferences_group_update), group, G_CONNECT_SWAPPED);
}

/* --- the widget ------------------------------------------------------------------------------------- */

static void
hearth_keyring_group_dispose (GObject *object)
{
  HearthKeyringGroup *self = HEARTH_KEYRING_GROUP (object);

  g_clear_handle_id (&self->look, g_source_remove);

  G_OBJECT_CLASS (hearth_keyring_group_parent_class)->dispose (object);
}

static void
hearth_keyring_group_finalize (GObject *object)
{
  HearthKeyringGroup *self = HEARTH_KEYRING_GROUP (object);

  g_clear_pointer (&self->keyring, hearth_value_unref);
  g_clear_pointer (&self->left, hearth_value_unref);

  G_OBJECT_CLASS (hearth_keyring_group_parent_class)->finalize (object);
}

static void
hearth_keyring_group_class_init (HearthKeyringGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_keyring_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = hearth_keyring_group_finalize;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->begin = hearth_keyring_group_begin;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->update = hearth_keyring_group_update;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-keyring-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthKeyringGroup, state);
  gtk_widget_class_bind_template_child (widget_class, HearthKeyringGroup, unlock);
  gtk_widget_class_bind_template_child (widget_class, HearthKeyringGroup, session_row);
  gtk_widget_class_bind_template_child (widget_class, HearthKeyringGroup, session);
  gtk_widget_class_bind_template_child (widget_class, HearthKeyringGroup, plain);
  gtk_widget_class_bind_template_child (widget_class, HearthKeyringGroup, move);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, session_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
}

static void
hearth_keyring_group_init (HearthKeyringGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* hearth-slot.c: one input, output or config entry, ready for use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-node-type.h"

#include "hearth-graph-private.h"
#include "hearth-i18n.h"

/* gettext answers the empty text with its own header, so that one is never asked for. */
char *
_hearth_dup_translated (const char *text,
                        const char *fallback)
{
  if (text == NULL)
    return g_strdup (fallback);
  return g_strdup (*text != '\0' ? _(text) : text);
}

HearthValue *
_hearth_parse_declared (const char *json,
                        const char *place)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value;

  if (json == NULL)
    return NULL;
  value = hearth_json_parse (json, -1, &error);
  if (value == NULL)
    g_error ("Bad JSON in the declaration of %s: %s", place, error->message);
  return value;
}

static void
slot_set_config (HearthSlot  *self,
                 HearthValue *config)
{
  self->config = config;
  self->default_value = hearth_value_get (config, "default");
}

HearthSlot *
hearth_slot_new_from_decl (const HearthSlotDecl *decl)
{
  HearthSlot *self;

  g_return_val_if_fail (decl != NULL && decl->key != NULL, NULL);

  self = g_new0 (HearthSlot, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->key = g_strdup (decl->key);
  self->type = decl->type;
  self->name = g_strdup (decl->name ? decl->name : decl->key);
  self->title = _hearth_dup_translated (decl->title, self->name);
  self->description = _hearth_dup_translated (decl->description, NULL);
  self->categories = g_strsplit (decl->categories ? decl->categories : "", " ", -1);
  self->flags = decl->flags;
  slot_set_config (self, _hearth_parse_declared (decl->config, decl->key));
  self->actions = _hearth_parse_declared (decl->actions, decl->key);
  return self;
}

static char **
dup_strings (HearthValue *array)
{
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  for (gsize i = 0; hearth_value_is (array, ARRAY) && i < hearth_value_get_length (array); i++)
    {
      HearthValue *item = hearth_value_at (array, i);

      if (hearth_value_is (item, STRING))
        g_strv_builder_add (strings, hearth_value_get_string (item, NULL));
    }
  return g_strv_builder_end (strings);
}

static HearthSlotFlags
read_flags (HearthValue *entry)
{
  static const struct
  {
    const char *key;
    HearthSlotFlags flag;
  } table[] = {
    { "isStream", HEARTH_SLOT_STREAM },
    { "multi", HEARTH_SLOT_MULTI },
    { "allowDynamicType", HEARTH_SLOT_DYNAMIC },
    { "hideHandle", HEARTH_SLOT_HIDE_HANDLE },
  };
  HearthValue *required = hearth_value_get_member_kind (entry, "required", HEARTH_VALUE_BOOLEAN);
  HearthSlotFlags flags = 0;

  if (required != NULL)
    flags |= hearth_value_get_boolean (required) ? HEARTH_SLOT_REQUIRED : HEARTH_SLOT_OPTIONAL;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (hearth_value_get_member_boolean (entry, table[i].key, FALSE))
        flags |= table[i].flag;
    }
  return flags;
}

/* An interface entry keeps its range beside the config, a declaration inside: readers look inside. */
static HearthValue *
read_config (HearthValue *entry)
{
  HearthValue *config = hearth_value_get_member_kind (entry, "config", HEARTH_VALUE_OBJECT);
  HearthValue *min = hearth_value_get (entry, "min");
  HearthValue *max = hearth_value_get (entry, "max");
  g_autoptr (HearthValue) range = NULL;

  range = hearth_value_object ("min", hearth_value_is_number (min) ? hearth_value_ref (min) : NULL,
                               "max", hearth_value_is_number (max) ? hearth_value_ref (max) : NULL,
                               NULL);
  if (hearth_value_get_length (range) > 0)
    return hearth_value_overlay (range, config);
  return hearth_value_ref_or_null (config);
}

HearthSlot *
hearth_slot_new_from_interface (const char  *key,
                                HearthValue *entry)
{
  HearthSlot *self;
  const char *description;

  g_return_val_if_fail (key != NULL, NULL);

  self = g_new0 (HearthSlot, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->key = g_strdup (key);
  hearth_data_type_from_string (hearth_value_get_member_string (entry, "dataFlowType", NULL), &self->type);
  self->name = g_strdup (hearth_value_get_member_string (entry, "displayName", key));
  self->title = g_strdup (self->name);
  description = hearth_value_get_member_string (entry, "customDescription", NULL);
  if (description == NULL || *description == '\0')
    description = hearth_value_get_member_string (entry, "description", description);
  self->description = g_strdup (description);
  self->categories = dup_strings (hearth_value_get (entry, "matchCategories"));
  self->flags = read_flags (entry);
  slot_set_config (self, read_config (entry));
  self->actions = hearth_value_ref_or_null (hearth_value_get_member_kind (entry, "actions", HEARTH_VALUE_ARRAY));
  return self;
}

HearthSlot *
hearth_slot_ref (HearthSlot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_slot_unref (HearthSlot *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_strfreev (self->categories);
  g_clear_pointer (&self->config, hearth_value_unref);
  g_clear_pointer (&self->actions, hearth_value_unref);
  g_free (self);
}

HearthValue *
hearth_slot_get_effective_default (const HearthSlot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (hearth_slot_is (self, STREAM))
    return NULL;
  if (self->default_value != NULL)
    return self->default_value;
  return hearth_data_type_get_zero (self->type);
}

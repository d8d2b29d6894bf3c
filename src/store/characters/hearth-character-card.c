/* hearth-character-card.c: reads character cards, merges them, and makes the lines of a list of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-character-card.h"

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-png-text.h"
#include "hearth-i18n.h"

/* Later than any second of a card, earlier than any millisecond: which of them a number counts. */
#define MAX_SECONDS G_GINT64_CONSTANT (100000000000)

/* --- reading ------------------------------------------------------------------------ */

HearthValue *
hearth_character_card_parse (const char *text,
                             gssize      length,
                             GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) card = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  card = hearth_json_parse (text, length, &reason);
  if (hearth_value_is (card, OBJECT))
    return g_steal_pointer (&card);
  if (reason != NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 /* Translators: followed by what is wrong ("Line 3, column 7: …") */
                 _("The character card cannot be read. %s"), reason->message);
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 _("The character card cannot be read: it is no JSON object."));
  return NULL;
}

static const char *const keywords[] = { "ccv3", "chara", NULL };

/* Takes @text. */
static HearthValue *
read_text (char    *text,
           GError **error)
{
  g_autofree char *coded = text;
  g_autofree guchar *json = NULL;
  gsize length;

  if (coded == NULL)
    return NULL;
  json = g_base64_decode (coded, &length);
  return hearth_character_card_parse ((const char *) json, (gssize) length, error);
}

HearthValue *
hearth_character_card_read_png (GBytes  *png,
                                GError **error)
{
  g_return_val_if_fail (png != NULL, NULL);

  return read_text (hearth_png_text_find (png, keywords, error), error);
}

HearthValue *
hearth_character_card_read_png_file (const char *path,
                                     GError    **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return read_text (hearth_png_text_find_in_file (path, keywords, error), error);
}

/* --- fields -------------------------------------------------------------------------- */

static gboolean
is_empty (HearthValue *value)
{
  gsize length = 1;

  if (value == NULL || hearth_value_is (value, NULL))
    return TRUE;
  if (hearth_value_is (value, STRING))
    hearth_value_get_string (value, &length);
  else if (hearth_value_is (value, ARRAY))
    length = hearth_value_get_length (value);
  return length == 0;
}

/* At the top or in `data`. Borrowed, or NULL. */
static HearthValue *
get_field (HearthValue *card,
           const char  *key)
{
  HearthValue *top = hearth_value_get (card, key);
  HearthValue *inner = hearth_value_get (hearth_value_get (card, "data"), key);

  if (!is_empty (top))
    return top;
  return !is_empty (inner) ? inner : NULL;
}

static HearthValue *
get_extension (HearthValue *card,
               const char  *key)
{
  HearthValue *top = hearth_value_get (card, key);
  HearthValue *extensions = hearth_value_get (hearth_value_get (card, "data"), "extensions");

  return !is_empty (top) ? top : hearth_value_get (extensions, key);
}

const char *
hearth_character_card_get_text (HearthValue *card,
                                const char  *key)
{
  HearthValue *value;

  g_return_val_if_fail (key != NULL, "");

  value = get_field (card, key);
  return hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : "";
}

/* --- merging -------------------------------------------------------------------------- */

HearthValue *
hearth_character_card_merge (HearthValue *base,
                             HearthValue *over)
{
  HearthValue *base_data = hearth_value_get_member_kind (base, "data", HEARTH_VALUE_OBJECT);
  HearthValue *over_data = hearth_value_get_member_kind (over, "data", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) rest = hearth_value_overlay (base, NULL);
  g_autoptr (HearthValue) merged = NULL;
  g_autoptr (HearthValue) data = NULL;

  /* A field at the top would hide the newer one in `data`. */
  for (gsize i = 0; over_data != NULL && i < hearth_value_get_length (over_data); i++)
    {
      HearthValue *less = hearth_value_with (rest, hearth_value_key_at (over_data, i), NULL);

      hearth_value_unref (rest);
      rest = less;
    }
  merged = hearth_value_overlay (rest, over);
  if (base_data == NULL && over_data == NULL)
    return g_steal_pointer (&merged);
  data = hearth_value_overlay (base_data, over_data);
  return hearth_value_with (merged, "data", data);
}

/* --- lists ---------------------------------------------------------------------------- */

static HearthValue *
pick (HearthValue       *object,
      const char *const *keys)
{
  g_auto (HearthBuilder) picked = HEARTH_BUILDER_INIT;

  for (gsize i = 0; keys[i] != NULL; i++)
    hearth_builder_add (&picked, keys[i], hearth_value_ref_or_null (hearth_value_get (object, keys[i])));
  return hearth_builder_end_object (&picked);
}

HearthValue *
hearth_character_card_to_brief (HearthValue *card)
{
  static const char *const top_keys[] = { "id",          "name", "description",   "tags",   "creator", "creatorcomment",
                                          "create_date", "fav",  "talkativeness", "avatar", "chat",    "creator_notes",
                                          "character_version", "creation_date", NULL };
  static const char *const data_keys[] = { "name",        "description",   "tags",          "creator", "creator_notes",
                                           "create_date", "creation_date", "character_version", NULL };
  static const char *const extension_keys[] = { "fav", "talkativeness", NULL };
  HearthValue *inner = hearth_value_get_member_kind (card, "data", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) top = pick (card, top_keys);
  g_autoptr (HearthValue) data = NULL;
  g_autoptr (HearthValue) extensions = NULL;
  g_autoptr (HearthValue) whole = NULL;

  if (inner == NULL)
    return g_steal_pointer (&top);
  data = pick (inner, data_keys);
  extensions = pick (hearth_value_get (inner, "extensions"), extension_keys);
  whole = hearth_value_with (data, "extensions", extensions);
  return hearth_value_with (top, "data", whole);
}

static HearthValue *
make_tags (HearthValue *card)
{
  HearthValue *tags = get_field (card, "tags");
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (tags, ARRAY) && i < hearth_value_get_length (tags); i++)
    if (hearth_value_is (hearth_value_at (tags, i), STRING))
      hearth_builder_add (&list, NULL, hearth_value_ref (hearth_value_at (tags, i)));
  return hearth_builder_end_array (&list);
}

static void
add_text (HearthBuilder *entry,
          const char    *key,
          HearthValue   *value)
{
  g_autofree char *text = NULL;

  if (hearth_value_is (value, STRING) && !is_empty (value))
    hearth_builder_add (entry, key, hearth_value_ref (value));
  else if (value != NULL && hearth_value_is_number (value))
    {
      text = hearth_value_to_text (value);
      hearth_builder_add_string (entry, key, text);
    }
}

/* Version 3 counts seconds, and some programs milliseconds. */
static void
add_date (HearthBuilder *entry,
          HearthValue   *card)
{
  HearthValue *text = get_field (card, "create_date");
  HearthValue *number = get_field (card, "creation_date");
  gint64 time = hearth_value_is (number, INTEGER) ? hearth_value_get_integer (number) : 0;
  g_autofree char *date = NULL;

  if (text == NULL && time > 0 && time < MAX_SECONDS * 1000)
    {
      date = hearth_time_to_iso (time < MAX_SECONDS ? time * 1000 : time);
      hearth_builder_add_string (entry, "createDate", date);
    }
  else
    add_text (entry, "createDate", text);
}

/* Some programs write it as a word. */
static gboolean
is_favorite (HearthValue *card)
{
  HearthValue *value = get_extension (card, "fav");

  if (hearth_value_is (value, STRING))
    return g_str_equal (hearth_value_get_string (value, NULL), "true");
  return hearth_value_is (value, BOOLEAN) && hearth_value_get_boolean (value);
}

HearthValue *
hearth_character_card_to_entry (HearthValue *card,
                                const char  *stem,
                                const char  *image_name,
                                guint        index)
{
  const char *name;
  const char *id = hearth_value_get_member_string (card, "id", "");
  HearthValue *comment = hearth_value_get_member_kind (card, "creatorcomment", HEARTH_VALUE_STRING);
  g_auto (HearthBuilder) entry = HEARTH_BUILDER_INIT;
  g_autofree char *numbered = NULL;

  g_return_val_if_fail (stem != NULL, NULL);

  name = hearth_character_card_get_text (card, "name");
  name = *name != '\0' ? name : stem;
  numbered = g_strdup_printf ("%s_%u", name, index);
  hearth_builder_add_string (&entry, "id", *id != '\0' ? id : numbered);
  hearth_builder_add_string (&entry, "name", name);
  add_text (&entry, "description", get_field (card, "description"));
  hearth_builder_add (&entry, "imageName", image_name != NULL ? hearth_value_string (image_name) : hearth_value_null ());
  hearth_builder_add (&entry, "tags", make_tags (card));
  add_text (&entry, "creator", get_field (card, "creator"));
  add_text (&entry, "creatorComment", !is_empty (comment) ? comment : get_field (card, "creator_notes"));
  add_date (&entry, card);
  add_text (&entry, "characterVersion", get_field (card, "character_version"));
  add_text (&entry, "talkativeness", get_extension (card, "talkativeness"));
  hearth_builder_add (&entry, "favorite", hearth_value_boolean (is_favorite (card)));
  add_text (&entry, "avatar", hearth_value_get (card, "avatar"));
  add_text (&entry, "chat", hearth_value_get (card, "chat"));
  return hearth_builder_end_object (&entry);
}

/* test-character-store.c: cards as files, and what the list says of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "hearth-character-card.h"
#include "hearth-character-store.h"
#include "hearth-json.h"
#include "hearth-png-text.h"
#include "temporary.h"

static GBytes *
load_picture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "png", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static void
put (HearthDataDir *dir,
     const char    *name,
     GBytes        *bytes)
{
  g_autofree char *folder = hearth_data_dir_dup_characters (dir);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static void
put_picture (HearthDataDir *dir,
             const char    *name,
             const char    *card)
{
  g_autoptr (GBytes) none = load_picture ("none.png");
  g_autofree char *coded = g_base64_encode ((const guchar *) card, strlen (card));
  g_autoptr (GBytes) picture = hearth_png_text_replace (none, "chara", coded, NULL);

  put (dir, name, picture);
}

static void
put_json (HearthDataDir *dir,
          const char    *name,
          const char    *card)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (card, strlen (card));

  put (dir, name, bytes);
}

static HearthValue *
list (HearthDataDir *dir)
{
  g_autoptr (GError) error = NULL;
  HearthValue *entries = hearth_character_store_list (dir, &error);

  g_assert_no_error (error);
  return entries;
}

static void
assert_list (HearthDataDir *dir,
             const char    *wanted)
{
  g_autoptr (HearthValue) entries = list (dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) expected = hearth_json_parse (wanted, -1, &error);
  g_autofree char *text = hearth_json_print (entries);

  g_assert_no_error (error);
  if (!hearth_value_equal (entries, expected))
    g_assert_cmpstr (text, ==, wanted);
}

/* --- cards ------------------------------------------------------------------------------ */

static void
test_versions (Temporary    *fixture,
               gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (GBytes) v2 = load_picture ("card-v2.png");
  g_autoptr (GBytes) v3 = load_picture ("card-v3.png");
  g_autoptr (GBytes) none = load_picture ("none.png");
  g_autoptr (GBytes) damaged = load_picture ("wrong-check.png");
  g_autoptr (GBytes) fake = load_picture ("no-picture.png");

  assert_list (dir, "[]");
  put (dir, "a.png", v2);
  put (dir, "b.PNG", v3);
  put (dir, "c.png", none);
  put (dir, "d.png", damaged);
  put (dir, "e.png", fake);
  assert_list (dir, HEARTH_JSON ([
    { "id": "Bob_0", "name": "Bob", "description": "top", "imageName": "a.png", "tags": [ "a" ], "creator": "me",
      "creatorComment": "c", "createDate": "2026-1-31", "talkativeness": "0.25", "favorite": true, "avatar": "none",
      "chat": "Bob - 1", "fileName": "a.png" },
    { "id": "Ada_1", "name": "Ada", "description": "A mathematician", "imageName": "b.PNG", "tags": [ "science" ],
      "creator": "me", "creatorComment": "n", "createDate": "2026-01-31T12:00:00.000Z", "characterVersion": "1.2",
      "talkativeness": "0.5", "favorite": true, "fileName": "b.PNG" },
    { "id": "c_2", "name": "c", "imageName": "c.png", "tags": [], "favorite": false, "fileName": "c.png" },
    { "id": "d_3", "name": "d", "imageName": "d.png", "tags": [], "favorite": false, "fileName": "d.png" },
    { "id": "e_4", "name": "e", "imageName": "e.png", "tags": [], "favorite": false, "fileName": "e.png" }
  ]));
}

/* Rule 3 of http-api.md 14: which JSON file belongs to which picture. */
static void
test_merge (Temporary    *fixture,
            gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);

  put_picture (dir, "ann.card.png", "{\"name\":\"Ann\",\"description\":\"old\",\"data\":{\"creator\":\"P\",\"creator_notes\":\"n\"}}");
  put_picture (dir, "Zed one.png", "{\"name\":\"Other\"}");
  put_json (dir, "1.json", "{\"name\":\"Ann\",\"data\":{\"description\":\"new\",\"creator\":\"J\"}}"); /* by its name */
  put_json (dir, "ann.json", "{\"id\":\"own\",\"fav\":true,\"name\":\"Annette\"}");                  /* by the stem */
  put_json (dir, "2.json", "{\"data\":{\"name\":\"zed\"}}"); /* stays alone, and takes the picture that begins like it */
  put_json (dir, "3.json", "{\"name\":\"Nobody\"}");
  put_json (dir, "4.json", "{broken");
  put_json (dir, "5.json", "[1]");
  assert_list (dir, HEARTH_JSON ([
    { "id": "Other_0", "name": "Other", "imageName": "Zed one.png", "tags": [], "favorite": false, "fileName": "Zed one.png" },
    { "id": "own", "name": "Annette", "description": "new", "imageName": "ann.card.png", "tags": [], "creator": "J",
      "creatorComment": "n", "favorite": true, "fileName": "ann.card.png" },
    { "id": "zed_2", "name": "zed", "imageName": "Zed one.png", "tags": [], "favorite": false, "fileName": "2.json" },
    { "id": "Nobody_3", "name": "Nobody", "imageName": null, "tags": [], "favorite": false, "fileName": "3.json" }
  ]));
}

static void
test_read (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) card = NULL;

  put_picture (dir, "ann.png", "{\"name\":\"Ann\",\"first_mes\":\"Hi\",\"data\":{\"first_mes\":\"Hi\",\"scenario\":\"s\"}}");
  put_json (dir, "ann.json", "{\"data\":{\"first_mes\":\"Hello\"},\"own\":1}");
  card = hearth_character_store_read (dir, "ann.png", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hearth_character_card_get_text (card, "first_mes"), ==, "Hello");
  g_assert_cmpstr (hearth_character_card_get_text (card, "scenario"), ==, "s");
  g_assert_cmpstr (hearth_character_card_get_text (card, "personality"), ==, "");
  g_assert_cmpint (hearth_value_get_member_integer (card, "own", 0), ==, 1);
  g_assert_null (hearth_character_store_read (dir, "bob.png", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* --- files -------------------------------------------------------------------------------- */

/* A change from outside shows at once (storage.md 9). */
static void
test_changes (Temporary    *fixture,
              gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *card = g_strdup_printf ("{\"name\":\"Name %u\"}", i);
      g_autoptr (HearthValue) entries = NULL;

      put_picture (dir, "x.png", card);
      entries = list (dir);
      g_assert_cmpuint (hearth_value_get_length (entries), ==, 1);
      g_assert_true (strstr (card, hearth_value_get_member_string (hearth_value_at (entries, 0), "name", "?")) != NULL);
    }
}

static void
test_image (Temporary    *fixture,
            gconstpointer data)
{
  static const struct
  {
    const char *name;
    int code;
  } cases[] = {
    { "", HEARTH_STORE_ERROR_NAME },          { "../x.png", HEARTH_STORE_ERROR_NAME },
    { "a/b.png", HEARTH_STORE_ERROR_NAME },   { ".hidden.png", HEARTH_STORE_ERROR_NAME },
    { "a..png", HEARTH_STORE_ERROR_NAME },    { "x.json", HEARTH_STORE_ERROR_TYPE },
    { "x.svg", HEARTH_STORE_ERROR_TYPE },  { "y.png", HEARTH_STORE_ERROR_NOT_FOUND },
    { "out.png", HEARTH_STORE_ERROR_NOT_FOUND },
  };
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autofree char *folder = hearth_data_dir_dup_characters (dir);
  g_autofree char *link = g_build_filename (folder, "out.png", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) entries = NULL;

  put_picture (dir, "x.png", "{\"name\":\"X\"}");
  g_assert_cmpint (symlink ("/etc/hostname", link), ==, 0);
  path = hearth_character_store_find_image (dir, "x.png", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (path, "/CharacterCard/x.png"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (hearth_character_store_find_image (dir, cases[i].name, &error));
      g_test_message ("%s", cases[i].name);
      g_assert_error (error, HEARTH_STORE_ERROR, cases[i].code);
      g_clear_error (&error);
    }
  entries = list (dir);
  g_assert_cmpuint (hearth_value_get_length (entries), ==, 1); /* without the link */
}

static void
assert_refused (HearthDataDir *dir,
                const char    *name,
                GBytes        *bytes,
                int            code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) entry = hearth_character_store_import (dir, name, bytes, &error);

  g_assert_null (entry);
  g_assert_error (error, HEARTH_STORE_ERROR, code);
}

static void
test_import (Temporary    *fixture,
             gconstpointer data)
{
  static const char text[] = "{\"data\":{\"name\":\"J\"}}";
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (GBytes) v3 = load_picture ("card-v3.png");
  g_autoptr (GBytes) none = load_picture ("none.png");
  g_autoptr (GBytes) damaged = load_picture ("wrong-check.png");
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) empty = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) entry = hearth_character_store_import (dir, "A/da?.png", v3, &error);
  g_autoptr (HearthValue) second = hearth_character_store_import (dir, "j.json", json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hearth_value_get_member_string (entry, "name", NULL), ==, "Ada");
  g_assert_cmpstr (hearth_value_get_member_string (entry, "imageName", NULL), ==, "A_da_.png");
  g_assert_cmpstr (hearth_value_get_member_string (second, "fileName", NULL), ==, "j.json");
  assert_refused (dir, "A_da_.png", v3, HEARTH_STORE_ERROR_EXISTS);
  assert_refused (dir, "x.png", none, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, "x.png", damaged, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, "x.png", json, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, "x.json", v3, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, "x.json", empty, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, "x.json", nothing, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, "x.gif", v3, HEARTH_STORE_ERROR_REFUSED);
  assert_refused (dir, ".png", v3, HEARTH_STORE_ERROR_NAME);
  assert_refused (dir, "", v3, HEARTH_STORE_ERROR_NAME);
}

static void
test_delete (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;

  put_picture (dir, "ann.png", "{\"name\":\"Ann\"}");
  put_json (dir, "ann.json", "{\"name\":\"Ann\"}");
  put_json (dir, "j.json", "{\"name\":\"J\"}");
  place = hearth_character_store_delete (dir, "ann.png", &error);
  g_assert_no_error (error);
  g_assert_true (strstr (place, "/.recycle_bin/") != NULL && g_str_has_suffix (place, ".png"));
  g_assert_true (g_file_test (place, G_FILE_TEST_EXISTS));
  assert_list (dir, HEARTH_JSON ([
    { "id": "J_0", "name": "J", "imageName": null, "tags": [], "favorite": false, "fileName": "j.json" }
  ]));
  g_assert_null (hearth_character_store_delete (dir, "ann.png", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEMPORARY_TEST ("/character-store/versions", test_versions);
  TEMPORARY_TEST ("/character-store/merge", test_merge);
  TEMPORARY_TEST ("/character-store/read", test_read);
  TEMPORARY_TEST ("/character-store/changes", test_changes);
  TEMPORARY_TEST ("/character-store/image", test_image);
  TEMPORARY_TEST ("/character-store/import", test_import);
  TEMPORARY_TEST ("/character-store/delete", test_delete);
  return g_test_run ();
}

/* hearth-plugin-manifest.c: plugin.yaml, what a pack says about itself (http-api.md 17.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-manifest.h"

#include <string.h>

#include "hearth-yaml.h"
#include "hearth-i18n.h"

#define MAX_NAME 64
#define MAX_PATH_BYTES 1024
#define MAX_OPTIONS 200

typedef enum
{
  FIELD_TEXT,
  FIELD_NAME,
  FIELD_PATH,
  FIELD_PATHS, /* one, or a list */
  FIELD_OBJECT,
  FIELD_LIST,
  FIELD_BOOLEAN,
  FIELD_FRONTEND_TYPE,
} FieldKind;

typedef struct
{
  const char *path; /* from the top; a field of an object that is not there is not asked for */
  FieldKind   kind;
  gboolean    required;
} Field;

/* Objects before their fields */
static const Field fields[] = {
  { "name", FIELD_NAME, TRUE },
  { "displayName", FIELD_TEXT, TRUE },
  { "version", FIELD_TEXT, TRUE },
  { "description", FIELD_TEXT, FALSE },
  { "nodes", FIELD_OBJECT, FALSE },
  { "nodes.entry", FIELD_PATH, TRUE },
  { "frontend", FIELD_OBJECT, FALSE },
  { "frontend.type", FIELD_FRONTEND_TYPE, TRUE },
  { "frontend.build", FIELD_OBJECT, FALSE },
  { "frontend.build.entry", FIELD_PATH, TRUE },
  { "frontend.build.outputDir", FIELD_PATH, TRUE },
  { "frontend.build.styles", FIELD_PATHS, FALSE },
  { "frontend.vanilla", FIELD_OBJECT, FALSE },
  { "frontend.vanilla.entry", FIELD_PATH, TRUE },
  { "frontend.vanilla.rootDir", FIELD_PATH, FALSE },
  { "frontend.vanilla.styles", FIELD_PATHS, FALSE },
  { "configOptions", FIELD_LIST, FALSE },
  { "permissions", FIELD_OBJECT, FALSE },
  { "permissions.network", FIELD_BOOLEAN, FALSE },
};

/* --- names and paths ------------------------------------------------------------------------ */

gboolean
hearth_plugin_name_is_usable (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (!g_ascii_isalnum (*name) || strlen (name) > MAX_NAME || g_str_equal (name, "core"))
    return FALSE;
  return name[strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] == '\0';
}

gboolean
hearth_plugin_path_is_safe (const char *path)
{
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_str_has_prefix (path, "./"))
    path += 2;
  if (*path == '\0' || strlen (path) > MAX_PATH_BYTES || strchr (path, '\\') != NULL
      || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '.' || (parts[i][0] == '\0' && (i == 0 || parts[i + 1] != NULL)))
      return FALSE;
  return TRUE;
}

/* --- checking ----------------------------------------------------------------------------- */

static gboolean
fail (GHashTable *lines,
      const char *path,
      const char *message,
      GError    **error)
{
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (lines, path));

  if (line > 0)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 /* Translators: a line in a file, the name of what stands there, what is wrong with it */
                 _("Line %u: “%s” %s"), line, path, message);
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 /* Translators: the name of something that a file lacks, what is wrong */
                 _("“%s” %s"), path, message);
  return FALSE;
}

/* NULL: it fits; else what is wrong, to follow the field's name. */
static const char *
judge_text (const Field *field,
            HearthValue *value)
{
  const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : NULL;

  if (text == NULL)
    return _("must be text; put it in quotes.");
  if (field->kind == FIELD_NAME && !hearth_plugin_name_is_usable (text))
    return _("must be letters, digits, “.”, “_” and “-”, at most 64, and not “core”.");
  if (field->kind == FIELD_PATH && !hearth_plugin_path_is_safe (text))
    return _("must be a path inside of the pack, such as web/index.js.");
  if (field->kind == FIELD_FRONTEND_TYPE && !g_str_equal (text, "vite") && !g_str_equal (text, "vanilla"))
    return _("must be vite or vanilla.");
  return NULL;
}

static const char *
judge_paths (HearthValue *value)
{
  const Field each = { .kind = FIELD_PATH };

  if (!hearth_value_is (value, ARRAY))
    return judge_text (&each, value);
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      const char *wrong = judge_text (&each, hearth_value_at (value, i));

      if (wrong != NULL)
        return wrong;
    }
  return NULL;
}

static const char *
judge (const Field *field,
       HearthValue *value)
{
  switch (field->kind)
    {
    case FIELD_PATHS:
      return judge_paths (value);
    case FIELD_OBJECT:
      return hearth_value_is (value, OBJECT) ? NULL : _("must be a mapping of names to values.");
    case FIELD_LIST:
      return hearth_value_is (value, ARRAY) ? NULL : _("must be a list.");
    case FIELD_BOOLEAN:
      return hearth_value_is (value, BOOLEAN) ? NULL : _("must be true or false.");
    case FIELD_TEXT:
    case FIELD_NAME:
    case FIELD_PATH:
    case FIELD_FRONTEND_TYPE:
    default:
      return judge_text (field, value);
    }
}

/* The object that @path lies in, or NULL. @key: its last part. */
static HearthValue *
find_parent (HearthValue *manifest,
             const char  *path,
             const char **key)
{
  const char *dot;

  while ((dot = strchr (path, '.')) != NULL)
    {
      g_autofree char *part = g_strndup (path, (gsize) (dot - path));

      manifest = hearth_value_get (manifest, part);
      path = dot + 1;
    }
  *key = path;
  return manifest;
}

static gboolean
check_field (const Field *field,
             HearthValue *manifest,
             GHashTable  *lines,
             GError     **error)
{
  const char *key;
  HearthValue *parent = find_parent (manifest, field->path, &key);
  HearthValue *value = hearth_value_get (parent, key);
  const char *wrong;

  if (parent == NULL || (!field->required && value == NULL))
    return TRUE;
  if (value == NULL)
    return fail (lines, field->path, _("is missing."), error);
  wrong = judge (field, value);
  return wrong == NULL || fail (lines, field->path, wrong, error);
}

static gboolean
check_option (HearthValue *option,
              guint        index,
              GHashTable  *lines,
              GError     **error)
{
  static const char *const keys[] = { "key", "type", "label" };
  g_autofree char *place = g_strdup_printf ("configOptions[%u]", index);

  if (!hearth_value_is (option, OBJECT))
    return fail (lines, place, _("must be a mapping of names to values."), error);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", place, keys[i]);
      HearthValue *value = hearth_value_get (option, keys[i]);

      if (value == NULL)
        return fail (lines, path, _("is missing."), error);
      if (!hearth_value_is (value, STRING) || *hearth_value_get_string (value, NULL) == '\0')
        return fail (lines, path, _("must be text; put it in quotes."), error);
    }
  return TRUE;
}

static gboolean
check_options (HearthValue *manifest,
               GHashTable  *lines,
               GError     **error)
{
  HearthValue *options = hearth_value_get (manifest, "configOptions");
  gsize n = options != NULL ? hearth_value_get_length (options) : 0;

  if (n > MAX_OPTIONS)
    return fail (lines, "configOptions", _("has more entries than anybody could set."), error);
  for (gsize i = 0; i < n; i++)
    if (!check_option (hearth_value_at (options, i), (guint) i, lines, error))
      return FALSE;
  return TRUE;
}

HearthValue *
hearth_plugin_manifest_parse (const char *text,
                              gsize       length,
                              GError    **error)
{
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) manifest = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  manifest = hearth_yaml_parse (text, length, HEARTH_YAML_MAX_MANIFEST, &lines, &reason);
  if (manifest == NULL)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID, reason->message);
      return NULL;
    }
  if (!hearth_value_is (manifest, OBJECT))
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                           _("The file must begin with “name: …”: it is a mapping of names to values."));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!check_field (&fields[i], manifest, lines, error))
      return NULL;
  return check_options (manifest, lines, error) ? g_steal_pointer (&manifest) : NULL;
}

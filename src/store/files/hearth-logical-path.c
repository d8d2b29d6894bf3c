/* hearth-logical-path.c: "user://projects/a.json": files as web pages know them (storage.md 7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-logical-path.h"

#include <string.h>

#include "hearth-i18n.h"

static const char *const shared_areas[] = { "library", "templates", NULL };

/* Of the reference; they hold the database, settings with secrets, runs with people's texts, and the
 * program itself. */
static const char *const closed_areas[] = { "config", "data", "logs", "sdk", NULL };

/* --- normal form --------------------------------------------------------------------------- */

/* Like a POSIX path from "/": what would climb higher stays there. NULL with an error. */
static char *
normalize (const char *rest,
           GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_str_equal (parts[i], "..") && kept->len > 0)
        g_ptr_array_set_size (kept, (gint) kept->len - 1);
      else if (*parts[i] != '\0' && !g_str_equal (parts[i], ".") && !g_str_equal (parts[i], ".."))
        g_ptr_array_add (kept, parts[i]);
    }
  if (kept->len > HEARTH_LOGICAL_PATH_MAX_DEPTH)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                   _("The path is too deep. Folders may lie in each other %d times."), HEARTH_LOGICAL_PATH_MAX_DEPTH);
      return NULL;
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

/* --- schemes ---------------------------------------------------------------------------------- */

/* The area that @rest begins with; @below is what stands behind it. */
static const char *
find_area (const char *const *areas,
           const char        *rest,
           const char       **below)
{
  gsize length = strcspn (rest, "/");

  for (guint i = 0; areas[i] != NULL; i++)
    if (strlen (areas[i]) == length && strncmp (rest, areas[i], length) == 0)
      {
        *below = rest[length] == '/' ? rest + length + 1 : rest + length;
        return areas[i];
      }
  return NULL;
}

static gboolean
enter_shared (HearthLogicalPath *self,
              HearthDataDir     *dir,
              const char        *rest,
              GError           **error)
{
  const char *below = rest;
  const char *area = find_area (shared_areas, rest, &below);

  self->writable = TRUE;
  if (area == NULL && *rest != '\0')
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                   _("“%s” is not a shared folder; there are shared://library and shared://templates."), self->normal);
      return FALSE;
    }
  self->root = area == NULL ? NULL
               : g_str_equal (area, "library") ? hearth_data_dir_dup_shared (dir)
                                               : hearth_data_dir_dup_templates (dir);
  self->below = g_strdup (below);
  return TRUE;
}

static gboolean
enter_system (HearthLogicalPath *self,
              HearthDataDir     *dir,
              const char        *rest,
              GError           **error)
{
  static const char *const open_areas[] = { "public", NULL };
  const char *below;

  if (find_area (open_areas, rest, &below) != NULL)
    {
      self->root = hearth_data_dir_dup_public (dir);
      self->below = g_strdup (below);
      return TRUE;
    }
  if (find_area (closed_areas, rest, &below) != NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED, _("“%s” is not open to web pages."), self->normal);
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("“%s” is not a folder of the program; there is system://public."), self->normal);
  return FALSE;
}

static gboolean
enter (HearthLogicalPath *self,
       HearthDataDir     *dir,
       const char        *rest,
       GError           **error)
{
  if (g_str_has_prefix (self->normal, "shared://"))
    return enter_shared (self, dir, rest, error);
  if (g_str_has_prefix (self->normal, "system://"))
    return enter_system (self, dir, rest, error);
  if (!g_str_has_prefix (self->normal, "user://"))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                   _("“%s” begins with an unknown scheme; there are user:// and shared://."), self->normal);
      return FALSE;
    }
  self->root = hearth_data_dir_dup_user (dir);
  self->below = g_strdup (rest);
  self->writable = TRUE;
  return TRUE;
}

HearthLogicalPath *
hearth_logical_path_new (HearthDataDir *dir,
                         const char    *text,
                         GError       **error)
{
  g_autoptr (HearthLogicalPath) self = NULL;
  g_autofree char *rest = NULL;
  const char *mark;

  g_return_val_if_fail (dir != NULL && text != NULL, NULL);

  mark = strstr (text, "://");
  if (mark == NULL || mark == text || strstr (mark + 3, "://") != NULL || !g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                   _("“%s” is not a path of the form user://folder/file."), valid);
      return NULL;
    }
  if (strchr (text, '\\') != NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("“%s” holds a backslash. Use “/”."), text);
      return NULL;
    }
  rest = normalize (mark + 3, error);
  if (rest == NULL)
    return NULL;
  self = g_new0 (HearthLogicalPath, 1);
  self->normal = g_strdup_printf ("%.*s%s", (int) (mark + 3 - text), text, rest);
  return enter (self, dir, rest, error) ? g_steal_pointer (&self) : NULL;
}

void
hearth_logical_path_free (HearthLogicalPath *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->normal);
  g_free (self->root);
  g_free (self->below);
  g_free (self);
}

/* --- relatives -------------------------------------------------------------------------------- */

static char *
join (const char *parent,
      const char *name)
{
  return g_strconcat (parent, *parent == '\0' || g_str_has_suffix (parent, "/") ? "" : "/", name, NULL);
}

HearthLogicalPath *
hearth_logical_path_dup_child (const HearthLogicalPath *self,
                               const char              *name)
{
  HearthLogicalPath *child;

  g_return_val_if_fail (self != NULL && self->root != NULL, NULL);
  g_return_val_if_fail (name != NULL && strchr (name, '/') == NULL, NULL);

  child = g_new0 (HearthLogicalPath, 1);
  child->normal = join (self->normal, name);
  child->root = g_strdup (self->root);
  child->below = join (self->below, name);
  child->writable = self->writable;
  return child;
}

const char *
hearth_logical_path_get_name (const HearthLogicalPath *self)
{
  const char *slash;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->below == NULL)
    return "";
  slash = strrchr (self->below, '/');
  return slash != NULL ? slash + 1 : self->below;
}

/* --- what stays where it is ----------------------------------------------------------------- */

static gboolean
is_any_of (const char        *text,
           const char *const *list)
{
  return g_strv_contains (list, text);
}

/* "user://projects/<any>/workflows" and its like */
static gboolean
is_place_of_project (const char *normal)
{
  static const char *const places[] = { "workflows", "outputs", "assets", NULL };
  g_auto (GStrv) parts = g_strsplit (normal, "/", -1);

  return g_strv_length (parts) == 5 && g_str_has_prefix (normal, "user://projects/") && is_any_of (parts[4], places);
}

gboolean
hearth_logical_path_may_move (const HearthLogicalPath *self)
{
  static const char *const fixed[] = {
    "user://library/knowledgebases", "user://library/templates",
    "shared://library/SillyTavern", "shared://library/knowledgebases", "shared://library/workflows", NULL,
  };

  return hearth_logical_path_may_delete (self) && !is_any_of (self->normal, fixed)
         && !is_place_of_project (self->normal);
}

gboolean
hearth_logical_path_may_delete (const HearthLogicalPath *self)
{
  static const char *const roots[] = { "user://projects", "user://library", NULL };

  g_return_val_if_fail (self != NULL, FALSE);

  return self->writable && self->root != NULL && *self->below != '\0' && !is_any_of (self->normal, roots);
}

/* --- new names --------------------------------------------------------------------------------- */

static gboolean
has_control (const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

gboolean
hearth_file_name_check (const char *name,
                        GError    **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || g_str_equal (name, ".") || g_str_equal (name, "..") || strpbrk (name, "/\\") != NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("“%s” is not a name. It must not be empty, “.” or “..”, and not hold “/” or “\\”."), name);
  else if (!g_utf8_validate (name, -1, NULL) || has_control (name))
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                         _("The name holds characters that cannot be seen. Type it anew."));
  else if (hearth_name_is_device (name))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("“%s” is the name of a device on other systems. Choose another."), name);
  else if (strlen (name) > HEARTH_NAME_MAX_BYTES)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("The name is too long: it may have %d bytes."), HEARTH_NAME_MAX_BYTES);
  else
    return TRUE;
  return FALSE;
}

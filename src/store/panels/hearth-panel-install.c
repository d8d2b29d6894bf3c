/* hearth-panel-install.c: a new panel, made from a template or from our own empty page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-panel-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hearth-folder.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

#define BLANK_PAGE "/io/github/hearthstudio/Hearth/store/panel-blank.html"

/* What templates write for the address of the server (http-api.md 16.8). */
#define ADDRESS_TOKEN "__BACKEND_URL__"
#define ADDRESS "location.origin"
#define NAME_TOKEN "__PANEL_NAME__"

/* Made by the build out of hearth-panel.gresource.xml */
GResource *hearth_panel_get_resource (void);

typedef struct
{
  char *stored;            /* the template's own panel.json, which is not copied; NULL without a template */
  HearthValue *definition;
} Making;

/* --- pages ---------------------------------------------------------------------------------- */

static gboolean
write_replaced (const char *path,
                const char *text,
                gsize       length,
                const char *token,
                const char *value,
                GError    **error)
{
  g_autoptr (GString) page = g_string_new_len (text, (gssize) length);

  /* A page with a NUL in it stays as it is from there on. */
  g_string_replace (page, token, value, 0);
  return hearth_file_write_atomically (path, page->str, page->len, error);
}

static gboolean
is_page (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".html") || g_str_has_suffix (lower, ".htm");
}

static gboolean
copy_file (const char *source,
           const char *target,
           gpointer    user_data,
           GError    **error)
{
  Making *self = user_data;
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (g_strcmp0 (source, self->stored) == 0)
    return TRUE;
  if (!is_page (source))
    return _hearth_folder_copy_file (source, target, error);
  if (g_file_get_contents (source, &text, &length, &reason))
    return write_replaced (target, text, length, ADDRESS_TOKEN, ADDRESS, error);
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO, reason->message);
  return FALSE;
}

static gboolean
write_blank_page (const char  *folder,
                  HearthValue *definition,
                  GError     **error)
{
  g_autofree char *path = g_build_filename (folder, HEARTH_PANEL_PAGE, NULL);
  g_autofree char *name = g_markup_escape_text (hearth_value_get_member_string (definition, "displayName", ""), -1);
  g_autoptr (GBytes) page = g_resource_lookup_data (hearth_panel_get_resource (), BLANK_PAGE, 0, NULL);
  const char *text;
  gsize length;

  g_assert (page != NULL);
  text = g_bytes_get_data (page, &length);
  return write_replaced (path, text, length, NAME_TOKEN, name, error);
}

static gboolean
finish (const char *folder,
        gpointer    user_data,
        GError    **error)
{
  Making *self = user_data;
  g_autofree char *path = g_build_filename (folder, HEARTH_PANEL_FILE, NULL);

  return _hearth_store_write_json (path, self->definition, error)
         && (self->stored != NULL || write_blank_page (folder, self->definition, error));
}

/* --- the panel -------------------------------------------------------------------------------- */

gboolean
_hearth_panel_install (HearthDataDir *dir,
                       HearthValue   *template,
                       HearthValue   *definition,
                       const char    *folder,
                       GError       **error)
{
  g_autofree char *panels = g_path_get_dirname (folder);
  g_autofree char *templates = hearth_data_dir_dup_templates (dir);
  const char *name = hearth_value_get_member_string (template, "panelDirectory", NULL);
  g_autofree char *source = name != NULL ? g_build_filename (templates, "panels", name, NULL) : NULL;
  g_autofree char *stored = source != NULL ? g_build_filename (source, HEARTH_PANEL_FILE, NULL) : NULL;
  Making making = { stored, definition };

  if (g_mkdir_with_parents (panels, 0777) != 0)
    return _hearth_store_fail (error, panels, errno);
  if (!g_file_test (folder, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return _hearth_folder_install (source, folder, &(HearthFolderFill){ copy_file, finish, &making }, error);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
               _("There is a panel “%s” already. Choose another id."),
               hearth_value_get_member_string (definition, "id", ""));
  return FALSE;
}

/* --- templates -------------------------------------------------------------------------------- */

gboolean
hearth_panel_store_install_templates (HearthDataDir *dir,
                                      const char    *source,
                                      GError       **error)
{
  g_autofree char *templates = NULL;

  g_return_val_if_fail (dir != NULL && source != NULL, FALSE);

  templates = hearth_data_dir_dup_templates (dir);
  if (g_file_test (templates, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  if (g_mkdir_with_parents (hearth_data_dir_get_root (dir), 0700) != 0)
    return _hearth_store_fail (error, hearth_data_dir_get_root (dir), errno);
  return _hearth_folder_install (source, templates, &(HearthFolderFill){ NULL, NULL, NULL }, error);
}

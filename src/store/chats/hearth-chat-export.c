/* hearth-chat-export.c: writes a chat down for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-export.h"

#include "hearth-json.h"
#include "hearth-i18n.h"

#define TITLE_LINE 50
#define MESSAGE_LINE 30

static const struct
{
  const char *name, *suffix;
} formats[] = {
  [HEARTH_CHAT_FORMAT_JSON] = { "json", ".json" },
  [HEARTH_CHAT_FORMAT_MARKDOWN] = { "markdown", ".md" },
  [HEARTH_CHAT_FORMAT_TEXT] = { "text", ".text" },
};

gboolean
hearth_chat_format_from_name (const char       *name,
                              HearthChatFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      {
        *format = (HearthChatFormat) i;
        return TRUE;
      }
  return FALSE;
}

const char *
hearth_chat_format_get_suffix (HearthChatFormat format)
{
  g_return_val_if_fail ((gsize) format < G_N_ELEMENTS (formats), NULL);

  return formats[format].suffix;
}

/* --- Markdown --------------------------------------------------------------------------- */

static const struct
{
  const char *role, *icon, *name;
} roles[] = {
  { "user", "👤", N_ ("User") },
  { "assistant", "🤖", N_ ("Assistant") },
  { "system", "⚙️", N_ ("System") },
};

static void
append_heading (GString    *out,
                const char *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].role, role))
      {
        g_string_append_printf (out, "## %s %s\n\n", roles[i].icon, _(roles[i].name));
        return;
      }
  g_string_append_printf (out, "## %s\n\n", role);
}

static void
append_markdown (GString     *out,
                 HearthValue *message)
{
  append_heading (out, hearth_value_get_member_string (message, "role", ""));
  g_string_append_printf (out, "%s\n\n", hearth_value_get_member_string (message, "content", ""));
  g_string_append_printf (out, "*%s*\n\n---\n\n", hearth_value_get_member_string (message, "createdAt", ""));
}

static void
begin_markdown (GString        *out,
                HearthChatTree *tree,
                const char     *title)
{
  HearthValue *metadata = hearth_chat_tree_get_metadata (tree);

  g_string_append_printf (out, "# %s\n\n", title);
  g_string_append_printf (out, _("Created: %s"), hearth_value_get_member_string (metadata, "createdAt", ""));
  g_string_append (out, "  \n");
  g_string_append_printf (out, _("Updated: %s"), hearth_value_get_member_string (metadata, "updatedAt", ""));
  g_string_append (out, "\n\n---\n\n");
}

/* --- text --------------------------------------------------------------------------------- */

static void
append_line (GString *out,
             char     character,
             gsize    length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_c (out, character);
  g_string_append (out, "\n\n");
}

static void
append_text (GString     *out,
             HearthValue *message)
{
  g_autofree char *role = g_ascii_strup (hearth_value_get_member_string (message, "role", ""), -1);

  g_string_append_printf (out, "[%s]\n%s\n\n", role, hearth_value_get_member_string (message, "content", ""));
  append_line (out, '-', MESSAGE_LINE);
}

static void
begin_text (GString        *out,
            HearthChatTree *tree,
            const char     *title)
{
  g_string_append_printf (out, "%s\n", title);
  append_line (out, '=', TITLE_LINE);
}

/* --- documents ----------------------------------------------------------------------------- */

char *
hearth_chat_tree_export (HearthChatTree  *tree,
                         HearthChatFormat format)
{
  gboolean is_markdown = format == HEARTH_CHAT_FORMAT_MARKDOWN;
  g_autoptr (GString) out = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) context = NULL;

  g_return_val_if_fail (tree != NULL, NULL);

  if (format == HEARTH_CHAT_FORMAT_JSON)
    {
      g_autoptr (HearthValue) whole = hearth_chat_tree_save (tree);

      return hearth_json_print_pretty (whole);
    }
  out = g_string_new (NULL);
  title = hearth_chat_tree_dup_title (tree);
  context = hearth_chat_tree_list_context (tree);
  (is_markdown ? begin_markdown : begin_text) (out, tree, title);
  for (guint i = 0; i < context->len; i++)
    (is_markdown ? append_markdown : append_text) (out, g_ptr_array_index (context, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

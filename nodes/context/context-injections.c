/* context-injections.c: what is put into the history of a conversation at a depth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include "hearth-message.h"

#define DEFAULT_DEPTH 4
#define DEFAULT_ORDER 100

typedef struct
{
  gint64      depth; /* messages that stand behind it */
  gint64      order;
  const char *role;
  char       *text;
  guint       number;
} Injection;

static void
injection_free (gpointer data)
{
  Injection *self = data;

  g_free (self->text);
  g_free (self);
}

gboolean
context_is_in_chat (const ContextPrompt *prompt)
{
  return hearth_value_get_member_integer (prompt->value, "injection_position", 0) == 1;
}

/* Takes @text, which may be NULL. */
static void
inject (GPtrArray  *list,
        gint64      depth,
        gint64      order,
        const char *role,
        char       *text)
{
  Injection *injection;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  injection = g_new0 (Injection, 1);
  injection->depth = MAX (depth, 0);
  injection->order = order;
  injection->role = role;
  injection->text = text;
  injection->number = list->len;
  g_ptr_array_add (list, injection);
}

/* Nearer to the end: less depth, higher order; of one order the assistant's come first and the system's last. */
static gint
rank_role (const char *role)
{
  return g_str_equal (role, "assistant") ? 0 : g_str_equal (role, "user") ? 1 : 2;
}

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const Injection *one = *(Injection *const *) a;
  const Injection *two = *(Injection *const *) b;

  if (one->depth != two->depth)
    return one->depth > two->depth ? -1 : 1;
  if (one->order != two->order)
    return one->order < two->order ? -1 : 1;
  if (rank_role (one->role) != rank_role (two->role))
    return rank_role (one->role) - rank_role (two->role);
  return one->number < two->number ? -1 : 1;
}

/* Those of one depth, order and role are one message. */
static void
join_equals (GPtrArray *list)
{
  for (guint i = 1; i < list->len;)
    {
      Injection *before = g_ptr_array_index (list, i - 1);
      Injection *injection = g_ptr_array_index (list, i);

      if (before->depth == injection->depth && before->order == injection->order && g_str_equal (before->role, injection->role))
        {
          g_autofree char *text = before->text;

          before->text = g_strconcat (text, "\n", injection->text, NULL);
          g_ptr_array_remove_index (list, i);
        }
      else
        i++;
    }
}

/* What the card says at a depth. */
static void
inject_depth_prompt (Context   *self,
                     GPtrArray *list)
{
  HearthValue *prompt = hearth_value_get (hearth_value_get (self->card, "extensions"), "depth_prompt");
  const char *role = hearth_value_get_member_string (prompt, "role", "system");

  if (!g_str_equal (role, "user") && !g_str_equal (role, "assistant"))
    role = "system";
  inject (list, hearth_value_get_member_integer (prompt, "depth", DEFAULT_DEPTH), DEFAULT_ORDER, role,
          hearth_macros_expand (self->macros, hearth_value_get_member_string (prompt, "prompt", "")));
}

static GPtrArray *
list_injections (Context      *self,
                 const GArray *prompts)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (injection_free);

  for (guint i = 0; i < prompts->len; i++)
    {
      const ContextPrompt *prompt = &g_array_index (prompts, ContextPrompt, i);

      if (context_is_in_chat (prompt))
        inject (list, hearth_value_get_member_integer (prompt->value, "injection_depth", DEFAULT_DEPTH),
                hearth_value_get_member_integer (prompt->value, "injection_order", DEFAULT_ORDER),
                hearth_value_get_member_string (prompt->value, "role", "system"), context_make_text (self, prompt));
    }
  /* Where SillyTavern's note of the author would stand. */
  inject (list, DEFAULT_DEPTH, DEFAULT_ORDER, "system", context_join_world (self, WORLD_BEFORE_NOTE));
  inject (list, DEFAULT_DEPTH, DEFAULT_ORDER, "system", context_join_world (self, WORLD_AFTER_NOTE));
  inject_depth_prompt (self, list);
  for (guint i = 0; i < self->world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->world, i);

      if (entry->position == WORLD_AT_DEPTH)
        inject (list, entry->depth, DEFAULT_ORDER, entry->role, g_strdup (entry->text));
    }
  g_ptr_array_sort (list, compare);
  join_equals (list);
  return list;
}

GPtrArray *
context_inject (Context      *self,
                const GArray *prompts,
                GPtrArray    *history)
{
  g_autoptr (GPtrArray) injections = list_injections (self, prompts);
  GPtrArray *chat = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  guint next = 0;

  for (guint i = 0; i <= history->len; i++)
    {
      for (; next < injections->len; next++)
        {
          Injection *injection = g_ptr_array_index (injections, next);

          if (injection->depth < (gint64) (history->len - i))
            break;
          g_ptr_array_add (chat, hearth_message_new (injection->role, injection->text));
        }
      if (i < history->len)
        g_ptr_array_add (chat, hearth_value_ref (g_ptr_array_index (history, i)));
    }
  return chat;
}

/* reuse.c: rules 68, 69 and 78 of docs/scheduler.md: what a result depends on, and what is told of a stream again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include "hearth-json.h"

#include <string.h>

static gboolean
reads_stream (RefNode *node)
{
  for (guint i = 0; i < node->befores->len; i++)
    if (g_array_index (node->befores, RefBefore, i).streams)
      return TRUE;

  return FALSE;
}

/* The same list may be one value or gathered from links: that makes two results. */
static char *
dup_input (RefInput *input)
{
  gboolean gathered = input->collects && input->sources->len > 0;
  g_autofree char *json = input->value ? hearth_json_print (input->value) : g_strdup ("undefined");

  return g_strconcat (gathered ? "*" : "=", json, NULL);
}

static char *
dup_config (RefNode *node)
{
  HearthValue *config = node->node->config;
  g_autoptr (HearthValue) freer = config ? hearth_value_with (config, "_policy", NULL) : hearth_value_empty_object ();
  g_autoptr (HearthValue) bare = hearth_value_with (freer, "_pinned", NULL);

  return hearth_json_print (bare);
}

static void
add_part (RefNode    *node,
          GString    *key,
          const char *name,
          char       *text)
{
  g_string_append_printf (key, "%s%s\n", name, text);
  g_hash_table_insert (node->parts, g_strdup (name), text);
}

void
ref_node_make_key (RefNode *node)
{
  HearthNodeType *type = node->node->type;
  GString *key;

  if (type->decl->reuse == HEARTH_REUSE_NEVER || reads_stream (node))
    return;

  key = g_string_new (NULL);
  node->outside = type->decl->reuse == HEARTH_REUSE_OUTSIDE;
  node->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_part (node, key, "type:", g_strdup (node->node->type_id));
  add_part (node, key, "config:", dup_config (node));
  for (guint i = 0; i < node->inputs->len; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);

      if (strcmp (input->key, "_fallback") != 0)
        add_part (node, key, input->key, dup_input (input));
    }
  node->key = g_string_free (key, FALSE);
}

/* --- streams -------------------------------------------------------------------------- */

/* The text of a chunk that is nothing but text, or NULL. */
static const char *
get_bare_text (HearthValue *chunk)
{
  HearthValue *content = hearth_value_get (chunk, "content");

  if (strcmp (hearth_value_get_member_string (chunk, "type", ""), "text_chunk") != 0 || hearth_value_get_length (chunk) != 2)
    return NULL;
  return hearth_value_is (content, STRING) ? hearth_value_get_string (content, NULL) : NULL;
}

GPtrArray *
ref_chunks_merge (GPtrArray *chunks)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);

  for (guint i = 0; i < chunks->len; i++)
    {
      HearthValue *chunk = g_ptr_array_index (chunks, i);
      const char *text = get_bare_text (chunk);
      const char *before = merged->len > 0 ? get_bare_text (g_ptr_array_index (merged, merged->len - 1)) : NULL;

      if (text && before && strlen (before) + strlen (text) <= 16384)
        {
          g_autofree char *both = g_strconcat (before, text, NULL);

          g_ptr_array_set_size (merged, merged->len - 1);
          g_ptr_array_add (merged, hearth_chunk_new_text (both));
        }
      else
        g_ptr_array_add (merged, hearth_value_ref (chunk));
    }

  return merged;
}

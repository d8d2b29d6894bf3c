/* reuse.c: rules 68 and 69 of docs/scheduler.md: what a result depends on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include "hearth-json.h"

#include <string.h>

static gboolean
touches_stream (RefNode *node)
{
  for (guint i = 0; i < node->befores->len; i++)
    if (g_array_index (node->befores, RefBefore, i).streams)
      return TRUE;

  return node->streams;
}

/* Rules 68 and 69. */
char *
ref_node_dup_key (RefNode *node)
{
  HearthNodeType *type = node->node->type;
  GString *key = g_string_new (node->node->type_id);
  g_autoptr (HearthValue) bare = node->node->config ? hearth_value_with (node->node->config, "_policy", NULL) : NULL;
  g_autofree char *text = NULL;

  if (type->decl->reuse != HEARTH_REUSE_PURE || touches_stream (node))
    return g_string_free (key, TRUE);

  text = bare ? hearth_json_print (bare) : g_strdup ("{}");
  g_string_append_printf (key, "\n%s", text);
  for (guint i = 0; i < node->inputs->len; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);
      gboolean fallback = strcmp (input->key, "_fallback") == 0;
      gboolean gathered = !fallback && input->collects && input->sources->len > 0;
      HearthValue *value = fallback ? NULL : input->value;
      g_autofree char *json = value ? hearth_json_print (value) : g_strdup ("undefined");

      /* The same list may be one value or gathered from links; the engine does not find one for the other. */
      g_string_append_printf (key, "\n%s%s=%s", input->key, gathered ? "*" : "", json);
    }

  return g_string_free (key, FALSE);
}

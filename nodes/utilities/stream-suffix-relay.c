/* stream-suffix-relay.c: core:StreamSuffixRelay, appends a suffix to every text chunk of a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

static HearthValue *
append_suffix (HearthStep  *step,
               HearthValue *chunk,
               gpointer     user_data)
{
  g_autoptr(HearthValue) old = chunk;
  const char *suffix = user_data;
  const char *text = hearth_chunk_is (chunk, "text_chunk") ? hearth_chunk_get_text (chunk) : NULL;
  g_autofree char *longer = NULL;
  g_autoptr(HearthValue) content = NULL;

  if (text == NULL)
    return g_steal_pointer (&old);
  longer = g_strconcat (text, suffix, NULL);
  content = hearth_value_string (longer);
  return hearth_value_with (old, "content", content);
}

static char *
dup_suffix (HearthStep *step)
{
  HearthValue *suffix = hearth_step_get_input (step, "suffix");

  return hearth_shape_unescape (hearth_value_is (suffix, STRING) ? hearth_value_get_string (suffix, NULL) : "");
}

static void
stream_suffix_relay_start (HearthStep *step)
{
  /* This sentence is fixed by nodes.md 5.1. */
  hearth_shape_relay_start (step, "inputStream", "Input 'inputStream' is not a Readable stream.",
                            append_suffix, dup_suffix (step), g_free);
}

static const HearthSlotDecl inputs[] = {
  { .key = "inputStream", .type = HEARTH_DATA_STRING, .name = "输入流", .title = N_("Stream"),
    .description = N_("The stream whose texts get the suffix."),
    .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED },
  { .key = "suffix", .type = HEARTH_DATA_STRING, .name = "后缀", .title = N_("Suffix"),
    .description = N_("Follows every piece of text. \\n is a line break, \\t a tab."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "---", "multiline": false, "placeholder": "输入后缀", "label": "后缀" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "outputStream", .type = HEARTH_DATA_STRING, .name = "输出流", .title = N_("Stream"),
    .description = N_("The stream with the suffixes."), .flags = HEARTH_SLOT_STREAM },
  { NULL },
};

const HearthNodeDecl hearth_node_stream_suffix_relay = {
  .type = "StreamSuffixRelay",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "➡️流后缀接力",
  .title = N_("Add Suffix to Stream"),
  .icon = "➡️",
  .description = N_("Passes a stream on and appends a suffix to every piece of text in it."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .start = stream_suffix_relay_start,
  .resume = hearth_shape_relay_resume,
};

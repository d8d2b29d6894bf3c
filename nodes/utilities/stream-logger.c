/* stream-logger.c: core:StreamLogger, logs every chunk of a stream and passes it on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-json.h"

#include "hearth-i18n.h"

#define LONGEST_TEXT 100 /* characters */
#define CUT_TEXT 97

static char *
dup_content (HearthValue *chunk)
{
  HearthValue *content = hearth_value_get (chunk, "content");

  if (content == NULL)
    return g_strdup ("");
  if (hearth_value_is (content, STRING))
    return g_strdup (hearth_value_get_string (content, NULL));
  return hearth_json_print (content);
}

static HearthValue *
log_chunk (HearthStep  *step,
           HearthValue *chunk,
           gpointer     user_data)
{
  const char *type = hearth_value_get_member_string (chunk, "type", "chunk");
  g_autofree char *content = dup_content (chunk);
  g_autofree char *line = NULL;

  if (g_utf8_strlen (content, -1) > LONGEST_TEXT)
    {
      *g_utf8_offset_to_pointer (content, CUT_TEXT) = '\0';
      line = g_strdup_printf ("%s: %s...", type, content);
    }
  else
    line = g_strdup_printf ("%s: %s", type, content);

  hearth_step_log (step, line);
  return chunk;
}

static void
stream_logger_start (HearthStep *step)
{
  hearth_shape_relay_start (step, "inputStream",
                            _("The input “inputStream” carries no stream. Connect a stream output to it."),
                            log_chunk, NULL, NULL);
}

static const HearthSlotDecl inputs[] = {
  { .key = "inputStream", .type = HEARTH_DATA_WILDCARD, .name = "流输入", .title = N_("Stream"),
    .description = N_("The stream to write into the log."),
    .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "outputStream", .type = HEARTH_DATA_WILDCARD, .name = "流输出", .title = N_("Stream"),
    .description = N_("The same stream, unchanged."), .flags = HEARTH_SLOT_STREAM },
  { NULL },
};

const HearthNodeDecl hearth_node_stream_logger = {
  .type = "StreamLogger",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "🧻Stream Logger",
  .title = N_("Log Stream"),
  .icon = "🧻",
  .description = N_("Writes every piece of a stream into the run's log and passes it on."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .start = stream_logger_start,
  .resume = hearth_shape_relay_resume,
};

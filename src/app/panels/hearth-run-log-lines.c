/* hearth-run-log-lines.c: what happens in a run, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-run-log-private.h"

#include "hearth-budget.h"
#include "hearth-display.h"
#include "hearth-failure-words.h"
#include "hearth-run-line.h"

#include "hearth-i18n.h"

/* Older lines make room: a node may log a line per chunk. */
#define MAX_LINES 2000

static void
add_line (HearthRunLog  *self,
          HearthLogTone  tone,
          const char    *node_id,
          const char    *text)
{
  g_autoptr (HearthRunLine) line = hearth_run_line_new (tone, node_id, text);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->lines)) >= MAX_LINES)
    g_list_store_splice (self->lines, 0, MAX_LINES / 10, NULL, 0);
  g_list_store_append (self->lines, line);
}

/* What the user sees on the card; inside a group only the id is known. */
static const char *
get_node_title (HearthRunLog *self,
                const char   *node_id)
{
  HearthNode *node = hearth_graph_get_node (hearth_document_get_graph (self->document), node_id);

  return node != NULL ? hearth_node_get_title (node) : node_id;
}

static void G_GNUC_PRINTF (4, 5)
add_node_line (HearthRunLog  *self,
               HearthLogTone  tone,
               const char    *node_id,
               const char    *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  add_line (self, tone, node_id, text);
}

static void
complete_node (HearthRunLog          *self,
               const HearthNodeTrace *trace,
               const char            *node_id)
{
  const char *title = get_node_title (self, node_id);
  g_autofree char *duration = hearth_display_duration (MAX (0, hearth_node_trace_get_ms (trace)));

  if (trace->reused)
    /* Translators: a node did not run, because an earlier result could be used; its title, and why */
    add_node_line (self, HEARTH_LOG_QUIET, node_id, _("%s: reused (%s)"), title, trace->why != NULL ? trace->why : "");
  else if (trace->why != NULL)
    /* Translators: a node is done; its title, how long it took, why it ran */
    add_node_line (self, HEARTH_LOG_PLAIN, node_id, _("%s: done in %s (%s)"), title, duration, trace->why);
  else
    /* Translators: a node is done; its title, and how long it took */
    add_node_line (self, HEARTH_LOG_PLAIN, node_id, _("%s: done in %s"), title, duration);
}

static void
fail_node (HearthRunLog         *self,
           const HearthRunEvent *event)
{
  g_autofree char *text = hearth_failure_to_words (hearth_document_get_graph (self->document), event->message);

  add_node_line (self, HEARTH_LOG_BAD, event->node_id, _("%s: %s"), get_node_title (self, event->node_id),
                 text != NULL ? text : "");
}

static void
retry_node (HearthRunLog         *self,
            const HearthRunEvent *event)
{
  g_autofree char *wait = hearth_display_duration (event->delay_ms);

  /* Translators: title of a node, why it failed, which try comes, how long until then */
  add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: %s Try %u in %s"),
                 get_node_title (self, event->node_id), event->message != NULL ? event->message : "", event->attempt,
                 wait);
}

/* What its calls to models took together. */
static void
add_usage_line (HearthRunLog *self,
                HearthValue  *usage)
{
  g_autofree char *words = hearth_usage_to_words (usage);
  /* Translators: "0.012 USD, 3 calls, 1200 tokens" */
  g_autofree char *text = g_strdup_printf (_("Its models took %s"), words);

  add_line (self, HEARTH_LOG_PLAIN, NULL, text);
}

static void
add_status_line (HearthRunLog         *self,
                 const HearthRunEvent *event)
{
  g_autofree char *duration = hearth_display_duration (hearth_run_get_duration_ms (event->run));
  g_autofree char *error = hearth_failure_to_words (hearth_document_get_graph (self->document), event->message);
  g_autofree char *text = NULL;

  switch (event->status)
    {
    case HEARTH_RUN_QUEUED:
      add_line (self, HEARTH_LOG_QUIET, NULL, _("The run waits for its turn"));
      break;
    case HEARTH_RUN_RUNNING:
      add_line (self, HEARTH_LOG_PLAIN, NULL, _("The run begins"));
      break;
    case HEARTH_RUN_COMPLETE:
      text = g_strdup_printf (_("The run is complete, in %s"), duration);
      add_line (self, HEARTH_LOG_GOOD, NULL, text);
      break;
    case HEARTH_RUN_ERROR:
      text = g_strdup_printf (_("The run failed: %s"), error != NULL ? error : "");
      add_line (self, HEARTH_LOG_BAD, NULL, text);
      break;
    case HEARTH_RUN_INTERRUPTED:
      text = g_strdup_printf (_("The run was stopped after %s"), duration);
      add_line (self, HEARTH_LOG_PLAIN, NULL, text);
      break;
    default:
      g_assert_not_reached ();
    }
  if (event->usage != NULL)
    add_usage_line (self, event->usage);
}

void
_hearth_run_log_tell (HearthRunLog          *self,
                      const HearthRunEvent  *event,
                      const HearthNodeTrace *trace)
{
  const char *title = event->node_id != NULL ? get_node_title (self, event->node_id) : NULL;
  const char *message = event->message != NULL ? event->message : "";

  switch (event->kind)
    {
    case HEARTH_EVENT_STATUS:
      add_status_line (self, event);
      break;
    case HEARTH_EVENT_NODE_COMPLETE:
      complete_node (self, trace, event->node_id);
      break;
    case HEARTH_EVENT_NODE_RETRY:
      retry_node (self, event);
      break;
    case HEARTH_EVENT_NODE_ASKS:
      add_node_line (self, HEARTH_LOG_PLAIN, event->node_id, _("%s: waits for your answer"), title);
      break;
    case HEARTH_EVENT_NODE_ERROR:
      fail_node (self, event);
      break;
    case HEARTH_EVENT_NODE_BYPASSED:
      add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: passed through, because it is muted"), title);
      break;
    case HEARTH_EVENT_NODE_SKIPPED:
      add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: skipped. %s"), title, message);
      break;
    case HEARTH_EVENT_LOG:
      add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: %s"), title, message);
      break;
    case HEARTH_EVENT_NODE_WAITS: /* its line is in the log */
    case HEARTH_EVENT_NODE_EXECUTING:
    case HEARTH_EVENT_NODE_YIELD:
    case HEARTH_EVENT_INTERFACE_YIELD:
    case HEARTH_EVENT_INTERFACE_OUTPUTS:
    default:
      break;
    }
}

/* hearth-log-line.c: one line of what a run told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-log-line.h"

#include "hearth-id.h"

struct _HearthLogLine
{
  GObject        parent_instance;

  char          *node_id;
  char          *text;
  gint64         time;
  HearthLogTone  tone;
};

G_DEFINE_FINAL_TYPE (HearthLogLine, hearth_log_line, G_TYPE_OBJECT)

static void
hearth_log_line_finalize (GObject *object)
{
  HearthLogLine *self = HEARTH_LOG_LINE (object);

  g_free (self->node_id);
  g_free (self->text);

  G_OBJECT_CLASS (hearth_log_line_parent_class)->finalize (object);
}

static void
hearth_log_line_class_init (HearthLogLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_log_line_finalize;
}

static void
hearth_log_line_init (HearthLogLine *self)
{
  self->time = hearth_time_now_ms ();
}

HearthLogLine *
hearth_log_line_new (HearthLogTone  tone,
                     const char    *node_id,
                     const char    *text)
{
  HearthLogLine *self = g_object_new (HEARTH_TYPE_LOG_LINE, NULL);

  self->tone = tone;
  self->node_id = g_strdup (node_id);
  self->text = g_strdup (text);
  return self;
}

HearthLogTone
hearth_log_line_get_tone (HearthLogLine *self)
{
  g_return_val_if_fail (HEARTH_IS_LOG_LINE (self), HEARTH_LOG_PLAIN);

  return self->tone;
}

gint64
hearth_log_line_get_time (HearthLogLine *self)
{
  g_return_val_if_fail (HEARTH_IS_LOG_LINE (self), 0);

  return self->time;
}

const char *
hearth_log_line_get_node_id (HearthLogLine *self)
{
  g_return_val_if_fail (HEARTH_IS_LOG_LINE (self), NULL);

  return self->node_id;
}

const char *
hearth_log_line_get_text (HearthLogLine *self)
{
  g_return_val_if_fail (HEARTH_IS_LOG_LINE (self), NULL);

  return self->text;
}

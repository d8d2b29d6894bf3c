/* hearth-run-line.c: one line of what a run told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-run-line.h"

#include "hearth-id.h"

struct _HearthRunLine
{
  GObject        parent_instance;

  char          *node_id;
  char          *text;
  gint64         time;
  HearthLogTone  tone;
};

G_DEFINE_FINAL_TYPE (HearthRunLine, hearth_run_line, G_TYPE_OBJECT)

static void
hearth_run_line_finalize (GObject *object)
{
  HearthRunLine *self = HEARTH_RUN_LINE (object);

  g_free (self->node_id);
  g_free (self->text);

  G_OBJECT_CLASS (hearth_run_line_parent_class)->finalize (object);
}

static void
hearth_run_line_class_init (HearthRunLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_run_line_finalize;
}

static void
hearth_run_line_init (HearthRunLine *self)
{
  self->time = hearth_time_now_ms ();
}

HearthRunLine *
hearth_run_line_new (HearthLogTone  tone,
                     const char    *node_id,
                     const char    *text)
{
  HearthRunLine *self = g_object_new (HEARTH_TYPE_RUN_LINE, NULL);

  self->tone = tone;
  self->node_id = g_strdup (node_id);
  self->text = g_strdup (text);
  return self;
}

HearthLogTone
hearth_run_line_get_tone (HearthRunLine *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LINE (self), HEARTH_LOG_PLAIN);

  return self->tone;
}

gint64
hearth_run_line_get_time (HearthRunLine *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LINE (self), 0);

  return self->time;
}

const char *
hearth_run_line_get_node_id (HearthRunLine *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LINE (self), NULL);

  return self->node_id;
}

const char *
hearth_run_line_get_text (HearthRunLine *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LINE (self), NULL);

  return self->text;
}

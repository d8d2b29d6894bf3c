/* work.c: a node of a random graph at work in the engine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "resource.h"
#include "work.h"

static HearthValue *
step_input (RefCall    *call,
            const char *key)
{
  return hearth_step_get_input (call->source, key);
}

static HearthValue *
step_config (RefCall    *call,
             const char *key)
{
  return hearth_step_get_config (call->source, key);
}

/* An empty list stands for a stream that was not looked at. */
static GPtrArray *
step_stream (RefCall    *call,
             const char *key)
{
  static GPtrArray *unread;

  if (unread == NULL)
    unread = g_ptr_array_new ();
  return hearth_step_get_stream (call->source, key) ? unread : NULL;
}

RefCall
ref_step_get_call (HearthStep *step)
{
  return (RefCall) { .get_input = step_input, .get_config = step_config, .get_stream = step_stream, .source = step };
}

static void
give_outputs (HearthStep *step,
              RefCall    *call)
{
  for (gsize i = 0; call->outputs && i < hearth_value_get_length (call->outputs); i++)
    hearth_step_set_output (step, hearth_value_key_at (call->outputs, i),
                            hearth_value_ref (hearth_value_member_at (call->outputs, i)));
}

void
ref_give_dead (HearthStep *step,
               RefCall    *call)
{
  for (guint i = 0; call->dead && i < call->dead->len; i++)
    hearth_step_set_dead (step, g_ptr_array_index (call->dead, i));
}

gboolean
ref_call_model (HearthStep *step,
                RefCall    *call,
                GError    **error)
{
  *call = ref_step_get_call (step);
  ref_kinds_lookup (hearth_step_get_type_id (step))->model (call);
  give_outputs (step, call);
  ref_give_dead (step, call);
  if (call->error)
    g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, call->error);

  return call->error == NULL;
}

void
ref_end_step (HearthStep *step,
              RefCall    *call)
{
  if (call->error && call->error_class)
    hearth_step_fail (step, hearth_error_new_class (call->error_class, call->retry_after, call->error));
  else if (call->error)
    hearth_step_fail (step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, call->error));
  else
    hearth_step_complete (step);
}

/* --- nodes that take their time ----------------------------------------------------- */

static HearthValue *
work_input (RefCall    *call,
            const char *key)
{
  return hearth_step_get_input (((RefWork *) call->source)->step, key);
}

static HearthValue *
work_config (RefCall    *call,
             const char *key)
{
  return hearth_step_get_config (((RefWork *) call->source)->step, key);
}

static GPtrArray *
work_stream (RefCall    *call,
             const char *key)
{
  RefWork *work = call->source;

  for (guint i = 0; i < work->n_streams; i++)
    if (g_str_equal (work->keys[i], key))
      return work->read[i];
  return NULL;
}

static void
work_free (gpointer data)
{
  RefWork *work = data;

  g_clear_handle_id (&work->timer, g_source_remove);
  if (work->cancel)
    g_signal_handler_disconnect (hearth_step_get_cancellable (work->step), work->cancel);
  for (guint i = 0; i < work->n_streams; i++)
    g_clear_pointer (&work->read[i], g_ptr_array_unref);
  if (work->resource)
    ref_resource_leave (work->resource);
  ref_call_clear (&work->call);
  g_free (work);
}

static gboolean
cancelled_idle_cb (gpointer user_data)
{
  RefWork *work = user_data;

  work->timer = 0;
  hearth_step_fail (work->step, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              RefWork      *work)
{
  g_clear_handle_id (&work->timer, g_source_remove);
  work->timer = g_idle_add (cancelled_idle_cb, work);
}

guint
ref_step_get_config_uint (HearthStep *step,
                          const char *key)
{
  HearthValue *value = hearth_step_get_config (step, key);

  return hearth_value_is_number (value) ? (guint) hearth_value_get_integer (value) : 0;
}

RefWork *
ref_work_new_deaf (HearthStep *step,
                   gboolean    deaf)
{
  RefWork *work = g_new0 (RefWork, 1);

  work->step = step;
  work->kind = ref_kinds_lookup (hearth_step_get_type_id (step));
  work->resource = ref_resource_enter (step);
  work->turns = ref_step_get_config_uint (step, "turns");
  work->call = (RefCall) { .get_input = work_input, .get_config = work_config, .get_stream = work_stream, .source = work };
  hearth_step_set_data (step, work, work_free);
  if (!deaf)
    work->cancel = g_signal_connect (hearth_step_get_cancellable (step), "cancelled", G_CALLBACK (cancelled_cb), work);
  return work;
}

RefWork *
ref_work_new (HearthStep *step)
{
  return ref_work_new_deaf (step, FALSE);
}

void
ref_work_finish (RefWork *work)
{
  RefCall call = work->call;
  HearthStep *step = work->step;

  work->call = (RefCall) { 0 };
  give_outputs (step, &call);
  if (work->kind->decl.resume == NULL)
    ref_give_dead (step, &call); /* who streams has said so long ago */
  ref_end_step (step, &call); /* frees the work */
  ref_call_clear (&call);
}

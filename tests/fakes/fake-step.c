/* fake-step.c: a step without an engine, to run one node's code on its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"
#include "hearth-stream.h"
#include "nodes.h"

struct _HearthStep
{
  const HearthNodeDecl *decl;
  HearthValue          *inputs;
  HearthValue          *config;
  HearthValue          *run_inputs;
  HearthValue          *outputs;
  GString              *log;
  GCancellable         *cancellable;
};

static HearthValue *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  HearthValue *value = hearth_json_parse (json != NULL ? json : "{}", -1, &error);

  g_assert_no_error (error);
  return value;
}

static const HearthSlotDecl *
inputs_in_force (HearthStep *self)
{
  const char *mode = hearth_step_get_mode (self);

  for (const HearthModeDecl *m = self->decl->modes; mode != NULL && m->id != NULL; m++)
    if (g_str_equal (m->id, mode))
      return m->inputs;
  return self->decl->inputs;
}

HearthStep *
fake_step_new (const HearthNodeDecl *decl,
               const char           *inputs,
               const char           *config)
{
  HearthStep *self = g_new0 (HearthStep, 1);

  self->decl = decl;
  self->inputs = parse (inputs);
  self->config = parse (config);
  self->run_inputs = parse (NULL);
  self->outputs = parse (NULL);
  self->log = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  for (const HearthSlotDecl *slot = inputs_in_force (self); slot != NULL && slot->key != NULL; slot++)
    {
      g_autoptr(HearthValue) slot_config = parse (slot->config);
      HearthValue *value = hearth_value_get (slot_config, "default");

      if (value != NULL && hearth_value_get (self->inputs, slot->key) == NULL)
        fake_step_set_input (self, slot->key, hearth_value_ref (value));
    }
  return self;
}

void
fake_step_free (HearthStep *self)
{
  hearth_value_unref (self->inputs);
  hearth_value_unref (self->config);
  hearth_value_unref (self->run_inputs);
  hearth_value_unref (self->outputs);
  g_string_free (self->log, TRUE);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
fake_step_set_input (HearthStep  *self,
                     const char  *key,
                     HearthValue *value)
{
  HearthValue *old = self->inputs;

  self->inputs = hearth_value_with (old, key, value);
  hearth_value_unref (old);
  hearth_value_unref (value);
}

void
fake_step_set_run_inputs (HearthStep *self,
                          const char *json)
{
  hearth_value_unref (self->run_inputs);
  self->run_inputs = parse (json);
}

char *
fake_step_run (HearthStep *self)
{
  g_autoptr(GError) error = NULL;
  gboolean done = self->decl->run != NULL ? self->decl->run (self, &error) : self->decl->compute (self, &error);

  g_assert_true (done == (error == NULL));
  return done ? NULL : g_strdup (error->message);
}

HearthValue *
fake_step_get_output (HearthStep *self,
                      const char *key)
{
  return hearth_value_get (self->outputs, key);
}

char *
fake_step_try (const HearthNodeDecl *decl,
               const char           *inputs,
               const char           *config,
               const char           *key)
{
  g_autoptr(HearthStep) self = fake_step_new (decl, inputs, config);
  g_autofree char *problem = fake_step_run (self);
  HearthValue *output = fake_step_get_output (self, key);

  if (problem != NULL)
    return g_strconcat ("error: ", problem, NULL);
  return output != NULL ? hearth_json_print (output) : g_strdup ("undefined");
}

const char *
fake_step_get_log (HearthStep *self)
{
  return self->log->str;
}

const HearthNodeDecl *
fake_find_decl (const char *type)
{
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (decls[i]->type, type))
      return decls[i];
  g_error ("no node type %s", type);
}

/* --- hearth-step.h --------------------------------------------------------------- */

HearthValue *
hearth_step_get_input (HearthStep *self,
                       const char *key)
{
  return hearth_value_get (self->inputs, key);
}

char *
hearth_step_dup_input_text (HearthStep *self,
                            const char *key,
                            const char *fallback)
{
  HearthValue *value = hearth_step_get_input (self, key);

  if (value == NULL || hearth_value_is (value, NULL))
    return g_strdup (fallback);
  return hearth_value_to_text (value);
}

HearthValue *
hearth_step_dup_input_json (HearthStep *self,
                            const char *key,
                            GError    **error)
{
  HearthValue *value = hearth_step_get_input (self, key);

  if (hearth_value_is (value, STRING))
    return hearth_json_parse (hearth_value_get_string (value, NULL), -1, error);
  return hearth_value_ref_or_null (value);
}

HearthValue *
hearth_step_get_config (HearthStep *self,
                        const char *key)
{
  return hearth_value_get (self->config, key);
}

const char *
hearth_step_get_mode (HearthStep *self)
{
  if (self->decl->mode_key == NULL)
    return NULL;
  return hearth_value_get_member_string (self->config, self->decl->mode_key, self->decl->default_mode);
}

HearthStreamReader *
hearth_step_get_stream (HearthStep *self,
                        const char *key)
{
  return NULL;
}

HearthValue *
hearth_step_get_run_inputs (HearthStep *self)
{
  return self->run_inputs;
}

const char *
hearth_step_get_node_id (HearthStep *self)
{
  return "node";
}

const char *
hearth_step_get_type_id (HearthStep *self)
{
  return self->decl->type;
}

void
hearth_step_set_output (HearthStep  *self,
                        const char  *key,
                        HearthValue *value)
{
  HearthValue *old = self->outputs;

  self->outputs = hearth_value_with (old, key, value);
  hearth_value_unref (old);
  hearth_value_unref (value);
}

gboolean
hearth_step_yield (HearthStep  *self,
                   HearthValue *chunk)
{
  g_error ("a fake step has no streams");
}

void
hearth_step_complete (HearthStep *self)
{
  g_error ("a fake step runs no start functions");
}

void
hearth_step_fail (HearthStep *self,
                  GError     *error)
{
  g_error ("a fake step runs no start functions: %s", error->message);
}

void
hearth_step_set_data (HearthStep    *self,
                      gpointer       data,
                      GDestroyNotify destroy)
{
  g_error ("a fake step runs no start functions");
}

gpointer
hearth_step_get_data (HearthStep *self)
{
  return NULL;
}

GCancellable *
hearth_step_get_cancellable (HearthStep *self)
{
  return self->cancellable;
}

gboolean
hearth_step_is_cancelled (HearthStep *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

void
hearth_step_log (HearthStep *self,
                 const char *message)
{
  if (self->log->len > 0)
    g_string_append_c (self->log, '\n');
  g_string_append (self->log, message);
}

/* The rest only has to link: what needs it is tested in a real run. */

HearthValue *
hearth_chunk_new_text (const char *text)
{
  g_assert_not_reached ();
}

HearthValue *
hearth_chunk_new_error (const char *message)
{
  g_assert_not_reached ();
}

HearthValue *
hearth_chunk_new_finish (const char *reason)
{
  g_assert_not_reached ();
}

gboolean
hearth_chunk_is (HearthValue *chunk,
                 const char  *type)
{
  g_assert_not_reached ();
}

const char *
hearth_chunk_get_text (HearthValue *chunk)
{
  g_assert_not_reached ();
}

HearthStreamState
hearth_stream_reader_read (HearthStreamReader *self,
                           HearthValue       **chunk)
{
  g_assert_not_reached ();
}

void
hearth_stream_reader_set_notify (HearthStreamReader *self,
                                 HearthStreamNotify  notify,
                                 gpointer            user_data)
{
  g_assert_not_reached ();
}

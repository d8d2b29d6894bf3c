/* fake-step.c: a step without an engine, to run one node's code on its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"
#include "hearth-stream.h"
#include "nodes.h"

typedef struct
{
  char            *tag;
  HearthValue     *inputs;
  HearthStepCalled called;
  gpointer         user_data;
} Call;

struct _HearthStep
{
  const HearthNodeDecl *decl;
  HearthValue          *inputs;
  HearthValue          *config;
  HearthValue          *run_inputs;
  HearthValue          *outputs;
  GHashTable           *dead; /* keys */
  GString              *log;
  GCancellable         *cancellable;
  guint64               seed;
  GObject              *service; /* or NULL */

  /* of nodes that wait */
  char                 *state;
  gpointer              data;
  GDestroyNotify        data_destroy;
  char                **call_inputs;
  char                **call_outputs;
  FakeCall              call_func;
  GPtrArray            *calls; /* those that go on */
  guint                 now;   /* milliseconds */
  guint                 due;
  HearthStepElapsed     elapsed;
  gpointer              elapsed_data;
  HearthValue          *question;
  HearthStepAnswered    answered;
  gpointer              answered_data;
};

static void
call_free (gpointer data)
{
  Call *self = data;

  hearth_value_unref (self->inputs);
  g_free (self->tag);
  g_free (self);
}

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

static void
fill_in_config (HearthStep *self)
{
  for (const HearthSlotDecl *slot = self->decl->config; slot != NULL && slot->key != NULL; slot++)
    {
      g_autoptr(HearthValue) slot_config = parse (slot->config);
      g_autoptr(HearthValue) old = self->config;
      HearthValue *value = hearth_value_get (old, slot->key);

      if (value == NULL)
        value = hearth_value_get (slot_config, "default");
      self->config = hearth_value_with (old, slot->key, value);
    }
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
  self->dead = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->log = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->state = g_strdup ("running");
  self->calls = g_ptr_array_new_with_free_func (call_free);
  fill_in_config (self);
  for (const HearthSlotDecl *slot = inputs_in_force (self); slot != NULL && slot->key != NULL; slot++)
    {
      g_autoptr(HearthValue) slot_config = parse (slot->config);
      HearthValue *value = hearth_value_get (slot_config, "default");

      if (value != NULL && hearth_value_get (self->inputs, slot->key) == NULL)
        fake_step_set_input (self, slot->key, hearth_value_ref (value));
    }
  return self;
}

/* What the engine does when a step ends. */
static void
let_go (HearthStep *self)
{
  GDestroyNotify destroy = g_steal_pointer (&self->data_destroy);

  self->elapsed = NULL;
  self->answered = NULL;
  g_clear_pointer (&self->question, hearth_value_unref);
  g_ptr_array_set_size (self->calls, 0);
  if (destroy != NULL)
    destroy (g_steal_pointer (&self->data));
}

static void
end (HearthStep *self,
     char       *state)
{
  g_assert_cmpstr (self->state, ==, "running"); /* exactly one end */
  g_free (self->state);
  self->state = state;
  let_go (self);
}

void
fake_step_free (HearthStep *self)
{
  let_go (self);
  g_ptr_array_unref (self->calls);
  g_strfreev (self->call_inputs);
  g_strfreev (self->call_outputs);
  g_hash_table_unref (self->dead);
  g_free (self->state);
  hearth_value_unref (self->inputs);
  hearth_value_unref (self->config);
  hearth_value_unref (self->run_inputs);
  hearth_value_unref (self->outputs);
  g_string_free (self->log, TRUE);
  g_object_unref (self->cancellable);
  g_clear_object (&self->service);
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
fake_step_set_seed (HearthStep *self,
                    guint64     seed)
{
  self->seed = seed;
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
  if (fake_step_is_dead (self, key))
    return g_strdup ("dead");
  return output != NULL ? hearth_json_print (output) : g_strdup ("undefined");
}

gboolean
fake_step_is_dead (HearthStep *self,
                   const char *key)
{
  return g_hash_table_contains (self->dead, key);
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

gpointer
hearth_step_get_service (HearthStep *self,
                         GType       type)
{
  return self->service != NULL && G_TYPE_CHECK_INSTANCE_TYPE (self->service, type) ? self->service : NULL;
}

void
fake_step_set_service (HearthStep *self,
                       GObject    *service)
{
  g_set_object (&self->service, service);
}

/* Always the same moment: 2026-01-31 15:04:05.678, a Saturday. */
gint64
hearth_step_get_time_ms (HearthStep *self)
{
  return G_GINT64_CONSTANT (1769871845678);
}

guint64
hearth_step_get_seed (HearthStep *self)
{
  return self->seed;
}

const char *
hearth_step_get_run_id (HearthStep *self)
{
  return "run";
}

HearthValue *
hearth_step_get_run_metadata (HearthStep *self)
{
  return NULL;
}

char *
hearth_step_dup_path (HearthStep *self)
{
  return g_strdup ("node");
}

void
hearth_step_set_usage (HearthStep  *self,
                       HearthValue *usage)
{
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

const HearthNodeDecl *
hearth_step_get_decl (HearthStep *self)
{
  return self->decl;
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
  end (self, g_strdup ("complete"));
}

void
hearth_step_fail (HearthStep *self,
                  GError     *error)
{
  end (self, g_strconcat ("failed: ", error->message, NULL));
  g_error_free (error);
}

void
hearth_step_set_dead (HearthStep *self,
                      const char *key)
{
  g_assert_null (hearth_value_get (self->outputs, key));
  g_hash_table_add (self->dead, g_strdup (key));
}

void
hearth_step_set_data (HearthStep    *self,
                      gpointer       data,
                      GDestroyNotify destroy)
{
  g_assert_null (self->data_destroy);
  self->data = data;
  self->data_destroy = destroy;
}

gpointer
hearth_step_get_data (HearthStep *self)
{
  return self->data;
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

void
hearth_step_set_waiting (HearthStep *self,
                         const char *sentence)
{
  if (sentence != NULL)
    hearth_step_log (self, sentence);
}

/* --- nodes that wait ------------------------------------------------------------------- */

void
fake_step_start (HearthStep *self)
{
  self->decl->start (self);
}

const char *
fake_step_get_state (HearthStep *self)
{
  return self->state;
}

void
fake_step_cancel (HearthStep *self)
{
  g_cancellable_cancel (self->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
hearth_step_add_timeout (HearthStep       *self,
                         guint             milliseconds,
                         HearthStepElapsed elapsed,
                         gpointer          user_data)
{
  g_assert_null (self->elapsed);
  self->due = self->now + milliseconds;
  self->elapsed = elapsed;
  self->elapsed_data = user_data;
}

void
fake_step_elapse (HearthStep *self,
                  guint       milliseconds)
{
  HearthStepElapsed elapsed;

  self->now += milliseconds;
  if (self->elapsed == NULL || self->now < self->due)
    return;
  elapsed = g_steal_pointer (&self->elapsed);
  elapsed (self, self->elapsed_data);
}

void
fake_step_set_call (HearthStep *self,
                    const char *inputs,
                    const char *outputs)
{
  self->call_inputs = *inputs != '\0' ? g_strsplit (inputs, " ", -1) : g_new0 (char *, 1);
  self->call_outputs = *outputs != '\0' ? g_strsplit (outputs, " ", -1) : g_new0 (char *, 1);
}

void
fake_step_set_call_func (HearthStep *self,
                         FakeCall    func)
{
  self->call_func = func;
}

const char *const *
hearth_step_get_call_inputs (HearthStep *self)
{
  return (const char *const *) self->call_inputs;
}

const char *const *
hearth_step_get_call_outputs (HearthStep *self)
{
  return (const char *const *) self->call_outputs;
}

HearthValue *
hearth_step_dup_tools (HearthStep *self)
{
  return hearth_value_empty_array ();
}

gboolean
hearth_step_call_tool (HearthStep      *self,
                       const char      *id,
                       const char      *tag,
                       HearthValue     *inputs,
                       HearthStepCalled called,
                       gpointer         user_data)
{
  return FALSE;
}

gboolean
hearth_step_call (HearthStep      *self,
                  const char      *tag,
                  HearthValue     *inputs,
                  HearthStepCalled called,
                  gpointer         user_data)
{
  Call *call;

  g_assert_cmpstr (self->state, ==, "running");
  g_assert_true (hearth_value_is (inputs, OBJECT));
  if (self->call_inputs == NULL)
    {
      end (self, g_strdup ("failed: no workflow"));
      return FALSE;
    }
  if (self->call_func != NULL)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HearthValue) outputs = self->call_func (inputs, &error);

      called (self, outputs, error, user_data);
      return TRUE;
    }
  call = g_new0 (Call, 1);
  call->tag = g_strdup (tag);
  call->inputs = hearth_value_ref (inputs);
  call->called = called;
  call->user_data = user_data;
  g_ptr_array_add (self->calls, call);
  return TRUE;
}

char *
fake_step_list_calls (HearthStep *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < self->calls->len; i++)
    {
      Call *call = g_ptr_array_index (self->calls, i);

      g_string_append_printf (list, "%s%s", i > 0 ? " " : "", call->tag);
      hearth_json_append (list, call->inputs);
    }
  return g_string_free (list, FALSE);
}

void
fake_step_end_call (HearthStep *self,
                    const char *tag,
                    const char *outputs,
                    const char *message)
{
  g_autoptr(HearthValue) value = outputs != NULL ? parse (outputs) : NULL;
  g_autoptr(GError) error = NULL;

  if (outputs == NULL)
    error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message);
  for (guint i = 0; i < self->calls->len; i++)
    {
      Call *call = g_ptr_array_index (self->calls, i);

      if (!g_str_equal (call->tag, tag))
        continue;
      g_ptr_array_steal_index (self->calls, i);
      call->called (self, value, error, call->user_data);
      call_free (call);
      return;
    }
  g_error ("no call %s goes on", tag);
}

void
hearth_step_ask (HearthStep        *self,
                 HearthValue       *question,
                 HearthStepAnswered answered,
                 gpointer           user_data)
{
  g_assert_null (self->question);
  self->question = question;
  self->answered = answered;
  self->answered_data = user_data;
}

char *
fake_step_dup_question (HearthStep *self)
{
  return self->question != NULL ? hearth_json_print (self->question) : NULL;
}

void
fake_step_answer (HearthStep *self,
                  const char *answer)
{
  g_autoptr(HearthValue) question = g_steal_pointer (&self->question);
  g_autoptr(HearthValue) value = answer != NULL ? parse (answer) : NULL;

  g_assert_nonnull (question);
  self->answered (self, value, self->answered_data);
}

/* The rest only has to link: what needs it is tested in a real run. */

HearthValue *
hearth_chunk_new (const char  *type,
                  HearthValue *content)
{
  g_error ("a fake step has no streams");
}

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

/* agent-loop.c: a model that calls tools until it has its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent-loop.h"

#include "hearth-json.h"

#include "hearth-i18n.h"

#define MAX_RESULT (64 * 1024) /* characters of a result that the model gets to see */
#define MAX_LOGGED 300

/* One call of a round, in the order in which the model asked for them. */
typedef struct
{
  HearthAgentLoop *loop; /* borrowed */
  char            *id;
  char            *name;
  HearthValue     *arguments;
  HearthToolCall  *call;   /* NULL: not begun, or over */
  HearthValue     *result; /* NULL: none yet, or: */
  GError          *error;
} Call;

struct _HearthAgentLoop
{
  HearthStep       *step; /* borrowed */
  HearthAgentRules  rules;
  char             *model;
  HearthValue      *params;
  GPtrArray        *tools;
  HearthValue      *offer;    /* the tools, for a request */
  GPtrArray        *messages; /* of HearthValue */
  GPtrArray        *log;      /* of HearthValue */
  HearthUsageSum    usage;
  guint             round;    /* of calls, from 1 */
  HearthModelStep  *question;
  GPtrArray        *calls;    /* of Call, of this round */
  guint             next;
  guint             n_running;
  gboolean          pumping;
  GSource          *idle;     /* the end of a round */
  HearthAgentEnded  ended;
  gpointer          user_data;
};

static void agent_loop_ask (HearthAgentLoop *self);

static void
call_free (gpointer data)
{
  Call *self = data;

  g_clear_pointer (&self->call, hearth_tool_call_free);
  g_clear_pointer (&self->result, hearth_value_unref);
  hearth_value_unref (self->arguments);
  g_clear_error (&self->error);
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

void
hearth_agent_loop_free (HearthAgentLoop *self)
{
  g_clear_pointer (&self->idle, hearth_shape_unwatch);
  g_clear_pointer (&self->question, hearth_model_step_free);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->tools);
  hearth_value_unref (self->offer);
  hearth_value_unref (self->params);
  g_free (self->model);
  g_free (self);
}

/* --- what came of a call ----------------------------------------------------------------------------- */

static char *
shorten (const char *text,
         glong       length)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= length)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, length);
  return g_strconcat (start, "…", NULL);
}

static char *
print_result (Call       *call,
              const char *error) /* as it is to be told */
{
  if (call->error != NULL)
    return g_strconcat ("Error: ", error, NULL);
  if (hearth_value_is (call->result, STRING))
    return hearth_value_to_text (call->result);
  return hearth_json_print (call->result);
}

static void
log_call (HearthAgentLoop *self,
          Call            *call)
{
  g_autofree char *arguments = hearth_json_print (call->arguments);
  g_autofree char *result = print_result (call, call->error != NULL ? call->error->message : NULL);
  g_autofree char *short_arguments = shorten (arguments, MAX_LOGGED);
  g_autofree char *short_result = shorten (result, MAX_LOGGED);
  g_autofree char *line = g_strdup_printf ("%s (%s): %s", call->name, short_arguments, short_result);

  hearth_step_log (self->step, line);
}

static HearthValue *
describe_result (Call *call)
{
  return call->error != NULL ? hearth_value_string (call->error->message) : hearth_value_ref (call->result);
}

/* The log, the stream, the outputs and the model all hear of it; the model in English, whatever the user's language. */
static void
note_call (HearthAgentLoop *self,
           Call            *call)
{
  const char *key = call->error != NULL ? "error" : "result";
  g_autofree char *text = print_result (call, call->error != NULL ? hearth_error_get_plain (call->error) : NULL);
  g_autofree char *shown = shorten (text, MAX_RESULT);

  log_call (self, call);
  hearth_step_yield (self->step, hearth_chunk_new ("custom",
                     hearth_value_object ("kind", hearth_value_string ("tool_result"),
                                          "id", hearth_value_string (call->id),
                                          "name", hearth_value_string (call->name),
                                          key, describe_result (call), NULL)));
  g_ptr_array_add (self->log, hearth_value_object ("round", hearth_value_integer (self->round),
                                                   "name", hearth_value_string (call->name),
                                                   "arguments", hearth_value_ref (call->arguments),
                                                   key, describe_result (call), NULL));
  g_ptr_array_add (self->messages, hearth_value_object ("role", hearth_value_string ("tool"),
                                                        "tool_call_id", hearth_value_string (call->id),
                                                        "content", hearth_value_string (shown), NULL));
}

/* --- a round of calls ---------------------------------------------------------------------------------- */

static gboolean
end_round (gpointer user_data)
{
  HearthAgentLoop *self = user_data;

  g_clear_pointer (&self->idle, hearth_shape_unwatch);
  for (guint i = 0; i < self->calls->len; i++)
    note_call (self, g_ptr_array_index (self->calls, i));
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  if (self->rules.only_once)
    self->ended (self, NULL, NULL, self->user_data);
  else
    agent_loop_ask (self);
  return G_SOURCE_REMOVE;
}

/* Not from within the end of a call: that one is still in use. */
static void
end_round_later (HearthAgentLoop *self)
{
  self->idle = g_idle_source_new ();
  g_source_set_callback (self->idle, end_round, self, NULL);
  g_source_set_priority (self->idle, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->idle, "agent's next round");
  g_source_attach (self->idle, NULL);
}

static void agent_loop_pump (HearthAgentLoop *self);

static void
done_cb (HearthToolCall *tool_call,
         HearthValue    *result,
         const GError   *error)
{
  Call *call = tool_call->user_data;

  call->result = result != NULL ? hearth_value_ref (result) : NULL;
  call->error = result == NULL ? g_error_copy (error) : NULL;
  call->loop->n_running--;
  agent_loop_pump (call->loop);
}

static void
begin_call (HearthAgentLoop *self,
            Call            *call,
            guint            number)
{
  HearthTool *tool = hearth_tools_find (self->tools, call->name);
  g_autofree char *tag = g_strdup_printf ("%u.%u", self->round, number);

  if (tool == NULL)
    hearth_shape_fail (&call->error, N_("There is no tool “%s”."), call->name);
  else if (!hearth_value_is (call->arguments, OBJECT))
    hearth_shape_fail (&call->error, N_("The arguments are no JSON object."));
  if (call->error != NULL)
    return;
  self->n_running++;
  call->call = hearth_tool_call_new (tool, self->step, tag, call->arguments, done_cb, call);
  hearth_tool_call_begin (call->call);
}

/* Begins calls as long as it may; ends the round when all have ended. */
static void
agent_loop_pump (HearthAgentLoop *self)
{
  if (self->pumping)
    return; /* a call ended at once; the loop below goes on */
  self->pumping = TRUE;
  while (self->next < self->calls->len && self->n_running < self->rules.max_parallel)
    {
      guint number = self->next++;

      begin_call (self, g_ptr_array_index (self->calls, number), number);
    }
  self->pumping = FALSE;
  if (self->next == self->calls->len && self->n_running == 0)
    end_round_later (self);
}

static void
begin_round (HearthAgentLoop *self,
             HearthAnswer    *answer)
{
  g_autoptr(HearthValue) wanted = hearth_answer_dup_tool_calls (answer);

  self->round++;
  self->next = 0;
  self->calls = g_ptr_array_new_with_free_func (call_free);
  g_ptr_array_add (self->messages, hearth_answer_to_message (answer));
  for (gsize i = 0; i < hearth_value_get_length (wanted); i++)
    {
      HearthValue *one = hearth_value_at (wanted, i);
      Call *call = g_new0 (Call, 1);

      call->loop = self;
      call->id = g_strdup (hearth_value_get_member_string (one, "id", ""));
      call->name = g_strdup (hearth_value_get_member_string (one, "name", ""));
      call->arguments = hearth_value_ref (hearth_value_get (one, "arguments"));
      g_ptr_array_add (self->calls, call);
    }
  g_clear_pointer (&self->question, hearth_model_step_free);
  agent_loop_pump (self);
}

/* --- the model -------------------------------------------------------------------------------------------- */

static void
ended_cb (HearthModelStep *question,
          HearthAnswer    *answer,
          const GError    *error,
          gpointer         user_data)
{
  HearthAgentLoop *self = user_data;

  hearth_usage_sum_add (&self->usage, hearth_answer_get_usage (answer));
  if (error == NULL && hearth_answer_get_n_tool_calls (answer) > 0 && self->round < self->rules.max_rounds)
    {
      begin_round (self, answer);
      return;
    }
  if (error == NULL)
    g_ptr_array_add (self->messages, hearth_answer_to_message (answer));
  self->ended (self, answer, error, self->user_data);
}

static void
agent_loop_ask (HearthAgentLoop *self)
{
  g_autoptr(HearthValue) messages = hearth_agent_loop_dup_messages (self);
  HearthModelRequest request = { .stream = TRUE };

  request.model = self->model;
  request.params = self->params;
  request.messages = messages;
  if (self->tools->len > 0)
    {
      request.tools = self->offer;
      request.tool_choice = self->rules.only_once ? "required" : self->round >= self->rules.max_rounds ? "none" : "auto";
    }
  self->question = hearth_model_step_ask (self->step, &request, NULL, NULL, NULL, ended_cb, self);
}

HearthAgentLoop *
hearth_agent_loop_start (HearthStep             *step,
                         HearthModelInput       *input,
                         GPtrArray              *tools,
                         const HearthAgentRules *rules,
                         HearthAgentEnded        ended,
                         gpointer                user_data)
{
  HearthAgentLoop *self;

  g_return_val_if_fail (step != NULL && input != NULL && tools != NULL && rules != NULL && ended != NULL, NULL);

  self = g_new0 (HearthAgentLoop, 1);
  self->step = step;
  self->rules = *rules;
  self->model = g_strdup (hearth_shape_trim (input->model));
  self->params = hearth_value_ref (input->params);
  self->tools = g_ptr_array_ref (tools);
  self->offer = hearth_tools_describe (tools);
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  for (gsize i = 0; i < hearth_value_get_length (input->messages); i++)
    g_ptr_array_add (self->messages, hearth_value_ref (hearth_value_at (input->messages, i)));
  self->ended = ended;
  self->user_data = user_data;
  agent_loop_ask (self);
  return self;
}

void
hearth_agent_loop_resume (HearthAgentLoop *self)
{
  if (self != NULL)
    hearth_model_step_resume (self->question);
}

/* --- what became of it -------------------------------------------------------------------------------------- */

guint
hearth_agent_loop_get_rounds (HearthAgentLoop *self)
{
  return self->round;
}

HearthValue *
hearth_agent_loop_dup_messages (HearthAgentLoop *self)
{
  return hearth_value_array ((HearthValue *const *) self->messages->pdata, self->messages->len);
}

HearthValue *
hearth_agent_loop_dup_calls (HearthAgentLoop *self)
{
  return hearth_value_array ((HearthValue *const *) self->log->pdata, self->log->len);
}

HearthValue *
hearth_agent_loop_dup_usage (HearthAgentLoop *self)
{
  return hearth_usage_sum_to_value (&self->usage);
}

/* hearth-provider-offline.c: a model that is always there: no network, no key, the same answer every time
 *
 * Examples and first steps work with it. It calls a tool that it is given once, fills a schema that it is given, and says
 * in every text that it is not a real model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-private.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-part-private.h"
#include "hearth-providers-private.h"

#include "hearth-i18n.h"

#define OFFLINE_ID "offline"
#define MODEL "core:offline"
/* The same without waiting, for tests and for many calls. */
#define QUICK_MODEL "core:offline-quick"

#define MIN_COMMON 4 /* bytes of a word that says something */

/* As fast as people read. */
#define FIRST_WAIT_MS 150
#define WORD_WAIT_MS 30

typedef struct
{
  char *text;        /* that is said, or the arguments of a call */
  const char *at;    /* what is left of it */
  char *tool;        /* that is called; NULL: none */
  char *call_id;
  const char *finish;
  gint64 n_prompt;
  gboolean is_quick;
  gboolean is_whole; /* all at once */
  gboolean has_begun;
} Answering;

/* --- what is answered ------------------------------------------------------------------------------ */

/* How many words of its name and description the question has. */
static guint
count_common (HearthValue *tool,
              GPtrArray   *asked)
{
  g_autofree char *told = g_strdup_printf ("%s %s", hearth_value_get_member_string (tool, "name", ""),
                                           hearth_value_get_member_string (tool, "description", ""));
  g_autoptr (GPtrArray) words = _hearth_offline_dup_words (told);
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    n += strlen (g_ptr_array_index (words, i)) >= MIN_COMMON
      && g_ptr_array_find_with_equal_func (asked, g_ptr_array_index (words, i), g_str_equal, NULL);
  return n;
}

static HearthValue *
find_fitting (HearthValue *tools,
              const char  *question)
{
  g_autoptr (GPtrArray) asked = _hearth_offline_dup_words (question);
  HearthValue *best = NULL;
  guint most = 0;

  for (gsize i = 0; i < hearth_value_get_length (tools); i++)
    {
      guint n = count_common (hearth_value_at (tools, i), asked);

      if (best == NULL || n > most)
        best = hearth_value_at (tools, i);
      most = MAX (most, n);
    }
  return best;
}

/* The one that must be called, else the one that the question speaks of most, else the first; NULL: none. */
static HearthValue *
choose_tool (const HearthModelRequest *request,
             const char               *question)
{
  gsize n = hearth_value_is (request->tools, ARRAY) ? hearth_value_get_length (request->tools) : 0;

  if (g_strcmp0 (request->tool_choice, "none") == 0)
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (request->tools, i), "name", ""), request->tool_choice) == 0)
      return hearth_value_at (request->tools, i);
  return n > 0 ? find_fitting (request->tools, question) : NULL;
}

static void
call_tool (Answering   *self,
           HearthValue *tool,
           const char  *question)
{
  HearthValue *schema = hearth_value_get_member_kind (tool, "parameters", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) object = hearth_value_object ("type", hearth_value_string ("object"), NULL);
  g_autoptr (HearthValue) arguments = _hearth_offline_fill_schema (schema != NULL ? schema : object, question);
  guint64 hash;

  self->tool = g_strdup (hearth_value_get_member_string (tool, "name", ""));
  self->text = hearth_json_print (arguments);
  hash = _hearth_offline_hash (_hearth_offline_hash (0, question), self->tool);
  self->call_id = g_strdup_printf ("call_%016" G_GINT64_MODIFIER "x", hash);
  self->finish = "tool_calls";
}

static char *
dup_structured (HearthValue *schema,
                const char  *question)
{
  g_autoptr (HearthValue) value = _hearth_offline_fill_schema (schema, question);

  return hearth_json_print (value);
}

static void
answer (Answering                *self,
        const HearthModelRequest *request)
{
  HearthValue *schema = hearth_value_get_member_kind (request->schema, "schema", HEARTH_VALUE_OBJECT);
  g_autofree char *question = _hearth_offline_dup_question (request->messages);
  g_autofree char *result = _hearth_offline_dup_result (request->messages);
  HearthValue *tool = result == NULL ? choose_tool (request, question) : NULL;

  self->finish = "stop";
  if (tool != NULL)
    call_tool (self, tool, question);
  else if (schema != NULL)
    self->text = dup_structured (schema, result != NULL ? result : question);
  else
    self->text = _hearth_offline_answer_text (request->messages);
}

/* --- where it ends ----------------------------------------------------------------------------------- */

static void
cut_at_stop (Answering   *self,
             HearthValue *stop)
{
  const char *text = hearth_value_is (stop, STRING) ? hearth_value_get_string (stop, NULL) : "";
  char *found = *text != '\0' ? strstr (self->text, text) : NULL;

  if (found != NULL)
    *found = '\0';
}

static void
cut_at_length (Answering *self,
               gint64     max_tokens)
{
  gsize length = max_tokens > 0 ? _hearth_offline_measure (self->text, max_tokens) : strlen (self->text);

  if (self->text[length] == '\0')
    return;
  self->text[length] = '\0';
  self->finish = "length";
}

static void
cut (Answering   *self,
     HearthValue *params)
{
  HearthValue *stop = hearth_value_get (params, "stop");

  if (self->tool != NULL)
    return;
  cut_at_stop (self, stop);
  for (gsize i = 0; hearth_value_is (stop, ARRAY) && i < hearth_value_get_length (stop); i++)
    cut_at_stop (self, hearth_value_at (stop, i));
  cut_at_length (self, hearth_value_get_member_integer (params, "max_tokens", 0));
}

/* --- as a provider without a network ------------------------------------------------------------------- */

static gint64
count_prompt (HearthValue *messages)
{
  gint64 n = 0;

  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    {
      g_autofree char *text = _hearth_content_dup_text (hearth_value_get (hearth_value_at (messages, i), "content"));

      n += _hearth_offline_count_tokens (text);
    }
  return n;
}

static gpointer
begin (const HearthModelRequest *request,
       GError                  **error)
{
  Answering *self;

  if (!hearth_value_is (request->messages, ARRAY))
    {
      hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID, _("The messages of the request are no list. Give a list of objects with role and content."));
      return NULL;
    }
  self = g_new0 (Answering, 1);
  answer (self, request);
  cut (self, request->params);
  self->at = self->text;
  self->n_prompt = count_prompt (request->messages);
  self->is_quick = g_strcmp0 (request->model, QUICK_MODEL) == 0;
  self->is_whole = !request->stream;
  return self;
}

/* A word with the spaces behind it. */
static char *
take_piece (Answering *self)
{
  const char *from = self->at;
  gsize length = strcspn (from, " \n");

  length += strspn (from + length, " \n");
  if (self->is_whole)
    length = strlen (from);
  self->at += length;
  return g_strndup (from, length);
}

static void
add_piece (Answering    *self,
           HearthAnswer *to,
           const char   *piece)
{
  gboolean is_first = !self->has_begun;

  self->has_begun = TRUE;
  if (self->tool == NULL)
    hearth_answer_add_text (to, piece);
  else
    hearth_answer_add_tool_call (to, 0, is_first ? self->call_id : NULL, is_first ? self->tool : NULL, piece);
}

static void
finish (Answering    *self,
        HearthAnswer *to)
{
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  usage.prompt = self->n_prompt;
  usage.completion = _hearth_offline_count_tokens (self->text);
  hearth_answer_set_usage (to, &usage);
  hearth_answer_set_finish (to, self->finish);
  hearth_answer_set_done (to);
}

static gboolean
next (gpointer      state,
      HearthAnswer *to,
      guint        *wait_ms,
      GError      **error)
{
  Answering *self = state;
  gboolean has_waited = hearth_answer_get_model (to) != NULL;

  hearth_answer_set_identity (to, self->is_quick ? QUICK_MODEL : MODEL, NULL);
  *wait_ms = self->is_quick ? 0 : has_waited ? WORD_WAIT_MS : FIRST_WAIT_MS;
  if (!has_waited && !self->is_quick)
    return TRUE;
  if (*self->at != '\0')
    {
      g_autofree char *piece = take_piece (self);

      add_piece (self, to, piece);
    }
  if (*self->at != '\0')
    return TRUE;
  finish (self, to);
  return FALSE;
}

static void
end (gpointer state)
{
  Answering *self = state;

  g_free (self->text);
  g_free (self->tool);
  g_free (self->call_id);
  g_free (self);
}

static HearthValue *
list_models (void)
{
  static const struct
  {
    const char *id;
    const char *name;
    const char *description;
  } models[] = {
    { MODEL, N_("Offline"), N_("Answers without a network and without a key, always the same; for trying things out") },
    { QUICK_MODEL, N_("Offline, at once"), N_("The same without the time for reading along") },
  };
  static const char *const capabilities[] = { "tools", "vision", "structured", "embedding", NULL };
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    hearth_builder_add (&out, NULL, hearth_value_object ("id", hearth_value_string (models[i].id),
                                                        "name", hearth_value_string (_(models[i].name)),
                                                        "description", hearth_value_string (_(models[i].description)),
                                                        "capabilities", hearth_value_strv (capabilities), NULL));
  return hearth_builder_end_array (&out);
}

static const HearthLocalProvider local = {
  .begin = begin,
  .next = next,
  .end = end,
  .list_models = list_models,
  .embed = _hearth_offline_embed,
};

static const HearthProviderPreset presets[] = {
  { NULL, NULL, NULL, FALSE },
};

const HearthProvider hearth_provider_offline = {
  .id = OFFLINE_ID,
  .name = "Offline",
  .presets = presets,
  .needs_key = FALSE,
  .local = &local,
};

HearthChannel *
hearth_channel_new_offline (void)
{
  HearthChannel *self = hearth_channel_new (&hearth_provider_offline, "");

  self->id = g_strdup ("core:offline");
  self->label = g_strdup (_("Offline"));
  self->models = g_strdupv ((char **) (const char *[]){ MODEL, QUICK_MODEL, NULL });
  return self;
}

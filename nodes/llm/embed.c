/* embed.c: core:Embed, vectors that are near each other where texts mean about the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-step.h"

#include "hearth-i18n.h"

#define MAX_AT_ONCE 96 /* texts; what all services take in one call */

typedef struct
{
  HearthStep     *step;  /* borrowed; owns this */
  char           *model;
  HearthValue    *texts; /* an array of strings */
  gsize           next;
  HearthBuilder   vectors;
  gint64          tokens; /* -1: not told */
  HearthModelAsk *ask;
  GSource        *watch;
} Embed;

static void
embed_free (gpointer data)
{
  Embed *self = data;

  g_clear_pointer (&self->ask, hearth_model_ask_cancel);
  g_clear_pointer (&self->texts, hearth_value_unref);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  hearth_builder_clear (&self->vectors);
  g_free (self->model);
  g_free (self);
}

/* --- what is asked ------------------------------------------------------------------------------ */

/* One text is a list of one; a list may come as JSON text. */
static HearthValue *
dup_texts (HearthStep *step,
           GError    **error)
{
  HearthValue *value = hearth_step_get_input (step, "texts");
  g_autoptr(HearthValue) parsed = hearth_step_dup_input_json (step, "texts", NULL);
  g_auto(HearthBuilder) texts = HEARTH_BUILDER_INIT;
  HearthValue *list = hearth_value_is (parsed, ARRAY) ? parsed : NULL;

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      g_autofree char *text = hearth_value_to_text (hearth_value_at (list, i));

      if (*text == '\0')
        {
          g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                       _("Text %u of the list is empty, and an empty text has no vector. Leave it out."), (guint) i + 1);
          return NULL;
        }
      hearth_builder_add (&texts, NULL, hearth_value_string (text));
    }
  if (list == NULL && hearth_value_is_truthy (value))
    {
      g_autofree char *text = hearth_value_to_text (value);

      hearth_builder_add (&texts, NULL, hearth_value_string (text));
    }
  if (list == NULL && !hearth_value_is_truthy (value))
    {
      hearth_shape_fail (error, N_("There is no text to embed. Write one, or connect a text."));
      return NULL;
    }
  return hearth_builder_end_array (&texts);
}

/* --- asking --------------------------------------------------------------------------------------- */

static void
embed_end (Embed *self)
{
  g_autoptr(HearthValue) vectors = hearth_builder_end_array (&self->vectors);
  gsize n = hearth_value_get_length (vectors);
  HearthStep *step = self->step;

  hearth_step_set_output (step, "vectors", hearth_value_ref (vectors));
  hearth_step_set_output (step, "vector", n > 0 ? hearth_value_ref (hearth_value_at (vectors, 0)) : hearth_value_empty_array ());
  hearth_step_set_output (step, "dimensions",
                          hearth_value_integer (n > 0 ? hearth_value_get_length (hearth_value_at (vectors, 0)) : 0));
  hearth_step_set_output (step, "usage", self->tokens >= 0
                                           ? hearth_value_object ("prompt_tokens", hearth_value_integer (self->tokens), NULL)
                                           : hearth_value_empty_object ());
  hearth_step_complete (step);
}

static void embed_go_on (Embed *self);

static void
ended_cb (HearthValue       *value,
          const HearthUsage *usage,
          const GError      *error,
          gpointer           user_data)
{
  Embed *self = user_data;

  self->ask = NULL;
  hearth_model_step_note_usage (self->step);
  if (error != NULL)
    {
      hearth_model_step_fail (self->step, NULL, error);
      return;
    }
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    hearth_builder_add (&self->vectors, NULL, hearth_value_ref (hearth_value_at (value, i)));
  if (usage == NULL || usage->prompt < 0)
    self->tokens = -1;
  else if (self->tokens >= 0)
    self->tokens += usage->prompt;
  embed_go_on (self);
}

static void
waits_cb (const char *sentence,
          gpointer    user_data)
{
  hearth_step_set_waiting (((Embed *) user_data)->step, sentence);
}

static void
embed_go_on (Embed *self)
{
  g_auto(HearthBuilder) some = HEARTH_BUILDER_INIT;
  g_autoptr(HearthValue) texts = NULL;
  g_autofree char *path = hearth_step_dup_path (self->step);
  HearthBill bill = { 0 };
  gsize end = MIN (self->next + MAX_AT_ONCE, hearth_value_get_length (self->texts));

  if (self->next == end)
    {
      embed_end (self);
      return;
    }
  while (self->next < end)
    hearth_builder_add (&some, NULL, hearth_value_ref (hearth_value_at (self->texts, self->next++)));
  texts = hearth_builder_end_array (&some);
  bill.run_id = hearth_step_get_run_id (self->step);
  bill.node_id = path;
  bill.project_id = hearth_value_get_member_string (hearth_step_get_run_metadata (self->step), "projectId", NULL);
  self->ask = hearth_model_router_embed (hearth_step_get_service (self->step, HEARTH_TYPE_MODEL_ROUTER), self->model, texts,
                                         &bill, ended_cb, self);
  hearth_model_ask_set_waits (self->ask, waits_cb);
}

static void
embed_start (HearthStep *step)
{
  Embed *self;
  GError *error = NULL;

  if (!hearth_model_step_can_ask (step))
    return;
  self = g_new0 (Embed, 1);
  self->step = step;
  hearth_step_set_data (step, self, embed_free);
  self->model = hearth_step_dup_input_text (step, "model", "");
  if (*self->model == '\0')
    hearth_shape_fail (&error, N_("No model is chosen. Choose one that makes embeddings."));
  else
    self->texts = dup_texts (step, &error);
  if (error != NULL)
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  embed_go_on (self);
}

static const HearthSlotDecl inputs[] = {
  { .key = "texts", .type = HEARTH_DATA_WILDCARD, .name = "文本", .title = N_("Texts"),
    .description = N_("A text, or a list of texts."), .categories = "BehaviorWildcard", .flags = HEARTH_SLOT_REQUIRED },
  { .key = "model", .type = HEARTH_DATA_STRING, .name = "模型", .title = N_("Model"),
    .description = N_("A model that makes embeddings. core:offline needs no key and no network."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "core:offline", "multiline": false, "placeholder": "输入模型名称",
                             "suggestions": [ { "value": "core:offline", "label": "core:offline" },
                                              { "value": "text-embedding-3-small", "label": "text-embedding-3-small" } ] }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "vectors", .type = HEARTH_DATA_ARRAY, .name = "向量列表", .title = N_("Vectors"),
    .description = N_("A list of numbers for each text, in the order of the texts."), .categories = "VectorEmbedding" },
  { .key = "vector", .type = HEARTH_DATA_ARRAY, .name = "第一个向量", .title = N_("First Vector"),
    .description = N_("The one of the first text."), .categories = "VectorEmbedding" },
  { .key = "dimensions", .type = HEARTH_DATA_INTEGER, .name = "维度", .title = N_("Dimensions"),
    .description = N_("How many numbers a vector has.") },
  { .key = "usage", .type = HEARTH_DATA_OBJECT, .name = "Token 用量", .title = N_("Usage"),
    .description = N_("How many tokens it took, as far as the service tells."), .categories = "LlmOutput" },
  { NULL },
};

const HearthNodeDecl hearth_node_embed = {
  .type = "Embed",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🧭文本向量",
  .title = N_("Embed"),
  .icon = "🧭",
  .description = N_("Turns texts into vectors, which are near each other where the texts mean about the same."),
  .width = 280,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = embed_start,
};

/* test-nodes-model.c: nodes that ask a model, with a model that says what it is told to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-run.h"

/* --- one question ------------------------------------------------------------------------------------------ */

static void
test_completion (Models       *models,
                 gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autoptr (HearthValue) asked = NULL;
  g_autofree char *body = NULL;

  models_say (models, "[{\"think\":\"hm\",\"text\":\"Good day.\"}]");
  told_run (&told, models, NODE ("n", "SimpleCompletion", "{\"prompt\":\"Hello\",\"model\":\"m\",\"system_prompt\":\"Be brief.\","
                                 "\"temperature\":0.5,\"max_tokens\":0,\"parameters\":\"{\\\"top_p\\\":0.9,\\\"stop\\\":null}\"}", "{}"), "");
  assert_output (&told, "text", "\"Good day. \"");
  assert_output (&told, "usage", "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}");
  g_assert_cmpstr (told.chunks->str, ==, "custom:{\"kind\":\"reasoning\",\"text\":\"hm\"}|text_chunk:Good |text_chunk:day. |"
                   "usage_chunk:{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}|finish_reason_chunk:stop|");
  asked = models_talk (models, "/asked", NULL);
  body = hearth_json_print (hearth_value_at (asked, 0));
  g_assert_nonnull (strstr (body, "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hello\"}]"));
  g_assert_nonnull (strstr (body, "\"temperature\":0.5"));
  g_assert_nonnull (strstr (body, "\"top_p\":0.9"));
  g_assert_null (strstr (body, "max_tokens"));
  g_assert_null (strstr (body, "stop\""));
}

/* Of a preset that is wired to the parameters only these reach the service, by the service's names. */
static void
assert_preset_is_asked_by (Models     *models,
                           const char *json)
{
  g_auto (Told) told = { 0 };
  g_autoptr (HearthValue) asked = NULL;
  g_autofree char *body = NULL;

  models_say (models, "[{\"text\":\"Hi.\"}]");
  told_run (&told, models, json, "");
  asked = models_talk (models, "/asked", NULL);
  body = hearth_json_print (hearth_value_at (asked, hearth_value_get_length (asked) - 1));
  g_assert_nonnull (strstr (body, "\"temperature\":0.9"));
  g_assert_nonnull (strstr (body, "\"top_p\":0.8"));
  g_assert_nonnull (strstr (body, "_tokens\":300"));
  g_assert_nonnull (strstr (body, "\"presence_penalty\":0.5"));
  g_assert_null (strstr (body, "top_k"));
  g_assert_null (strstr (body, "frequency_penalty"));
  g_assert_null (strstr (body, "repetition_penalty"));
  g_assert_null (strstr (body, "seed"));
  g_assert_null (strstr (body, "openai"));
  g_assert_null (strstr (body, "prompts"));
}

static void
test_preset (Models       *models,
             gconstpointer unused)
{
#define PRESET "\"parameters\":{\"temperature\":0.9,\"top_p\":0.8,\"top_k\":0,\"frequency_penalty\":0,\"presence_penalty\":0.5," \
  "\"repetition_penalty\":1,\"seed\":-1,\"openai_max_tokens\":300,\"openai_model\":\"other\",\"prompts\":[],\"stream_openai\":true}"
  assert_preset_is_asked_by (models, NODE ("n", "SimpleCompletion", "{\"prompt\":\"Hello\",\"model\":\"m\"," PRESET "}", "{}"));
  assert_preset_is_asked_by (models, NODE ("n", "GenericLlmRequest", "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                                           "\"activated_model_id\":\"m\"," PRESET "}", "{}"));
}

static void
test_generic (Models       *models,
              gconstpointer unused)
{
  g_auto (Told) streamed = { 0 };
  g_auto (Told) whole = { 0 };
  g_auto (Told) refused = { 0 };

  models_say (models, "[{\"text\":\"Hi.\"},{\"text\":\"Hi.\"},{\"status\":400}]");
  told_run (&streamed, models, NODE ("n", "GenericLlmRequest", "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                                     "\"activated_model_id\":\"m\",\"stream\":true}", "{}"), "");
  g_assert_nonnull (strstr (streamed.chunks->str, "text_chunk:Hi. |"));
  g_assert_nonnull (strstr (streamed.chunks->str, "finish_reason_chunk:{\"finish_reason\":\"stop\",\"accumulated_text\":\"Hi. \","
                            "\"usage\":{\"prompt_tokens\":10,"));
  assert_output (&streamed, "responseText", "\"Hi. \"");

  told_run (&whole, models, NODE ("n", "GenericLlmRequest", "{\"messages\":\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"x\\\"}]\","
                                  "\"activated_model_id\":\"m\"}", "{}"), "");
  g_assert_null (strstr (whole.chunks->str, "text_chunk"));
  assert_output (&whole, "responseText", "\"Hi.\"");

  told_run (&refused, models, NODE ("n", "GenericLlmRequest", "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                                    "\"activated_model_id\":\"m\"}", "{}"), "");
  assert_says (&refused, "LLM API Error: ");
  assert_says (&refused, "the script says no");
  g_assert_true (g_str_has_prefix (refused.chunks->str, "error_chunk:LLM API Error: "));
}

/* The class of a failure decides whether the node's policy tries again. */
static void
test_retry (Models       *models,
            gconstpointer unused)
{
  g_auto (Told) again = { 0 };
  g_auto (Told) never = { 0 };

  models_say (models, "[{\"status\":503},{\"text\":\"Hi.\"}]");
  told_run (&again, models, NODE ("n", "SimpleCompletion", "{\"prompt\":\"x\",\"model\":\"m\"}",
                                  "{\"_policy\":{\"retry\":{\"count\":2,\"delayMs\":1}}}"), "");
  g_assert_cmpuint (again.n_retries, ==, 1);
  assert_output (&again, "text", "\"Hi. \"");

  models_say (models, "[{\"status\":400}]");
  told_run (&never, models, NODE ("n", "SimpleCompletion", "{\"prompt\":\"x\",\"model\":\"m\"}",
                                  "{\"_policy\":{\"retry\":{\"count\":2,\"delayMs\":1}}}"), "");
  g_assert_cmpuint (never.n_retries, ==, 0);
  assert_says (&never, "the script says no");
}

static void
test_cancel (Models       *models,
             gconstpointer unused)
{
  static const char *const nodes[] = {
    NODE ("n", "SimpleCompletion", "{\"prompt\":\"x\",\"model\":\"m\"}", "{}"),
    NODE ("n", "Chat", "{\"input\":\"x\",\"model\":\"m\"}", "{}"),
    NODE ("n", "Compare", "{\"prompt\":\"x\",\"models\":\"m\"}", "{}"),
    NODE ("n", "Agent", "{\"prompt\":\"x\",\"model\":\"m\"}", "{\"toolWorkflows\":[\"double\"]}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_auto (Told) told = { 0 };
      g_autoptr (HearthValue) gone = NULL;
      gint64 before;

      models_say (models, "[{\"endless\":true}]");
      told_start (&told, models, nodes[i], "");
      AWAIT (told.n_chunks >= 3);
      before = g_get_monotonic_time ();
      hearth_run_cancel (told.run);
      AWAIT (told.is_over);
      g_test_message ("%.1f ms", (g_get_monotonic_time () - before) / 1000.0);
      g_assert_cmpint (hearth_run_get_step_state (told.run, "n"), ==, HEARTH_STEP_CANCELLED);
      gone = models_talk (models, "/gone", NULL);
      g_assert_true (hearth_value_get_member_boolean (gone, "gone", FALSE));
    }
}

/* A consumer that takes its time holds the model up, and gets everything. */
static void
test_back_pressure (Models       *models,
                    gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autoptr (GString) line = g_string_new ("[{\"text\":\"");
  guint n = 0;

  for (guint i = 0; i < 500; i++)
    g_string_append (line, "word ");
  g_string_append (line, "\"}]");
  models_say (models, line->str);
  told_run (&told, models, NODE ("n", "SimpleCompletion", "{\"prompt\":\"x\",\"model\":\"m\"}", "{}") ","
                           NODE ("log", "StreamSuffixRelay", "{\"suffix\":\"!\"}", "{}"),
            "{\"id\":\"1\",\"source\":\"n\",\"sourceHandle\":\"stream_output\",\"target\":\"log\",\"targetHandle\":\"inputStream\"}");
  for (const char *p = told.chunks->str; (p = strstr (p, "text_chunk:word !")) != NULL; p++)
    n++;
  g_assert_cmpuint (n, ==, 500);
}

/* --- the older nodes ------------------------------------------------------------------------------------------ */

#define SETTINGS(key) NODE ("s", "APISettings", "{\"base_url\":\"%s/s/v1\",\"api_key\":\"" key "\"}", "{}")
#define TO_NODE "{\"id\":\"1\",\"source\":\"s\",\"sourceHandle\":\"api_settings\",\"target\":\"n\",\"targetHandle\":\"api_settings\"}"

static void
run_older (Told       *told,
           Models     *models,
           const char *node)
{
  g_autofree char *settings = g_strdup_printf (SETTINGS ("sk-canary-0123456789wxyz"), models->peer.base);
  g_autofree char *nodes = g_strconcat (settings, ",", node, NULL);

  told_run (told, models, nodes, TO_NODE);
}

static void
test_openai (Models       *models,
             gconstpointer unused)
{
  g_auto (Told) whole = { 0 };
  g_auto (Told) streamed = { 0 };
  g_auto (Told) refused = { 0 };
  g_auto (Told) empty = { 0 };
  g_autoptr (HearthValue) asked = NULL;
  g_autofree char *first = NULL;

  models_say (models, "[{\"text\":\"Hi.\"},{\"text\":\"Hi.\"},{\"status\":400}]");
  run_older (&whole, models, NODE ("n", "OpenAI", "{\"prompt\":\"x\",\"model\":\"other\",\"image\":\"data:image/png;base64,QUJD\","
                                   "\"history\":\"[{\\\"role\\\":\\\"assistant\\\",\\\"content\\\":\\\"before\\\"}]\"}", "{}"));
  assert_output (&whole, "response", "\"Hi.\"");
  run_older (&streamed, models, NODE ("n", "OpenAI", "{\"prompt\":\"x\",\"model\":\"other\",\"stream\":true}", "{}"));
  g_assert_nonnull (strstr (streamed.chunks->str, "text_chunk:Hi. |"));
  g_assert_true (g_str_has_suffix (streamed.chunks->str, "finish_reason_chunk:stop|"));
  run_older (&refused, models, NODE ("n", "OpenAI", "{\"prompt\":\"x\",\"model\":\"other\",\"stream\":true}", "{}"));
  g_assert_nonnull (strstr (refused.chunks->str, "error_chunk:OpenAI API 流式请求错误: "));
  run_older (&empty, models, NODE ("n", "OpenAI", "{\"model\":\"other\"}", "{}"));
  assert_output (&empty, "response", "\"Error: 用户提示 (prompt) 或图像 (image) 必须提供至少一个\"");

  asked = models_talk (models, "/asked", NULL);
  first = hearth_json_print (hearth_value_at (asked, 0));
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (asked, 0), "key", NULL), ==, "Bearer sk-canary-0123456789wxyz");
  g_assert_nonnull (strstr (first, "\"content\":\"before\""));
  g_assert_nonnull (strstr (first, "data:image/jpeg;base64,QUJD"));
  g_assert_null (strstr (refused.chunks->str, "canary"));
}

static void
test_openai_chat (Models       *models,
                  gconstpointer unused)
{
  g_auto (Told) good = { 0 };
  g_auto (Told) empty = { 0 };
  g_auto (Told) broken = { 0 };
  g_auto (Told) no_image = { 0 };

  models_say (models, "[{\"text\":\" Hi. \"},{\"text\":\" \"}]");
  run_older (&good, models, NODE ("n", "OpenAIChat", "{\"user_input\":\"x\",\"system_prompt\":\"s\",\"model\":\"other\"}", "{}"));
  assert_output (&good, "current_output", "\"Hi.\"");
  assert_output (&good, "history", "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"x\\\"},"
                 "{\\\"role\\\":\\\"assistant\\\",\\\"content\\\":\\\"Hi.\\\"}]\"");
  assert_output (&good, "full_conversation", "\"=== 完整对话历史 ===\\n\\nSystem: s\\n----------------------------------------\\n"
                 "User: x\\n----------------------------------------\\nAssistant: Hi.\\n----------------------------------------\"");
  run_older (&empty, models, NODE ("n", "OpenAIChat", "{\"user_input\":\"x\",\"model\":\"other\"}", "{}"));
  assert_output (&empty, "current_output", "\"API返回了空回复，未写入历史记录。\"");
  run_older (&broken, models, NODE ("n", "OpenAIChat", "{\"user_input\":\"x\",\"external_history\":\"[\"}", "{}"));
  assert_output (&broken, "current_output", "\"Error: Invalid external history format.\"");
  assert_output (&broken, "history", "\"[]\"");
  run_older (&no_image, models, NODE ("n", "OpenAIChat", "{\"user_input\":\"x\",\"image\":\"http://x/y.png\"}", "{}"));
  assert_output (&no_image, "current_output", "\"Error encoding image: Image encoding failed: Unsupported image data format\"");
}

/* --- values ------------------------------------------------------------------------------------------------------ */

#define EXTRACT(config) \
  NODE ("n", "Extract", "{\"text\":\"Ada, 36\",\"schema\":\"name\\nage: integer\",\"model\":\"m\"}", config)

static void
test_extract (Models       *models,
              gconstpointer unused)
{
  g_auto (Told) repaired = { 0 };
  g_auto (Told) asked_again = { 0 };
  g_auto (Told) without = { 0 };
  g_auto (Told) hopeless = { 0 };
  g_autoptr (HearthValue) asked = NULL;
  g_autofree char *second = NULL;

  models_say (models, "[{\"text\":\"```json\\n{'name': 'Ada', 'age': 36,}\\n```\"}]");
  told_run (&repaired, models, EXTRACT ("{}"), "");
  assert_output (&repaired, "data", "{\"name\":\"Ada\",\"age\":36}");
  assert_output (&repaired, "attempts", "1");

  models_say (models, "[{\"text\":\"I am not sure.\"},{\"text\":\"{\\\"name\\\":\\\"Ada\\\",\\\"age\\\":\\\"36\\\"}\"},"
              "{\"text\":\"{\\\"name\\\":\\\"Ada\\\",\\\"age\\\":36}\"}]");
  told_run (&asked_again, models, EXTRACT ("{}"), "");
  assert_output (&asked_again, "attempts", "3");
  assert_output (&asked_again, "usage", "{\"prompt_tokens\":30,\"completion_tokens\":15,\"total_tokens\":45}");
  asked = models_talk (models, "/asked", NULL);
  second = hearth_json_print (hearth_value_at (asked, 2));
  g_assert_nonnull (strstr (second, "$.age: \\\"36\\\" should be of the type integer."));
  g_assert_nonnull (strstr (second, "\"response_format\""));
  g_clear_pointer (&asked, hearth_value_unref);

  models_say (models, "[{\"status\":400},{\"text\":\"{\\\"name\\\":\\\"Ada\\\",\\\"age\\\":36}\"}]");
  told_run (&without, models, EXTRACT ("{}"), "");
  assert_output (&without, "attempts", "1");
  asked = models_talk (models, "/asked", NULL);
  g_assert_null (hearth_value_get (hearth_value_at (asked, 1), "response_format"));

  models_say (models, "[{\"text\":\"I do not know.\"},{\"text\":\"Nor do I.\"}]");
  told_run (&hopeless, models, EXTRACT ("{\"maxAttempts\":2}"), "");
  assert_says (&hopeless, "It is not JSON.");
}

static void
test_classify (Models       *models,
               gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_auto (Told) one_label = { 0 };

  models_say (models, "[{\"text\":\"{\\\"label\\\":\\\"spam\\\",\\\"confidence\\\":1}\"},{\"text\":\"{\\\"label\\\":\\\"ham\\\",\\\"confidence\\\":0.5}\"}]");
  told_run (&told, models, NODE ("n", "Classify", "{\"text\":\"x\",\"labels\":\"eggs, ham\",\"model\":\"m\"}", "{}"), "");
  assert_output (&told, "label", "\"ham\"");
  assert_output (&told, "index", "1");
  assert_output (&told, "confidence", "0.5");
  told_run (&one_label, models, NODE ("n", "Classify", "{\"text\":\"x\",\"labels\":\"ham\",\"model\":\"m\"}", "{}"), "");
  assert_says (&one_label, "two labels");
}

/* --- side by side -------------------------------------------------------------------------------------------------- */

static void
test_compare (Models       *models,
              gconstpointer unused)
{
  g_auto (Told) some = { 0 };
  g_auto (Told) none = { 0 };

  models_say (models, "[{\"text\":\"Hi.\"},{\"status\":400}]");
  told_run (&some, models, NODE ("n", "Compare", "{\"prompt\":\"x\",\"models\":\"m\\nn\"}", "{\"parallelism\":1}"), "");
  assert_output (&some, "texts", "{\"m\":\"Hi. \"}");
  g_assert_nonnull (strstr (hearth_value_get_member_string (hearth_value_get (hearth_run_get_step_output (some.run, "n"), "errors"), "n", ""),
                            "the script says no"));
  models_say (models, "[{\"status\":400},{\"status\":400}]");
  told_run (&none, models, NODE ("n", "Compare", "{\"prompt\":\"x\",\"models\":\"m\\nn\"}", "{}"), "");
  assert_says (&none, "All models failed.");
}

/* --- tools ------------------------------------------------------------------------------------------------------------ */

#define AGENT(config) NODE ("n", "Agent", "{\"prompt\":\"x\",\"model\":\"m\"}", config)
#define CALL(name, arguments) "{\"calls\":[{\"name\":\"" name "\",\"arguments\":\"" arguments "\"}]}"

static void
test_agent (Models       *models,
            gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autoptr (HearthValue) asked = NULL;
  g_autofree char *last = NULL;

  models_say (models, "[{\"calls\":[{\"name\":\"double\",\"arguments\":\"{\\\"n\\\":4}\"},{\"name\":\"double\",\"arguments\":\"{\\\"n\\\":\\\"x\\\"}\"},"
              "{\"name\":\"nosuch\",\"arguments\":\"{}\"},{\"name\":\"double\",\"arguments\":\"{\\\"n\\\":\"}]},{\"text\":\"Eight.\"}]");
  told_run (&told, models, AGENT ("{\"toolWorkflows\":[\"double\"]}"), "");
  assert_output (&told, "text", "\"Eight. \"");
  assert_output (&told, "rounds", "1");
  assert_output (&told, "usage", "{\"prompt_tokens\":20,\"completion_tokens\":10,\"total_tokens\":30}");
  g_assert_nonnull (strstr (told.chunks->str, "tool_call_chunk:{\"index\":0,\"id\":\"call_0\",\"name\":\"double\",\"arguments\":\"{\\\"n\\\":4}\"}|"));
  g_assert_nonnull (strstr (told.chunks->str, "custom:{\"kind\":\"tool_result\",\"id\":\"call_0\",\"name\":\"double\",\"result\":{\"out\":8}}|"));
  asked = models_talk (models, "/asked", NULL);
  last = hearth_json_print (hearth_value_get (hearth_value_at (asked, 1), "messages"));
  g_test_message ("%s", last);
  g_assert_nonnull (strstr (last, "{\"role\":\"tool\",\"tool_call_id\":\"call_0\",\"content\":\"{\\\"out\\\":8}\"}"));
  g_assert_nonnull (strstr (last, "Error: The arguments do not fit: $.n: "));
  g_assert_nonnull (strstr (last, "Error: There is no tool “nosuch”."));
  g_assert_nonnull (strstr (last, "Error: The arguments are no JSON object."));
}

static void
test_agent_http (Models       *models,
                 gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autofree char *node = g_strdup_printf (AGENT ("{\"httpTools\":["
    "{\"name\":\"look\",\"url\":\"%s/tool\"},"
    "{\"name\":\"put\",\"url\":\"%s/tool/{where}\",\"method\":\"POST\",\"parameters\":{\"type\":\"object\",\"required\":[\"where\"]}},"
    "{\"name\":\"lost\",\"url\":\"%s/nowhere\"}]}"), models->peer.base, models->peer.base, models->peer.base);

  models_say (models, "[" CALL ("look", "{\\\"q\\\":\\\"a&b\\\"}") "," CALL ("put", "{\\\"where\\\":\\\"a b\\\",\\\"v\\\":1}") ","
              CALL ("lost", "{}") "," CALL ("put", "{}") ",{\"text\":\"Done.\"}]");
  told_run (&told, models, node, "");
  assert_output (&told, "rounds", "4");
  g_test_message ("%s", told.chunks->str);
  g_assert_nonnull (strstr (told.chunks->str, "\"result\":{\"asked\":\"GET /tool?q=a%26b\",\"body\":null,\"pack\":\"core:Agent\"}"));
  g_assert_nonnull (strstr (told.chunks->str, "\"result\":{\"asked\":\"POST /tool/a%20b\",\"body\":{\"v\":1},\"pack\":\"core:Agent\"}"));
  g_assert_nonnull (strstr (told.chunks->str, "\"error\":\"The service answers 404"));
  g_assert_nonnull (strstr (told.chunks->str, "\"error\":\"The arguments do not fit: $: The member “where” is missing.\""));
}

/* A server "test" that the user has allowed. */
static void
enter_server (Models *models)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "mcp", "server.py", NULL);
  g_autofree char *text = g_strdup_printf ("{\"id\":\"test\",\"command\":[\"python3\",\"-B\",\"%s\"]}", script);
  g_autoptr (HearthValue) server = parse (text);
  g_autofree char *fingerprint = hearth_mcp_server_dup_fingerprint (server);
  g_autoptr (HearthValue) allowed = hearth_value_string (fingerprint);
  g_autoptr (HearthValue) entered = hearth_value_with (server, "allowed", allowed);
  g_autoptr (HearthValue) servers = hearth_value_array (&entered, 1);

  hearth_mcp_hub_set_servers (models->hub, servers);
}

static void
test_agent_mcp (Models       *models,
                gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_auto (Told) missing = { 0 };
  g_autoptr (HearthValue) asked = NULL;

  enter_server (models);
  models_say (models, "[" CALL ("tool3", "{}") "," CALL ("tool1", "{}") ",{\"text\":\"Done.\"}]");
  told_run (&told, models, AGENT ("{\"mcpTools\":\"test/tool3\"}"), "");
  assert_output (&told, "tool_calls", "[{\"round\":1,\"name\":\"tool3\",\"arguments\":{},\"result\":\"tool3 was called\"},"
                 "{\"round\":2,\"name\":\"tool1\",\"arguments\":{},\"error\":\"There is no tool “tool1”.\"}]");
  asked = models_talk (models, "/asked", NULL);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (hearth_value_at (asked, 0), "tools")), ==, 1);
  told_run (&missing, models, AGENT ("{\"mcpTools\":\"test\\ntest/toolbox\"}"), "");
  assert_says (&missing, "has no tool “toolbox”");
}

/* Stopped while a tool is at work, which would take long. */
static void
test_agent_cancel (Models       *models,
                   gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autofree char *node = g_strdup_printf (AGENT ("{\"httpTools\":[{\"name\":\"wait\",\"url\":\"%s/gone\"}]}"), models->peer.base);

  models_say (models, "[" CALL ("wait", "{}") "]");
  told_start (&told, models, node, "");
  AWAIT (strstr (told.chunks->str, "usage_chunk") != NULL);
  await_idle ();
  hearth_run_cancel (told.run);
  AWAIT (told.is_over);
  g_assert_cmpint (hearth_run_get_step_state (told.run, "n"), ==, HEARTH_STEP_CANCELLED);
  g_assert_null (strstr (told.chunks->str, "tool_result"));
}

/* It would call tools for ever. */
static void
test_agent_bounded (Models       *models,
                    gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autoptr (HearthValue) asked = NULL;

  models_say (models, "[" CALL ("double", "{\\\"n\\\":1}") "," CALL ("double", "{\\\"n\\\":2}") "," CALL ("double", "{\\\"n\\\":4}") "]");
  told_run (&told, models, AGENT ("{\"toolWorkflows\":[\"double\"],\"maxRounds\":2}"), "");
  assert_output (&told, "rounds", "2");
  asked = models_talk (models, "/asked", NULL);
  g_assert_cmpuint (hearth_value_get_length (asked), ==, 3);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (asked, 2), "tool_choice", NULL), ==, "none");
}

static void
test_tool_call (Models       *models,
                gconstpointer unused)
{
  g_auto (Told) good = { 0 };
  g_auto (Told) wrong = { 0 };
  g_auto (Told) toolless = { 0 };

  models_say (models, "[" CALL ("double", "{\\\"n\\\":21}") "," CALL ("double", "{}") "]");
  told_run (&good, models, NODE ("n", "ToolCall", "{\"prompt\":\"x\",\"model\":\"m\"}", "{\"toolWorkflows\":[\"double\"]}"), "");
  assert_output (&good, "result", "{\"out\":42}");
  assert_output (&good, "arguments", "{\"n\":21}");
  told_run (&wrong, models, NODE ("n", "ToolCall", "{\"prompt\":\"x\",\"model\":\"m\"}", "{\"toolWorkflows\":[\"double\"]}"), "");
  assert_says (&wrong, "The member “n” is missing.");
  told_run (&toolless, models, NODE ("n", "ToolCall", "{\"prompt\":\"x\",\"model\":\"m\"}", "{}"), "");
  assert_says (&toolless, "There are no tools.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/nodes/model/" name, Models, NULL, models_set_up, function, models_tear_down)
  ADD ("completion", test_completion);
  ADD ("preset", test_preset);
  ADD ("generic", test_generic);
  ADD ("retry", test_retry);
  ADD ("cancel", test_cancel);
  ADD ("back-pressure", test_back_pressure);
  ADD ("openai", test_openai);
  ADD ("openai-chat", test_openai_chat);
  ADD ("extract", test_extract);
  ADD ("classify", test_classify);
  ADD ("compare", test_compare);
  ADD ("agent", test_agent);
  ADD ("agent-http", test_agent_http);
  ADD ("agent-mcp", test_agent_mcp);
  ADD ("agent-cancel", test_agent_cancel);
  ADD ("agent-bounded", test_agent_bounded);
  ADD ("tool-call", test_tool_call);
  return g_test_run ();
}

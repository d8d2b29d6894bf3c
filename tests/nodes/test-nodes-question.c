/* test-nodes-question.c: the node that asks a person
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow-steps.h"

#define assert_question(step, expected) \
  G_STMT_START \
  { \
    g_autofree char *question_ = fake_step_dup_question (step); \
\
    g_assert_cmpstr (question_, ==, expected); \
  } \
  G_STMT_END

static void
test_question_text (void)
{
  g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Who?\"}", "{\"default\":\"me\"}");

  assert_question (step, "{\"prompt\":\"Who?\",\"kind\":\"text\",\"default\":\"me\"}");
  fake_step_answer (step, "12");
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "answer", "\"12\"");
  assert_output (step, "refused", "dead");
}

static void
test_question_choice (void)
{
  g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Which?\"}",
                                      "{\"kind\":\"choice\",\"choices\":\" red\\n\\ngreen \"}");

  assert_question (step, "{\"prompt\":\"Which?\",\"kind\":\"choice\",\"choices\":[\"red\",\"green\"]}");
  fake_step_answer (step, "\"blue\"");
  assert_question (step, "{\"prompt\":\"Which?\",\"kind\":\"choice\",\"choices\":[\"red\",\"green\"],"
                         "\"problem\":\"The answer must be one of the choices.\"}");
  fake_step_answer (step, "\"green\"");
  assert_output (step, "answer", "\"green\"");
}

static void
test_question_confirm (void)
{
  static const char *const answers[][2] = { { "true", "true" }, { "\"Yes\"", "true" }, { "\"no\"", "false" },
                                            { "false", "false" }, { "0", "false" } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Sure?\"}", "{\"kind\":\"confirm\",\"default\":\"yes\"}");

      assert_question (step, "{\"prompt\":\"Sure?\",\"kind\":\"confirm\",\"default\":true}");
      fake_step_answer (step, "{\"sure\":true}");
      g_assert_cmpstr (fake_step_get_state (step), ==, "running");
      fake_step_answer (step, "\"perhaps\"");
      g_assert_cmpstr (fake_step_get_state (step), ==, "running");
      fake_step_answer (step, answers[i][0]);
      assert_output (step, "answer", answers[i][1]);
    }
}

static void
test_question_refused (void)
{
  g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Who?\"}", NULL);

  fake_step_answer (step, NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "answer", "dead");
  assert_output (step, "refused", "true");
}

static void
test_question_timeout (void)
{
  g_autoptr(HearthStep) fails = start ("HumanInput", "{\"prompt\":\"Who?\"}", "{\"timeoutMs\":500}");
  g_autoptr(HearthStep) goes_on = start ("HumanInput", "{\"prompt\":\"Who?\"}",
                                         "{\"timeoutMs\":500,\"onTimeout\":\"default\",\"default\":\"nobody\"}");
  g_autoptr(HearthStep) for_ever = start ("HumanInput", "{\"prompt\":\"Who?\"}", NULL);

  assert_question (fails, "{\"prompt\":\"Who?\",\"kind\":\"text\",\"timeoutMs\":500}");
  fake_step_elapse (fails, 499);
  g_assert_cmpstr (fake_step_get_state (fails), ==, "running");
  fake_step_elapse (fails, 1);
  assert_failed (fails, "Nobody has answered");

  fake_step_elapse (goes_on, 500);
  g_assert_cmpstr (fake_step_get_state (goes_on), ==, "complete");
  assert_output (goes_on, "answer", "\"nobody\"");
  assert_output (goes_on, "refused", "dead");

  fake_step_elapse (for_ever, G_MAXINT);
  g_assert_cmpstr (fake_step_get_state (for_ever), ==, "running");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/flow/question/text", test_question_text);
  g_test_add_func ("/nodes/flow/question/choice", test_question_choice);
  g_test_add_func ("/nodes/flow/question/confirm", test_question_confirm);
  g_test_add_func ("/nodes/flow/question/refused", test_question_refused);
  g_test_add_func ("/nodes/flow/question/timeout", test_question_timeout);
  return g_test_run ();
}

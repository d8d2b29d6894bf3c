/* test-nodes-regex.c: core:ApplyRegex, its limits, and ECMAScript's expressions in PCRE2's words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"

#include <string.h>

/* Expected are the results of text.replace (new RegExp (pattern, flags), replacement). */
static const struct
{
  const char *pattern;
  const char *flags;
  const char *replacement;
  const char *text;
  const char *expected; /* "error" for any error */
} cases[] = {
  { "o", "", "0", "foo boo", "f0o boo" },
  { "o", "g", "0", "foo boo", "f00 b00" },
  { "O", "gi", "0", "foo boo", "f00 b00" },
  { "nothing", "g", "0", "foo", "foo" },

  /* replacement patterns */
  { "(a)(b)?", "g", "[$1|$2|$&]", "ab a", "[a|b|ab] [a||a]" },
  { "b", "", "<$`|$'>", "abc", "a<a|c>c" },
  { "b", "", "$$1", "abc", "a$1c" },
  { "b", "", "$1 $0 $ $x", "abc", "a$1 $0 $ $xc" },
  { "(?<year>\\d{4})-(?<month>\\d\\d)", "", "$<month>/$<year>$<none>", "on 2024-05.", "on 05/2024." },
  { "(b)", "", "$<b>", "abc", "a$<b>c" },
  { "(?<x>b)", "", "$<x", "abc", "a$<xc" },
  { "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)", "", "$10$1$11$010", "abcdefghij", "jaa1a0" },
  { "(a)", "", "$01$10$00", "a", "aa0$00" },

  /* empty matches */
  { "x*", "g", "-", "abc", "-a-b-c-" },
  { "b*", "g", "-", "abc", "-a--c-" },
  { "", "g", ".", "ab", "(rule is not valid: empty pattern)" },
  { "(?:)", "g", ".", "日本", ".日.本." },
  { "a*?", "g", "-", "aa", "-a-a-" },
  { "$", "", "!", "a\n", "a\n!" },

  /* lines */
  { "^.", "gm", "X", "ab\ncd\r\nef", "Xb\nXd\r\nXf" },
  { ".$", "gm", "X", "ab\ncd\r\nef", "aX\ncX\r\neX" },
  { "^.", "g", "X", "ab\ncd", "Xb\ncd" },
  { "a.b", "", "X", "a\nb", "a\nb" },
  { "a.b", "s", "X", "a\nb", "X" },
  { "a.b", "", "X", "a\342\200\250b", "a\342\200\250b" },
  { "a[^]b", "", "X", "a\nb", "X" },
  { "a[]b", "", "X", "ab", "ab" },

  /* sticky */
  { "a", "y", "X", "aab", "Xab" },
  { "a", "y", "X", "baa", "baa" },
  { "a", "gy", "X", "aabaa", "XXbaa" },

  /* white space is Unicode's, letters and digits are ASCII's */
  { "\\s", "g", "_", "a\302\240b\343\200\200c\357\273\277d\302\205e", "a_b_c_d\302\205e" },
  { "[\\s]", "g", "_", "a\302\240b\343\200\200c", "a_b_c" },
  { "\\S", "g", "x", "a \302\240é", "x \302\240x" },
  { "[\\S]", "g", "x", "a \302\240é", "x \302\240x" },
  { "[^\\S]", "g", "_", "a\302\240b", "a_b" },
  { "\\w+", "g", "W", "abc é 12", "W é W" },
  { "\\d", "g", "N", "1٣", "N٣" },

  /* escapes */
  { "\\u0041\\x42", "", "X", "AB", "X" },
  { "\\u{1F600}", "u", "X", "😀", "X" },
  { "\\ud83d\\ude00", "", "X", "😀", "X" },
  { "[\\ud83d\\ude00-\\ud83d\\ude02]", "g", "X", "😁a", "Xa" },
  { "\\ud83d", "", "X", "😀", "error" },
  { "\\t\\n\\r\\f\\v\\0", "", "X", "\t\n\r\f\v", "\t\n\r\f\v" },
  { "\\cJ", "", "X", "a\nb", "aXb" },
  { "\\A\\Z\\h\\R\\Q\\E\\K", "", "X", "AZhRQEK", "X" },
  { "\\-\\/\\ \\#", "", "X", "-/ #", "X" },
  { "\\q", "u", "X", "q", "error" },
  { "[\\b]", "", "X", "a\bb", "aXb" },
  { "\\bcat\\b", "g", "X", "cat concat cat", "X concat X" },
  { "(a)\\1", "", "X", "aa", "X" },
  { "\\1(a)", "", "X", "a", "X" },
  { "\\101", "", "X", "A", "X" },
  { "\\8", "", "X", "8", "X" },
  { "(?<l>.)\\k<l>", "g", "2$<l>", "aabbc", "2a2bc" },
  { "\\k<l>", "", "X", "k<l>", "X" },
  { "\\p{L}+", "gu", "X", "héé 1 日本", "X 1 X" },
  { "\\p{Lowercase_Letter}", "gu", "x", "aÉé", "xÉx" },
  { "\\p{Script=Han}", "gu", "X", "a日", "aX" },
  { "[^\\p{gc=Lu}]", "gu", "-", "aBc", "-B-" },
  { "\\p{L}", "", "X", "p{L}", "X" },

  /* classes */
  { "[a-c-e]", "g", "X", "abcd-e", "XXXdXX" },
  { "[\\w-z]", "g", "X", "a-.", "XX." },
  { "[[:alpha:]]", "", "X", "a:]", "aX" },
  { "[a\\]]", "g", "X", "a]", "XX" },
  { "[^a]", "g", "X", "a\nb", "aXX" },
  { "[z-a]", "", "X", "a", "error" },
  { "[a", "", "X", "a", "error" },

  /* braces and quantifiers */
  { "a{2,3}", "g", "X", "aaaaa", "XX" },
  { "a{2}?", "g", "X", "aaa", "Xa" },
  { "a{,2}", "", "X", "a{,2}", "X" },
  { "{x}", "", "X", "{x}", "X" },
  { "a++", "", "X", "aaa", "error" },
  { "a{2}+", "", "X", "aaa", "error" },
  { "*a", "", "X", "aaa", "error" },

  /* groups */
  { "(?=b)", "", "X", "ab", "aXb" },
  { "(?<=a)b", "", "X", "ab", "aX" },
  { "(?<!a)b", "g", "X", "abb", "abX" },
  { "(?>a)", "", "X", "a", "error" },
  { "(?i)a", "", "X", "A", "error" },
  { "(*FAIL)", "", "X", "a", "error" },
  { "(a", "", "X", "a", "error" },
  { "a)", "", "X", "a", "error" },
  { "a\\", "", "X", "a", "error" },

  /* flags */
  { "a", "gg", "X", "a", "error" },
  { "a", "x", "X", "a", "error" },
  { "a", "dg", "X", "aa", "XX" },

  /* whole characters */
  { ".", "gu", "X", "é😀", "XX" },
  { "É", "i", "X", "é", "X" },
};

static char *
apply (const char *text,
       const char *rules,
       char      **problem)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("ApplyRegex"), NULL, NULL);
  HearthValue *output;

  fake_step_set_input (step, "inputText", hearth_value_string (text));
  fake_step_set_input (step, "inlineRegexRules", hearth_value_string (rules));
  *problem = fake_step_run (step);
  output = fake_step_get_output (step, "outputText");
  return output != NULL ? g_strdup (hearth_value_get_string (output, NULL)) : NULL;
}

static char *
rule (const char *name,
      const char *pattern,
      const char *flags,
      const char *replacement)
{
  g_autoptr(HearthValue) value = hearth_value_object ("name", hearth_value_string (name),
                                                      "pattern", hearth_value_string (pattern),
                                                      "flags", hearth_value_string (flags),
                                                      "replacement", hearth_value_string (replacement), NULL);

  return hearth_json_print (value);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *one = rule ("r", cases[i].pattern, cases[i].flags, cases[i].replacement);
      g_autofree char *rules = g_strdup_printf ("[%s]", one);
      g_autofree char *problem = NULL;
      g_autofree char *result = apply (cases[i].text, rules, &problem);

      g_test_message ("/%s/%s on \"%s\": %s", cases[i].pattern, cases[i].flags, cases[i].text,
                      problem != NULL ? problem : result);
      if (cases[i].pattern[0] == '\0')
        g_assert_cmpstr (result, ==, cases[i].text);
      else if (g_str_equal (cases[i].expected, "error"))
        g_assert_nonnull (problem);
      else
        {
          g_assert_null (problem);
          g_assert_cmpstr (result, ==, cases[i].expected);
        }
    }
}

static void
test_rules (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("ApplyRegex"),
    "{\"inputText\":\"abc\","
    "\"inlineRegexRules\":[{\"name\":\"one\",\"pattern\":\"a\",\"replacement\":\"1\"},"
    "{\"name\":\"off\",\"pattern\":\"b\",\"replacement\":\"OFF\",\"enabled\":false},"
    "{\"name\":\"\",\"pattern\":\"b\",\"replacement\":\"NO NAME\"},"
    "{\"name\":\"no pattern\",\"pattern\":\"\",\"replacement\":\"x\"},"
    "{\"name\":\"no replacement\",\"pattern\":\"b\"},"
    "{\"name\":\"wrong\",\"pattern\":\"b\",\"replacement\":\"x\",\"enabled\":\"yes\"}, 5],"
    "\"regexRules\":[{\"name\":\"one\",\"pattern\":\"b\",\"replacement\":\"SECOND\"},"
    "{\"name\":\"off\",\"pattern\":\"b\",\"replacement\":\"SECOND\"},"
    "{\"name\":\"two\",\"pattern\":\"1b\",\"replacement\":\"2\"}]}", NULL);
  g_autofree char *problem = fake_step_run (step);

  g_assert_null (problem);
  g_assert_cmpstr (hearth_value_get_string (fake_step_get_output (step, "outputText"), NULL), ==, "2c");
}

static void
test_no_rules (void)
{
  const HearthNodeDecl *decl = fake_find_decl ("ApplyRegex");
  g_autofree char *same = fake_step_try (decl, "{\"inputText\":\"abc\",\"regexRules\":{\"a\":1}}", NULL, "outputText");
  g_autofree char *blank = fake_step_try (decl, "{\"inputText\":\"abc\",\"regexRules\":\"\"}", NULL, "outputText");
  g_autofree char *number = fake_step_try (decl, "{\"inputText\":5}", NULL, "outputText");
  g_autofree char *missing = fake_step_try (decl, "{}", NULL, "outputText");
  g_autofree char *broken = fake_step_try (decl, "{\"inputText\":\"abc\",\"regexRules\":\"[{\"}", NULL, "outputText");

  g_assert_cmpstr (same, ==, "\"abc\"");
  g_assert_cmpstr (blank, ==, "\"abc\"");
  g_assert_true (g_str_has_prefix (number, "error: "));
  g_assert_true (g_str_has_prefix (missing, "error: "));
  g_assert_nonnull (strstr (broken, "JSON"));
}

static void
test_error_names_rule (void)
{
  g_autofree char *one = rule ("Broken one", "(", "", "");
  g_autofree char *rules = g_strdup_printf ("[%s]", one);
  g_autofree char *problem = NULL;
  g_autofree char *result = apply ("x", rules, &problem);

  g_assert_null (result);
  g_assert_nonnull (strstr (problem, "Broken one"));
}

/* Patterns that would run for years, or for a time that grows with the square of the text. */
static void
test_slow (void)
{
  static const char *const patterns[] = {
    "^(a+)+$", "(a*)*[bc]", "(a|aa)+$", "(.*)*[xy]", "a*a*a*a*a*a*a*[bc]", "(?:a?){30}a{30}[bc]", "([a-z]+)*[=?]", "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(x+x+)+y|a+a+a+a+a+[?]", "(?=(a+))*\\1*b(a|b|ab)*[cd]",
  };
  g_autofree char *text = g_strnfill (20000, 'a');
  g_autofree char *longer = g_strnfill (1000 * 1000, '1');

  for (guint i = 0; i <= G_N_ELEMENTS (patterns); i++)
    {
      gboolean square = i == G_N_ELEMENTS (patterns);
      g_autofree char *one = rule ("Slow one", square ? "\\d+x|\\d+y" : patterns[i], "g", "");
      g_autofree char *rules = g_strdup_printf ("[%s]", one);
      g_autofree char *subject = g_strconcat (square ? longer : text, "!", NULL);
      g_autofree char *problem = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autofree char *result = apply (subject, rules, &problem);
      gint64 spent = g_get_monotonic_time () - start;

      g_test_message ("%s: %" G_GINT64_FORMAT " µs, %s", one, spent, problem != NULL ? problem : "done");
      g_assert_cmpint (spent, <, 5 * G_USEC_PER_SEC);
      if (problem != NULL)
        g_assert_nonnull (strstr (problem, "Slow one"));
      else
        g_assert_nonnull (result);
    }
  /* At least the classic must have been stopped. */
  {
    g_autofree char *one = rule ("Slow one", "^(a+)+$", "", "");
    g_autofree char *rules = g_strdup_printf ("[%s]", one);
    g_autofree char *problem = NULL;
    g_autofree char *subject = g_strconcat (text, "!", NULL);
    g_autofree char *result = apply (subject, rules, &problem);

    g_assert_null (result);
    g_assert_nonnull (strstr (problem, "too slow"));
  }
}

static void
test_cancel (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("ApplyRegex"),
    "{\"inlineRegexRules\":[{\"name\":\"n\",\"pattern\":\"^(a+)+$\",\"replacement\":\"\"}]}", NULL);
  g_autofree char *text = g_strnfill (1000, 'a');
  g_autofree char *subject = g_strconcat (text, "!", NULL);
  g_autofree char *problem = NULL;
  gint64 start = g_get_monotonic_time ();

  fake_step_set_input (step, "inputText", hearth_value_string (subject));
  g_cancellable_cancel (hearth_step_get_cancellable (step));
  problem = fake_step_run (step);
  g_assert_nonnull (problem);
  g_assert_null (strstr (problem, "too slow"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 200 * 1000);
}

/* Results that grow without bound. */
static void
test_large_result (void)
{
  g_autofree char *one = rule ("Grows", ".", "g", "$`$'$`$'");
  g_autofree char *rules = g_strdup_printf ("[%s]", one);
  g_autofree char *text = g_strnfill (200 * 1000, 'a');
  g_autofree char *problem = NULL;
  g_autofree char *result = apply (text, rules, &problem);

  g_assert_null (result);
  g_assert_nonnull (strstr (problem, "Grows"));
}

/* A long text with a harmless rule has the time it needs. */
static void
test_long_text (void)
{
  g_autofree char *one = rule ("r", "b", "g", "xx");
  g_autofree char *rules = g_strdup_printf ("[%s]", one);
  g_autofree char *text = g_strnfill (4 * 1000 * 1000, 'a');
  g_autofree char *problem = NULL;
  g_autofree char *result = NULL;

  for (gsize i = 0; i < 4 * 1000 * 1000; i += 10)
    text[i] = 'b';
  result = apply (text, rules, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  g_assert_cmpuint (strlen (result), ==, 4400 * 1000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/regex/cases", test_cases);
  g_test_add_func ("/nodes/regex/rules", test_rules);
  g_test_add_func ("/nodes/regex/no-rules", test_no_rules);
  g_test_add_func ("/nodes/regex/error-names-rule", test_error_names_rule);
  g_test_add_func ("/nodes/regex/slow", test_slow);
  g_test_add_func ("/nodes/regex/cancel", test_cancel);
  g_test_add_func ("/nodes/regex/large-result", test_large_result);
  g_test_add_func ("/nodes/regex/long-text", test_long_text);
  return g_test_run ();
}

/* test-reference.c: the engine against the reference, in as many random workflows as wanted
 *
 *   test-reference [--seed N] [--from N] [--count N]
 *
 * Workflow number i of seed s is always the same one. HEARTH_REFERENCE_COUNT stands for --count.
 * When one fails, it is made as small as it can be and printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "compare.h"

#include <locale.h>

#define TESTS 20
#define MAX_RUNS 4

static int seed = 1, from = 0, count = 20000;

static void
print_case (const RefCase *given)
{
  g_autofree char *json = ref_case_print (given);

  g_printerr ("%s\n", json);
  if (given->cancel_at >= 0)
    g_printerr ("To be cancelled %s event %d.\n", given->cancel_later ? "after" : "in", given->cancel_at);
  if (given->cancel_again >= 0)
    g_printerr ("The second time %s event %d.\n", given->cancel_later ? "after" : "in", given->cancel_again);
}

/* FALSE: by itself it does not fail. */
static gboolean
report_case (const RefCase *given)
{
  g_autofree char *complaint = NULL;
  g_autoptr (RefCase) small = ref_case_shrink (given, &complaint);

  if (complaint == NULL)
    return FALSE;

  g_printerr ("\nThe smallest that fails:\n");
  print_case (small);
  g_printerr ("%s\n", complaint);
  return TRUE;
}

static void
report (int             number,
        RefCase *const *cases,
        guint           n_cases,
        guint           limit,
        const char     *wrong)
{
  gboolean found = FALSE;

  g_printerr ("\nWorkflow %d of seed %d (test-reference --seed %d --from %d --count 1):\n%s", number, seed, seed, number, wrong);
  for (guint i = 0; i < n_cases; i++)
    found |= report_case (cases[i]);
  if (found)
    return;

  g_printerr ("\nIt fails only now and then, or only in this company (%u at a time):\n", limit);
  for (guint i = 0; i < n_cases; i++)
    print_case (cases[i]);
}

/* One run, or a few that share a queue. */
static gboolean
check_number (int number)
{
  RefRandom random;
  RefCase *cases[MAX_RUNS];
  guint n_cases, limit;
  g_autofree char *wrong = NULL;

  ref_random_init (&random, seed, number);
  n_cases = ref_random_chance (&random, 15) ? 2 + ref_random_below (&random, MAX_RUNS - 1) : 1;
  limit = 1 + ref_random_below (&random, n_cases);
  for (guint i = 0; i < n_cases; i++)
    cases[i] = ref_case_new (&random);
  wrong = ref_check_cases (cases, n_cases, limit, REF_TIMEOUT_MS);
  if (wrong)
    report (number, cases, n_cases, limit, wrong);
  for (guint i = 0; i < n_cases; i++)
    ref_case_free (cases[i]);

  return wrong == NULL;
}

static void
test_range (gconstpointer data)
{
  int part = GPOINTER_TO_INT (data);
  int first = from + (int) ((gint64) count * part / TESTS);
  int end = from + (int) ((gint64) count * (part + 1) / TESTS);

  for (int i = first; i < end; i++)
    if (!check_number (i))
      {
        g_test_fail_printf ("workflow %d of seed %d", i, seed);
        return;
      }
}

static void
read_options (int    *argc,
              char ***argv)
{
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Which series of workflows", "N" },
    { "from", 0, 0, G_OPTION_ARG_INT, &from, "The first one", "N" },
    { "count", 0, 0, G_OPTION_ARG_INT, &count, "How many", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- compares the engine with the written rules");
  g_autoptr (GError) error = NULL;

  if (g_getenv ("HEARTH_REFERENCE_COUNT"))
    count = atoi (g_getenv ("HEARTH_REFERENCE_COUNT"));
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, argc, argv, &error))
    g_error ("%s", error->message);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  read_options (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (int i = 0; i < TESTS; i++)
    {
      int first = from + (int) ((gint64) count * i / TESTS);
      int end = from + (int) ((gint64) count * (i + 1) / TESTS);
      g_autofree char *path = g_strdup_printf ("/reference/seed-%d/%d-%d", seed, first, end - 1);

      if (first < end)
        g_test_add_data_func (path, GINT_TO_POINTER (i), test_range);
    }

  return g_test_run ();
}

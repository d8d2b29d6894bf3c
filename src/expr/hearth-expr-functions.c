/* hearth-expr-functions.c: the table of functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

#define ANY HEARTH_EXPR_ANY_NUMBER
#define FUNCTION(name, min, max, usage, description) \
  { #name, usage, description, min, max, FALSE, _hearth_expr_function_##name }
#define FUNCTION_EACH(name, min, usage, description) \
  { #name, usage, description, min, 2, TRUE, _hearth_expr_function_##name }

/* Sorted by name; docs/expressions.md has the same table, which a test compares. */
static const HearthExprFunction functions[] = {
  FUNCTION (abs, 1, 1, "number", N_("The number without its sign")),
  FUNCTION_EACH (all, 1, "list, name => condition", N_("Whether the condition holds for every element")),
  FUNCTION_EACH (any, 1, "list, name => condition", N_("Whether the condition holds for at least one element")),
  FUNCTION (avg, 1, 1, "list", N_("The average of the numbers; null if there are none")),
  FUNCTION (ceil, 1, 1, "number", N_("The next whole number upwards")),
  FUNCTION (coalesce, 1, ANY, "value, …", N_("The first argument that is not null")),
  FUNCTION (contains, 2, 2, "value, item", N_("Whether the item is in a list, text or object; the same as in")),
  FUNCTION_EACH (count, 1, "list, name => condition", N_("For how many elements the condition holds")),
  FUNCTION (ends_with, 2, 2, "text, end", N_("Whether the text ends like that")),
  FUNCTION_EACH (filter, 2, "list, name => condition", N_("The elements for which the condition holds")),
  FUNCTION (first, 1, 1, "list", N_("The first element; null if there is none")),
  FUNCTION (flatten, 1, 1, "list", N_("The list with the elements of the lists in it in their place, one level deep")),
  FUNCTION (floor, 1, 1, "number", N_("The next whole number downwards")),
  FUNCTION (get, 2, 3, "value, path, fallback", N_("What is at a path such as \"user.names[0]\", or the fallback")),
  FUNCTION (index_of, 2, 2, "value, item", N_("Where the item is in a list or text, counted from 0; -1 if nowhere")),
  FUNCTION (is_empty, 1, 1, "value", N_("Whether it is null or an empty text, list or object")),
  FUNCTION (join, 1, 2, "list, separator", N_("The elements as one text, with the separator between them")),
  FUNCTION (json, 1, 1, "value", N_("The value as JSON text")),
  FUNCTION (keys, 1, 1, "object", N_("The names of the members")),
  FUNCTION (last, 1, 1, "list", N_("The last element; null if there is none")),
  FUNCTION (length, 1, 1, "value", N_("How many characters a text, elements a list or members an object has")),
  FUNCTION (lower, 1, 1, "text", N_("The text in small letters")),
  FUNCTION_EACH (map, 2, "list, name => value", N_("What becomes of each element")),
  FUNCTION (max, 1, ANY, "list", N_("The largest of the numbers or texts, in a list or as arguments; null if there are none")),
  FUNCTION (min, 1, ANY, "list", N_("The smallest of the numbers or texts, in a list or as arguments; null if there are none")),
  FUNCTION (number, 1, 2, "value, fallback", N_("The number that a text shows, or the fallback; true is 1 and false is 0")),
  FUNCTION (parse, 1, 1, "text", N_("The value that a JSON text shows")),
  FUNCTION (range, 1, 1, "number", N_("The whole numbers from 0, so many")),
  FUNCTION (replace, 3, 3, "text, from, to", N_("The text with every occurrence of one text changed to another")),
  FUNCTION (reverse, 1, 1, "list", N_("The list from the last element to the first")),
  FUNCTION (round, 1, 2, "number, digits", N_("The number rounded to so many decimal digits, or to a whole number; halves away from zero")),
  FUNCTION (slice, 2, 3, "value, from, to", N_("The characters of a text or elements of a list from one place up to, but without, another; negative places count from the end")),
  FUNCTION_EACH (sort, 1, "list, name => key", N_("The list from the smallest to the largest number or text, or key")),
  FUNCTION (split, 2, 2, "text, separator", N_("The pieces of the text between the separators; its characters if the separator is empty")),
  FUNCTION (starts_with, 2, 2, "text, start", N_("Whether the text starts like that")),
  FUNCTION (sum, 1, 1, "list", N_("The sum of the numbers; 0 if there are none")),
  FUNCTION (text, 1, 1, "value", N_("The value as text: null is empty, lists and objects are JSON")),
  FUNCTION (trim, 1, 1, "text", N_("The text without spaces and line breaks at its ends")),
  FUNCTION (type, 1, 1, "value", N_("\"null\", \"boolean\", \"number\", \"text\", \"list\" or \"object\"")),
  FUNCTION (unique, 1, 1, "list", N_("The list with only the first of equal elements")),
  FUNCTION (upper, 1, 1, "text", N_("The text in capital letters")),
  FUNCTION (values, 1, 1, "object", N_("The values of the members")),
};

const HearthExprFunction *
_hearth_expr_functions (gsize *n_functions)
{
  *n_functions = G_N_ELEMENTS (functions);
  return functions;
}

static int
compare_name_cb (const void *name,
                 const void *function)
{
  return strcmp (name, ((const HearthExprFunction *) function)->name);
}

const HearthExprFunction *
_hearth_expr_find_function (const char *name)
{
  return bsearch (name, functions, G_N_ELEMENTS (functions), sizeof functions[0], compare_name_cb);
}

const char *
_hearth_expr_nearest_function (const char *name)
{
  const char *best = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    _hearth_expr_consider (name, functions[i].name, &best);
  return best;
}

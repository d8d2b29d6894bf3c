/* hearth-language.c: the language in which a page answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-language.h"

#include <libsoup/soup.h>

/* A header of some length is no browser's. */
#define LONGEST_HEADER 1000

static const struct
{
  HearthLanguage language;
  /* In lower case. Not zh-*: Traditional Chinese is another script, but who reads it and also any Chinese says so. */
  const char *patterns[7];
} languages[] = {
  { { "en", "" }, { "en", "en-*" } },
  { { "zh-CN", "zh_CN" }, { "zh", "zh-cn", "zh-cn-*", "zh-hans", "zh-hans-*", "zh-sg" } },
};

static const HearthLanguage *
find_language (const char *range)
{
  g_autofree char *lower = g_ascii_strdown (range, -1);

  if (g_str_equal (range, "*"))
    return &languages[0].language;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (languages[i].patterns) && languages[i].patterns[j] != NULL; j++)
        {
          if (g_pattern_match_simple (languages[i].patterns[j], lower))
            return &languages[i].language;
        }
    }
  return NULL;
}

const HearthLanguage *
hearth_language_choose (const char *accepted)
{
  const HearthLanguage *found = NULL;
  GSList *ranges = NULL;

  if (accepted != NULL && strlen (accepted) <= LONGEST_HEADER)
    ranges = soup_header_parse_quality_list (accepted, NULL);
  for (GSList *range = ranges; range != NULL && found == NULL; range = range->next)
    found = find_language (range->data);
  soup_header_free_list (ranges);
  return found != NULL ? found : &languages[0].language;
}

/* hearth-token-estimate.c: how many tokens a question may be, before anybody has counted them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

/* Prose is about four bytes to a token, code and other scripts three or less. */
#define BYTES_PER_TOKEN 3
/* What frames a message or a part */
#define TOKENS_PER_OBJECT 6
/* Pictures are counted by their size on the screen, whatever their file's; documents by their pages. */
#define TOKENS_PER_PICTURE 2000
#define FILE_BYTES_PER_TOKEN 16

static gint64
estimate_text (HearthValue *value)
{
  gsize length;
  const char *text = hearth_value_get_string (value, &length);

  if (g_str_has_prefix (text, "data:image/"))
    return TOKENS_PER_PICTURE;
  return (gint64) (length / (g_str_has_prefix (text, "data:") ? FILE_BYTES_PER_TOKEN : BYTES_PER_TOKEN)) + 1;
}

static gint64
estimate (HearthValue *value)
{
  gint64 sum = 0;

  if (hearth_value_is (value, STRING))
    return estimate_text (value);
  if (hearth_value_is (value, ARRAY))
    for (gsize i = 0; i < hearth_value_get_length (value); i++)
      sum += estimate (hearth_value_at (value, i));
  if (hearth_value_is (value, OBJECT))
    for (gsize i = 0; i < hearth_value_get_length (value); i++)
      sum += estimate (hearth_value_member_at (value, i));
  return hearth_value_is (value, OBJECT) ? sum + TOKENS_PER_OBJECT : sum + 1;
}

gint64
_hearth_token_estimate (const HearthQuestion *question)
{
  const HearthModelRequest *request = question->request;

  if (request == NULL)
    return estimate (question->texts);
  return estimate (request->messages) + (request->tools != NULL ? estimate (request->tools) : 0)
         + (request->schema != NULL ? estimate (request->schema) : 0);
}

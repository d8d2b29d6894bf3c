/* hearth-offline-embed.c: embeddings made of hashes
 *
 * Every word adds 1 or -1 at a place that its hash gives; the sum is brought to length 1. So the cosine of two texts is
 * about the share of their words that they have in common.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-private.h"

#include <math.h>

#include "hearth-i18n.h"

#define N_DIMENSIONS 256

static HearthValue *
embed_text (const char *text)
{
  g_autoptr (GPtrArray) words = _hearth_offline_dup_words (text);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  double vector[N_DIMENSIONS] = { 0 };
  double square = 0;

  for (guint i = 0; i < words->len; i++)
    {
      guint64 hash = _hearth_offline_hash (0, g_ptr_array_index (words, i));

      vector[hash % N_DIMENSIONS] += (hash >> 16) & 1 ? 1 : -1;
    }
  for (guint i = 0; i < N_DIMENSIONS; i++)
    square += vector[i] * vector[i];
  if (square == 0) /* no words, or they cancel each other out */
    vector[_hearth_offline_hash (0, text) % N_DIMENSIONS] = square = 1;
  for (guint i = 0; i < N_DIMENSIONS; i++)
    hearth_builder_add (&out, NULL, hearth_value_double (vector[i] / sqrt (square)));
  return hearth_builder_end_array (&out);
}

HearthValue *
_hearth_offline_embed (HearthValue *texts,
                       HearthUsage *usage,
                       GError     **error)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  usage->prompt = 0;
  for (gsize i = 0; i < hearth_value_get_length (texts); i++)
    {
      HearthValue *text = hearth_value_at (texts, i);

      if (!hearth_value_is (text, STRING))
        {
          hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID, _("Only texts can be embedded. Give a list of texts."));
          return NULL;
        }
      usage->prompt += _hearth_offline_count_tokens (hearth_value_get_string (text, NULL));
      hearth_builder_add (&out, NULL, embed_text (hearth_value_get_string (text, NULL)));
    }
  return hearth_builder_end_array (&out);
}

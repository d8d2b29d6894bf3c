/* hearth-channel-meant.c: which channel of the user's is meant by one that somebody brings along
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-model-router-private.h"

#include "hearth-i18n.h"

static const char *
get_name (HearthChannel *hint)
{
  if (!g_str_has_prefix (hint->base_url, HEARTH_CHANNEL_BY_NAME))
    return NULL;
  return hint->base_url + strlen (HEARTH_CHANNEL_BY_NAME);
}

gboolean
_hearth_channel_may_mean_another (HearthChannel *hint,
                                  HearthSecret  *key)
{
  if (hint == NULL || hint->id != NULL)
    return FALSE;
  return key == NULL || get_name (hint) != NULL;
}

HearthChannel *
_hearth_channel_find_meant (HearthChannel *hint,
                            GPtrArray     *channels,
                            GError       **error)
{
  const char *name = get_name (hint);
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < channels->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (channels, i);
      gboolean is_meant = name != NULL ? g_strcmp0 (channel->label, name) == 0 : g_str_equal (channel->base_url, hint->base_url);

      if (is_meant && !channel->disabled)
        return channel;
    }
  if (name == NULL)
    return hint;
  sentence = g_strdup_printf (_("There is no active channel “%s”."), name);
  hearth_model_error_set (error, HEARTH_MODEL_ERROR_NO_CHANNEL, sentence);
  return NULL;
}

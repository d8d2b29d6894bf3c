/* hearth-channel.c: where a model is asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channel.h"

#include <gio/gio.h>
#include <string.h>

static void
clear (gpointer data)
{
  HearthChannel *self = data;

  g_free (self->id);
  g_free (self->label);
  g_free (self->preset);
  g_free (self->base_url);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_strfreev (self->models);
  g_free (self->models_path);
}

HearthChannel *
hearth_channel_new (const HearthProvider *provider,
                    const char           *base_url)
{
  HearthChannel *self;

  g_return_val_if_fail (provider != NULL && base_url != NULL, NULL);

  self = g_atomic_rc_box_new0 (HearthChannel);
  self->provider = provider;
  self->base_url = g_strstrip (g_strdup (base_url));
  for (gsize length = strlen (self->base_url); length > 0 && self->base_url[length - 1] == '/'; length--)
    self->base_url[length - 1] = '\0';
  return self;
}

HearthChannel *
hearth_channel_ref (HearthChannel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
hearth_channel_unref (HearthChannel *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

gboolean
hearth_channel_has_model (const HearthChannel *self,
                          const char          *model)
{
  g_return_val_if_fail (self != NULL && model != NULL, FALSE);

  return self->models == NULL || self->models[0] == NULL || g_strv_contains ((const char *const *) self->models, model);
}

static gboolean
has_version (const char *path)
{
  return g_regex_match_simple ("/v\\d+", path, G_REGEX_OPTIMIZE, 0);
}

char *
hearth_channel_complete_address (const char *address)
{
  g_autoptr (GUri) uri = NULL;
  const char *path;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL)
    return NULL;
  path = g_uri_get_path (uri);
  if (has_version (path) || g_uri_get_host (uri) == NULL || (*path != '\0' && !g_str_equal (path, "/")))
    return g_strdup (address);
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "/v1",
                     NULL, NULL);
}

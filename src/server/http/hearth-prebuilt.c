/* hearth-prebuilt.c: an answer that is made once and sent many times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-prebuilt.h"

#include "hearth-json.h"

struct _HearthPrebuilt
{
  char *type;
  GBytes *bytes;
  char *etag;
};

HearthPrebuilt *
hearth_prebuilt_new (const char *type,
                     GBytes     *bytes)
{
  HearthPrebuilt *self;
  g_autofree char *sum = NULL;

  g_return_val_if_fail (type != NULL && bytes != NULL, NULL);

  self = g_new0 (HearthPrebuilt, 1);
  self->type = g_strdup (type);
  self->bytes = g_bytes_ref (bytes);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  self->etag = g_strdup_printf ("\"%.32s\"", sum);
  return self;
}

HearthPrebuilt *
hearth_prebuilt_new_json (HearthValue *value)
{
  g_autoptr (HearthValue) owned = value;
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  hearth_json_append (text, owned);
  bytes = g_string_free_to_bytes (text);
  return hearth_prebuilt_new ("application/json", bytes);
}

void
hearth_prebuilt_free (HearthPrebuilt *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->type);
  g_bytes_unref (self->bytes);
  g_free (self->etag);
  g_free (self);
}

void
hearth_prebuilt_reply (HearthPrebuilt *self,
                       HearthRequest  *request)
{
  const char *known = hearth_request_get_header (request, "If-None-Match");

  g_return_if_fail (self != NULL);

  hearth_request_set_header (request, "ETag", self->etag);
  hearth_request_set_header (request, "Cache-Control", "no-cache");
  if (known != NULL && strstr (known, self->etag) != NULL)
    hearth_request_reply_empty (request, SOUP_STATUS_NOT_MODIFIED);
  else
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, self->type, self->bytes);
}

/* hearth-prebuilt.c: an answer that is made once and sent many times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-prebuilt.h"

#include "hearth-json.h"

struct _HearthPrebuilt
{
  GBytes *bytes;
  char *etag;
};

HearthPrebuilt *
hearth_prebuilt_new_json (HearthValue *value)
{
  HearthPrebuilt *self = g_new0 (HearthPrebuilt, 1);
  g_autoptr (HearthValue) owned = value;
  GString *text = g_string_new (NULL);
  g_autofree char *sum = NULL;

  hearth_json_append (text, owned);
  self->bytes = g_string_free_to_bytes (text);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bytes);
  self->etag = g_strdup_printf ("\"%.32s\"", sum);
  return self;
}

void
hearth_prebuilt_free (HearthPrebuilt *self)
{
  g_return_if_fail (self != NULL);

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
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, "application/json", self->bytes);
}

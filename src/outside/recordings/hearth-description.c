/* hearth-description.c: what a recording knows of a request, and whether two are the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-outside-private.h"

#include "hearth-i18n.h"

#define MIN_MASKED 4 /* a shorter key would star out half of every answer */
#define MAX_SHOWN 60 /* characters of a value */

/* --- keys ---------------------------------------------------------------------------------------- */

static void
mask_text (GByteArray *bytes,
           const char *text)
{
  gsize length = strlen (text);
  guint8 *at = bytes->data;

  while (at != NULL && (at = memmem (at, bytes->len - (gsize) (at - bytes->data), text, length)) != NULL)
    {
      memset (at, '*', length);
      at += length;
    }
}

void
_hearth_mask (GByteArray   *bytes,
              HearthSecret *secret)
{
  const char *text = secret != NULL ? hearth_secret_get_text (secret) : "";
  g_autoptr (GString) json = NULL;
  g_autofree char *escaped = NULL;

  if (strlen (text) < MIN_MASKED)
    return;
  mask_text (bytes, text);
  json = g_string_new (NULL);
  hearth_json_append_string (json, text, -1);
  g_string_truncate (json, json->len - 1);
  mask_text (bytes, json->str + 1);
  escaped = g_uri_escape_string (text, NULL, FALSE);
  mask_text (bytes, escaped);
  explicit_bzero (json->str, json->len);
  explicit_bzero (escaped, strlen (escaped));
}

/* --- one form ------------------------------------------------------------------------------------ */

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static HearthValue *
mask_value (HearthValue  *value,
            HearthSecret *secret)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize length;
  const char *text = hearth_value_get_string (value, &length);

  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
  _hearth_mask (bytes, secret);
  return hearth_value_string_len ((const char *) bytes->data, bytes->len);
}

/* Members by name, texts without keys. */
HearthValue *
_hearth_description_new (HearthValue  *value,
                         HearthSecret *secret)
{
  g_auto (HearthBuilder) sorted = HEARTH_BUILDER_INIT;
  gboolean is_object = hearth_value_is (value, OBJECT);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  if (secret != NULL && hearth_value_is (value, STRING))
    return mask_value (value, secret);
  if (!is_object && !hearth_value_is (value, ARRAY))
    return hearth_value_ref (value);
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    if (is_object)
      g_ptr_array_add (keys, (gpointer) hearth_value_key_at (value, i));
    else
      hearth_builder_add (&sorted, NULL, _hearth_description_new (hearth_value_at (value, i), secret));
  if (!is_object)
    return hearth_builder_end_array (&sorted);
  g_ptr_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    hearth_builder_add (&sorted, keys->pdata[i], _hearth_description_new (hearth_value_get (value, keys->pdata[i]), secret));
  return hearth_builder_end_object (&sorted);
}

/* Those that are new with every call say nothing about it. */
static HearthValue *
describe_headers (HearthSent *self)
{
  static const char *const ignored[] = { "date", "idempotency-key", "traceparent", "x-request-id", NULL };
  g_auto (HearthBuilder) headers = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (self->headers); i++)
    {
      g_autofree char *name = g_ascii_strdown (hearth_value_key_at (self->headers, i), -1);

      if (!g_strv_contains (ignored, name))
        hearth_builder_add (&headers, name, hearth_value_ref (hearth_value_member_at (self->headers, i)));
    }
  if (self->body != NULL)
    hearth_builder_add_string (&headers, "content-type", self->content_type);
  return hearth_builder_end_object (&headers);
}

/* JSON, text, or {"base64": …}. */
static HearthValue *
describe_body (HearthSent *self)
{
  HearthValue *json;
  g_autofree char *encoded = NULL;
  gsize length;
  const char *data;

  if (self->body == NULL)
    return NULL;
  data = g_bytes_get_data (self->body, &length);
  json = length > 0 ? hearth_json_parse (data, (gssize) length, NULL) : NULL;
  if (json != NULL)
    return json;
  if (g_utf8_validate_len (data, length, NULL))
    return hearth_value_string_len (data, length);
  encoded = g_base64_encode ((const guchar *) data, length);
  return hearth_value_object ("base64", hearth_value_string (encoded), NULL);
}

HearthValue *
_hearth_sent_describe (HearthSent *self)
{
  g_autofree char *uri = g_uri_to_string (self->uri);
  g_autoptr (HearthValue) open = hearth_value_object ("method", hearth_value_string (self->method), "uri", hearth_value_string (uri),
                                                      "headers", describe_headers (self), "body", describe_body (self), NULL);

  return _hearth_description_new (open, self->secret);
}

char *
_hearth_description_hash (HearthValue *description)
{
  g_autoptr (HearthValue) sorted = _hearth_description_new (description, NULL);
  g_autofree char *text = hearth_json_print (sorted);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* --- differences --------------------------------------------------------------------------------- */

typedef struct
{
  GString *said;
  guint max;
  guint n;
} Differences;

static char *
show (HearthValue *value)
{
  g_autofree char *text = value != NULL ? hearth_json_print (value) : g_strdup (_("nothing"));
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_SHOWN)
    return g_steal_pointer (&text);
  start = g_utf8_substring (text, 0, MAX_SHOWN);
  return g_strconcat (start, "…", NULL);
}

static void
note (Differences *self,
      const char  *path,
      HearthValue *recorded,
      HearthValue *asked)
{
  g_autofree char *before = show (recorded);
  g_autofree char *now = show (asked);

  if (self->n++ >= self->max)
    return;
  if (self->said->len > 0)
    g_string_append (self->said, "; ");
  /* Translators: a member such as body.model, and its two values */
  g_string_append_printf (self->said, _("%s is %s in the recording and %s now"), path, before, now);
}

static void compare (Differences *self, const char *path, HearthValue *recorded, HearthValue *asked);

static void
compare_objects (Differences *self,
                 const char  *path,
                 HearthValue *recorded,
                 HearthValue *asked)
{
  for (gsize i = 0; i < hearth_value_get_length (recorded); i++)
    {
      const char *key = hearth_value_key_at (recorded, i);
      g_autofree char *inner = *path != '\0' ? g_strconcat (path, ".", key, NULL) : g_strdup (key);

      compare (self, inner, hearth_value_member_at (recorded, i), hearth_value_get (asked, key));
    }
  for (gsize i = 0; i < hearth_value_get_length (asked); i++)
    {
      const char *key = hearth_value_key_at (asked, i);
      g_autofree char *inner = *path != '\0' ? g_strconcat (path, ".", key, NULL) : g_strdup (key);

      if (hearth_value_get (recorded, key) == NULL)
        note (self, inner, NULL, hearth_value_member_at (asked, i));
    }
}

static void
compare (Differences *self,
         const char  *path,
         HearthValue *recorded,
         HearthValue *asked)
{
  if (hearth_value_is (recorded, OBJECT) && hearth_value_is (asked, OBJECT))
    compare_objects (self, path, recorded, asked);
  else if (hearth_value_is (recorded, ARRAY) && hearth_value_is (asked, ARRAY)
           && hearth_value_get_length (recorded) == hearth_value_get_length (asked))
    for (gsize i = 0; i < hearth_value_get_length (recorded); i++)
      {
        g_autofree char *inner = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", path, i);

        compare (self, inner, hearth_value_at (recorded, i), hearth_value_at (asked, i));
      }
  else if (!hearth_value_equal (recorded, asked))
    note (self, path, recorded, asked);
}

char *
_hearth_description_compare (HearthValue *recorded,
                             HearthValue *asked,
                             guint        max,
                             guint       *n)
{
  Differences differences = { g_string_new (NULL), max, 0 };

  compare (&differences, "", recorded, asked);
  *n = differences.n;
  return g_string_free (differences.said, FALSE);
}

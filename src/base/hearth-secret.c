/* hearth-secret.c: a text that is overwritten before its memory is freed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-secret.h"

#include <string.h>

#include "hearth-value-private.h"

#define HINT_LENGTH 4
#define KEY_MEMBER "api_key"

struct _HearthSecret
{
  gatomicrefcount ref_count;
  gsize length;
  char text[];
};

static HearthSecret *
new_secret (const char *text,
            gsize       length)
{
  HearthSecret *self = g_malloc (sizeof *self + length + 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->length = length;
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  return self;
}

HearthSecret *
hearth_secret_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return new_secret (text, strlen (text));
}

HearthSecret *
hearth_secret_new_from_value (HearthValue *value)
{
  const char *text;
  gsize length;

  if (!hearth_value_is (value, STRING))
    return NULL;
  hearth_value_mark_secret (value);
  text = hearth_value_get_string (value, &length);
  return length > 0 && strlen (text) == length ? new_secret (text, length) : NULL;
}

HearthSecret *
hearth_secret_ref (HearthSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_secret_unref (HearthSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  explicit_bzero (self, sizeof *self + self->length);
  g_free (self);
}

const char *
hearth_secret_get_text (HearthSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

char *
hearth_secret_dup_hint (HearthSecret *self)
{
  glong length;

  g_return_val_if_fail (self != NULL, NULL);

  length = g_utf8_validate (self->text, -1, NULL) ? g_utf8_strlen (self->text, -1) : 0;
  if (length < HEARTH_SECRET_HINT_FROM)
    return g_strdup ("");
  return g_utf8_substring (self->text, length - HINT_LENGTH, length);
}

void
hearth_value_mark_secret (HearthValue *self)
{
  g_return_if_fail (hearth_value_is (self, STRING));

  if (!self->is_static)
    self->is_secret = TRUE;
}

/* --- keys that arrive as values ------------------------------------------------------------ */

gboolean
hearth_secret_is_hidden (HearthValue *value)
{
  return hearth_value_is (value, STRING) && g_str_has_prefix (hearth_value_get_string (value, NULL), HEARTH_SECRET_HIDDEN);
}

static HearthValue *
hide_text (HearthValue *value)
{
  g_autoptr (HearthSecret) secret = NULL;
  g_autofree char *hint = NULL;
  g_autofree char *shown = NULL;

  if (hearth_secret_is_hidden (value))
    return hearth_value_ref (value);
  secret = hearth_secret_new_from_value (value);
  if (secret == NULL)
    return hearth_value_string ("");
  hint = hearth_secret_dup_hint (secret);
  shown = g_strconcat (HEARTH_SECRET_HIDDEN, hint, NULL);
  return hearth_value_string (shown);
}

HearthValue *
hearth_secret_hide_value (HearthValue *value)
{
  HearthValue *member = hearth_value_get (value, KEY_MEMBER);
  g_autoptr (HearthValue) hidden = NULL;

  if (hearth_value_is (value, STRING))
    return hide_text (value);
  if (!hearth_value_is (member, STRING))
    return hearth_value_ref_or_null (value);
  hidden = hide_text (member);
  return hearth_value_with (value, KEY_MEMBER, hidden);
}

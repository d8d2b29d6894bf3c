/* hearth-json-parser.c: JSON text to values (RFC 8259, strictly)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-number-private.h"
#include "hearth-json-parser-private.h"
#include "hearth-utf8-private.h"
#include "hearth-value-private.h"
#include "hearth-i18n.h"

/* How many entries of the stack one member takes. */
#define MEMBER_ENTRIES 3
/* Longer keys are rarely met twice. */
#define MAX_CACHED_KEY 48

static HearthValue *parse_value (HearthJsonParser *self);

/* --- the stack ------------------------------------------------------------------ */

static inline void
push (HearthJsonParser *self,
      gpointer          entry)
{
  if (G_UNLIKELY (self->n_stack == self->stack_size))
    {
      self->stack_size = MAX (256, self->stack_size * 2);
      self->stack = g_renew (gpointer, self->stack, self->stack_size);
    }
  self->stack[self->n_stack++] = entry;
}

/* Back to @base after a mistake. */
static gpointer
drop_elements (HearthJsonParser *self,
               gsize             base)
{
  while (self->n_stack > base)
    hearth_value_unref (self->stack[--self->n_stack]);
  return NULL;
}

static gpointer
drop_members (HearthJsonParser *self,
              gsize             base)
{
  for (; self->n_stack > base; self->n_stack -= MEMBER_ENTRIES)
    {
      hearth_value_unref (self->stack[self->n_stack - MEMBER_ENTRIES]);
      g_clear_pointer ((HearthValue **) &self->stack[self->n_stack - MEMBER_ENTRIES + 1], hearth_value_unref);
    }
  return NULL;
}

/* --- scanning ---------------------------------------------------------------------- */

static inline void
skip_space (HearthJsonParser *self)
{
  const char *at = self->at;

  while (at < self->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    {
      at++;
      while (self->end - at >= 8 && _hearth_load_bytes (at) == HEARTH_EACH_BYTE (' '))
        at += 8;
    }
  self->at = at;
}

static inline gboolean
accept (HearthJsonParser *self,
        char              byte)
{
  if (self->at == self->end || *self->at != byte)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
enter (HearthJsonParser *self)
{
  if (self->depth == HEARTH_JSON_MAX_DEPTH)
    {
      g_autofree char *sentence =
          g_strdup_printf (_("The text is nested deeper than %d levels. Such a file is not read."),
                           HEARTH_JSON_MAX_DEPTH);

      _hearth_json_fail (self, HEARTH_JSON_ERROR_DEPTH, self->at, sentence);
      return FALSE;
    }
  self->depth++;
  self->at++;
  skip_space (self);
  return TRUE;
}

/* --- text ------------------------------------------------------------------------ */

static HearthValue *
make_string (const char *text,
             gsize       length,
             gboolean    is_plain)
{
  HearthValue *string;

  if (length == 0)
    return hearth_value_string_len ("", 0);
  string = _hearth_value_new_text (HEARTH_VALUE_STRING, text, length);
  string->is_plain = (guint8) is_plain;
  return string;
}

/* --- arrays ------------------------------------------------------------------------ */

static HearthValue *
make_array (HearthJsonParser *self,
            gsize             base)
{
  gsize n_elements = self->n_stack - base;
  HearthValue *array = _hearth_value_alloc (HEARTH_VALUE_ARRAY, n_elements * sizeof (HearthValue *));

  array->length = n_elements;
  memcpy (_hearth_value_elements (array), self->stack + base, n_elements * sizeof (HearthValue *));
  self->n_stack = base;
  return array;
}

static HearthValue *
parse_array (HearthJsonParser *self)
{
  gsize base = self->n_stack;

  if (!enter (self))
    return NULL;
  if (accept (self, ']'))
    {
      self->depth--;
      return hearth_value_empty_array ();
    }
  do
    {
      HearthValue *element;

      skip_space (self);
      element = parse_value (self);
      if (element == NULL)
        return drop_elements (self, base);
      push (self, element);
      skip_space (self);
    }
  while (accept (self, ','));
  if (!accept (self, ']'))
    {
      _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_ARRAY_END);
      return drop_elements (self, base);
    }
  self->depth--;
  return make_array (self, base);
}

/* --- objects ------------------------------------------------------------------------- */

static gpointer
fail_duplicate (HearthJsonParser *self,
                const char       *at,
                const char       *key)
{
  g_autofree char *sentence = NULL;

  /* A key may be as long as the file. */
  if (g_utf8_strlen (key, -1) <= 60)
    /* Translators: the name of a member of a JSON object. */
    sentence = g_strdup_printf (_("The name “%s” is used twice in the same object. Remove one of the two."), key);
  return _hearth_json_fail (self, HEARTH_JSON_ERROR_DUPLICATE_KEY, at,
                            sentence != NULL
                                ? sentence
                                : _("This name is used twice in the same object. Remove one of the two."));
}

/* Keys repeat from object to object, so one copy serves them all. The counter needs no atomic
 * operation: before the document is finished no other thread knows of the key. */
static HearthValue *
intern_key (HearthJsonParser *self,
            const char       *text,
            gsize             length,
            gboolean          is_plain,
            guint32           hash)
{
  HearthValue **cached = &self->keys[hash % HEARTH_JSON_KEY_CACHE_SIZE];

  if (length == 0 || length > MAX_CACHED_KEY)
    return make_string (text, length, is_plain);
  if (*cached != NULL && _hearth_value_has_text (*cached, text, length))
    {
      (*cached)->ref_count++;
      return *cached;
    }
  *cached = make_string (text, length, is_plain);
  return *cached;
}

/* Pushes the next key, with an empty place for its value. @seen has a bit for every hash in this
 * object, so that most keys are known to be new without a look at the others. */
static gboolean
parse_key (HearthJsonParser *self,
           gsize             base,
           guint64          *seen)
{
  const char *at = self->at;
  const char *text;
  gsize length;
  gboolean is_plain;
  guint32 hash;

  if (self->at == self->end || *self->at != '"')
    return _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_KEY) != NULL;
  text = _hearth_json_read_string (self, &length, &is_plain);
  if (text == NULL)
    return FALSE;
  hash = _hearth_text_hash (text, length);
  if ((*seen >> (hash >> 26) & 1) != 0 && self->n_stack - base <= HEARTH_OBJECT_MAX_LINEAR * MEMBER_ENTRIES)
    for (gsize i = base; i < self->n_stack; i += MEMBER_ENTRIES)
      if (_hearth_value_has_text (self->stack[i], text, length))
        return fail_duplicate (self, at, _hearth_value_text (self->stack[i])) != NULL;
  *seen |= G_GUINT64_CONSTANT (1) << (hash >> 26);
  push (self, intern_key (self, text, length, is_plain, hash));
  push (self, NULL);
  push (self, (gpointer) at);
  return TRUE;
}

static gboolean
parse_member (HearthJsonParser *self,
              gsize             base,
              guint64          *seen)
{
  HearthValue *value;

  skip_space (self);
  if (!parse_key (self, base, seen))
    return FALSE;
  skip_space (self);
  if (!accept (self, ':'))
    return _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_COLON) != NULL;
  skip_space (self);
  value = parse_value (self);
  if (value == NULL)
    return FALSE;
  self->stack[self->n_stack - MEMBER_ENTRIES + 1] = value;
  skip_space (self);
  return TRUE;
}

static HearthValue *
make_object (HearthJsonParser *self,
             gsize             base)
{
  gsize n_members = (self->n_stack - base) / MEMBER_ENTRIES;
  HearthValue *object = _hearth_object_alloc (n_members);
  HearthMember *members = _hearth_value_members (object);
  gssize twin;

  for (gsize i = 0; i < n_members; i++)
    {
      members[i].key = self->stack[base + i * MEMBER_ENTRIES];
      members[i].value = self->stack[base + i * MEMBER_ENTRIES + 1];
    }
  self->n_stack = base;
  twin = n_members > HEARTH_OBJECT_MAX_LINEAR ? _hearth_object_index (object) : -1;
  if (twin < 0)
    return object;
  fail_duplicate (self, self->stack[base + (gsize) twin * MEMBER_ENTRIES + 2], _hearth_value_text (members[twin].key));
  hearth_value_unref (object);
  return NULL;
}

static HearthValue *
parse_object (HearthJsonParser *self)
{
  gsize base = self->n_stack;
  guint64 seen = 0;

  if (!enter (self))
    return NULL;
  if (accept (self, '}'))
    {
      self->depth--;
      return hearth_value_empty_object ();
    }
  do
    if (!parse_member (self, base, &seen))
      return drop_members (self, base);
  while (accept (self, ','));
  if (!accept (self, '}'))
    {
      _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_OBJECT_END);
      return drop_members (self, base);
    }
  self->depth--;
  return make_object (self, base);
}

/* --- values ----------------------------------------------------------------------------- */

static HearthValue *
parse_string (HearthJsonParser *self)
{
  gsize length;
  gboolean is_plain;
  const char *text = _hearth_json_read_string (self, &length, &is_plain);

  return text != NULL ? make_string (text, length, is_plain) : NULL;
}

static HearthValue *
parse_number (HearthJsonParser *self)
{
  HearthValue *number = _hearth_json_read_number (&self->at, self->end);

  return number != NULL ? number : _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_DIGIT);
}

static HearthValue *
parse_word (HearthJsonParser *self,
            const char       *word,
            HearthValue      *value)
{
  gsize length = strlen (word);
  gsize left = (gsize) (self->end - self->at);

  if (left < length || memcmp (self->at, word, length) != 0)
    {
      if (left < length && memcmp (self->at, word, left) == 0)
        self->at = self->end;
      return _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_VALUE);
    }
  self->at += length;
  return value;
}

static HearthValue *
parse_value (HearthJsonParser *self)
{
  if (self->at == self->end)
    return _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_VALUE);
  switch (*self->at)
    {
    case '"':
      return parse_string (self);
    case '{':
      return parse_object (self);
    case '[':
      return parse_array (self);
    case 't':
      return parse_word (self, "true", hearth_value_boolean (TRUE));
    case 'f':
      return parse_word (self, "false", hearth_value_boolean (FALSE));
    case 'n':
      return parse_word (self, "null", hearth_value_null ());
    default:
      if (*self->at == '-' || g_ascii_isdigit (*self->at))
        return parse_number (self);
      return _hearth_json_mismatch (self, HEARTH_JSON_EXPECT_VALUE);
    }
}

HearthValue *
hearth_json_parse (const char *text,
                   gssize      length,
                   GError    **error)
{
  HearthJsonParser parser = { 0 };
  g_autoptr (HearthValue) value = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parser.start = parser.at = text != NULL ? text : "";
  parser.end = parser.start + (length < 0 ? strlen (text) : (gsize) length);
  parser.error = error;
  skip_space (&parser);
  value = parse_value (&parser);
  if (value != NULL)
    {
      skip_space (&parser);
      if (parser.at != parser.end)
        {
          _hearth_json_mismatch (&parser, HEARTH_JSON_EXPECT_END);
          g_clear_pointer (&value, hearth_value_unref);
        }
    }
  g_free (parser.stack);
  if (parser.scratch != NULL)
    g_string_free (parser.scratch, TRUE);
  return g_steal_pointer (&value);
}

/* regex.c: search and replace with ECMAScript regular expressions, within limits
 *
 * A pattern can take longer than the universe. PCRE2 calls us before every item it tries
 * (AUTO_CALLOUT), which is where the clock and the stop button are looked at; its own limits
 * count too coarsely for that and only guard the memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "regex.h"

#include "regex-pattern.h"
#include "shapes.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "hearth-i18n.h"

#define MAX_PATTERN (64 * 1024)              /* bytes, after translation */
#define MAX_HEAP (64 * 1024)                 /* KiB of backtracking */
#define MAX_RESULT ((gsize) 64 * 1024 * 1024)
#define BASE_TIME (G_USEC_PER_SEC / 4)
#define TIME_PER_MIB (G_USEC_PER_SEC / 4)
#define CALLOUTS_PER_LOOK 16

struct _HearthRegex
{
  pcre2_code          *code;
  pcre2_match_data    *match;
  pcre2_match_context *context;
  HearthRegexFlags     flags;
  guint32              n_groups;
  gboolean             has_names;

  /* of the replacement under way */
  const char          *subject;
  gsize                length;
  const char          *replacement;
  HearthStep          *step;
  gint64               deadline;
  guint                n_callouts;
  GString             *out;
};

static int
callout_cb (pcre2_callout_block *block,
            void                *user_data)
{
  HearthRegex *self = user_data;

  if (++self->n_callouts % CALLOUTS_PER_LOOK != 0)
    return 0;
  if (g_get_monotonic_time () > self->deadline || hearth_step_is_cancelled (self->step))
    return PCRE2_ERROR_CALLOUT; /* ends the match, unlike a positive value */
  return 0;
}

static pcre2_code *
compile (const GString   *pattern,
         HearthRegexFlags flags,
         GError         **error)
{
  guint32 options = PCRE2_UTF | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C
                  | PCRE2_AUTO_CALLOUT;
  pcre2_compile_context *context = pcre2_compile_context_create (NULL);
  pcre2_code *code;
  PCRE2_UCHAR message[256] = "";
  PCRE2_SIZE offset;
  int number;

  if ((flags & HEARTH_REGEX_IGNORE_CASE) != 0)
    options |= PCRE2_CASELESS;
  pcre2_set_max_pattern_length (context, MAX_PATTERN);
  code = pcre2_compile ((PCRE2_SPTR) pattern->str, pattern->len, options, &number, &offset, context);
  pcre2_compile_context_free (context);
  if (code == NULL)
    {
      pcre2_get_error_message (number, message, sizeof message);
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("its pattern is not valid: %s."),
                   (const char *) message);
    }
  return code;
}

HearthRegex *
hearth_regex_new (const char *pattern,
                  gsize       length,
                  const char *flags,
                  GError    **error)
{
  g_autoptr(HearthRegex) self = g_new0 (HearthRegex, 1);
  GString *translated;
  guint32 n_names = 0;

  g_return_val_if_fail (pattern != NULL && flags != NULL, NULL);

  if (!hearth_regex_parse_flags (flags, &self->flags, error))
    return NULL;
  translated = hearth_regex_translate (pattern, length, self->flags, error);
  if (translated == NULL)
    return NULL;
  self->code = compile (translated, self->flags, error);
  g_string_free (translated, TRUE);
  if (self->code == NULL)
    return NULL;

  pcre2_pattern_info (self->code, PCRE2_INFO_CAPTURECOUNT, &self->n_groups);
  pcre2_pattern_info (self->code, PCRE2_INFO_NAMECOUNT, &n_names);
  self->has_names = n_names > 0;
  self->match = pcre2_match_data_create_from_pattern (self->code, NULL);
  self->context = pcre2_match_context_create (NULL);
  pcre2_set_heap_limit (self->context, MAX_HEAP);
  pcre2_set_match_limit (self->context, G_MAXUINT32);
  pcre2_set_depth_limit (self->context, G_MAXUINT32);
  pcre2_set_callout (self->context, callout_cb, self);
  return g_steal_pointer (&self);
}

void
hearth_regex_free (HearthRegex *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->context, pcre2_match_context_free);
  g_clear_pointer (&self->match, pcre2_match_data_free);
  g_clear_pointer (&self->code, pcre2_code_free);
  g_free (self);
}

/* --- replacement -------------------------------------------------------------------- */

static gboolean
put (HearthRegex *self,
     const char  *text,
     gsize        length,
     GError     **error)
{
  if (length > MAX_RESULT - self->out->len)
    return hearth_shape_fail (error, N_("its result is larger than 64 MiB."));
  g_string_append_len (self->out, text, length);
  return TRUE;
}

static gboolean
put_group (HearthRegex *self,
           guint        group,
           GError     **error)
{
  const PCRE2_SIZE *ends = pcre2_get_ovector_pointer (self->match);

  if (ends[2 * group] == PCRE2_UNSET)
    return TRUE;
  return put (self, self->subject + ends[2 * group], ends[2 * group + 1] - ends[2 * group], error);
}

/* "$<name>" at @p; its length, or 0 when it stands for itself. */
static gsize
put_named_group (HearthRegex *self,
                 const char  *p,
                 gboolean    *ok,
                 GError     **error)
{
  const char *close = self->has_names ? strchr (p, '>') : NULL;
  g_autofree char *name = NULL;
  int group;

  if (close == NULL)
    return 0;
  name = g_strndup (p + 2, close - p - 2);
  group = pcre2_substring_number_from_name (self->code, (PCRE2_SPTR) name);
  if (group > 0)
    *ok = put_group (self, group, error);
  return close + 1 - p;
}

/* "$1" or "$12" at @p: two digits where that many groups exist. */
static gsize
put_numbered_group (HearthRegex *self,
                    const char  *p,
                    gboolean    *ok,
                    GError     **error)
{
  guint one = p[1] - '0';
  guint two = g_ascii_isdigit (p[2]) ? one * 10 + (p[2] - '0') : 0;

  if (two >= 1 && two <= self->n_groups)
    {
      *ok = put_group (self, two, error);
      return 3;
    }
  if (one >= 1 && one <= self->n_groups)
    {
      *ok = put_group (self, one, error);
      return 2;
    }
  return 0;
}

/* One "$…" of the replacement at @p. Returns how much of it that was. */
static gsize
put_reference (HearthRegex *self,
               const char  *p,
               gboolean    *ok,
               GError     **error)
{
  const PCRE2_SIZE *ends = pcre2_get_ovector_pointer (self->match);
  gsize used = 0;

  switch (p[1])
    {
    case '$':
      *ok = put (self, "$", 1, error);
      return 2;
    case '&':
      *ok = put_group (self, 0, error);
      return 2;
    case '`':
      *ok = put (self, self->subject, ends[0], error);
      return 2;
    case '\'':
      *ok = put (self, self->subject + ends[1], self->length - ends[1], error);
      return 2;
    case '<':
      used = put_named_group (self, p, ok, error);
      break;
    default:
      if (g_ascii_isdigit (p[1]))
        used = put_numbered_group (self, p, ok, error);
      break;
    }
  if (used > 0)
    return used;
  *ok = put (self, "$", 1, error);
  return 1;
}

static gboolean
put_replacement (HearthRegex *self,
                 GError     **error)
{
  const char *p = self->replacement;
  gboolean ok = TRUE;

  while (ok && *p != '\0')
    {
      gsize plain = strcspn (p, "$");

      ok = put (self, p, plain, error);
      p += plain;
      if (ok && *p == '$')
        p += put_reference (self, p, &ok, error);
    }
  return ok;
}

static gboolean
fail_match (HearthRegex *self,
            int          code,
            GError     **error)
{
  PCRE2_UCHAR message[256] = "";

  if (hearth_step_is_cancelled (self->step))
    {
      g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED, _("The run was stopped."));
      return FALSE;
    }
  switch (code)
    {
    case PCRE2_ERROR_CALLOUT:
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
      return hearth_shape_fail (error, N_("it is too slow on this text. Simplify its pattern; a repetition inside of a "
                                          "repetition, like (a+)+, is the usual cause."));
    default:
      pcre2_get_error_message (code, message, sizeof message);
      return hearth_shape_fail (error, "%s", (const char *) message);
    }
}

/* JavaScript's loop: after an empty match the search goes on one character further. */
static gboolean
replace_all (HearthRegex *self,
             GError     **error)
{
  const PCRE2_SIZE *ends = pcre2_get_ovector_pointer (self->match);
  guint32 options = (self->flags & HEARTH_REGEX_STICKY) != 0 ? PCRE2_ANCHORED : 0;
  gsize at = 0, done = 0;

  while (at <= self->length)
    {
      int found = pcre2_match (self->code, (PCRE2_SPTR) self->subject, self->length, at, options, self->match,
                               self->context);

      if (found == PCRE2_ERROR_NOMATCH)
        break;
      if (found < 0)
        return fail_match (self, found, error);
      if (!put (self, self->subject + done, ends[0] - done, error) || !put_replacement (self, error))
        return FALSE;
      done = ends[1];
      if ((self->flags & HEARTH_REGEX_GLOBAL) == 0)
        break;
      if (ends[1] > ends[0])
        at = ends[1];
      else if (ends[1] < self->length)
        at = g_utf8_next_char (self->subject + ends[1]) - self->subject;
      else
        break;
      options |= PCRE2_NO_UTF_CHECK; /* the first match has checked all of it */
    }
  return put (self, self->subject + done, self->length - done, error);
}

/* --- in and out ------------------------------------------------------------------------ */

static void
begin (HearthRegex *self,
       const char  *subject,
       gsize        length,
       HearthStep  *step)
{
  self->subject = subject;
  self->length = length;
  self->step = step;
  self->n_callouts = 0;
  self->deadline = g_get_monotonic_time () + BASE_TIME + (gint64) (length >> 20) * TIME_PER_MIB;
}

GString *
hearth_regex_replace (HearthRegex *self,
                      const char  *subject,
                      gsize        length,
                      const char  *replacement,
                      HearthStep  *step,
                      GError     **error)
{
  GString *out;

  g_return_val_if_fail (self != NULL && subject != NULL && replacement != NULL, NULL);

  begin (self, subject, length, step);
  self->replacement = replacement;
  self->out = g_string_sized_new (length);

  if (!replace_all (self, error))
    {
      g_string_free (g_steal_pointer (&self->out), TRUE);
      return NULL;
    }
  out = g_steal_pointer (&self->out);
  return out;
}

gboolean
hearth_regex_test (HearthRegex *self,
                   const char  *subject,
                   gsize        length,
                   HearthStep  *step,
                   gboolean    *matches,
                   GError     **error)
{
  guint32 options;
  int found;

  g_return_val_if_fail (self != NULL && subject != NULL && matches != NULL, FALSE);

  begin (self, subject, length, step);
  options = (self->flags & HEARTH_REGEX_STICKY) != 0 ? PCRE2_ANCHORED : 0;
  found = pcre2_match (self->code, (PCRE2_SPTR) subject, length, 0, options, self->match, self->context);
  if (found < 0 && found != PCRE2_ERROR_NOMATCH)
    return fail_match (self, found, error);
  *matches = found >= 0;
  return TRUE;
}

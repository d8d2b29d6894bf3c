/* hearth-head-check.c: whether what comes over a connection is HTTP that can be read in one way only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-head-check.h"

#include <string.h>

#define BAD_REQUEST 400
#define URI_TOO_LONG 414
#define HEADERS_TOO_LARGE 431

#define MAX_TARGET (16 * 1024)
#define MAX_HEAD (64 * 1024)
#define MAX_FIELDS 128
#define MAX_LENGTH_DIGITS 15
#define MAX_CHUNK_DIGITS 8

/* Of these one is sent or none; two of them would be read by one program as the first, by another as
 * the last. */
static const char *const single_fields[] = {
  "Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Origin", "Authorization", "Sec-Fetch-Site",
  "Expect", "Upgrade",
};

typedef enum
{
  REQUEST_LINE,
  FIELD_LINE,
  BODY, /* as many bytes as Content-Length says */
  CHUNK_SIZE,
  CHUNK_DATA,
  CHUNK_END,
  LAST_LINE, /* behind the last chunk */
  RAW,
  BAD,
} State;

struct _HearthHeadCheck
{
  State state;
  guint status; /* in BAD */
  GString *line;
  gsize head_bytes;
  guint n_fields;
  guint seen; /* bit i: single_fields[i] */
  gboolean is_old; /* HTTP/1.0 */
  gboolean is_chunked;
  guint64 left; /* of the body or chunk */
};

HearthHeadCheck *
hearth_head_check_new (void)
{
  HearthHeadCheck *self = g_new0 (HearthHeadCheck, 1);

  self->line = g_string_new (NULL);
  return self;
}

void
hearth_head_check_free (HearthHeadCheck *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->line, TRUE);
  g_free (self);
}

/* --- characters (RFC 9110 5.5, 5.6.2) -------------------------------------------------------- */

static gboolean
is_token (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL))
      return FALSE;
  return length > 0;
}

static gboolean
has_control (const char *text,
             gsize       length,
             char        allowed)
{
  for (gsize i = 0; i < length; i++)
    if (((guchar) text[i] < 0x20 || text[i] == 0x7f) && text[i] != allowed)
      return TRUE;
  return FALSE;
}

static gboolean
refuse (HearthHeadCheck *self,
        guint            status)
{
  self->state = BAD;
  self->status = status;
  return FALSE;
}

/* --- the lines of a head ------------------------------------------------------------------------ */

static void
begin_request (HearthHeadCheck *self)
{
  self->state = REQUEST_LINE;
  self->head_bytes = 0;
  self->n_fields = 0;
  self->seen = 0;
  self->is_chunked = FALSE;
  self->left = 0;
}

/* "GET /path HTTP/1.1": one space each; no address of another host in the place of the path. */
static gboolean
check_request_line (HearthHeadCheck *self)
{
  const char *line = self->line->str;
  const char *target = strchr (line, ' ');
  const char *version = target != NULL ? strchr (target + 1, ' ') : NULL;

  if (version == NULL || has_control (line, self->line->len, '\0') || strlen (line) != self->line->len)
    return refuse (self, BAD_REQUEST);
  if (!is_token (line, (gsize) (target - line)))
    return refuse (self, BAD_REQUEST);
  if (target[1] != '/' && !g_str_has_prefix (line, "OPTIONS * "))
    return refuse (self, BAD_REQUEST);
  if (version - target > MAX_TARGET)
    return refuse (self, URI_TOO_LONG);
  self->is_old = g_str_equal (version, " HTTP/1.0");
  if (!self->is_old && !g_str_equal (version, " HTTP/1.1"))
    return refuse (self, BAD_REQUEST);
  self->state = FIELD_LINE;
  return TRUE;
}

static gboolean
check_length (HearthHeadCheck *self,
              const char      *value)
{
  gsize length = strlen (value);

  if (length == 0 || length > MAX_LENGTH_DIGITS || strspn (value, "0123456789") != length)
    return refuse (self, BAD_REQUEST);
  self->left = g_ascii_strtoull (value, NULL, 10);
  return TRUE;
}

static gboolean
check_single (HearthHeadCheck *self,
              const char      *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (single_fields); i++)
    {
      if (g_ascii_strcasecmp (single_fields[i], name) != 0)
        continue;
      if (self->seen & (1u << i))
        return refuse (self, BAD_REQUEST);
      self->seen |= 1u << i;
    }
  return TRUE;
}

static gboolean
check_field (HearthHeadCheck *self)
{
  const char *colon = memchr (self->line->str, ':', self->line->len);
  gsize length = colon != NULL ? (gsize) (colon - self->line->str) : 0;
  g_autofree char *name = g_strndup (self->line->str, length);
  g_autofree char *value = NULL;

  /* A line that begins with a space, or has one before the colon, is no name. */
  if (!is_token (name, length) || has_control (colon + 1, self->line->len - length - 1, '\t'))
    return refuse (self, BAD_REQUEST);
  if (++self->n_fields > MAX_FIELDS)
    return refuse (self, HEADERS_TOO_LARGE);
  if (!check_single (self, name))
    return FALSE;
  value = g_strstrip (g_strdup (colon + 1));
  if (g_ascii_strcasecmp (name, "Content-Length") == 0)
    return check_length (self, value);
  if (g_ascii_strcasecmp (name, "Transfer-Encoding") != 0)
    return TRUE;
  self->is_chunked = !self->is_old && g_ascii_strcasecmp (value, "chunked") == 0;
  return self->is_chunked || refuse (self, BAD_REQUEST);
}

static gboolean
was_seen (HearthHeadCheck *self,
          const char      *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (single_fields); i++)
    if (g_str_equal (single_fields[i], name))
      return (self->seen & (1u << i)) != 0;
  g_return_val_if_reached (FALSE);
}

static gboolean
end_head (HearthHeadCheck *self)
{
  if (!was_seen (self, "Host") || (self->is_chunked && was_seen (self, "Content-Length")))
    return refuse (self, BAD_REQUEST);
  if (self->is_chunked)
    self->state = CHUNK_SIZE;
  else if (self->left > 0)
    self->state = BODY;
  else
    begin_request (self);
  return TRUE;
}

/* --- the lines of a body in chunks; no extensions and no trailers: nobody sends them ------------- */

static gboolean
check_chunk_size (HearthHeadCheck *self)
{
  gsize length = self->line->len;

  if (length == 0 || length > MAX_CHUNK_DIGITS || strspn (self->line->str, "0123456789abcdefABCDEF") != length)
    return refuse (self, BAD_REQUEST);
  self->left = g_ascii_strtoull (self->line->str, NULL, 16);
  self->state = self->left > 0 ? CHUNK_DATA : LAST_LINE;
  return TRUE;
}

static gboolean
check_empty (HearthHeadCheck *self)
{
  if (self->line->len > 0)
    return refuse (self, BAD_REQUEST);
  if (self->state == CHUNK_END)
    self->state = CHUNK_SIZE;
  else
    begin_request (self);
  return TRUE;
}

/* --- bytes ------------------------------------------------------------------------------------------ */

static gboolean
check_line (HearthHeadCheck *self)
{
  switch (self->state)
    {
    case REQUEST_LINE:
      return check_request_line (self);
    case FIELD_LINE:
      return self->line->len == 0 ? end_head (self) : check_field (self);
    case CHUNK_SIZE:
      return check_chunk_size (self);
    case CHUNK_END:
    case LAST_LINE:
      return check_empty (self);
    case BODY:
    case CHUNK_DATA:
    case RAW:
    case BAD:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Up to the end of the line or of @length; FALSE: the request is bad. */
static gboolean
take_line (HearthHeadCheck *self,
           const char      *bytes,
           gsize            length,
           gsize           *taken)
{
  const char *end = memchr (bytes, '\n', length);
  gboolean ok;

  *taken = end != NULL ? (gsize) (end - bytes) + 1 : length;
  self->head_bytes += self->state == REQUEST_LINE || self->state == FIELD_LINE ? *taken : 0;
  g_string_append_len (self->line, bytes, (gssize) *taken);
  if (self->head_bytes > MAX_HEAD || self->line->len > MAX_HEAD)
    return refuse (self, self->state == REQUEST_LINE ? URI_TOO_LONG : HEADERS_TOO_LARGE);
  if (end == NULL)
    return TRUE;
  if (self->line->len < 2 || self->line->str[self->line->len - 2] != '\r')
    return refuse (self, BAD_REQUEST);
  g_string_truncate (self->line, self->line->len - 2);
  ok = check_line (self);
  g_string_truncate (self->line, 0);
  return ok;
}

static void
skip (HearthHeadCheck *self,
      gsize            length,
      gsize           *taken)
{
  *taken = (gsize) MIN (self->left, length);
  self->left -= *taken;
  if (self->left > 0)
    return;
  if (self->state == CHUNK_DATA)
    self->state = CHUNK_END;
  else
    begin_request (self);
}

gsize
hearth_head_check_feed (HearthHeadCheck *self,
                        const char      *bytes,
                        gsize            length,
                        guint           *status)
{
  gsize at = 0;

  g_return_val_if_fail (self != NULL && (bytes != NULL || length == 0) && status != NULL, 0);

  *status = 0;
  if (self->state == RAW)
    return length;
  while (at < length)
    {
      gsize taken = 0;

      if (self->state == BODY || self->state == CHUNK_DATA)
        skip (self, length - at, &taken);
      else if (self->state == BAD || !take_line (self, bytes + at, length - at, &taken))
        {
          *status = self->status;
          return 0;
        }
      at += taken;
      if (hearth_head_check_get_place (self) == HEARTH_HEAD_IDLE)
        break;
    }
  return at;
}

HearthHeadPlace
hearth_head_check_get_place (HearthHeadCheck *self)
{
  g_return_val_if_fail (self != NULL, HEARTH_HEAD_IDLE);

  switch (self->state)
    {
    case REQUEST_LINE:
      return self->line->len == 0 ? HEARTH_HEAD_IDLE : HEARTH_HEAD_HEAD;
    case FIELD_LINE:
      return HEARTH_HEAD_HEAD;
    case RAW:
      return HEARTH_HEAD_RAW;
    case BODY:
    case CHUNK_SIZE:
    case CHUNK_DATA:
    case CHUNK_END:
    case LAST_LINE:
    case BAD:
    default:
      return HEARTH_HEAD_BODY;
    }
}

void
hearth_head_check_end (HearthHeadCheck *self)
{
  g_return_if_fail (self != NULL);

  self->state = RAW;
}

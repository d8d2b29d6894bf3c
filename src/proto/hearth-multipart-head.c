/* hearth-multipart-head.c: the words of a form: its boundary, and the lines before a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-multipart-private.h"

#include <string.h>

#include "hearth-payload.h"

#include "hearth-i18n.h"

#define MAX_BOUNDARY 70 /* RFC 2046, 5.1.1 */

gboolean
_hearth_multipart_fail (GError    **error,
                        const char *reason)
{
  g_set_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE, _("The form cannot be read: %s."), reason);
  return FALSE;
}

void
_hearth_part_clear (HearthPart *part)
{
  g_clear_pointer (&part->name, g_free);
  g_clear_pointer (&part->filename, g_free);
  g_clear_pointer (&part->type, g_free);
}

/* --- "value; key=word; key="quoted text"" ------------------------------------------------------ */

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t");
}

/* Only a quote and a backslash are escaped: some senders write C:\folder\file as it is. */
static char *
read_quoted (const char **at)
{
  GString *text = g_string_new (NULL);
  const char *c = *at + 1;

  for (; *c != '\0' && *c != '"'; c++)
    {
      if (*c == '\\' && (c[1] == '"' || c[1] == '\\'))
        c++;
      g_string_append_c (text, *c);
    }
  *at = *c == '"' ? c + 1 : c;
  return g_string_free (text, FALSE);
}

static char *
read_parameter_value (const char **at)
{
  const char *begin = *at;

  if (*begin == '"')
    return read_quoted (at);
  *at += strcspn (begin, "; \t");
  return g_strndup (begin, (gsize) (*at - begin));
}

/* What stands before the first semicolon, in lower case. */
static char *
dup_main_value (const char *header)
{
  g_autofree char *value = g_strndup (header, strcspn (header, ";"));

  return g_ascii_strdown (g_strstrip (value), -1);
}

static char *
dup_parameter (const char *header,
               const char *wanted)
{
  const char *at = header + strcspn (header, ";");

  while (*at == ';')
    {
      const char *key = skip_blanks (at + 1);
      gsize length = strcspn (key, "=; \t");
      g_autofree char *value = NULL;

      at = skip_blanks (key + length);
      if (*at == '=')
        {
          at = skip_blanks (at + 1);
          value = read_parameter_value (&at);
        }
      if (value != NULL && length == strlen (wanted) && g_ascii_strncasecmp (key, wanted, length) == 0)
        return g_steal_pointer (&value);
      at += strcspn (at, ";");
    }
  return NULL;
}

char *
_hearth_multipart_dup_boundary (const char *content_type,
                                GError    **error)
{
  g_autofree char *type = dup_main_value (content_type != NULL ? content_type : "");
  g_autofree char *boundary = NULL;

  if (!g_str_equal (type, "multipart/form-data"))
    {
      _hearth_multipart_fail (error, _("its Content-Type must be multipart/form-data"));
      return NULL;
    }
  boundary = dup_parameter (content_type, "boundary");
  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > MAX_BOUNDARY || strpbrk (boundary, "\r\n") != NULL)
    {
      _hearth_multipart_fail (error, _("its Content-Type must name a boundary of 1 to 70 characters"));
      return NULL;
    }
  return g_steal_pointer (&boundary);
}

/* --- the head of a part ------------------------------------------------------------------------- */

/* RFC 5987, "UTF-8''na%C3%AFve.txt": what some programs send for names that are not ASCII. */
static char *
dup_extended (const char *header)
{
  g_autofree char *value = dup_parameter (header, "filename*");
  const char *text;

  if (value == NULL || g_ascii_strncasecmp (value, "utf-8'", 6) != 0)
    return NULL;
  text = strchr (value + 6, '\'');
  return text != NULL ? g_uri_unescape_string (text + 1, NULL) : NULL;
}

static gboolean
read_disposition (HearthPart *part,
                  const char *header,
                  GError    **error)
{
  g_autofree char *kind = dup_main_value (header);

  if (!g_str_equal (kind, "form-data") || part->name != NULL)
    return _hearth_multipart_fail (error, _("a field has no Content-Disposition of its own"));
  part->name = dup_parameter (header, "name");
  if (part->name == NULL)
    return _hearth_multipart_fail (error, _("a field has no name"));
  part->filename = dup_extended (header);
  if (part->filename == NULL)
    part->filename = dup_parameter (header, "filename");
  return TRUE;
}

static gboolean
read_line (HearthPart *part,
           const char *line,
           GError    **error)
{
  const char *colon = strchr (line, ':');
  const char *value;
  gsize length;

  if (colon == NULL || colon == line)
    return _hearth_multipart_fail (error, _("a line before a field has no colon"));
  length = (gsize) (colon - line);
  value = skip_blanks (colon + 1);
  if (length == strlen ("Content-Disposition") && g_ascii_strncasecmp (line, "Content-Disposition", length) == 0)
    return read_disposition (part, value, error);
  if (length == strlen ("Content-Type") && g_ascii_strncasecmp (line, "Content-Type", length) == 0)
    {
      g_free (part->type);
      part->type = dup_main_value (value);
    }
  if (length == strlen ("Content-Transfer-Encoding")
      && g_ascii_strncasecmp (line, "Content-Transfer-Encoding", length) == 0
      && (g_ascii_strncasecmp (value, "base64", 6) == 0 || g_ascii_strncasecmp (value, "quoted-printable", 16) == 0))
    return _hearth_multipart_fail (error, _("a field is encoded; send it as it is"));
  return TRUE;
}

gboolean
_hearth_part_parse (HearthPart *part,
                    const char *head,
                    gsize       length,
                    GError    **error)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (!g_utf8_validate (head, (gssize) length, NULL))
    return _hearth_multipart_fail (error, _("a name in it is not UTF-8"));
  text = g_strndup (head, length);
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !read_line (part, lines[i], error))
      return FALSE;
  if (part->name == NULL)
    return _hearth_multipart_fail (error, _("a field has no Content-Disposition of its own"));
  if (part->filename != NULL && !g_utf8_validate (part->filename, -1, NULL))
    return _hearth_multipart_fail (error, _("a name in it is not UTF-8"));
  return TRUE;
}

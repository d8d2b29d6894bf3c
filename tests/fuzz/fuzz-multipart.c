/* fuzz-multipart.c: a form is read the same whatever pieces it comes in, and within its limits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The boundary of the corpus is "edge".
 */

#include "config.h"

#include "hearth-multipart.h"

#include "fuzz.h"

typedef struct
{
  GString *story;
  gboolean in_part;
  gsize n_bytes;
} Telling;

static gboolean
begin (const HearthPart *part,
       gpointer          user_data,
       GError          **error)
{
  Telling *telling = user_data;

  g_assert_false (telling->in_part);
  g_assert_true (g_utf8_validate (part->name, -1, NULL));
  g_assert_true (part->filename == NULL || g_utf8_validate (part->filename, -1, NULL));
  g_assert_true (part->type == NULL || g_utf8_validate (part->type, -1, NULL));
  telling->in_part = TRUE;
  g_string_append_printf (telling->story, "[%s|%s|%s]", part->name, part->filename != NULL ? part->filename : "-",
                          part->type != NULL ? part->type : "-");
  return TRUE;
}

static gboolean
more (const char *bytes,
      gsize       length,
      gpointer    user_data,
      GError    **error)
{
  Telling *telling = user_data;

  g_assert_true (telling->in_part);
  g_assert_cmpuint (length, >, 0);
  telling->n_bytes += length;
  g_string_append_len (telling->story, bytes, (gssize) length);
  return TRUE;
}

static gboolean
end (gpointer user_data,
     GError **error)
{
  Telling *telling = user_data;

  g_assert_true (telling->in_part);
  telling->in_part = FALSE;
  return TRUE;
}

static const HearthMultipartReader reader = { begin, more, end };

static GString *
tell (const guint8 *data,
      gsize         size,
      gsize         piece)
{
  g_autoptr (GError) error = NULL;
  Telling telling = { g_string_new (NULL), FALSE, 0 };
  g_autoptr (HearthMultipart) form = hearth_multipart_new ("multipart/form-data; boundary=edge", &reader, &telling, &error);
  gboolean whole = TRUE;

  g_assert_no_error (error);
  for (gsize at = 0; at < size && whole; at += piece)
    whole = hearth_multipart_feed (form, (const char *) data + at, MIN (piece, size - at), &error);
  whole = whole && hearth_multipart_finish (form, &error);
  g_assert_true (whole == (error == NULL));
  g_assert_true (!whole || !telling.in_part);
  g_assert_cmpuint (telling.n_bytes, <=, size);
  g_string_append (telling.story, whole ? "whole" : "broken");
  return telling.story;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const gsize pieces[] = { 1, 7 };
  GString *whole = tell (data, size, MAX (size, 1));

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      GString *told = tell (data, size, pieces[i]);

      /* Of a broken form, how much was told before the mistake was seen depends on the pieces. */
      if (g_str_has_suffix (whole->str, "whole") || g_str_has_suffix (told->str, "whole"))
        g_assert_true (g_string_equal (whole, told));
      g_string_free (told, TRUE);
    }
  g_string_free (whole, TRUE);
  return 0;
}

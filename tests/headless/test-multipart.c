/* test-multipart.c: forms of browsers and other programs, whole and broken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-multipart.h"
#include "hearth-payload.h"

#include <gio/gio.h>
#include <string.h>

#define TYPE "multipart/form-data; boundary=edge"
#define FIELD(name) "--edge\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static gboolean
begin (const HearthPart *part,
       gpointer          user_data,
       GError          **error)
{
  g_string_append_printf (user_data, "%s|%s|%s:", part->name, part->filename != NULL ? part->filename : "",
                          part->type != NULL ? part->type : "");
  return TRUE;
}

static gboolean
more (const char *bytes,
      gsize       length,
      gpointer    user_data,
      GError    **error)
{
  g_string_append_len (user_data, bytes, (gssize) length);
  return TRUE;
}

static gboolean
end (gpointer user_data,
     GError **error)
{
  g_string_append_c (user_data, ';');
  return TRUE;
}

static const HearthMultipartReader reader = { begin, more, end };

/* What was told of the form; NULL with an error when it is broken. */
static char *
read_form (const char *type,
           const char *form,
           gsize       length,
           gsize       piece,
           GError    **error)
{
  GString *told = g_string_new (NULL);
  g_autoptr (HearthMultipart) self = hearth_multipart_new (type, &reader, told, error);
  gboolean whole = self != NULL;

  for (gsize at = 0; whole && at < length; at += piece)
    whole = hearth_multipart_feed (self, form + at, MIN (piece, length - at), error);
  whole = whole && hearth_multipart_finish (self, error);
  return g_string_free (told, !whole);
}

static void
assert_form (const char *form,
             const char *wanted)
{
  gsize length = strlen (form);

  for (gsize piece = 1; piece <= length; piece++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *told = read_form (TYPE, form, length, piece, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (told, ==, wanted);
    }
}

static void
assert_broken (const char *form)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = read_form (TYPE, form, strlen (form), 5, &error);

  g_assert_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
  g_assert_null (told);
}

static void
test_whole (void)
{
  assert_form (FIELD ("a") "1\r\n" FIELD ("b") "\r\n--edge--\r\n", "a||:1;b||:;");
  assert_form ("--edge--", "");
  assert_form ("for old mail programs\r\n" FIELD ("a") "1\r\n--edge--\r\nthe end\r\n--edge\r\n", "a||:1;");
  assert_form ("--edge \t\r\ncontent-disposition: form-data;name=a ; filename=\"x y.txt\"\r\nCONTENT-TYPE: Text/Plain; charset=x\r\n\r\n1"
               "\r\n--edge--", "a|x y.txt|text/plain:1;");
}

static void
test_content (void)
{
  assert_form (FIELD ("a") "\r\n\r\n--edg\r\n--\r--edge\n--edge\r\n--edge--", "a||:\r\n\r\n--edg\r\n--\r--edge\n--edge;");
  assert_form (FIELD ("a") "-\r\n-\r\n--edge--", "a||:-\r\n-;");
}

static void
test_names (void)
{
  static const struct { const char *sent, *name; } names[] = {
    { "filename=\"C:\\dir\\x.txt\"", "C:\\dir\\x.txt" },
    { "filename=\"a\\\"b\"", "a\"b" },
    { "filename=\"a;b\"", "a;b" },
    { "filename=\"\xe4\xb8\x80.txt\"", "\xe4\xb8\x80.txt" },
    { "filename*=UTF-8''na%C3%AFve.txt; filename=x", "na\xc3\xafve.txt" },
    { "filename=x; filename*=utf-8'en'y", "y" },
    { "filename=\"\"", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *form = g_strconcat ("--edge\r\nContent-Disposition: form-data; name=f; ", names[i].sent,
                                           "\r\n\r\n1\r\n--edge--", NULL);
      g_autofree char *wanted = g_strconcat ("f|", names[i].name, "|:1;", NULL);

      assert_form (form, wanted);
    }
}

static void
test_broken (void)
{
  assert_broken ("");
  assert_broken ("nothing of the kind");
  assert_broken (FIELD ("a") "1");
  assert_broken (FIELD ("a") "1\r\n--edge");
  assert_broken (FIELD ("a") "1\r\n--edge-");
  assert_broken ("--edgeless\r\n\r\n--edge--");
  assert_broken ("--edge\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: form-data\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: form-data; filename=x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%FF\r\n\r\n1\r\n--edge--x");
  assert_broken ("--edge\r\nno colon\r\n\r\n1\r\n--edge--");
  assert_broken ("--edge\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--edge--");
}

static void
test_limits (void)
{
  g_autoptr (GString) form = g_string_new (NULL);
  g_autofree char *blanks = g_strnfill (100000, ' ');
  g_autofree char *endless = g_strconcat ("--edge\r\nX-Long: ", blanks, NULL);
  g_autofree char *padded = g_strconcat ("--edge", blanks, NULL);

  assert_broken (endless);
  assert_broken (padded);
  for (guint i = 0; i <= HEARTH_MULTIPART_MAX_PARTS; i++)
    g_string_append (form, FIELD ("a") "1\r\n");
  g_string_append (form, "--edge--");
  assert_broken (form->str);
}

static void
test_boundary (void)
{
  static const char *const good[] = {
    "multipart/form-data; boundary=edge", "Multipart/Form-Data ;charset=utf-8; BOUNDARY=\"edge\"",
    "multipart/form-data; boundary=edge; x=y",
  };
  static const char *const bad[] = {
    "", "text/plain; boundary=edge", "multipart/mixed; boundary=edge", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; xboundary=edge",
    "multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *told = read_form (good[i], "--edge--", 8, 8, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (told, ==, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_multipart_new (bad[i], &reader, NULL, &error));
      g_assert_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
    }
}

static gboolean
refuse (const HearthPart *part,
        gpointer          user_data,
        GError          **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

/* The reader's own error comes through, and nothing is read after it. */
static void
test_refused (void)
{
  static const HearthMultipartReader refusing = { refuse, more, end };
  const char *form = FIELD ("a") "1\r\n--edge--";
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (HearthMultipart) self = hearth_multipart_new (TYPE, &refusing, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (hearth_multipart_feed (self, form, strlen (form), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_false (hearth_multipart_feed (self, form, strlen (form), &again));
  g_assert_error (again, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multipart/whole", test_whole);
  g_test_add_func ("/multipart/content", test_content);
  g_test_add_func ("/multipart/names", test_names);
  g_test_add_func ("/multipart/broken", test_broken);
  g_test_add_func ("/multipart/limits", test_limits);
  g_test_add_func ("/multipart/boundary", test_boundary);
  g_test_add_func ("/multipart/refused", test_refused);
  return g_test_run ();
}

/* test-spool-writer.c: bodies of requests as temporary files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-spool-writer.h"

#include <string.h>
#include <sys/stat.h>

#include "temporary.h"
#include "hearth-payload.h"

#define FORM "multipart/form-data; boundary=edge"
#define FIELD(name) "--edge\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_FIELD(name, file) \
  "--edge\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\nContent-Type: text/plain\r\n\r\n"

static HearthSpoolWriter *
make_writer (Temporary     *fixture,
             HearthBodyKind kind,
             const char    *type,
             const char    *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (fixture->path, "tmp", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  HearthSpoolWriter *self = hearth_spool_writer_new (kind, type, folder, 0, &error);

  g_assert_no_error (error);
  if (*body != '\0')
    hearth_spool_writer_write (self, bytes, &error);
  g_assert_no_error (error);
  return self;
}

static HearthValue *
end (HearthSpoolWriter *self)
{
  g_autoptr (GError) error = NULL;
  HearthValue *body = hearth_spool_writer_end (self, &error);

  g_assert_no_error (error);
  return body;
}

static void
assert_file (HearthValue *file,
             const char  *content)
{
  const char *path = hearth_value_get_member_string (file, "path", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, content);
  g_assert_cmpint (hearth_value_get_member_integer (file, "size", -1), ==, (gint64) strlen (content));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_bytes (Temporary    *fixture,
            gconstpointer data)
{
  static const char *const bodies[] = { "", "some bytes" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      HearthSpoolWriter *self = make_writer (fixture, HEARTH_BODY_BYTES, "text/x-any", bodies[i]);
      g_autoptr (HearthValue) body = end (self);
      HearthValue *file = hearth_value_get (body, "file");

      g_assert_cmpstr (hearth_value_get_member_string (file, "type", NULL), ==, "text/x-any");
      assert_file (file, bodies[i]);
      hearth_spool_writer_free (self);
      g_assert_false (g_file_test (hearth_value_get_member_string (file, "path", NULL), G_FILE_TEST_EXISTS));
    }
}

static void
test_form (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthSpoolWriter) self = make_writer (fixture, HEARTH_BODY_FORM, FORM,
                                                    FIELD ("a") "1\r\n" FILE_FIELD ("files", "x.txt") "one\r\n" FIELD ("a") "2\r\n"
                                                    FIELD ("files") "[{\"path\":\"/etc/passwd\"}]\r\n"
                                                    FILE_FIELD ("more", "y.txt") "\r\n--edge--\r\n");
  g_autoptr (HearthValue) body = end (self);
  HearthValue *files = hearth_value_get (body, "files");

  /* The first of a name counts, and no text stands for the files. */
  g_assert_cmpstr (hearth_value_get_member_string (body, "a", NULL), ==, "1");
  g_assert_cmpuint (hearth_value_get_length (files), ==, 2);
  assert_file (hearth_value_at (files, 0), "one");
  assert_file (hearth_value_at (files, 1), "");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (files, 0), "name", NULL), ==, "x.txt");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (files, 1), "field", NULL), ==, "more");
}

/* What somebody has moved away stays; what nobody wanted goes. */
static void
test_moved (Temporary    *fixture,
            gconstpointer data)
{
  HearthSpoolWriter *self = make_writer (fixture, HEARTH_BODY_BYTES, NULL, "kept");
  g_autoptr (HearthValue) body = end (self);
  const char *path = hearth_value_get_member_string (hearth_value_get (body, "file"), "path", NULL);
  g_autofree char *place = g_build_filename (fixture->path, "place", NULL);

  g_assert_cmpint (g_rename (path, place), ==, 0);
  hearth_spool_writer_free (self);
  g_assert_true (g_file_test (place, G_FILE_TEST_EXISTS));
}

static void
test_refused (Temporary    *fixture,
              gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->path, "tmp", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (HearthSpoolWriter) cut = make_writer (fixture, HEARTH_BODY_FORM, FORM, FILE_FIELD ("f", "x") "half");
  g_autoptr (HearthSpoolWriter) large = NULL;

  g_assert_null (hearth_spool_writer_new (HEARTH_BODY_FORM, "text/plain", folder, 0, &error));
  g_assert_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
  g_clear_error (&error);
  g_assert_null (hearth_spool_writer_end (cut, &error));
  g_assert_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
  g_clear_error (&error);
  /* Announced as larger than any disk */
  large = hearth_spool_writer_new (HEARTH_BODY_BYTES, NULL, folder, G_MAXINT64, &error);
  g_assert_false (hearth_spool_writer_write (large, bytes, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_FULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEMPORARY_TEST ("/spool-writer/bytes", test_bytes);
  TEMPORARY_TEST ("/spool-writer/form", test_form);
  TEMPORARY_TEST ("/spool-writer/moved", test_moved);
  TEMPORARY_TEST ("/spool-writer/refused", test_refused);
  return g_test_run ();
}

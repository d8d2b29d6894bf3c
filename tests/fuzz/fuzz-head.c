/* fuzz-head.c: whatever comes over a connection, what passes means the same to libsoup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "hearth-head-check.h"

#include "fuzz.h"

/* Fed in pieces of @step bytes. Returns the status. */
static guint
feed (const char *bytes,
      gsize       length,
      gsize       step)
{
  g_autoptr (HearthHeadCheck) check = hearth_head_check_new ();
  guint status = 0;
  gsize at = 0;

  while (at < length && status == 0)
    {
      gsize passed = hearth_head_check_feed (check, bytes + at, MIN (step, length - at), &status);

      g_assert_true ((passed == 0) == (status != 0));
      g_assert_cmpuint (passed, <=, MIN (step, length - at));
      at += passed;
    }
  g_assert_true (status == 0 || status == 400 || status == 414 || status == 431);
  return status;
}

/* Where the chunks of a body end, by nothing but their sizes. */
static gsize
find_end_of_chunks (const char *bytes,
                    gsize       at)
{
  for (;;)
    {
      char *behind;
      gsize size = (gsize) g_ascii_strtoull (bytes + at, &behind, 16);

      at = (gsize) (behind - bytes) + 2 + size + 2;
      if (size == 0)
        return at;
    }
}

/* As libsoup reads a head, it ends in the same place and so does its body. */
static void
check_request (const char *bytes,
               gsize       length)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  const char *blank = memmem (bytes, length, "\r\n\r\n", 4);
  gsize head = blank != NULL ? (gsize) (blank - bytes) + 4 : 0;
  g_autoptr (GString) text = g_string_new_len (bytes, (gssize) length);
  gsize end = head;
  guint status;

  g_assert_nonnull (blank);
  status = soup_headers_parse_request (text->str, (int) head - 2, headers, NULL, NULL, NULL);
  if (status == SOUP_STATUS_EXPECTATION_FAILED)
    return;
  g_assert_cmpuint (status, ==, SOUP_STATUS_OK);
  g_assert_nonnull (soup_message_headers_get_one (headers, "Host"));
  g_assert_null (strchr (soup_message_headers_get_one (headers, "Host"), '\n'));
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    end = find_end_of_chunks (text->str, head);
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    end += (gsize) soup_message_headers_get_content_length (headers);
  g_assert_cmpuint (end, ==, length);
}

/* One whole request after the other. */
static void
check_requests (const char *bytes,
                gsize       length)
{
  g_autoptr (HearthHeadCheck) check = hearth_head_check_new ();
  gsize at = 0;

  while (at < length)
    {
      guint status;
      gsize passed = hearth_head_check_feed (check, bytes + at, length - at, &status);

      if (status != 0 || hearth_head_check_get_place (check) != HEARTH_HEAD_IDLE)
        return;
      check_request (bytes + at, passed);
      at += passed;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *bytes = (const char *) data;
  guint status = feed (bytes, size, MAX (size, 1));

  g_assert_cmpuint (feed (bytes, size, 1), ==, status);
  g_assert_cmpuint (feed (bytes, size, 7), ==, status);
  check_requests (bytes, size);
  return 0;
}

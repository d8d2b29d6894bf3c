/* test-head-check.c: requests that can be read in more than one way are refused, all others pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-head-check.h"

#include <string.h>

#define HOST "Host: localhost:3233\r\n"
#define GOOD "GET /a?b=c HTTP/1.1\r\n" HOST "\r\n"

/* Fed in pieces of @step bytes, the answer must be the same. Returns the status; *@passed: how many
 * bytes went through. */
static guint
feed (const char *text,
      gsize       length,
      gsize       step,
      gsize      *passed)
{
  g_autoptr (HearthHeadCheck) check = hearth_head_check_new ();
  guint status = 0;

  *passed = 0;
  while (*passed < length && status == 0)
    *passed += hearth_head_check_feed (check, text + *passed, MIN (step, length - *passed), &status);
  return status;
}

static void
assert_status (const char *text,
               gsize       length,
               guint       wanted)
{
  gsize passed;

  for (gsize step = 1; step <= length + 1; step += step > 80 ? length : 7)
    {
      guint got = feed (text, length, step, &passed);

      if (got != wanted)
        g_error ("%u instead of %u, in steps of %" G_GSIZE_FORMAT ", for: %s", got, wanted, step, text);
      if (wanted == 0)
        g_assert_cmpuint (passed, ==, length);
    }
}

static void
test_good (void)
{
  static const char *const good[] = {
    GOOD,
    GOOD GOOD,
    "GET / HTTP/1.0\r\n" HOST "\r\n",
    "OPTIONS * HTTP/1.1\r\n" HOST "\r\n",
    "POST / HTTP/1.1\r\nhost:x\r\ncontent-length: 0\r\n\r\n" GOOD,
    "POST / HTTP/1.1\r\n" HOST "Content-Length:\t5 \r\n\r\nGET /" GOOD,
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\nA\r\n\r\n\r\n345678\r\n0\r\n\r\n" GOOD,
    "GET / HTTP/1.1\r\n" HOST "X-Empty:\r\nX-Name: \xc3\xa4\tb\r\nX-Name: again\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    assert_status (good[i], strlen (good[i]), 0);
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "\r\n" GOOD,
    "GET / HTTP/1.1\n" HOST "\r\n",
    "GET / HTTP/1.1\r\nHost: x\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n\n",
    "GET / HTTP/1.1\r\nHost: x\rY: z\r\n\r\n",
    "GET  / HTTP/1.1\r\n" HOST "\r\n",
    "GET / HTTP/1.1 \r\n" HOST "\r\n",
    "GET /\tHTTP/1.1\r\n" HOST "\r\n",
    "GET / a HTTP/1.1\r\n" HOST "\r\n",
    "GET / HTTP/1.2\r\n" HOST "\r\n",
    "GET / HTTP/2.0\r\n" HOST "\r\n",
    "GET / http/1.1\r\n" HOST "\r\n",
    "GET /\r\n",
    "G(T / HTTP/1.1\r\n" HOST "\r\n",
    "GET http://localhost:3233/ HTTP/1.1\r\n" HOST "\r\n",
    "GET * HTTP/1.1\r\n" HOST "\r\n",
    "CONNECT localhost:3233 HTTP/1.1\r\n" HOST "\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST HOST "\r\n",
    "GET / HTTP/1.1\r\n" HOST " folded: x\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "\tfolded\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "No colon\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST ": no name\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "Na me: x\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "Na\x01me: x\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "Name: \x01\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Content-Length : 5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 5 5\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\nhello",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: \x0b" "chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n 5\r\nhello\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloGET / HTTP/1.1\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n100000000\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n\r\n",
    "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\nHost: evil\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "Origin: a\r\nOrigin: b\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "content-type: a\r\nContent-Type: b\r\n\r\n",
    "GET / HTTP/1.1\r\n" HOST "Authorization: a\r\nAuthorization: b\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  };
  static const char nul[] = "GET / HTTP/1.1\r\n" HOST "Name: a\0b\r\n\r\n";
  static const char nul_name[] = "GET / HTTP/1.1\r\n" HOST "Na\0me: b\r\n\r\n";
  static const char nul_target[] = "GET /\0 HTTP/1.1\r\n" HOST "\r\n";

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_status (bad[i], strlen (bad[i]), 400);
  assert_status (nul, sizeof nul - 1, 400);
  assert_status (nul_name, sizeof nul_name - 1, 400);
  assert_status (nul_target, sizeof nul_target - 1, 400);
}

/* What came before it is answered first, each request for itself. */
static void
test_one_by_one (void)
{
  g_autoptr (HearthHeadCheck) check = hearth_head_check_new ();
  guint status;
  static const char text[] = "POST / HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\n{}" GOOD "GET / HTTP/3\r\n";
  gsize passed;

  g_assert_cmpuint (feed (text, strlen (text), strlen (text), &passed), ==, 400);
  g_assert_cmpuint (passed, ==, strlen (text) - strlen ("GET / HTTP/3\r\n"));
  g_assert_cmpuint (hearth_head_check_feed (check, text, strlen (text), &status), ==, strlen (text) - strlen (GOOD "GET / HTTP/3\r\n"));
}

static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("GET /");
  gsize passed;

  for (guint i = 0; i < 17 * 1024; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, " HTTP/1.1\r\n");
  g_assert_cmpuint (feed (text->str, text->len, 4096, &passed), ==, 414);
  g_string_assign (text, "GET / HTTP/1.1\r\n" HOST);
  for (guint i = 0; i < 200; i++)
    g_string_append (text, "A: b\r\n");
  g_assert_cmpuint (feed (text->str, text->len, 4096, &passed), ==, 431);
  g_string_assign (text, "GET / HTTP/1.1\r\n" HOST "A: ");
  for (guint i = 0; i < 70 * 1024; i++)
    g_string_append_c (text, 'x');
  g_assert_cmpuint (feed (text->str, text->len, 4096, &passed), ==, 431);
}

static void
test_places (void)
{
  g_autoptr (HearthHeadCheck) check = hearth_head_check_new ();
  static const struct
  {
    const char *bytes;
    HearthHeadPlace place;
  } steps[] = {
    { "G", HEARTH_HEAD_HEAD }, { "ET / HTTP/1.1\r\n", HEARTH_HEAD_HEAD }, { HOST, HEARTH_HEAD_HEAD },
    { "\r\n", HEARTH_HEAD_IDLE }, { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\n", HEARTH_HEAD_BODY },
    { "ab", HEARTH_HEAD_BODY }, { "c", HEARTH_HEAD_IDLE },
    { "PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", HEARTH_HEAD_BODY },
    { "0\r\n", HEARTH_HEAD_BODY }, { "\r\n", HEARTH_HEAD_IDLE },
  };
  guint status;

  g_assert_cmpint (hearth_head_check_get_place (check), ==, HEARTH_HEAD_IDLE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_cmpuint (hearth_head_check_feed (check, steps[i].bytes, strlen (steps[i].bytes), &status), ==,
                        strlen (steps[i].bytes));
      g_assert_cmpuint (status, ==, 0);
      g_assert_cmpint (hearth_head_check_get_place (check), ==, steps[i].place);
    }
  hearth_head_check_end (check);
  g_assert_cmpuint (hearth_head_check_feed (check, "\x81\x00\n", 3, &status), ==, 3);
  g_assert_cmpuint (status, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head-check/good", test_good);
  g_test_add_func ("/head-check/bad", test_bad);
  g_test_add_func ("/head-check/one-by-one", test_one_by_one);
  g_test_add_func ("/head-check/large", test_large);
  g_test_add_func ("/head-check/places", test_places);
  return g_test_run ();
}

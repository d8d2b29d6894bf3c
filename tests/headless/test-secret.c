/* test-secret.c: the text of a key, and what is left of it in memory once nobody holds it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by build-aux/with-keyring.sh: a key also passes through a keyring of this test's own.
 */

#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-secrets.h"

#define KEY "sk-canary-0123456789-wxyz"

/* --- the text itself ---------------------------------------------------------------------------- */

static void
test_text (void)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new (KEY);
  g_autoptr (HearthSecret) brief = hearth_secret_new ("12345678901");
  g_autoptr (HearthSecret) foreign = hearth_secret_new ("一二三四五六七八九十百千");
  g_autofree char *hint = hearth_secret_dup_hint (secret);
  g_autofree char *none = hearth_secret_dup_hint (brief);
  g_autofree char *other = hearth_secret_dup_hint (foreign);

  g_assert_cmpstr (hint, ==, "wxyz");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (other, ==, "九十百千");
}

static void
test_from_value (void)
{
  g_autoptr (HearthValue) text = hearth_value_string (KEY);
  g_autoptr (HearthValue) cut = hearth_value_string_len ("a\0b", 3);
  g_autoptr (HearthValue) empty = hearth_value_string ("");
  g_autoptr (HearthValue) number = hearth_value_integer (5);
  g_autoptr (HearthSecret) secret = hearth_secret_new_from_value (text);

  g_assert_cmpstr (hearth_secret_get_text (secret), ==, KEY);
  g_assert_null (hearth_secret_new_from_value (cut));
  g_assert_null (hearth_secret_new_from_value (empty));
  g_assert_null (hearth_secret_new_from_value (number));
  g_assert_null (hearth_secret_new_from_value (NULL));
}

/* --- what is left in memory -------------------------------------------------------------------------- */

/* In no constant, so that only copies are found. */
#define WIPED "sk-to-be-" "wiped-5f4e3d2c1b0a"

/* Takes no memory itself: that would be some of what was just freed. */
static gboolean
memory_has (const char *text)
{
  static char maps[1 << 20];
  int fd = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  gsize length = 0;
  gssize n;

  while ((n = read (fd, maps + length, sizeof maps - 1 - length)) > 0)
    length += (gsize) n;
  close (fd);
  maps[length] = '\0';
  for (const char *line = maps; line != NULL && *line != '\0'; line = strchr (line, '\n'), line += line != NULL)
    {
      unsigned long start, end;
      char rights[5] = "";

      if (sscanf (line, "%lx-%lx %4s", &start, &end, rights) == 3 && g_str_has_prefix (rights, "rw")
          && memmem ((gconstpointer) start, end - start, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* So many that not all of their memory is used for something else at once. */
static void
pass_values (void)
{
  HearthValue *values[64];
  HearthSecret *secrets[64];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      values[i] = hearth_value_string (WIPED);
      secrets[i] = hearth_secret_new_from_value (values[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      hearth_value_unref (values[i]);
      hearth_secret_unref (secrets[i]);
    }
}

static void
pass_through (void)
{
  const HearthSecretId channel = { HEARTH_SECRET_CHANNEL, "ch_1", "default_user", "openai", "OpenAI – Hearth" };
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autoptr (HearthValue) body = hearth_json_parse ("{\"apiKey\":\"" WIPED "\"}", -1, NULL);
  g_autoptr (HearthSecret) secret = hearth_secret_new_from_value (hearth_value_get (body, "apiKey"));
  g_autoptr (HearthSecret) kept = NULL;
  g_autoptr (HearthSecret) found = NULL;

  g_assert_true (hearth_secrets_store (secrets, &channel, secret, HEARTH_SECRET_SESSION, NULL, NULL));
  kept = hearth_secrets_lookup (secrets, &channel, NULL, NULL);
  g_assert_true (hearth_secrets_store (secrets, &channel, secret, HEARTH_SECRET_KEYRING, NULL, NULL));
  found = hearth_secrets_lookup (secrets, &channel, NULL, NULL);
  g_assert_cmpmem (hearth_secret_get_text (found), strlen (WIPED), WIPED, strlen (WIPED));
  g_assert_true (hearth_secrets_forget (secrets, &channel, NULL, NULL));
  g_assert_true (memory_has (WIPED));
}

static void
test_wiped (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer's own memory is too large to search");
#else
  if (!g_test_subprocess ())
    {
      g_unsetenv ("MALLOC_PERTURB_");
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  pass_through ();
  pass_values ();
  g_assert_false (memory_has (WIPED));
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret/text", test_text);
  g_test_add_func ("/secret/from-value", test_from_value);
  g_test_add_func ("/secret/wiped", test_wiped);

  return g_test_run ();
}

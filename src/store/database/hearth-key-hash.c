/* hearth-key-hash.c: service keys and their hashes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-key-hash-private.h"

#include <sodium.h>
#include <string.h>

#define KEY_BYTES 32
/* storage.md 6.2: t=2, m=65536 KiB */
#define PASSES 2
#define MEMORY ((gsize) 64 << 20)

static void
set_up (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      if (sodium_init () < 0)
        g_error ("libsodium cannot be used");
      g_once_init_leave (&done, 1);
    }
}

HearthSecret *
_hearth_key_new (void)
{
  guchar bytes[KEY_BYTES];
  char text[sizeof HEARTH_KEY_MARK + sodium_base64_ENCODED_LEN (KEY_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  HearthSecret *secret;

  set_up ();
  randombytes_buf (bytes, sizeof bytes);
  strcpy (text, HEARTH_KEY_MARK);
  sodium_bin2base64 (text + strlen (HEARTH_KEY_MARK), sizeof text - strlen (HEARTH_KEY_MARK), bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  secret = hearth_secret_new (text);
  explicit_bzero (bytes, sizeof bytes);
  explicit_bzero (text, sizeof text);
  return secret;
}

char *
_hearth_key_hash (HearthSecret *secret)
{
  const char *text = hearth_secret_get_text (secret);
  char hash[crypto_pwhash_STRBYTES];

  set_up ();
  if (crypto_pwhash_str_alg (hash, text, strlen (text), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return NULL;
  return g_strdup (hash);
}

gboolean
_hearth_key_verify (HearthSecret *secret,
                    const char   *hash)
{
  const char *text = hearth_secret_get_text (secret);

  set_up ();
  return crypto_pwhash_str_verify (hash, text, strlen (text)) == 0;
}

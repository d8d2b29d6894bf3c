/* hearth-cli-secret.c: a key, typed in without showing it, or out of a pipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "hearth-secret.h"
#include "hearth-i18n.h"

#define MAX_LENGTH 8192

static void
interrupt_cb (int number)
{
  /* Only so that read() comes back: the terminal is to show again what is typed. */
}

/* The first line, without its end; -1 after an interruption or error. */
static gssize
read_line (char  *line,
           gsize  size)
{
  gsize length = 0;

  while (length < size)
    {
      gssize n = read (STDIN_FILENO, line + length, 1);

      if (n < 0)
        return -1;
      if (n == 0 || line[length] == '\n')
        break;
      length++;
    }
  return length < size ? (gssize) length : -1;
}

static gssize
read_hidden (const char *prompt,
             char       *line,
             gsize       size)
{
  struct sigaction action = { .sa_handler = interrupt_cb };
  struct sigaction before;
  struct termios shown, hidden;
  gssize length;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return read_line (line, size);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  sigaction (SIGINT, &action, &before);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  g_printerr ("%s", prompt);
  length = read_line (line, size);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  sigaction (SIGINT, &before, NULL);
  g_printerr ("\n");
  return length;
}

HearthValue *
hearth_cli_read_secret (const char *prompt)
{
  char line[MAX_LENGTH];
  gssize length = read_hidden (prompt, line, sizeof line);
  HearthValue *secret = NULL;

  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  if (length > 0 && g_utf8_validate (line, length, NULL))
    {
      secret = hearth_value_string_len (line, (gsize) length);
      hearth_value_mark_secret (secret);
    }
  else
    hearth_cli_complain (_("That is no key, so nothing was changed."));
  explicit_bzero (line, sizeof line);
  return secret;
}

/* hearth-sandbox.h: a program that sees nothing but the system's programs and one folder
 *
 * Made with bubblewrap (bwrap): namespaces of its own for users, processes, network and all else; /usr read-only, the
 * folder read-only as /pack, an empty /tmp; no home, no host name, no environment. It dies with us, and all that it
 * has started dies with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthSandbox:
 * @folder: seen as /pack, where the program starts
 * @command: a program of the system by its name, or of @folder by a path with a slash; and its arguments
 * @network: the network of the machine, local services included
 * @seconds: of processor time that each process may take
 * @megabytes: of memory that each process may have
 */
typedef struct
{
  const char        *folder;
  const char *const *command;
  gboolean           network;
  guint              seconds;
  guint              megabytes;
} HearthSandbox;

#define HEARTH_SANDBOX_MAX_PROCESSES 32

/* What is to be run, an absolute path and arguments. NULL with G_IO_ERROR_NOT_SUPPORTED and a sentence when there is no
 * sandbox to be had. That the system forbids namespaces shows later, in what bwrap itself says: see
 * hearth_sandbox_is_refusal(). */
char   **hearth_sandbox_dup_command (const HearthSandbox *self,
                                     GError             **error);
/* Is this what bwrap says when it cannot make the sandbox? */
gboolean hearth_sandbox_is_refusal  (const char          *stderr_text);

G_END_DECLS

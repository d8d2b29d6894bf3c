/* hearth-pack-command.c: the command of a pack's program: what it may be, and whether it may run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-sandbox.h"
#include "hearth-i18n.h"

#define DEFAULT_MEGABYTES 1024
#define MAX_MEGABYTES 4096
#define MAX_ARGUMENTS 64

/* NULL-terminated, borrowed texts; the first names a file of the pack as the sandbox shows it. */
static GPtrArray *
list_command (HearthPackNode *node)
{
  HearthValue *command = hearth_value_get (node->behavior, "command");
  GPtrArray *arguments = g_ptr_array_new ();

  for (gsize i = 0; i < hearth_value_get_length (command); i++)
    g_ptr_array_add (arguments, (gpointer) hearth_value_get_string (hearth_value_at (command, i), NULL));
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

static gboolean
wants_network (HearthPackNode *node)
{
  return hearth_value_get_member_boolean (node->behavior, "network", FALSE);
}

static char **
dup_sandboxed (HearthPackNode *node,
               GError        **error)
{
  g_autoptr (GPtrArray) command = list_command (node);
  const HearthSandbox sandbox = {
    .folder = node->pack->folder,
    .command = (const char *const *) command->pdata,
    .network = wants_network (node),
    .seconds = _hearth_pack_get_timeout (node->behavior),
    .megabytes = (guint) CLAMP (hearth_value_get_member_double (node->behavior, "memoryMb", DEFAULT_MEGABYTES), 64,
                                MAX_MEGABYTES),
  };

  return hearth_sandbox_dup_command (&sandbox, error);
}

/* What the user has to say before anything of it runs. */
static gboolean
check_allowed (HearthPackNode *node,
               GError        **error)
{
  const char *name = node->pack->name;

  if (!node->pack->allows_programs)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                 _("This node runs a program of the pack “%s”. Allow the pack's programs first (Preferences → Packs, or hearthctl plugins --allow %s)."),
                 name, name);
  else if (wants_network (node) && !node->pack->allows_network)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                 _("This node's program uses the network. Allow it to the pack “%s” first (Preferences → Packs, or hearthctl plugins --allow %s --network)."),
                 name, name);
  else
    return TRUE;
  return FALSE;
}

char **
_hearth_pack_dup_command (HearthPackNode *node,
                          GError        **error)
{
  return check_allowed (node, error) ? dup_sandboxed (node, error) : NULL;
}

/* --- its declaration ----------------------------------------------------------------------------- */

static gboolean
check_command (HearthValue *command,
               GError     **error)
{
  gsize n = hearth_value_is (command, ARRAY) ? hearth_value_get_length (command) : 0;
  const char *program;

  if (n == 0 || n > MAX_ARGUMENTS)
    return _hearth_pack_fail (error, _("“command” must be a list: the program, then its arguments."));
  for (gsize i = 0; i < n; i++)
    {
      HearthValue *argument = hearth_value_at (command, i);
      gsize length;

      if (!hearth_value_is (argument, STRING) || strlen (hearth_value_get_string (argument, &length)) != length)
        return _hearth_pack_fail (error, _("The arguments in “command” must be texts."));
    }
  program = hearth_value_get_string (hearth_value_at (command, 0), NULL);
  if (*program == '\0' || *program == '-' || *program == '/' || strstr (program, "..") != NULL)
    return _hearth_pack_fail (error, _("The program in “command” must be one of the system by its name, as python3, or one "
                                       "of the pack by its path, as bin/words."));
  return TRUE;
}

gboolean
_hearth_pack_program_check (HearthPackNode *node,
                            GError        **error)
{
  if (!check_command (hearth_value_get (node->behavior, "command"), error))
    return FALSE;
  if (wants_network (node) && !node->pack->wants_network)
    return _hearth_pack_fail (error, _("A program can use the network only if plugin.yaml says “permissions: {network: true}”."));
  return TRUE;
}

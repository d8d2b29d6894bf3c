/* loader.h: a step that reads a file of the user (nodes.md 5.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-files.h"
#include "shapes.h"

G_BEGIN_DECLS

/**
 * HearthLoader:
 * @config: key of the setting that holds the path
 * @output: key of the output
 * @not_selected: N_() sentence for an empty setting
 * @failed: N_() beginning of a sentence that ends with the reason
 * @is_valid: whether what was read is what the output promises; NULL: everything is
 * @invalid: N_() reason when it is not
 */
typedef struct
{
  const char         *config;
  const char         *output;
  HearthFileForms forms;
  const char         *not_selected;
  const char         *failed;
  gboolean          (*is_valid) (HearthValue *value);
  const char         *invalid;
} HearthLoader;

/* The whole start function of a loader. @loader is static. */
void hearth_loader_start (HearthStep         *step,
                          const HearthLoader *loader);

G_END_DECLS

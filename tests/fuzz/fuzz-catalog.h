/* fuzz-catalog.h: what targets that read workflows share: every type of node, made once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "nodes.h"

static inline HearthCatalog *
fuzz_get_catalog (void)
{
  static HearthCatalog *catalog;
  gsize n;

  if (catalog == NULL)
    {
      const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

      catalog = hearth_catalog_new ();
      hearth_catalog_add_all (catalog, decls, n);
    }
  return catalog;
}

static inline void
fuzz_check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->message[0] != '\0' && g_utf8_validate (error->message, -1, NULL));
}

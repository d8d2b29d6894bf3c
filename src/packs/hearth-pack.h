/* hearth-pack.h: a pack's node definitions made into node types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-catalog.h"

G_BEGIN_DECLS

/* Adds the types of @plugin, an enabled pack as hearth_plugin_store_load() describes it, to @catalog. Nothing of
 * the pack runs; runs that go on keep the types they were planned with. Returns how many there were. @problems:
 * sentences (owned) about definitions that are not usable are added; or NULL. Main thread. */
guint hearth_pack_add_types (HearthCatalog *catalog,
                             HearthValue   *plugin,
                             GPtrArray     *problems);

G_END_DECLS

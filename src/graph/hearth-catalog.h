/* hearth-catalog.h: every kind of node the program knows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-type.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_CATALOG (hearth_catalog_get_type ())
G_DECLARE_FINAL_TYPE (HearthCatalog, hearth_catalog, HEARTH, CATALOG, GObject)

HearthCatalog  *hearth_catalog_new     (void);
/* Later registrations of the same id replace earlier ones (nodes.md 1.2). */
void            hearth_catalog_add     (HearthCatalog              *self,
                                        const HearthNodeDecl       *decl);
void            hearth_catalog_add_all (HearthCatalog              *self,
                                        const HearthNodeDecl *const *decls,
                                        gsize                       n_decls);
/* A type that was made elsewhere; taken. */
void            hearth_catalog_add_type(HearthCatalog              *self,
                                        HearthNodeType             *type);
/* Empties it, before it is filled anew. Who holds a type keeps it; graphs keep theirs until
 * hearth_graph_rebind(). */
void            hearth_catalog_clear   (HearthCatalog              *self);
/* With the types of now, for another thread: this one may change meanwhile. */
HearthCatalog  *hearth_catalog_copy    (HearthCatalog              *self);
/* Borrowed, or NULL. Full ids only. */
HearthNodeType *hearth_catalog_lookup  (HearthCatalog              *self,
                                        const char                 *id);
guint           hearth_catalog_get_size(HearthCatalog              *self);
HearthNodeType *hearth_catalog_at      (HearthCatalog              *self, /* in order of registration */
                                        guint                       index);
/* Another number after every change. */
guint           hearth_catalog_get_serial (HearthCatalog           *self);

G_END_DECLS

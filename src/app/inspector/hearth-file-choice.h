/* hearth-file-choice.h: the files that a value may name, and new ones from anywhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-document.h"
#include "hearth-value-row.h"

G_BEGIN_DECLS

/* Offers the files of the libraries and of @document's project in @row, whose slot has the category "FilePath", and a
 * button that takes one from elsewhere into the project. */
void hearth_file_choice_attach (HearthValueRow *row,
                                HearthDocument *document);

G_END_DECLS

/* hearth-providers-private.h: the constants of the table of providers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

extern const HearthProvider hearth_provider_anthropic;
extern const HearthProvider hearth_provider_gemini;
extern const HearthProvider hearth_provider_offline;
extern const HearthProvider hearth_provider_ollama;
extern const HearthProvider hearth_provider_openai;
extern const HearthProvider hearth_provider_responses;

G_END_DECLS

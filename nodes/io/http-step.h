/* http-step.h: a step that asks a service over HTTP and waits for the whole answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outside.h"
#include "hearth-step.h"

G_BEGIN_DECLS

/* The whole answer, whatever its status; ends the step. @headers: lower-case names. @text: of the body, bad bytes
 * replaced. All borrowed. */
typedef void (*HearthHttpAnswered)     (HearthStep                 *step,
                                        guint                       status,
                                        HearthValue                *headers,
                                        const char                 *text);

/* For start functions; takes the step's data. Sends @request, marked as @who's (HEARTH_OUTSIDE_HEADER), by the run's
 * #HearthOutside. Without an answer in @timeout_ms, or when the run is stopped, the step fails. */
void         hearth_http_step_send     (HearthStep                 *step,
                                        const HearthOutsideRequest *request,
                                        const char                 *who,
                                        guint                       timeout_ms,
                                        HearthHttpAnswered          answered);
/* Fails the step as the answer asks for: a status from 300, classes for retries, Retry-After. */
void         hearth_http_step_refuse   (HearthStep                 *step,
                                        guint                       status,
                                        HearthValue                *headers,
                                        const char                 *text);

G_END_DECLS

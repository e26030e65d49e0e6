/**
 * The audit trail: every call under {@code /admin} that changes something or takes the results away, before it is done
 * and how it ended.
 */
package dev.dibs.api.trail;

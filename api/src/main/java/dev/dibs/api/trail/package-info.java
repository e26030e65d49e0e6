/** The audit trail: every call that changes something under {@code /admin}, before it is done and how it ended. */
package dev.dibs.api.trail;

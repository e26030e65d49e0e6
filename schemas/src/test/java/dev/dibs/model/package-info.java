/**
 * An exhaustive model of the claim protocol around the real ledger: two Redis servers, a fail-over to a stale replica
 * with both serving, a demoted master that comes back, a restart that loses its tail, late writers, copies by the
 * relay, and recoveries.
 */
package dev.dibs.model;

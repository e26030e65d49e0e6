/** A sale as operators and analysts see it while it goes on: what the ledger knows at once, and what is counted behind it. */
package dev.dibs.api.statistics;

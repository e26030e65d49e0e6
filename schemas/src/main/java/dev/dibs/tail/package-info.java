/** Reading the log into a ledger: one shared piece for the API, recovery, the projector and the audit. */
package dev.dibs.tail;

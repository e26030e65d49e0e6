/** The deterministic fold over the log that says which grabs are valid. No clock, no randomness, no I/O. */
package dev.dibs.ledger;

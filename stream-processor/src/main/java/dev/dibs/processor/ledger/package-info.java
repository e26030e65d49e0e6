/** The ledger's memory as entries of state stores: one per sequence, user, import and activity. */
package dev.dibs.processor.ledger;

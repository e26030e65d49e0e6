/** The topology: decode, learn names, apply the ledger, count. */
package dev.dibs.processor.topology;

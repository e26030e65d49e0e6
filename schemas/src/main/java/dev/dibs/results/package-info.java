/** What the stream-processor derives from the log for analysts: rows, totals, counts per second and dead letters. */
package dev.dibs.results;

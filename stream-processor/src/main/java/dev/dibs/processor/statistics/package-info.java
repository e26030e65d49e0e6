/** Counts, and how they add up per activity and per second; pure. */
package dev.dibs.processor.statistics;

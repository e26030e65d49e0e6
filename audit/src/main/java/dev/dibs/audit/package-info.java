/** Compares Redis, MongoDB, the statistics, the result topic and the CSV with the fold of the log, promise by promise. */
package dev.dibs.audit;

/** Compares what the clients were told with the log, and everything behind the log with its fold. */
package dev.dibs.chaos.check;

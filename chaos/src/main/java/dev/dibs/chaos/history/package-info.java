/** What each client sent and was told, word for word in a file and in figures while the run goes on. */
package dev.dibs.chaos.history;

/** The facts of the log {@code dibs.ticket-events}. */
package dev.dibs.events;

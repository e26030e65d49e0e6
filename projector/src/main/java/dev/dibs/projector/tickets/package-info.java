/** From the verdicts on the log to rows of tickets, batch by batch. */
package dev.dibs.projector.tickets;

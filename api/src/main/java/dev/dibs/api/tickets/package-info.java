/** Tickets won, as their owners see them. */
package dev.dibs.api.tickets;

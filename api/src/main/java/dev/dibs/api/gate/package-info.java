/** What a grab of a hot activity has to bring along: a grab ticket, and a proof of work. */
package dev.dibs.api.gate;

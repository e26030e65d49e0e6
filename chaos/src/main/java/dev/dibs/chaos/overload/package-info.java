/** Ten times as many buyers as can be served, for minutes: what is answered, how fast, and what it costs in memory. */
package dev.dibs.chaos.overload;

/** What goes wrong in a run: each fault is made, bounded in time, and mended again. */
package dev.dibs.chaos.fault;

/** Writing all tickets anew from the log, beside what is being read. */
package dev.dibs.projector.rebuild;

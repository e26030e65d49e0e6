/** What a person reads: our own lines on the console, everything else in a log file. */
package dev.dibs.standalone.console;

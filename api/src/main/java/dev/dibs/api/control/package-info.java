/** What is decided once and known to every instance within a moment: topics that are read into memory as a whole. */
package dev.dibs.api.control;

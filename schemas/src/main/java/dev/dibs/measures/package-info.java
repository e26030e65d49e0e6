/** Measures of a crowd that need little room and can be added up over instances and seconds; pure. */
package dev.dibs.measures;

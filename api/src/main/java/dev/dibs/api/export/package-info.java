/** The results of an activity as a file, repeatable as of a position of the log. */
package dev.dibs.api.export;

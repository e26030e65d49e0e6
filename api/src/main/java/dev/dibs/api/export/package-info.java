/** The results of an activity as a file, the same bytes whenever they are asked for as of the same position of the log. */
package dev.dibs.api.export;

/** The stream-processor: the program that makes statistics and result topics out of the log. */
package dev.dibs.processor;

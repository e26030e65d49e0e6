/** What stands between the processor and its stores. */
package dev.dibs.processor.state;

/** The instance's own fold of the log, and who waits for its verdicts. */
package dev.dibs.api.verdict;

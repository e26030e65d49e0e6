/** Opening, recovery, fail-over and repair: one procedure that makes Redis agree with the log. */
package dev.dibs.api.recovery;

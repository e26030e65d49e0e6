package dev.dibs.exports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log, as an export tells of everything before it.
 *
 * @param offset the first offset of the partition that does not count
 */
public record LogPosition(int partition, long offset) {
    /** So many digits that any number of them fits. */
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}):([0-9]{1,18})");

    public LogPosition {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("partition and offset must be at least 0");
        }
    }

    /** @throws IllegalArgumentException where the text is not as {@link #toString} writes it */
    public static LogPosition parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("must be partition:offset, such as 0:1234");
        }
        return new LogPosition(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)));
    }

    /** Whether a record of the same partition lies before this place. */
    public boolean includes(long recordOffset) {
        return recordOffset < offset;
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}

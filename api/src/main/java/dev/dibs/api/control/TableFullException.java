package dev.dibs.api.control;

/** The table holds as many entries as it may. Remove some, or wait until some have run out. */
public final class TableFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TableFullException(String topic, int maxEntries) {
        super("the table of " + topic + " holds " + maxEntries + " entries, which is all it may; remove some");
    }
}

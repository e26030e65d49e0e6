package dev.dibs.ids;

/** One sale. 1 to 64 characters: letters, digits and {@code . _ @ -}, beginning with a letter or digit. */
public record ActivityId(String value) {
    public ActivityId {
        value = Ids.validated("activity id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}

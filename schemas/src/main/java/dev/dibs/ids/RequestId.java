package dev.dibs.ids;

/** A buyer's name for one press of the button; repeating it repeats the answer. 1 to 64 characters: letters, digits and {@code . _ @ -}, beginning with a letter or digit. */
public record RequestId(String value) {
    public RequestId {
        value = Ids.validated("requestId", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}

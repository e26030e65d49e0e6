package dev.dibs.ids;

/** One buyer: the subject of a token. 1 to 64 characters: letters, digits and {@code . _ @ -}, beginning with a letter or digit. */
public record UserId(String value) {
    public UserId {
        value = Ids.validated("user id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}

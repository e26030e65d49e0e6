package dev.dibs.ids;

/** One import of codes; derived from the file's content, so that a file is imported once. 1 to 64 characters: letters, digits and {@code . _ @ -}, beginning with a letter or digit. */
public record ImportId(String value) {
    public ImportId {
        value = Ids.validated("import id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}

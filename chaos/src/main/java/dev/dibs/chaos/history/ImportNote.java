package dev.dibs.chaos.history;

/**
 * What an import brought, as an exchange's note has it. The importId is the exchange's request.
 *
 * @param codes each code is this and its row's number, counted from 0
 * @param from the first sequence, where the answer told it; else -1
 */
public record ImportNote(String codes, int rows, int from) {
    private static final int UNKNOWN = -1;

    public ImportNote {
        if (codes.isBlank() || codes.contains(" ") || rows < 1) {
            throw new IllegalArgumentException("an import needs a name without blanks, and rows");
        }
    }

    public static ImportNote unanswered(String codes, int rows) {
        return new ImportNote(codes, rows, UNKNOWN);
    }

    /** Whether the operator was told that these codes are stock. */
    public boolean isAdded() {
        return from != UNKNOWN;
    }

    public String code(int row) {
        return codes + row;
    }

    public String text() {
        return codes + " " + rows + " " + from;
    }

    /** @throws IllegalArgumentException where the text is not from {@link #text()} */
    public static ImportNote parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length != 3) {
            throw new IllegalArgumentException("not the note of an import: " + text);
        }
        return new ImportNote(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}

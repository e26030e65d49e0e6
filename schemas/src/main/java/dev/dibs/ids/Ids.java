package dev.dibs.ids;

import java.util.regex.Pattern;

/** What an id that people or programs choose may look like. */
final class Ids {
    /**
     * No braces (Redis hash tags), no spaces (fields of the claim script), no colons (they join the parts of document
     * ids), and nothing a spreadsheet or a log would take for something else.
     */
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]*");

    private Ids() {}

    static String validated(String what, String value, int maxLength) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(what + " must have at most " + maxLength + " characters");
        }
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " must start with a letter or digit and hold only letters, digits and . _ @ -");
        }
        return value;
    }
}

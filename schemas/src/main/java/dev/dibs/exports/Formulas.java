package dev.dibs.exports;

/**
 * Text that a spreadsheet would compute, and how it is kept from that. Whoever writes a file and whoever compares it must
 * mean the same.
 */
public final class Formulas {
    /**
     * As OWASP lists them under CSV Injection; the last four are full-width, which spreadsheets of East Asia take for the
     * same.
     */
    private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final String GUARD = "'";

    private Formulas() {}

    private static boolean isOne(String field) {
        return !field.isEmpty() && STARTS.indexOf(field.charAt(0)) >= 0;
    }

    /** With an apostrophe in front, if it needs one. */
    public static String guarded(String field) {
        return isOne(field) ? GUARD + field : field;
    }

    /** Without the apostrophe that {@link #guarded} has put there. */
    public static String unguarded(String field) {
        return field.startsWith(GUARD) && isOne(field.substring(1)) ? field.substring(1) : field;
    }
}

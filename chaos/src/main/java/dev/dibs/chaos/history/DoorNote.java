package dev.dibs.chaos.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gate was told, as an exchange's note has it. The exchange's request is the press's name; what it expects is the
 * ticket that the code is of.
 *
 * @param kind {@code let-in}, or the kind of the problem, or why there was no answer
 * @param by who pressed
 * @param gate who has redeemed it, as the answer says; empty where it does not
 * @param at when, epoch milliseconds, as the answer says; else -1
 */
public record DoorNote(String kind, String by, String gate, long at) {
    public static final String LET_IN = "let-in";
    public static final String ALREADY_REDEEMED = "already-redeemed";
    private static final Pattern TEXT = Pattern.compile("by=(\\S+) gate=(\\S*) at=(-?\\d+) (.*)", Pattern.DOTALL);

    public boolean isLetIn() {
        return kind.equals(LET_IN);
    }

    /** Whether the answer says by whom and when. */
    public boolean isRedeemed() {
        return isLetIn() || kind.equals(ALREADY_REDEEMED);
    }

    public String text() {
        return "by=" + by + " gate=" + gate + " at=" + at + " " + kind;
    }

    /** @throws IllegalArgumentException where the text is not from {@link #text()} */
    public static DoorNote parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the note of a gate: " + text);
        }
        return new DoorNote(parts.group(4), parts.group(1), parts.group(2), Long.parseLong(parts.group(3)));
    }
}

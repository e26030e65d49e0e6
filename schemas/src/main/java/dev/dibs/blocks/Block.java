package dev.dibs.blocks;

import dev.dibs.ids.UserId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A user, or whoever comes from an address, gets nothing for a while.
 *
 * @param subject a user's id, or the salted hash of an address as grabs carry it
 * @param by the operator, or the instance whose rule it was
 * @param reason in words, at most 200 characters; neither an address nor a code
 * @param blockedAt epoch milliseconds
 * @param until epoch milliseconds, at most {@link #MAX_DAYS} days later
 */
public record Block(Kind kind, String subject, Origin origin, String by, String reason, long blockedAt, long until) {
    /** What the topic keeps at least, so that no block is forgotten before its end. */
    public static final int MAX_DAYS = 366;

    private static final long MAX_MILLIS = MAX_DAYS * 24L * 60 * 60 * 1_000;
    private static final int MAX_REASON = 200;
    private static final int MAX_BY = 64;
    private static final String RULE = "rule:";
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{16}");

    /** What is blocked. */
    public enum Kind {
        USER,
        ADDRESS;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who decided. */
    public enum Origin {
        /** Too many refusals in too short a time. */
        RULE,
        OPERATOR;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Block {
        if (kind == null || origin == null || by == null || reason == null) {
            throw new IllegalArgumentException("kind, origin, by and reason must not be missing");
        }
        subject = validated(kind, subject);
        if (by.isEmpty() || by.length() > MAX_BY) {
            throw new IllegalArgumentException("by must have 1 to " + MAX_BY + " characters");
        }
        if (reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("reason must have at most " + MAX_REASON + " characters");
        }
        if (blockedAt < 0 || until <= blockedAt || until - blockedAt > MAX_MILLIS) {
            throw new IllegalArgumentException("until must be after blockedAt, by at most " + MAX_DAYS + " days");
        }
    }

    private static String validated(Kind kind, String subject) {
        if (kind == Kind.USER) {
            return new UserId(subject).value();
        }
        if (subject == null || !HASH.matcher(subject).matches()) {
            throw new IllegalArgumentException("an address goes by its hash of 16 characters");
        }
        return subject;
    }

    /** The key of the record. */
    public String key() {
        return key(origin, kind, subject);
    }

    /** What the rule decides has a key of its own: it neither replaces nor lifts what an operator has decided. */
    public static String key(Origin origin, Kind kind, String subject) {
        return (origin == Origin.RULE ? RULE : "") + kind.label() + ":" + subject;
    }

    /** Who decided what stands under this key. */
    public static Origin originOf(String key) {
        return key.startsWith(RULE) ? Origin.RULE : Origin.OPERATOR;
    }

    /** Of what stands under this key. */
    public static Kind kindOf(String key) {
        return withoutOrigin(key).startsWith(Kind.USER.label() + ":") ? Kind.USER : Kind.ADDRESS;
    }

    /** Of what stands under this key. */
    public static String subjectOf(String key) {
        String rest = withoutOrigin(key);
        return rest.substring(rest.indexOf(':') + 1);
    }

    private static String withoutOrigin(String key) {
        return key.startsWith(RULE) ? key.substring(RULE.length()) : key;
    }
}

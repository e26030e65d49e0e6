package dev.dibs.activity;

import java.util.Set;

/**
 * An attribute that a token must carry: the claim of this name is, or lists, this value.
 *
 * @param name 1 to 64 characters
 * @param value 1 to 128 characters; numbers and truth values as JSON writes them
 */
public record RequiredClaim(String name, String value) {
    public static final int MAX_NAME = 64;
    public static final int MAX_VALUE = 128;

    /** What says nothing about who somebody is, or is asked for in another way. */
    private static final Set<String> REFUSED = Set.of("sub", "exp", "nbf", "iat", "jti", "roles");

    public RequiredClaim {
        name(name);
        value(value);
    }

    /**
     * Whether a claim of this name may be asked for. Asked of each claim of each token, most of which may not be: too often
     * to find out by an exception.
     */
    public static boolean isName(String name) {
        return isText(name, MAX_NAME) && !REFUSED.contains(name);
    }

    /** @throws IllegalArgumentException where a claim cannot have this name, or nobody may be told apart by it */
    public static void name(String name) {
        text("name", name, MAX_NAME);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name must not be '" + name + "'; roles are asked for with required_role, accounts with a list");
        }
    }

    public static void value(String value) {
        text("value", value, MAX_VALUE);
    }

    private static void text(String field, String text, int max) {
        if (!isText(text, max)) {
            throw new IllegalArgumentException(
                    field + " must have 1 to " + max + " characters and no blanks around them");
        }
    }

    private static boolean isText(String text, int max) {
        return text != null && !text.isEmpty() && text.length() <= max && text.equals(text.strip());
    }
}

package dev.dibs.api.access;

import dev.dibs.activity.RequiredClaim;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a token says of its user beside account and roles, as far as an activity may ask for it: texts, whole numbers,
 * truth values, and lists of them. What is too much or too long is left out, so that a token that says a lot does not push
 * many others out of the remembered ones; whoever lacks a claim for that is refused, never let in.
 */
final class TokenAttributes {
    private static final int MAX_VALUES = 32;

    private TokenAttributes() {}

    static Map<String, Set<String>> of(Map<String, Object> claims) {
        Map<String, Set<String>> attributes = new HashMap<>();
        int room = MAX_VALUES;
        for (Map.Entry<String, Object> claim : claims.entrySet()) {
            if (mayBeAskedFor(claim.getKey())) {
                Set<String> values = values(claim.getValue(), room);
                if (!values.isEmpty()) {
                    attributes.put(claim.getKey(), values);
                    room -= values.size();
                }
            }
        }
        return attributes.isEmpty() ? Map.of() : attributes;
    }

    private static boolean mayBeAskedFor(String name) {
        // Every token that Dibs issues has a session, and no activity asks for one.
        return RequiredClaim.isName(name) && !name.equals(OwnIssuer.SESSION);
    }

    private static Set<String> values(Object claim, int room) {
        Set<String> values = new HashSet<>();
        for (Object value : claim instanceof Collection<?> list ? list : List.of(claim)) {
            String text = text(value);
            if (text != null && text.length() <= RequiredClaim.MAX_VALUE && values.size() < room) {
                values.add(text);
            }
        }
        return Set.copyOf(values);
    }

    private static String text(Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value.toString();
        }
        // The reader of JSON may give a double for what was written as a whole number.
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return Long.toString(number.longValue());
        }
        return null;
    }
}

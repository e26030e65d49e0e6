package dev.dibs.audit;

import dev.dibs.ledger.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the fields in which a row differs from the valid grab that it should repeat. */
final class Differences {
    private final List<String> found = new ArrayList<>(0);

    Differences value(String field, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            found.add(field + " is expected to be " + shown(expected) + " but is " + shown(actual));
        }
        return this;
    }

    Differences time(String field, Long expected, Long actual) {
        return value(field, instant(expected), instant(actual));
    }

    /** Of the winner only a fingerprint is kept, so what was expected is named by the place in the log. */
    Differences user(Grant grant, Object actual) {
        if (!(actual instanceof String user && grant.user().equals(Fingerprint.of(user)))) {
            found.add("the user is expected to be that of the grab at offset " + grant.offset() + " of the log but is "
                    + shown(actual));
        }
        return this;
    }

    Differences pseudonym(Grant grant, boolean same) {
        if (!same) {
            found.add("userPseudonym is expected to be that of the buyer of the grab at offset " + grant.offset()
                    + " of the log, but is another one");
        }
        return this;
    }

    /**
     * Codes are secrets: the sentence names neither.
     *
     * @param expected fingerprint, or null where no code is known to compare with, which another check reports
     */
    Differences code(Fingerprint expected, Object actual) {
        if (expected != null && !(actual instanceof String code && expected.equals(Fingerprint.of(code)))) {
            found.add(actual == null ? "the code is missing" : "the code is not that of its sequence");
        }
        return this;
    }

    boolean any() {
        return !found.isEmpty();
    }

    @Override
    public String toString() {
        return String.join("; ", found);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static String shown(Object value) {
        return value == null ? "absent" : value.toString();
    }
}

package dev.dibs.codes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secrets that keys for codes are made from. The first one writes, all of them read.
 *
 * @param keys newest first, at least one
 * @param fingerprint what the fingerprints are keyed with; it stays the same when the keys change
 */
public record CodeSecrets(List<Named> keys, String fingerprint) {
    private static final int MIN_CHARACTERS = 32;
    /** The name of the secret that is taken where none is configured. */
    private static final String DEFAULT_NAME = "jwt";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    /** A secret, and the name under which the codes remember it. */
    public record Named(String name, String secret) {
        public Named {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "dibs.codes.keys: a name has 1 to 32 letters, digits and . _ -, but one is '" + name + "'");
            }
            if (secret.length() < MIN_CHARACTERS) {
                throw new IllegalArgumentException("dibs.codes.keys: the secret of '" + name + "' must have at least "
                        + MIN_CHARACTERS + " characters");
            }
        }

        @Override
        public String toString() {
            return name + ":***";
        }
    }

    public CodeSecrets {
        keys = List.copyOf(keys);
        Set<String> names = new HashSet<>();
        for (Named key : keys) {
            if (!names.add(key.name)) {
                throw new IllegalArgumentException("dibs.codes.keys: '" + key.name + "' is there twice");
            }
        }
        if (keys.isEmpty() || fingerprint == null || fingerprint.length() < MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "dibs.codes.fingerprint-key must have at least " + MIN_CHARACTERS + " characters");
        }
    }

    /**
     * @param entries {@code name:secret} each; where there are none, the JWT secret is the only one, under the name
     *     {@code jwt}
     * @param fingerprint empty for the last of the keys, which is the oldest and so was there from the start
     * @throws IllegalArgumentException in words for whoever configures it; never with a secret
     */
    public static CodeSecrets of(List<String> entries, String fingerprint, String jwtSecret) {
        List<Named> keys = new ArrayList<>();
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("dibs.codes.keys: each of them is name:secret");
            }
            keys.add(new Named(
                    entry.substring(0, colon).strip(),
                    entry.substring(colon + 1).strip()));
        }
        if (keys.isEmpty()) {
            keys.add(new Named(DEFAULT_NAME, jwtSecret));
        }
        return new CodeSecrets(keys, fingerprint.isEmpty() ? keys.get(keys.size() - 1).secret : fingerprint);
    }

    @Override
    public String toString() {
        return "CodeSecrets" + keys;
    }
}

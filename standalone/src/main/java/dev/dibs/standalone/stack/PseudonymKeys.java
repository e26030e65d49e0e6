package dev.dibs.standalone.stack;

import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a stack's buyers are called where analysts read; {@code DIBS_PSEUDONYM_KEY} counts first. */
public final class PseudonymKeys {
    private PseudonymKeys() {}

    /** With the secrets of a running stack. */
    public static Pseudonyms pseudonyms(Secrets secrets) {
        return pseudonyms(key(secrets));
    }

    /** With the secrets of a data folder. */
    public static Pseudonyms pseudonyms(Path data) {
        Optional<String> given = given();
        try {
            return pseudonyms(
                    given.isPresent() ? given.get() : Secrets.existing(data).pseudonymKey());
        } catch (IOException e) {
            throw new ProblemException("the secrets in " + data + " cannot be read: " + e.getMessage(), e);
        }
    }

    static String key(Secrets secrets) {
        return given().orElse(secrets.pseudonymKey());
    }

    private static Pseudonyms pseudonyms(String key) {
        try {
            return new Pseudonyms(key);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(e.getMessage(), e);
        }
    }

    private static Optional<String> given() {
        return Optional.ofNullable(System.getenv("DIBS_PSEUDONYM_KEY")).filter(value -> !value.isBlank());
    }
}

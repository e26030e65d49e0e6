package dev.dibs.standalone.stack;

import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What opens the codes that a stack has stored, as its API makes it from the same secrets. */
public final class CodeKeys {
    private CodeKeys() {}

    /** With the secrets of a running stack; {@code DIBS_CODES_KEYS} counts first. */
    public static CodeSeal seal(Secrets secrets) {
        return seal(secrets.jwtSecret());
    }

    /** With the secrets of a data folder; {@code DIBS_CODES_KEYS} and {@code DIBS_JWT_SECRET} count first. */
    public static CodeSeal seal(Path data) {
        Optional<String> given = given("DIBS_JWT_SECRET");
        try {
            return seal(given.isPresent() ? given.get() : Secrets.existing(data).jwtSecret());
        } catch (IOException e) {
            throw new ProblemException("the secrets in " + data + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static CodeSeal seal(String jwtSecret) {
        List<String> keys = given("DIBS_CODES_KEYS")
                .map(all -> Arrays.asList(all.split(",")))
                .orElse(List.of());
        try {
            return new CodeSeal(CodeSecrets.of(keys, "", jwtSecret));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(e.getMessage(), e);
        }
    }

    private static Optional<String> given(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}

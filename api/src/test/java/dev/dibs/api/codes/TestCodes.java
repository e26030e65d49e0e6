package dev.dibs.api.codes;

import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import java.util.List;

/** Keys for tests. */
public final class TestCodes {
    private static final CodeSecrets SECRETS =
            CodeSecrets.of(List.of(), "", "a-secret-for-tests-of-more-than-32-characters");

    public static final CodeSeal SEAL = new CodeSeal(SECRETS);
    public static final CodeFingerprint FINGERPRINTS = new CodeFingerprint(SECRETS);

    private TestCodes() {}
}

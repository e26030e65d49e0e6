package dev.dibs.chaos.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Made anew for each installation. */
record Secrets(String adminPassword, String tokenKey) {
    private static final int BYTES = 24;

    static Secrets random() {
        SecureRandom random = new SecureRandom();
        return new Secrets(text(random), text(random));
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package dev.dibs.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Buyers' tokens (RFC 7519, HS256) made with the API's own key, as a company's single sign-on would make them. Logging
 * in ten thousand buyers would measure the password hash, not the sale. Not thread-safe.
 */
public final class Tokens {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"HS256\"}");

    private final Mac mac;
    private final long expiresAt;

    /**
     * @param secret the key, at least 32 bytes in UTF-8
     * @param expiresAt when the tokens stop being valid
     */
    public Tokens(String secret, Instant expiresAt) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < 32) {
            throw new IllegalArgumentException("the token key must have at least 32 bytes but has " + key.length);
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign tokens", e);
        }
        this.expiresAt = expiresAt.getEpochSecond();
    }

    /** A token of a buyer without any role. The user id must not need escaping in JSON. */
    public String of(String user) {
        long issuedAt = Instant.now().getEpochSecond();
        String body = HEADER + "."
                + encode("{\"sub\":\"" + user + "\",\"roles\":[],\"iat\":" + issuedAt + ",\"exp\":" + expiresAt + "}");
        return body + "." + BASE64.encodeToString(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Writes the tokens of users {@code prefix0}, {@code prefix1} and so on to a new file, one a line. */
    public Path write(Path folder, String prefix, int users) throws IOException {
        Path file = folder.resolve("tokens-" + prefix + ".txt");
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < users; i++) {
                writer.append(of(prefix + i)).append('\n');
            }
        }
        return file;
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

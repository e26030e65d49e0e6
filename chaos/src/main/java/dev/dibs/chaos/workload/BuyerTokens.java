package dev.dibs.chaos.workload;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Buyers' tokens (RFC 7519, HS256), made with the API's own key as a single sign-on would make them. Thread-safe. */
final class BuyerTokens {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"HS256\"}");

    private final SecretKeySpec key;
    private final long expiresAt;

    /** @param valid for how long from now */
    BuyerTokens(String secret, Duration valid) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.expiresAt = Instant.now().plus(valid).getEpochSecond();
    }

    /** @param user must not need escaping in JSON */
    String of(String user) {
        String body =
                HEADER + "." + encode("{\"sub\":\"" + user + "\",\"roles\":[],\"iat\":0,\"exp\":" + expiresAt + "}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return body + "." + BASE64.encodeToString(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot sign tokens", e);
        }
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

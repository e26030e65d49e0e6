package dev.dibs.chaos;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A buyer's token (RFC 7519, HS256), made with the API's own key as a single sign-on would make it. */
record BuyerToken(String text) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static BuyerToken of(String user, String key, Duration valid) {
        String body = encode("{\"alg\":\"HS256\"}") + "."
                + encode("{\"sub\":\"" + user + "\",\"roles\":[],\"exp\":"
                        + Instant.now().plus(valid).getEpochSecond() + "}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new BuyerToken(
                    body + "." + BASE64.encodeToString(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot sign tokens", e);
        }
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

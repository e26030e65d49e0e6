package dev.dibs.api.access;

import dev.dibs.api.CannotStartException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Public keys as people have them: PEM, JWK, JWK Set (RFC 7517), or a file with one of these. */
final class PublicKeys {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final int MAX_FILE_BYTES = 1 << 20;

    /** @param id empty where the key has no name */
    record Named(String id, PublicKey key) {}

    private final String setting;

    /** @param setting where the text comes from, for whoever has to mend it */
    private PublicKeys(String setting) {
        this.setting = setting;
    }

    /** @throws CannotStartException where the text is none of the above, or has no key that can be used */
    static List<Named> parse(String text, String setting) {
        PublicKeys keys = new PublicKeys(setting);
        String trimmed = text.trim();
        List<Named> found = keys.isKeys(trimmed)
                ? keys.of(trimmed)
                : keys.of(keys.file(trimmed).trim());
        if (found.isEmpty()) {
            throw keys.unusable("has no public key for signatures");
        }
        return found;
    }

    private boolean isKeys(String text) {
        return text.startsWith("{") || text.startsWith("-----BEGIN ");
    }

    private String file(String path) {
        try {
            Path file = Path.of(path);
            if (Files.size(file) <= MAX_FILE_BYTES) {
                return Files.readString(file);
            }
        } catch (IOException | InvalidPathException e) {
            // Told below: whatever is wrong with it, it is no file of keys.
        }
        throw unusable("must be PEM, a JWK, a JWK Set, or the path of a readable file with one of them");
    }

    private List<Named> of(String text) {
        // An environment variable may have been given its line breaks as \n.
        return text.startsWith("{") ? ofJson(text) : ofPem(text.replace("\\n", "\n"));
    }

    private List<Named> ofPem(String text) {
        List<Named> keys = new ArrayList<>();
        Matcher blocks = PEM.matcher(text);
        while (blocks.find()) {
            if (!blocks.group(1).equals("PUBLIC KEY")) {
                throw unusable("must hold blocks BEGIN PUBLIC KEY only, but has BEGIN " + blocks.group(1));
            }
            keys.add(new Named("", decoded(Base64.getMimeDecoder().decode(blocks.group(2)))));
        }
        return keys;
    }

    private PublicKey decoded(byte[] bytes) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(bytes));
            } catch (GeneralSecurityException e) {
                // A key of another kind: the next may know it.
            }
        }
        throw unusable("has a PUBLIC KEY that is neither RSA nor EC nor Ed25519");
    }

    private List<Named> ofJson(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<Named> keys = new ArrayList<>();
            if (!json.has("keys")) {
                keys.add(named(json));
                return keys;
            }
            // A set may hold keys for other purposes, and of kinds that are not known here (RFC 7517, section 5).
            for (JsonNode key : json.get("keys")) {
                if (isForSignatures(key)) {
                    keys.add(named(key));
                }
            }
            return keys;
        } catch (JacksonException e) {
            throw unusable("is no JSON");
        }
    }

    private static boolean isForSignatures(JsonNode key) {
        String algorithm = key.path("alg").asString("");
        return key.path("use").asString("sig").equals("sig")
                && (algorithm.isEmpty() || List.of("RS256", "ES256", "EdDSA").contains(algorithm))
                && List.of("RSA", "EC", "OKP").contains(key.path("kty").asString(""));
    }

    private Named named(JsonNode json) {
        try {
            Jwk<?> jwk = Jwks.parser().build().parse(json.toString());
            if (jwk instanceof PublicJwk<?> key && isForSignatures(json)) {
                return new Named(key.getId() == null ? "" : key.getId(), key.toKey());
            }
        } catch (JwtException | IllegalArgumentException e) {
            // Told below, without what the key holds: it might be a private one.
        }
        throw unusable("has a JWK that is no public key for RS256, ES256 or EdDSA");
    }

    private CannotStartException unusable(String what) {
        return new CannotStartException(setting + " " + what);
    }
}

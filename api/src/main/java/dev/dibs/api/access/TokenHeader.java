package dev.dibs.api.access;

import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a token says about the key it is signed with, before anything of it is believed: it only narrows down which keys
 * are tried.
 *
 * @param algorithm null where it says none
 * @param keyId null where it says none
 */
record TokenHeader(String algorithm, String keyId) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IllegalArgumentException where the text is no signed token */
    static TokenHeader of(String token) {
        int end = token.indexOf('.');
        if (end < 0) {
            throw new IllegalArgumentException("no token");
        }
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, end));
        String algorithm = null;
        String keyId = null;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no token");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    if (name.equals("alg")) {
                        algorithm = json.getString();
                    } else if (name.equals("kid")) {
                        keyId = json.getString();
                    }
                }
                json.skipChildren();
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no token", e);
        }
        return new TokenHeader(algorithm, keyId);
    }
}

package dev.dibs.api.blocks;

import dev.dibs.api.http.ClientAddress;
import dev.dibs.blocks.Block;
import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** What an operator wants blocked, as JSON: {@code user}, {@code address} or {@code addressHash}, with a reason. */
final class BlockRequest {
    private static final Duration DEFAULT = Duration.ofDays(1);
    private static final List<String> SUBJECTS = List.of("user", "address", "addressHash");
    private static final Set<String> FIELDS = Set.of("user", "address", "addressHash", "reason", "until");

    private BlockRequest() {}

    /**
     * @param hash of an address, as grabs carry it
     * @param now epoch milliseconds
     * @throws IllegalArgumentException naming what is wrong
     */
    static Block read(byte[] body, UnaryOperator<String> hash, String operator, long now) {
        try {
            JsonNode json = Json.parseObject(body);
            Set<String> unknown = new TreeSet<>(json.propertyNames());
            unknown.removeAll(FIELDS);
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("only " + new TreeSet<>(FIELDS) + " are known");
            }
            if (SUBJECTS.stream().filter(json::has).count() != 1) {
                throw new IllegalArgumentException("exactly one of " + SUBJECTS + " must be given");
            }
            long until = json.has("until")
                    ? Math.multiplyExact(Json.integer(json, "until"), 1_000L)
                    : now + DEFAULT.toMillis();
            if (until <= now) {
                throw new IllegalArgumentException("until must be epoch seconds in the future");
            }
            String reason = json.has("reason") ? Json.text(json, "reason") : "";
            return json.has("user")
                    ? block(Block.Kind.USER, new UserId(Json.text(json, "user")).value(), operator, reason, now, until)
                    : block(Block.Kind.ADDRESS, addressHash(json, hash), operator, reason, now, until);
        } catch (UndecodableRecordException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Block block(Block.Kind kind, String subject, String operator, String reason, long now, long until) {
        return new Block(kind, subject, Block.Origin.OPERATOR, operator, reason, now, until);
    }

    private static String addressHash(JsonNode json, UnaryOperator<String> hash) throws UndecodableRecordException {
        return json.has("addressHash")
                ? Json.text(json, "addressHash")
                : hash.apply(ClientAddress.named(Json.text(json, "address")));
    }

    /** @param text an address, or the hash of one */
    static String addressHash(String text, UnaryOperator<String> hash) {
        return text.indexOf('.') < 0 && text.indexOf(':') < 0 ? text : hash.apply(ClientAddress.named(text));
    }
}

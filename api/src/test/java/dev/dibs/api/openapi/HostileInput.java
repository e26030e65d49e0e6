package dev.dibs.api.openapi;

import dev.dibs.api.openapi.ApiDocument.Operation;
import dev.dibs.api.openapi.OpenApiWorld.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests to an operation, made from its description and from what has broken other people's servers: some are right,
 * most are wrong in one place, some in several. The same random numbers make the same requests.
 */
final class HostileInput {
    private static final JsonMapper JSON = new JsonMapper();

    /** Texts as they are; they are encoded where that is needed. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "a".repeat(64),
            "a".repeat(65),
            "a".repeat(300),
            "a".repeat(5_000),
            "\u0000",
            "a\u0000b",
            "a\r\nSet-Cookie: b=c",
            "\t",
            "\u001b[31m",
            "\u202e",
            "\ufeff",
            "票",
            "😀",
            "\u0301",
            "ﬃ",
            "' OR '1'='1",
            "{\"$gt\": \"\"}",
            "$where",
            "*",
            "../../../etc/passwd",
            "..;/",
            "%2e%2e%2f",
            "//",
            "\\",
            "=cmd|' /C calc'!A0",
            "<script>alert(1)</script>",
            "${jndi:ldap://x/y}",
            "#{7*7}",
            "{{7*7}}",
            "null",
            "undefined",
            "true",
            "[]",
            "{}",
            "movie-night",
            "0192f0c1-7a8b-7c3d-8e4f-5a6b7c8d9e0f",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "2026-12-01T20:00:00+08:00",
            "127.0.0.1",
            "::1",
            "0.0.0.0/0");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "2",
            "20",
            "100",
            "101",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "1e3",
            "1.5",
            "1e400",
            "-1e400",
            "+5",
            "٣",
            "0x10",
            "NaN",
            "Infinity");

    /** In a query or a path as they are. */
    private static final List<String> MALFORMED =
            List.of("%", "%z", "%zz", "%C3%28", "%FF", "%u0041", "\"", "<", "|", "^", "`", "[", "{", "%00");

    private static final Map<String, List<String>> HEADERS = Map.of(
            "If-Match", List.of("*", "\"", "\"1\"", "W/\"1\"", "1", "\"99999999999999999999\"", "a,b,"),
            "If-None-Match", List.of("*", "\"\"", "\"a\", \"b\"", "a"),
            "Idempotency-Key", List.of("", "a", "a".repeat(5_000), "\"a b\"", "\t"),
            "X-Forwarded-For", List.of("1.2.3.4", "a", ",,,", "1.2.3.4, 5.6.7.8", "[::1]:80", "a".repeat(2_000)),
            "Accept", List.of("text/plain", "*/*;q=a", "application/xml", ";", "a/b/c"),
            "Range", List.of("bytes=0-0", "bytes=9-1", "a"),
            "Last-Event-ID", List.of("", "a", "-1", "9".repeat(40)),
            "Expect", List.of("100-continue", "a"),
            "Content-Encoding", List.of("gzip", "a"),
            "Origin", List.of("null", "https://evil.example", "a b"));

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "application/yaml",
            "text/csv",
            "text/plain",
            "multipart/form-data; boundary=a",
            "application/json; charset=utf-7",
            "text/csv; charset=latin1",
            "/",
            "a",
            ";");

    private final ApiDocument document;
    private final Random random;

    HostileInput(ApiDocument document, Random random) {
        this.document = document;
        this.random = random;
    }

    /**
     * @param id of an activity that there is
     * @param tokens of callers who may do more or less
     */
    Request request(Operation operation, String id, List<String> tokens) {
        String target = operation.path();
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (JsonNode parameter : document.parameters(operation)) {
            String name = parameter.get("name").asString();
            switch (parameter.get("in").asString()) {
                case "path" -> target = target.replace("{" + name + "}", inTarget(parameter, id));
                case "query" -> {
                    if (chance(85)) {
                        query.add(name + "=" + inTarget(parameter, id));
                    }
                    if (chance(3)) {
                        query.add(name + "=" + inTarget(parameter, id));
                    }
                }
                default -> {
                    // Headers are made below.
                }
            }
        }
        if (chance(10)) {
            query.add(any(MALFORMED) + "=" + any(MALFORMED));
        }
        Map<String, String> headers = headers(tokens);
        byte[] body = new byte[0];
        JsonNode content =
                document.resolve(operation.description().path("requestBody")).path("content");
        if (!content.isEmpty() && chance(90) || chance(3)) {
            String type = content.isEmpty() || chance(10) ? any(TYPES) : any(List.copyOf(content.propertyNames()));
            if (chance(97)) {
                headers.put("Content-Type", type);
            }
            body = body(type, content.path(type), id);
        }
        return new Request(operation.method(), target + query, headers, body);
    }

    private Map<String, String> headers(List<String> tokens) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (chance(92)) {
            headers.put("Authorization", "Bearer " + any(tokens));
        } else if (chance(70)) {
            headers.put(
                    "Authorization",
                    any(List.of(
                            "Bearer",
                            "Bearer ",
                            "Basic YTpi",
                            "Bearer a.b.c",
                            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
                            "Bearer " + "a".repeat(9_000),
                            "Bearer ..",
                            "bearer  x",
                            "Bearer %",
                            "Bearer ey\u00e4.\u00e4.a")));
        }
        while (chance(25)) {
            String name = any(List.copyOf(new java.util.TreeSet<>(HEADERS.keySet())));
            headers.put(name, any(HEADERS.get(name)));
        }
        return headers;
    }

    private String inTarget(JsonNode parameter, String id) {
        if (chance(8)) {
            return any(MALFORMED);
        }
        String name = parameter.get("name").asString();
        boolean right = chance(50);
        String value = right && (name.equals("id") || name.equals("actId"))
                ? id
                : right && parameter.has("example")
                        ? parameter.get("example").asString()
                        : text(document.resolve(parameter.path("schema")));
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String text(JsonNode schema) {
        boolean number = schema.path("type").asString("").equals("integer");
        return any(number == chance(85) ? NUMBERS : TEXTS);
    }

    private byte[] body(String type, JsonNode media, String id) {
        if (chance(5)) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        JsonNode schema = document.resolve(media.path("schema"));
        JsonNode example = media.has("example") ? media.get("example") : schema.at("/examples/0");
        if (example.isString()) {
            return mangled(example.asString().replace("MN-", id + "-" + random.nextInt(1 << 20) + "-"))
                    .getBytes(StandardCharsets.UTF_8);
        }
        JsonNode value = example.isObject() ? example.deepCopy() : generated(schema, 0);
        if (chance(60) && value instanceof ObjectNode object) {
            spoil(object);
        }
        String text = type.contains("urlencoded") ? form(value) : value.toString();
        return (chance(12) ? mangled(text) : text).getBytes(StandardCharsets.UTF_8);
    }

    private String form(JsonNode value) {
        StringJoiner form = new StringJoiner("&");
        value.properties()
                .forEach(field -> form.add(field.getKey() + "="
                        + (chance(10)
                                ? any(MALFORMED)
                                : URLEncoder.encode(
                                        field.getValue()
                                                .asString(field.getValue().toString()),
                                        StandardCharsets.UTF_8))));
        return form.toString();
    }

    private JsonNode generated(JsonNode given, int depth) {
        JsonNode schema = document.resolve(given);
        if (depth > 4) {
            return JSON.nullNode();
        }
        ObjectNode object = JSON.createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            if (chance(85)) {
                object.set(property.getKey(), generated(property.getValue(), depth + 1));
            }
        });
        if (!object.isEmpty()) {
            return object;
        }
        if (schema.path("type").asString("").equals("array")) {
            return JSON.createArrayNode().add(generated(schema.path("items"), depth + 1));
        }
        return scalar();
    }

    private JsonNode scalar() {
        return any(List.<Supplier<JsonNode>>of(
                        () -> JSON.valueToTree(any(TEXTS)),
                        () -> JSON.valueToTree(any(NUMBERS)),
                        () -> JSON.valueToTree(random.nextLong()),
                        () -> JSON.valueToTree(random.nextInt(3) - 1),
                        () -> JSON.valueToTree(random.nextDouble() * 1e300),
                        () -> JSON.valueToTree(random.nextBoolean()),
                        JSON::nullNode,
                        JSON::createArrayNode,
                        JSON::createObjectNode))
                .get();
    }

    /** Changes, removes or adds one field, here or further in. */
    private void spoil(ObjectNode object) {
        List<String> names = List.copyOf(object.propertyNames());
        if (names.isEmpty() || chance(10)) {
            object.set(any(List.of("more", "$set", "__proto__", "", "a".repeat(300))), scalar());
            return;
        }
        String name = any(names);
        JsonNode value = object.get(name);
        if (value instanceof ObjectNode inner && chance(60)) {
            spoil(inner);
        } else if (value instanceof ArrayNode list
                && !list.isEmpty()
                && list.get(0) instanceof ObjectNode inner
                && chance(70)) {
            spoil(inner);
        } else if (chance(20)) {
            object.remove(name);
        } else {
            object.set(name, scalar());
        }
    }

    private String mangled(String text) {
        return switch (random.nextInt(8)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> text + text;
            case 2 -> "[".repeat(20_000) + text;
            case 3 -> "{\"a\":".repeat(5_000) + "1";
            case 4 -> text.replace('"', '\'');
            case 5 -> text.replace(":", ": &a [*a, ");
            case 6 -> "\ufeff" + text + "\u0000";
            default -> text.replace(',', '\n');
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

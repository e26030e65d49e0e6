package dev.dibs.api.openapi;

import dev.dibs.api.access.Role;
import dev.dibs.api.openapi.ApiDocument.Operation;
import dev.dibs.api.openapi.OpenApiWorld.Request;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that an operation must be able to carry out: what the document gives as examples, on a sale and with a
 * buyer made for it.
 */
final class Example {
    /** Operations that need what does not run here, and what they answer without it. */
    static final Map<String, Integer> ELSEWHERE = Map.of(
            // The projector.
            "exportResults", 503, "exportManifest", 503);

    private static final Set<String> NEED_A_TICKET = Set.of("grabResult", "listTickets", "ticket", "redeem", "revoke");
    private static final Set<String> NEED_A_BLOCK =
            Set.of("getUserBlock", "liftUserBlock", "getAddressBlock", "liftAddressBlock");
    private static final JsonNode NOTHING = new JsonMapper().createObjectNode();

    private final OpenApiWorld world;
    private final Operation operation;
    private JsonNode won = NOTHING;
    private final String activity;
    private final UserId buyer = TestIds.user("buyer");

    Example(OpenApiWorld world, Operation operation) {
        this.world = world;
        this.operation = operation;
        this.activity = activity();
    }

    private String activity() {
        return switch (operation.id()) {
            case "publish" -> world.draft();
            case "resume" -> {
                String paused = world.published();
                world.change(paused, "pause");
                yield paused;
            }
            // Nobody has this one yet.
            case "createActivity" -> TestIds.activity("new").value();
            default -> asksForAnActivity() ? world.published() : "no-activity";
        };
    }

    private boolean asksForAnActivity() {
        return Set.of("listTickets", "redeem").contains(operation.id())
                || world.document.parameters(operation).stream()
                        .map(parameter -> parameter.get("name").asString())
                        .anyMatch(Set.of("id", "actId", "ticketId")::contains);
    }

    Request request() {
        String token = world.token(buyer, operation.isForOperators() ? Role.ALL : Set.of());
        won = NEED_A_TICKET.contains(operation.id()) ? world.grab(activity, world.token(buyer, Set.of())) : NOTHING;
        if (NEED_A_BLOCK.contains(operation.id())) {
            world.block("user", "mallory");
            world.block("address", "203.0.113.9");
        }
        String target = operation.path();
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (JsonNode parameter : world.document.parameters(operation)) {
            String name = parameter.get("name").asString();
            String value = value(name, parameter);
            switch (parameter.get("in").asString()) {
                case "path" -> target = target.replace("{" + name + "}", encoded(value));
                case "query" -> {
                    if (!value.isEmpty()) {
                        query.add(name + "=" + encoded(value));
                    }
                }
                default -> {
                    // Headers are for those who know more than the example.
                }
            }
        }
        Request request = Request.of(operation.method(), target + query, token, null, "");
        JsonNode content = world.document
                .resolve(operation.description().path("requestBody"))
                .path("content");
        if (content.isEmpty() || operation.id().equals("grabByPost")) {
            return request;
        }
        String type = content.propertyNames().iterator().next();
        return Request.of(operation.method(), target + query, token, type, body(content.get(type)));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String value(String name, JsonNode parameter) {
        return switch (name) {
            case "id", "actId" -> activity;
            case "ticketId" -> won.path("id").asString("");
            default -> parameter.path("example").asString("");
        };
    }

    private String body(JsonNode media) {
        String account = "account-" + buyer.value();
        if (operation.id().equals("login")) {
            world.register(account);
        }
        if (operation.id().equals("refresh")) {
            JsonNode login = world.register(account).json();
            return "{\"refresh_token\": \"%s\"}"
                    .formatted(login.at("/data/refresh_token").asString());
        }
        if (operation.id().equals("redeem")) {
            return "{\"code\": \"%s\", \"gate\": \"north-1\"}".formatted(OpenApiWorld.firstCode(activity));
        }
        if (operation.id().equals("redeem")) {
            return "{\"code\": \"%s\", \"gate\": \"north-1\"}"
                    .formatted(won.get("code").asString());
        }
        JsonNode schema = world.document.resolve(media.path("schema"));
        JsonNode example = media.has("example") ? media.get("example") : schema.at("/examples/0");
        String text = example.isString() ? example.asString() : example.toString();
        return text.replace("movie-night", activity)
                .replace("\"anna\"", "\"" + account + "\"")
                .replace("MN-", activity.toUpperCase(Locale.ROOT) + "-NEW-");
    }
}

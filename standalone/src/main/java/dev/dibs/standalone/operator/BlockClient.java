package dev.dibs.standalone.operator;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operators' calls about blocks. */
public final class BlockClient {
    private static final String PATH = "/admin/blocks";
    private static final int PAGE = 1_000;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final OperatorClient operator;
    private final JsonMapper json = new JsonMapper();

    public BlockClient(OperatorClient operator) {
        this.operator = operator;
    }

    /**
     * Blocks for all instances.
     *
     * @param kind {@code user}, {@code address} or {@code addressHash}
     * @return the block
     */
    public JsonNode add(String kind, String subject, String reason, Instant until) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put(kind, subject);
        block.put("reason", reason);
        block.put("until", until.getEpochSecond());
        return operator.json(operator.call(
                "POST",
                PATH,
                BodyPublishers.ofString(json.writeValueAsString(block)),
                ANSWER,
                "Content-Type",
                "application/json"));
    }

    /** Hands over every block there is, page by page. */
    public void list(Consumer<JsonNode> each) {
        String lastId = "";
        JsonNode page;
        do {
            page = operator.json(operator.call(
                    "GET", PATH + "?pageSize=" + PAGE + "&lastId=" + encoded(lastId), BodyPublishers.noBody(), ANSWER));
            page.path("list").forEach(each);
            lastId = page.path("lastId").asString("");
        } while (page.path("hasMore").asBoolean(false));
    }

    /**
     * Lifts a block for all instances.
     *
     * @throws RefusedException with status 404 where there is none
     */
    public void remove(boolean ofUser, String subject) {
        operator.call(
                "DELETE",
                PATH + (ofUser ? "/users/" : "/addresses/") + encoded(subject),
                BodyPublishers.noBody(),
                ANSWER);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

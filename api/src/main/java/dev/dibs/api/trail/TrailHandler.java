package dev.dibs.api.trail;

import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.trail.TrailEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The trail over HTTP: page by page, newest first; or all of it as a file, oldest first. */
final class TrailHandler {
    private static final Logger log = LoggerFactory.getLogger(TrailHandler.class);
    private static final String CSV = "text/csv;charset=utf-8;header=present";
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 500;
    private static final long NEWEST = -1;

    private final TrailReader reader;

    TrailHandler(TrailReader reader) {
        this.reader = reader;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        TrailQuery query = TrailQuery.of(request);
        List<Fault> faults = new ArrayList<>();
        Integer size = TrailQuery.parsed(request, "pageSize", TrailHandler::size, DEFAULT_SIZE, faults);
        Long before = TrailQuery.parsed(request, "cursor", TrailHandler::decode, NEWEST, faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.faulty(faults));
        }
        return reader.page(query, before, size)
                .flatMap(page -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .bodyValue(json(page)));
    }

    Mono<ServerResponse> csv(ServerRequest request) {
        TrailQuery query = TrailQuery.of(request);
        Flux<byte[]> parts = Flux.concat(
                        Flux.just(TrailCsv.header()), reader.all(query).map(TrailCsv::rows))
                // The server then breaks the connection off: a file that ends early must not look like a whole one.
                .doOnError(error -> log.error("An export of the trail broke off; error={}", error.toString()));
        return ServerResponse.ok()
                .header(HttpHeaders.CONTENT_TYPE, CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-trail.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body((response, context) -> response.writeWith(
                        parts.map(part -> response.bufferFactory().wrap(part))));
    }

    private static Map<String, Object> json(TrailReader.Page page) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("entries", page.entries().stream().map(TrailHandler::json).toList());
        json.put("next", page.next() < 0 ? "" : encode(page.next()));
        return json;
    }

    private static Map<String, Object> json(TrailEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", entry.stage().type());
        json.put("occurredAt", entry.occurredAt());
        json.put("callId", entry.callId().toString());
        json.put("actor", entry.actor());
        json.put("roles", entry.roles());
        json.put("action", entry.action());
        json.put("activityId", entry.activityId());
        json.put("target", entry.target());
        json.put("status", entry.status());
        json.put("outcome", entry.outcome());
        json.put("instance", entry.instance());
        json.put("suppressed", entry.suppressed());
        return json;
    }

    private static Integer size(String text) {
        int size = Integer.parseInt(text);
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("must be 1 to " + MAX_SIZE);
        }
        return size;
    }

    private static String encode(long offset) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("t" + offset).getBytes(StandardCharsets.US_ASCII));
    }

    private static Long decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.matches("t\\d{1,18}")) {
                return Long.valueOf(text.substring(1));
            }
        } catch (IllegalArgumentException e) {
            // As every other text that no page has had.
        }
        throw new IllegalArgumentException("must be the next of an earlier page");
    }
}

package dev.dibs.api.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A refusal that an operator can read and a program can tell apart: problem details of RFC 9457.
 *
 * @param kind names the problem for programs; ends the type URN
 * @param detail in one sentence, what is wrong and what to do about it; never holds a code
 * @param members further facts, in the order in which they are written
 */
public record Problem(HttpStatus status, String kind, String detail, Map<String, Object> members) {
    private static final String TYPE_PREFIX = "urn:dibs:problem:";

    public Problem {
        if (status == null || !status.isError() || kind == null || detail == null) {
            throw new IllegalArgumentException("a problem has an error status, a kind and a detail");
        }
        members = new LinkedHashMap<>(members);
    }

    public static Problem of(HttpStatus status, String kind, String detail) {
        return new Problem(status, kind, detail, Map.of());
    }

    /** The document or parameter has these faults; all of them, not only the first. */
    public static Problem faulty(List<Fault> faults) {
        String detail = faults.size() == 1
                ? faults.get(0).toString()
                : "%d faults: %s"
                        .formatted(
                                faults.size(),
                                String.join(
                                        "; ",
                                        faults.stream()
                                                .limit(5)
                                                .map(Fault::toString)
                                                .toList()));
        return of(HttpStatus.BAD_REQUEST, "faulty-input", detail).with("errors", faults);
    }

    public static Problem noSuchActivity(String id) {
        return of(HttpStatus.NOT_FOUND, "no-such-activity", "There is no activity '" + id + "'");
    }

    public static Problem tooLarge(String what, long limit, String unit) {
        return of(HttpStatus.CONTENT_TOO_LARGE, "too-large", "%s may have at most %d %s".formatted(what, limit, unit))
                .with("limit", limit);
    }

    public static Problem unavailable(String kind, String detail) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, kind, detail);
    }

    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, kind, detail, more);
    }

    public Mono<ServerResponse> toResponse() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE_PREFIX + kind);
        body.put("title", status.getReasonPhrase());
        body.put("status", status.value());
        body.put("detail", detail);
        body.putAll(members);
        ServerResponse.BodyBuilder response = ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, "2");
        }
        return response.bodyValue(body);
    }
}

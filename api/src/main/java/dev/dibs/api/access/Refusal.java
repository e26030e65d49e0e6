package dev.dibs.api.access;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers of RFC 9457 to whoever may not do what they ask for. */
final class Refusal {
    private Refusal() {}

    static Mono<ServerResponse> unauthenticated() {
        return answer(
                HttpStatus.UNAUTHORIZED,
                "Authorization: Bearer with a valid token is needed; POST /user/login gives one");
    }

    static Mono<ServerResponse> forbidden(Iterable<String> anyOf) {
        return answer(HttpStatus.FORBIDDEN, "This needs the role " + String.join(" or ", anyOf));
    }

    private static Mono<ServerResponse> answer(HttpStatus status, String detail) {
        ServerResponse.BodyBuilder response = ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == HttpStatus.UNAUTHORIZED) {
            // RFC 9110, section 11.6.1: a 401 must say how to authenticate.
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"dibs\"");
        }
        return response.bodyValue(ProblemDetail.forStatusAndDetail(status, detail));
    }
}

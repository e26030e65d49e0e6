package dev.dibs.api.accounts;

import dev.dibs.api.control.TableFullException;
import dev.dibs.api.operations.Problem;
import dev.dibs.ids.UserId;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Ends all sessions of a user at an operator's word. */
final class SessionHandler {
    private static final Logger log = LoggerFactory.getLogger(SessionHandler.class);

    private final Logins logins;

    SessionHandler(Logins logins) {
        this.logins = logins;
    }

    /** Says nothing of whether there is such a user: most users of another login are not known here. */
    Mono<ServerResponse> revoke(ServerRequest request) {
        UserId userId;
        try {
            userId = new UserId(request.pathVariable("userId"));
        } catch (IllegalArgumentException e) {
            return Problem.of(HttpStatus.BAD_REQUEST, "faulty-input", e.getMessage())
                    .toResponse();
        }
        return logins.endAll(userId)
                .flatMap(issuedUntil -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .bodyValue(Map.of("userId", userId.value(), "issuedUntil", issuedUntil)))
                .onErrorResume(StillRefreshableException.class, error -> {
                    log.warn(
                            "Access tokens are ended, refresh tokens not yet; userId={} error={}",
                            userId,
                            error.getCause().toString());
                    return Problem.unavailable(
                                    "refresh-tokens-not-ended",
                                    "The user's access tokens are ended on all instances. Their refresh tokens are not yet,"
                                            + " the database does not answer: repeat the call, or they are good for new"
                                            + " access tokens as soon as it does")
                            .toResponse();
                })
                .onErrorResume(
                        TableFullException.class,
                        error -> Problem.unavailable(
                                        "too-many-endings",
                                        "So many sessions have been ended that no more can be remembered; they are forgotten as"
                                                + " their tokens expire, and dibs.jwt.max-lifetime makes that sooner")
                                .toResponse());
    }
}

package dev.dibs.api.operations;

import com.mongodb.MongoException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Turns what went wrong into problem details, without telling anything of the inside. */
public final class ProblemFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final Logger log = LoggerFactory.getLogger(ProblemFilter.class);

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request))
                .onErrorResume(error -> problem(request, error).toResponse());
    }

    private static Problem problem(ServerRequest request, Throwable error) {
        if (error instanceof ProblemException refused) {
            return refused.problem();
        }
        if (error instanceof InvalidMediaTypeException) {
            return Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unknown-format",
                    "The request's Content-Type is not a media type");
        }
        if (error instanceof ResponseStatusException status
                && status.getStatusCode().is4xxClientError()) {
            HttpStatus known = HttpStatus.valueOf(status.getStatusCode().value());
            return Problem.of(known, "bad-request", known.getReasonPhrase());
        }
        if (error instanceof MongoException
                || error instanceof KafkaException
                || error instanceof TimeoutException
                || error instanceof IOException) {
            log.warn("An operator's call could not be carried out; path={} error={}", request.path(), error.toString());
            return Problem.unavailable(
                    "servers-unavailable",
                    "A server that this needs does not answer at the moment; the call can safely be repeated");
        }
        log.error("An operator's call failed; path={} error={}", request.path(), error.toString(), error);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "Something is wrong inside; the log of this instance says more. The call can safely be repeated");
    }
}

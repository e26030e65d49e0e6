package dev.dibs.api.http;

import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.gate.GateRefusal;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.grab.GrabOutcome.AlreadyTaken;
import dev.dibs.api.grab.GrabOutcome.GateClosed;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.NotStarted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.grab.GrabOutcome.TooMany;
import dev.dibs.api.grab.Grabs;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** {@code /ticket/get} and {@code /ticket/result}: where the crowd arrives. */
final class GrabHandler {
    private static final Answer NONE = Answer.of(Ret.NOT_FOUND, "you have no ticket of this activity");
    private static final Answer BLOCKED =
            Answer.of(Ret.TOO_MANY_REQUESTS, "blocked for a while because of too many requests");
    private static final Answer NO_SUCH_ACTIVITY = Answer.of(Ret.NOT_FOUND, "no such activity");

    private static final Map<GateRefusal, Answer> GATE_CLOSED = new EnumMap<>(GateRefusal.class);

    static {
        for (GateRefusal refusal : GateRefusal.values()) {
            GATE_CLOSED.put(refusal, Answer.of(Ret.BAD_PARAMETER, refusal.message()));
        }
    }

    private final Grabs grabs;
    private final Tokens tokens;
    private final ClientAddress addresses;
    private final RedisClock clock;

    GrabHandler(Grabs grabs, Tokens tokens, ClientAddress addresses, RedisClock clock) {
        this.grabs = grabs;
        this.tokens = tokens;
        this.addresses = addresses;
        this.clock = clock;
    }

    Mono<Answer> grab(ServerHttpRequest request) {
        Principal caller = tokens.caller(request.getHeaders());
        if (caller == null) {
            return Mono.just(Answer.of(Ret.UNAUTHENTICATED));
        }
        Parameters query = Parameters.ofQuery(request);
        if (!Bodies.isPresent(request)) {
            return grab(caller, query, request);
        }
        return Bodies.read(request, query).flatMap(parameters -> grab(caller, parameters, request));
    }

    private Mono<Answer> grab(Principal caller, Parameters parameters, ServerHttpRequest request) {
        return grabs.grab(
                        caller,
                        parameters.activityId(),
                        parameters.requestId(),
                        addresses.of(request),
                        parameters.pass())
                .map(this::answer);
    }

    Mono<Answer> result(ServerHttpRequest request) {
        Principal caller = tokens.caller(request.getHeaders());
        if (caller == null) {
            return Mono.just(Answer.of(Ret.UNAUTHENTICATED));
        }
        return grabs.result(caller, Parameters.ofQuery(request).activityId()).map(this::answer);
    }

    private Answer answer(GrabOutcome outcome) {
        if (outcome instanceof Plain plain) {
            return answer(plain);
        }
        if (outcome instanceof Granted granted) {
            return Answer.of(Ret.SUCCESS, json -> Fields.grabbed(json, granted.activity(), granted.ticket(), now()));
        }
        if (outcome instanceof AlreadyTaken taken) {
            return Answer.of(Ret.ALREADY_TAKEN, json -> Fields.grabbed(json, taken.activity(), taken.ticket(), now()));
        }
        if (outcome instanceof GateClosed closed) {
            return GATE_CLOSED.get(closed.reason());
        }
        if (outcome instanceof TooMany tooMany) {
            return (tooMany.blocked() ? BLOCKED : Answer.of(Ret.TOO_MANY_REQUESTS))
                    .with(HttpHeaders.RETRY_AFTER, Integer.toString(tooMany.retryAfterSeconds()));
        }
        NotStarted notStarted = (NotStarted) outcome;
        return Answer.of(Ret.NOT_STARTED, json -> {
            json.writeNumberProperty("start_time", notStarted.startTime());
            json.writeNumberProperty("server_time", notStarted.serverTime());
        });
    }

    private static Answer answer(Plain plain) {
        return switch (plain) {
            case PENDING -> Answer.of(Ret.PENDING);
            case NONE -> NONE;
            case NO_SUCH_ACTIVITY -> NO_SUCH_ACTIVITY;
            case ENDED -> Answer.of(Ret.ENDED);
            case SOLD_OUT -> Answer.of(Ret.SOLD_OUT);
            case PAUSED -> Answer.of(Ret.PAUSED);
            case NOT_ELIGIBLE -> Answer.of(Ret.NOT_ELIGIBLE);
            case UNAVAILABLE -> Answer.of(Ret.UNAVAILABLE);
        };
    }

    private long now() {
        return clock.millis() / 1_000;
    }
}

package dev.dibs.api.idempotency;

import dev.dibs.api.access.AdminGuard;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.idempotency.CallStore.Run;
import dev.dibs.api.idempotency.CallStore.Standing;
import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Carries out each {@code POST} under {@code /admin} once for each {@code Idempotency-Key}, and answers whoever repeats it
 * what was answered first. An answer by which nothing was decided (401, 403, 429, 5xx) is not kept: the repetition is
 * a call of its own then, and every route bears that.
 */
public final class IdempotencyFilter implements WebFilter, Ordered {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final PathPattern ADMIN = PathPatternParser.defaultInstance.parse("/admin/**");
    /** As it is commonly sent, or as the structured string that the draft of the header wants. */
    private static final Pattern SOUND_KEY = Pattern.compile("\"?[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128}\"?");

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);
    private static final ServerResponse.Context CONTEXT = new ServerResponse.Context() {
        private final HandlerStrategies strategies = HandlerStrategies.withDefaults();

        @Override
        public List<HttpMessageWriter<?>> messageWriters() {
            return strategies.messageWriters();
        }

        @Override
        public List<ViewResolver> viewResolvers() {
            return strategies.viewResolvers();
        }
    };

    private final CallStore store;
    private final Tokens tokens;
    private final Duration signOfLife;

    /** @param signOfLife how often a call that is under way says so; well below the store's lease */
    IdempotencyFilter(CallStore store, Tokens tokens, Duration signOfLife) {
        this.store = store;
        this.tokens = tokens;
        this.signOfLife = signOfLife;
    }

    /** Behind the guard, so that nobody keeps anything here who may not call at all. */
    @Override
    public int getOrder() {
        return AdminGuard.ORDER + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        List<String> keys = request.getHeaders().getOrEmpty(KEY);
        if (keys.isEmpty()
                || request.getMethod() != HttpMethod.POST
                || !ADMIN.matches(request.getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        Principal who = tokens.caller(request.getHeaders());
        if (who == null) {
            return chain.filter(exchange);
        }
        if (keys.size() > 1 || !SOUND_KEY.matcher(keys.get(0)).matches()) {
            return answer(
                    exchange,
                    Problem.faulty(List.of(
                            new Fault(KEY, "must be one text of 1 to 128 printable characters, such as a UUID"))));
        }
        return KeyedCall.of(request, who.userId(), keys.get(0).replace("\"", ""))
                .flatMap(call -> once(exchange, chain, call));
    }

    private Mono<Void> once(ServerWebExchange exchange, WebFilterChain chain, KeyedCall call) {
        Run run = new Run(call.id(), UUID.randomUUID().toString());
        return store.begin(run, call.fingerprint())
                .timeout(STORE_TIMEOUT)
                .<Mono<Void>>map(standing -> go(exchange, chain, call, run, standing))
                .onErrorResume(error -> {
                    log.warn("It is not known whether a call was made before; error={}", error.toString());
                    return Mono.just(answer(exchange, storeAway()));
                })
                .flatMap(next -> next);
    }

    private Mono<Void> go(
            ServerWebExchange exchange, WebFilterChain chain, KeyedCall call, Run run, Standing standing) {
        if (standing instanceof Standing.Answered answered) {
            return answered.answer().isWhole()
                    ? replay(exchange.getResponse(), answered.answer())
                    : answer(exchange, notKept(answered.answer()));
        }
        if (standing instanceof Standing.OfAnother) {
            return answer(exchange, ofAnother());
        }
        if (standing instanceof Standing.UnderWay) {
            return answer(exchange, underWay());
        }
        ServerHttpResponse recorded =
                new RecordedResponse(exchange.getResponse(), answer -> bearingFailure(keep(run, answer)));
        Mono<Void> work = chain.filter(exchange.mutate()
                        .request(call.request())
                        .response(recorded)
                        .build())
                .onErrorResume(error -> bearingFailure(store.forget(run)).then(Mono.error(error)));
        return Mono.firstWithSignal(work, signsOfLife(run));
    }

    private Mono<Void> keep(Run run, KeptAnswer answer) {
        HttpStatusCode status = HttpStatusCode.valueOf(answer.status());
        boolean nothingDecided = status.is5xxServerError()
                || status.isSameCodeAs(HttpStatus.UNAUTHORIZED)
                || status.isSameCodeAs(HttpStatus.FORBIDDEN)
                || status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
        return nothingDecided ? store.forget(run) : store.answered(run, answer);
    }

    /** What was done is done: a store that fails now is no reason to keep the answer from the caller. */
    private static Mono<Void> bearingFailure(Mono<Void> storing) {
        return storing.timeout(STORE_TIMEOUT).onErrorResume(error -> {
            log.warn("The answer of a call could not be kept for its repetition; error={}", error.toString());
            return Mono.empty();
        });
    }

    /** Never completes. */
    private Mono<Void> signsOfLife(Run run) {
        return Flux.interval(signOfLife)
                .onBackpressureDrop()
                .concatMap(tick -> bearingFailure(store.keepAlive(run)))
                .then(Mono.never());
    }

    private static Mono<Void> replay(ServerHttpResponse response, KeptAnswer answer) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        response.getHeaders().set(REPLAYED, "true");
        response.getHeaders().setContentLength(answer.body().length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
    }

    private static Mono<Void> answer(ServerWebExchange exchange, Problem problem) {
        return problem.toResponse().flatMap(response -> response.writeTo(exchange, CONTEXT));
    }

    private static Problem ofAnother() {
        return Problem.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "key-of-another-request",
                "This Idempotency-Key was used for another request; take a new one for each new wish");
    }

    private static Problem underWay() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "under-way",
                "The request with this Idempotency-Key is being carried out; repeat it later for its answer");
    }

    private static Problem notKept(KeptAnswer answer) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "answer-not-kept",
                        "The request with this Idempotency-Key was carried out, but its answer was too large to be kept")
                .with("answeredStatus", answer.status());
    }

    private static Problem storeAway() {
        return Problem.unavailable(
                "key-not-checked",
                "It cannot be looked up whether this Idempotency-Key was used before; nothing was done, try again");
    }
}

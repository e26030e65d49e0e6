package dev.dibs.api.http;

import dev.dibs.api.verdict.LedgerView;
import java.util.function.BooleanSupplier;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** {@code /healthz} and {@code /readyz}, for whoever watches over the process. */
final class HealthHandler {
    private final LedgerView ledger;
    private final BooleanSupplier catalogueCaughtUp;

    HealthHandler(LedgerView ledger, BooleanSupplier catalogueCaughtUp) {
        this.ledger = ledger;
        this.catalogueCaughtUp = catalogueCaughtUp;
    }

    /**
     * Whether the process can still do what it is there for. A restart mends nothing that is beyond it, so no server is
     * asked; but one that has stopped reading the log for good would otherwise stay, and confirm nothing, for ever.
     */
    Mono<Answer> alive(ServerHttpRequest request) {
        return Mono.just(
                ledger.hasFailed()
                        ? Answer.of(Ret.UNAVAILABLE, "does not read the log any more, and must be restarted")
                        : Answer.of(Ret.SUCCESS, "alive"));
    }

    /** Whether this instance knows enough to serve buyers. */
    Mono<Answer> ready(ServerHttpRequest request) {
        boolean log = ledger.isCaughtUp();
        boolean catalogue = catalogueCaughtUp.getAsBoolean();
        boolean ready = log && catalogue;
        return Mono.just(Answer.of(
                ready ? Ret.SUCCESS : Ret.UNAVAILABLE,
                ready ? "ready" : "still reading what has happened so far",
                json -> {
                    json.writeBooleanProperty("log", log);
                    json.writeBooleanProperty("catalogue", catalogue);
                }));
    }
}

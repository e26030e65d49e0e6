package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A store that dies at its n-th call: before it does what it is asked for, or after, when the answer is lost. */
final class FailingCodeStore implements CodeStore {
    private final CodeStore store;
    private final int failingCall;
    private final boolean afterwards;
    private final boolean onlyClaims;
    private boolean blind;
    private final AtomicInteger calls = new AtomicInteger();

    FailingCodeStore(CodeStore store, int failingCall, boolean afterwards) {
        this(store, failingCall, afterwards, false);
    }

    private FailingCodeStore(CodeStore store, int failingCall, boolean afterwards, boolean onlyClaims) {
        this.store = store;
        this.failingCall = failingCall;
        this.afterwards = afterwards;
        this.onlyClaims = onlyClaims;
    }

    /** Dies at the n-th claim, whatever it was asked for before. */
    static FailingCodeStore atClaim(CodeStore store, int claim) {
        return new FailingCodeStore(store, claim, false, true);
    }

    /** Sees no owners until it claims. */
    FailingCodeStore blind() {
        blind = true;
        return this;
    }

    int calls() {
        return calls.get();
    }

    /** From the failing call on, nothing is answered: the process is dead. */
    private <T> Mono<T> call(Mono<T> real) {
        return onlyClaims ? real : counted(real);
    }

    private <T> Mono<T> counted(Mono<T> real) {
        return Mono.defer(() -> {
            int call = calls.incrementAndGet();
            if (call < failingCall) {
                return real;
            }
            Mono<T> dead = Mono.error(new IllegalStateException("dead at call " + call));
            return call == failingCall && afterwards ? real.then(dead) : dead;
        });
    }

    @Override
    public Mono<ImportRun> begin(ActivityId activityId, ImportId importId) {
        return call(store.begin(activityId, importId));
    }

    @Override
    public Mono<Map<ImportRun, ImportRun.Status>> statuses(Collection<ImportRun> runs) {
        return call(store.statuses(runs));
    }

    @Override
    public Mono<Map<String, ImportRun>> owners(List<String> fingerprints) {
        return blind ? Mono.just(Map.of()) : call(store.owners(fingerprints));
    }

    @Override
    public Mono<Map<String, ImportRun>> claim(ImportRun run, int firstRow, List<String> fingerprints) {
        return counted(store.claim(run, firstRow, fingerprints));
    }

    @Override
    public Mono<Boolean> takeOver(ImportRun run, int row, String fingerprint, ImportRun owner) {
        return call(store.takeOver(run, row, fingerprint, owner));
    }

    @Override
    public Mono<Void> store(ImportRun run, List<Code> codes) {
        return call(store.store(run, codes));
    }

    @Override
    public Mono<Boolean> seal(ImportRun run) {
        return call(store.seal(run));
    }

    @Override
    public Mono<Void> giveUp(ActivityId activityId, ImportId importId) {
        return call(store.giveUp(activityId, importId));
    }
}

package dev.dibs.api.idempotency;

import reactor.core.publisher.Mono;

/** The calls that have been made under a key, for all instances. */
interface CallStore {

    /** One attempt to carry out a call. */
    record Run(String callId, String nonce) {}

    /** How a call stands when somebody comes with its key. */
    sealed interface Standing {
        /** It is new, or whoever had begun it is gone: the asker is to carry it out. */
        record Begun() implements Standing {}

        /** Somebody is carrying it out. */
        record UnderWay() implements Standing {}

        /** The key belongs to another request. */
        record OfAnother() implements Standing {}

        record Answered(KeptAnswer answer) implements Standing {}
    }

    /**
     * Begins a call unless it has been begun. Of many who try at once one begins.
     *
     * @param fingerprint of the request
     */
    Mono<Standing> begin(Run run, String fingerprint);

    /** Says that the run is still at it; without it for a while, another may begin the call anew. */
    Mono<Void> keepAlive(Run run);

    /** Keeps the answer; does nothing where another run has taken the call over. */
    Mono<Void> answered(Run run, KeptAnswer answer);

    /** Forgets the call, as if it had never been made; does nothing where another run has taken it over. */
    Mono<Void> forget(Run run);

    /** Removes calls whose time is over, at most so many; completes with how many. */
    Mono<Long> purge(int atMost);
}

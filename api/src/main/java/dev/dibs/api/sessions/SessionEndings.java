package dev.dibs.api.sessions;

import dev.dibs.ids.UserId;
import reactor.core.publisher.Mono;

/**
 * Ends sessions on all instances. Completes once the log has the word and this instance has read it back; an error means
 * that it may or may not have gone out, and that the call can be repeated.
 */
public interface SessionEndings {

    /**
     * Ends one session.
     *
     * @param session its key
     * @param until when the last of its tokens expires, epoch milliseconds
     */
    Mono<Void> end(String session, long until);

    /**
     * Ends everything that a user has.
     *
     * @param issuedUntil epoch milliseconds; tokens that have been issued later are good
     */
    Mono<Void> endAll(UserId userId, long issuedUntil);
}

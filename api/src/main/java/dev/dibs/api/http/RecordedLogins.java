package dev.dibs.api.http;

import dev.dibs.api.accounts.AccountOutcome;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.Accounts;
import dev.dibs.api.trail.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Logins as admin go into the audit trail: nobody gets a token of an operator that the trail does not know of. */
final class RecordedLogins {
    private static final Logger log = LoggerFactory.getLogger(RecordedLogins.class);

    private final Trail trail;

    RecordedLogins(Trail trail) {
        this.trail = trail;
    }

    /** The outcome of the login, once the trail has it; that of others passes. */
    Mono<AccountOutcome> recorded(String account, Mono<AccountOutcome> login) {
        return Accounts.ADMIN.equals(account) ? login.flatMap(this::recorded) : login;
    }

    private Mono<AccountOutcome> recorded(AccountOutcome outcome) {
        if (!(outcome instanceof LoggedIn)) {
            trail.loginRefused(Accounts.ADMIN, outcome == Plain.WRONG_CREDENTIALS);
            return Mono.just(outcome);
        }
        return trail.loggedIn(Accounts.ADMIN).thenReturn(outcome).onErrorResume(error -> {
            log.warn("A login as admin is refused because the trail cannot be written; error={}", error.toString());
            return Mono.just(Plain.UNAVAILABLE);
        });
    }
}

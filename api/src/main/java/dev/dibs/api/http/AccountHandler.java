package dev.dibs.api.http;

import dev.dibs.api.access.Session;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.AccountOutcome;
import dev.dibs.api.accounts.AccountOutcome.BadParameter;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.AccountOutcome.TooManyAttempts;
import dev.dibs.api.accounts.Accounts;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** {@code /user/**}. Parameters come from the body only: a query string ends up in access logs. */
final class AccountHandler {
    private static final Answer WRONG_CREDENTIALS =
            Answer.of(Ret.UNAUTHENTICATED, "account, password or refresh_token is wrong");

    private static final Answer STILL_REFRESHABLE = Answer.of(
            Ret.UNAVAILABLE,
            "the access tokens of this login are ended, its refresh token is not yet; please repeat the call");

    private final Accounts accounts;
    private final Tokens tokens;
    private final ClientAddress addresses;
    private final RecordedLogins logins;

    AccountHandler(Accounts accounts, RecordedLogins logins, Tokens tokens, ClientAddress addresses) {
        this.accounts = accounts;
        this.logins = logins;
        this.tokens = tokens;
        this.addresses = addresses;
    }

    Mono<Answer> register(ServerHttpRequest request) {
        String address = addresses.of(request);
        return answer(
                request,
                parameters -> accounts.register(parameters.text("account"), parameters.text("password"), address));
    }

    Mono<Answer> login(ServerHttpRequest request) {
        String address = addresses.of(request);
        return answer(request, parameters -> {
            String account = parameters.text("account");
            return logins.recorded(account, accounts.login(account, parameters.text("password"), address));
        });
    }

    /** By the access token, the refresh token, or both: whoever has neither any more is logged out already. */
    Mono<Answer> logout(ServerHttpRequest request) {
        Session session = tokens.sessionEvenIfEnded(request.getHeaders());
        return answer(
                request,
                parameters -> accounts.logout(
                        session, parameters.has("refresh_token") ? parameters.text("refresh_token") : null));
    }

    Mono<Answer> refresh(ServerHttpRequest request) {
        return answer(request, parameters -> accounts.refresh(parameters.text("refresh_token")));
    }

    private static Mono<Answer> answer(ServerHttpRequest request, Function<Parameters, Mono<AccountOutcome>> call) {
        return Bodies.read(request, new Parameters()).flatMap(call).map(AccountHandler::answer);
    }

    private static Answer answer(AccountOutcome outcome) {
        if (outcome instanceof LoggedIn loggedIn) {
            return Answer.of(Ret.SUCCESS, json -> {
                json.writeStringProperty("token", loggedIn.token());
                json.writeNumberProperty("expires_in", loggedIn.expiresIn());
                json.writeStringProperty("refresh_token", loggedIn.refreshToken());
            });
        }
        if (outcome instanceof BadParameter bad) {
            return Answer.of(Ret.BAD_PARAMETER, bad.message());
        }
        if (outcome instanceof TooManyAttempts tooMany) {
            return Answer.of(Ret.TOO_MANY_REQUESTS, "too many attempts to log in or register; please wait")
                    .with(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.retryAfter()));
        }
        return switch ((Plain) outcome) {
            case LOGGED_OUT -> Answer.of(Ret.SUCCESS);
            case STILL_REFRESHABLE -> STILL_REFRESHABLE;
            case WRONG_CREDENTIALS -> WRONG_CREDENTIALS;
            case UNAVAILABLE -> Answer.of(Ret.UNAVAILABLE);
        };
    }
}

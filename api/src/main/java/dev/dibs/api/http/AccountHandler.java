package dev.dibs.api.http;

import dev.dibs.api.accounts.AccountOutcome;
import dev.dibs.api.accounts.AccountOutcome.BadParameter;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.Accounts;
import java.util.function.Function;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** {@code /user/**}. Parameters come from the body only: a query string ends up in access logs. */
final class AccountHandler {
    private static final Answer WRONG_CREDENTIALS =
            Answer.of(Ret.UNAUTHENTICATED, "account, password or refresh_token is wrong");

    private final Accounts accounts;
    private final RecordedLogins logins;

    AccountHandler(Accounts accounts, RecordedLogins logins) {
        this.accounts = accounts;
        this.logins = logins;
    }

    Mono<Answer> register(ServerHttpRequest request) {
        return answer(
                request, parameters -> accounts.register(parameters.text("account"), parameters.text("password")));
    }

    Mono<Answer> login(ServerHttpRequest request) {
        return answer(request, parameters -> {
            String account = parameters.text("account");
            return logins.recorded(account, accounts.login(account, parameters.text("password")));
        });
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
        return switch ((Plain) outcome) {
            case WRONG_CREDENTIALS -> WRONG_CREDENTIALS;
            case UNAVAILABLE -> Answer.of(Ret.UNAVAILABLE);
        };
    }
}

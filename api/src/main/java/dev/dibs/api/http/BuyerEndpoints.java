package dev.dibs.api.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The buyers' calls, by path and method. They are answered in front of Spring's dispatcher, which asks every kind of
 * handler in turn and costs about as much as all that Dibs does to refuse a grab; what is not a buyer's goes on to it.
 */
public final class BuyerEndpoints implements HttpHandlerDecoratorFactory {
    private static final HttpMethod GET = HttpMethod.GET;
    private static final HttpMethod POST = HttpMethod.POST;

    /** One call. What it throws, and what its answer fails with, is answered by {@link Errors}. */
    @FunctionalInterface
    interface Call {
        Mono<Answer> answer(ServerHttpRequest request);
    }

    private final Map<String, Map<HttpMethod, Call>> calls = new HashMap<>();

    BuyerEndpoints(
            GrabHandler grabs,
            ActivityHandler activities,
            TicketHandler tickets,
            AccountHandler accounts,
            HealthHandler health) {
        calls.put("/ticket/get", Map.of(GET, grabs::grab, POST, grabs::grab));
        calls.put("/ticket/result", Map.of(GET, grabs::result));
        calls.put("/ticket/list", Map.of(GET, tickets::list));
        calls.put("/ticket/detail", Map.of(GET, tickets::detail));
        calls.put("/act/list", Map.of(GET, activities::list));
        calls.put("/act/detail", Map.of(GET, activities::detail));
        calls.put("/user/login", Map.of(POST, accounts::login));
        calls.put("/user/register", Map.of(POST, accounts::register));
        calls.put("/user/refresh", Map.of(POST, accounts::refresh));
        calls.put("/user/logout", Map.of(POST, accounts::logout));
        calls.put("/healthz", Map.of(GET, health::alive));
        calls.put("/readyz", Map.of(GET, health::ready));
    }

    /** Every call, as {@code METHOD /path}. */
    public Set<String> routes() {
        return calls.entrySet().stream()
                .flatMap(call -> call.getValue().keySet().stream().map(method -> method.name() + " " + call.getKey()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A handler that answers buyers, and hands everybody else to the next. */
    @Override
    public HttpHandler apply(HttpHandler next) {
        return (request, response) -> {
            Map<HttpMethod, Call> methods = calls.get(request.getURI().getRawPath());
            return methods == null ? next.handle(request, response) : handle(methods, request, response);
        };
    }

    private static Mono<Void> handle(
            Map<HttpMethod, Call> methods, ServerHttpRequest request, ServerHttpResponse response) {
        return answer(methods, request)
                .flatMap(answer -> answer.writeTo(response))
                .onErrorResume(error -> Errors.answer(request, response, error));
    }

    private static Mono<Answer> answer(Map<HttpMethod, Call> methods, ServerHttpRequest request) {
        Call call = methods.get(request.getMethod());
        if (call == null) {
            return Mono.just(notAllowed(request.getMethod(), methods.keySet()));
        }
        try {
            return call.answer(request);
        } catch (RuntimeException e) {
            return Mono.error(e);
        }
    }

    /** RFC 9110, section 15.5.6: a 405 must say what is allowed. */
    private static Answer notAllowed(HttpMethod method, Set<HttpMethod> allowed) {
        String methods = allowed.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
        return Answer.of(Ret.BAD_PARAMETER, "method " + method + " is not allowed here, only " + methods)
                .withStatus(405)
                .with(HttpHeaders.ALLOW, methods);
    }
}

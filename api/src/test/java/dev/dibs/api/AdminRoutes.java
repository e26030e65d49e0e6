package dev.dibs.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The routes that an instance really has, so that one that is added is in the tests of all routes too. */
public final class AdminRoutes {

    /** @param pattern as the route has it, with its variables */
    public record Route(HttpMethod method, String pattern) {}

    private AdminRoutes() {}

    /** Every route behind Spring's dispatcher. */
    public static List<Route> of(ApplicationContext context) {
        Collector collector = new Collector();
        context.getBeansOfType(RouterFunction.class).values().forEach(routes -> routes.accept(collector));
        return collector.found;
    }

    private static final class Collector implements RouterFunctions.Visitor {
        private final List<Route> found = new ArrayList<>();
        private final Deque<String> prefixes = new ArrayDeque<>();

        @Override
        public void startNested(RequestPredicate predicate) {
            prefixes.addLast(Pattern.of(predicate).path);
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            prefixes.removeLast();
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            Pattern pattern = Pattern.of(predicate);
            pattern.methods.forEach(
                    method -> found.add(new Route(method, String.join("", prefixes) + pattern.path)));
        }

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

        @Override
        public void attributes(java.util.Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> routes) {}
    }

    /** The path and the methods that a predicate asks for; everything else about it is of no interest here. */
    private static final class Pattern implements RequestPredicates.Visitor {
        private Set<HttpMethod> methods = Set.of(HttpMethod.GET);
        private String path = "";

        static Pattern of(RequestPredicate predicate) {
            Pattern pattern = new Pattern();
            predicate.accept(pattern);
            return pattern;
        }

        @Override
        public void method(Set<HttpMethod> asked) {
            methods = asked;
        }

        @Override
        public void path(String asked) {
            path = asked;
        }

        @Override
        public void header(String name, String value) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}

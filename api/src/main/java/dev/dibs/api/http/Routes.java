package dev.dibs.api.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Which routes there are behind the dispatcher, as the router functions themselves tell it. */
public final class Routes {
    /** @param path as it was given, with its variables in braces */
    public record Route(HttpMethod method, String path) {
        @Override
        public String toString() {
            return method.name() + " " + path;
        }
    }

    private final List<Route> routes;
    private final Map<PathPattern, Set<String>> methods;

    public Routes(Iterable<? extends RouterFunction<?>> functions) {
        Collector collector = new Collector();
        functions.forEach(function -> function.accept(collector));
        routes = List.copyOf(collector.found);
        methods = routes.stream()
                .collect(Collectors.groupingBy(
                        route -> PathPatternParser.defaultInstance.parse(route.path),
                        Collectors.mapping(
                                (Route route) -> route.method.name(), Collectors.toCollection(TreeSet::new))));
    }

    public List<Route> all() {
        return routes;
    }

    /** The methods that this path is taken with, in order; none where nothing is there. */
    Set<String> methodsAt(PathContainer path) {
        return methods.entrySet().stream()
                .filter(known -> known.getKey().matches(path))
                .flatMap(known -> known.getValue().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Walks the functions. Routes have methods and paths here and nothing else; what is new is said, not skipped. */
    private static final class Collector implements RouterFunctions.Visitor {
        private final Deque<String> prefixes = new ArrayDeque<>();
        private final List<Route> found = new ArrayList<>();

        @Override
        public void startNested(RequestPredicate predicate) {
            prefixes.addLast(MethodsAndPath.of(predicate).path);
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            prefixes.removeLast();
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            MethodsAndPath route = MethodsAndPath.of(predicate);
            String path = String.join("", prefixes) + route.path;
            route.methods.forEach(method -> found.add(new Route(method, path)));
        }

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
            throw new IllegalStateException("Files are served by routes of their own");
        }

        @Override
        public void attributes(Map<String, Object> attributes) {
            // They say nothing of the path.
        }

        @Override
        public void unknown(RouterFunction<?> function) {
            throw new IllegalStateException("A route that cannot be looked into: " + function);
        }
    }

    private static final class MethodsAndPath implements RequestPredicates.Visitor {
        private Set<HttpMethod> methods = Set.of();
        private String path = "";

        static MethodsAndPath of(RequestPredicate predicate) {
            MethodsAndPath visitor = new MethodsAndPath();
            predicate.accept(visitor);
            return visitor;
        }

        @Override
        public void method(Set<HttpMethod> given) {
            methods = given;
        }

        @Override
        public void path(String pattern) {
            path += pattern;
        }

        @Override
        public void startAnd() {
            // Both of its parts are visited.
        }

        @Override
        public void and() {
            // As above.
        }

        @Override
        public void endAnd() {
            // As above.
        }

        @Override
        public void version(String version) {
            throw unexpected("a version");
        }

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        public void pathExtension(String extension) {
            throw unexpected("an extension");
        }

        @Override
        public void header(String name, String value) {
            throw unexpected("a header");
        }

        @Override
        public void queryParam(String name, String value) {
            throw unexpected("a parameter");
        }

        @Override
        public void startOr() {
            throw unexpected("a choice");
        }

        @Override
        public void or() {
            throw unexpected("a choice");
        }

        @Override
        public void endOr() {
            throw unexpected("a choice");
        }

        @Override
        public void startNegate() {
            throw unexpected("a negation");
        }

        @Override
        public void endNegate() {
            throw unexpected("a negation");
        }

        @Override
        public void unknown(RequestPredicate predicate) {
            throw unexpected(predicate.toString());
        }

        private static IllegalStateException unexpected(String what) {
            return new IllegalStateException("A route is told by its method and path, not by " + what);
        }
    }
}

package dev.dibs.api.metrics;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Keeps everything but the actuator's endpoints off the port for managing: the second server would otherwise answer buyers
 * and operators, too, past every limit of the proxy in front of the first one. The actuator finds it by its own file of
 * imports; it carries no annotation, or the first server would find it too.
 */
final class ManagementPort {
    private static final String ENDPOINTS = "/actuator";

    @Bean
    static BeanPostProcessor nothingButEndpoints() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HttpHandler handler ? only(handler) : bean;
            }
        };
    }

    private static HttpHandler only(HttpHandler endpoints) {
        return (request, response) -> {
            String path = request.getPath().value();
            if (path.equals(ENDPOINTS) || path.startsWith(ENDPOINTS + "/")) {
                return endpoints.handle(request, response);
            }
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return response.setComplete();
        };
    }
}

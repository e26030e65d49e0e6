package dev.dibs.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

class ManagementPortTest {
    /** As the second server would be: it answers whatever the first one does. */
    private static final HttpHandler EVERYTHING = (request, response) -> {
        response.setStatusCode(HttpStatus.OK);
        return response.setComplete();
    };

    private static final HttpHandler GUARDED = (HttpHandler)
            ManagementPort.nothingButEndpoints().postProcessAfterInitialization(EVERYTHING, "httpHandler");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/act/list", "/admin/activities", "/actuatorx", "/x/actuator"})
    void onlyTheGuardKeepsBuyersAndOperatorsOut(String path) {
        assertThat(status(EVERYTHING, path)).isEqualTo(HttpStatus.OK);
        assertThat(status(GUARDED, path)).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/prometheus", "/actuator/health"})
    void endpointsPass(String path) {
        assertThat(status(GUARDED, path)).isEqualTo(HttpStatus.OK);
    }

    @Test
    void whatIsNoServerIsLeftAsItIs() {
        assertThat(ManagementPort.nothingButEndpoints().postProcessAfterInitialization("a bean", "any"))
                .isEqualTo("a bean");
    }

    private static HttpStatusCode status(HttpHandler handler, String path) {
        MockServerHttpResponse response = new MockServerHttpResponse();
        handler.handle(MockServerHttpRequest.get(path).build(), response).block();
        return response.getStatusCode();
    }
}

package dev.dibs.api.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code /openapi.json}, and {@code /docs} that shows it. Open to everybody: it tells what the sources tell. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String OWN = "dev/dibs/api/openapi/";
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final MediaType JAVASCRIPT = new MediaType("text", "javascript", UTF_8);
    private static final MediaType CSS = new MediaType("text", "css", UTF_8);

    @Bean
    RouterFunction<ServerResponse> openApiRoutes() {
        String swagger = SwaggerUi.folder();
        return route().GET("/openapi.json", StaticFile.of(OWN + "openapi.json", MediaType.APPLICATION_JSON))
                .GET("/docs", StaticFile.of(OWN + "page/index.html", HTML))
                .GET("/docs/start.js", StaticFile.of(OWN + "page/start.js", JAVASCRIPT))
                .GET("/docs/swagger-ui.css", StaticFile.of(swagger + "swagger-ui.css", CSS))
                .GET("/docs/swagger-ui-bundle.js", StaticFile.of(swagger + "swagger-ui-bundle.js", JAVASCRIPT))
                .build();
    }
}

package dev.dibs.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where Swagger UI lies on the class path: its folder is named after its version, which stands in the pom only. */
final class SwaggerUi {
    private static final String ABOUT = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private SwaggerUi() {}

    static String folder() {
        Properties about = new Properties();
        try (InputStream in = SwaggerUi.class.getClassLoader().getResourceAsStream(ABOUT)) {
            if (in == null) {
                throw new IllegalStateException("Swagger UI is not on the class path");
            }
            about.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "META-INF/resources/webjars/swagger-ui/" + about.getProperty("version") + "/";
    }
}

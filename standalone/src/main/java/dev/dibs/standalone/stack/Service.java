package dev.dibs.standalone.stack;

import dev.dibs.api.CannotStartException;
import dev.dibs.processor.running.ProcessorStartException;
import dev.dibs.projector.StartFailure;
import dev.dibs.standalone.console.ProblemException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One of the services, started from the same application class as its own main starts. */
final class Service implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Service.class);

    private final ConfigurableApplicationContext context;

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a service, and returns once it is up. */
    static Service start(String name, SpringApplicationBuilder application, Map<String, String> properties) {
        String[] arguments = properties.entrySet().stream()
                .map(p -> "--" + p.getKey() + "=" + p.getValue())
                .toArray(String[]::new);
        try {
            return new Service(application
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .run(arguments));
        } catch (RuntimeException e) {
            log.error("{} did not start", name, e);
            throw new ProblemException(name + " did not start: " + reason(e), e);
        }
    }

    /** The port it listens on. */
    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** What the service itself says names the server and the setting; else what Spring wraps says more than Spring. */
    static String reason(Throwable e) {
        Throwable cause = e;
        while (!isOwn(cause) && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static boolean isOwn(Throwable cause) {
        return cause instanceof CannotStartException
                || cause instanceof ProcessorStartException
                || cause instanceof StartFailure;
    }

    @Override
    public void close() {
        context.close();
    }
}

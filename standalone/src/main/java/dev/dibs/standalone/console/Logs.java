package dev.dibs.standalone.console;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where the libraries' log lines go. Only the program itself decides this, never a service or a test. */
public final class Logs {
    private static final String FILE = "dibs.log.file";

    private Logs() {}

    /** To be called before anything logs: nothing appears on the console, and Spring leaves the logging alone. */
    public static void silence() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty(
                "logback.configurationFile", resource("logback-silent.xml").toString());
    }

    /** From now on everything worth keeping is appended to the file. */
    public static void writeTo(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty(FILE, file.toAbsolutePath().toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(resource("logback-file.xml"));
        } catch (JoranException e) {
            throw new ProblemException("the log file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static URL resource(String name) {
        return Logs.class.getResource(name);
    }
}

package dev.dibs.projector;

import com.mongodb.ConnectionString;
import dev.dibs.documents.Documents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be configured, as properties {@code dibs.*} or environment variables {@code DIBS_*}.
 *
 * @param kafka brokers, {@code host:port} separated by commas
 * @param mongodb a connection string
 * @param database in MongoDB; the same for all services
 * @param instance tells projectors apart in the logs of the servers; random unless given
 * @param rebuild rebuild the tickets' projection and exit, instead of following the log
 */
@ConfigurationProperties("dibs")
public record ProjectorProperties(
        @DefaultValue("127.0.0.1:9092") String kafka,
        @DefaultValue("mongodb://127.0.0.1:27017") String mongodb,
        @DefaultValue(Documents.DATABASE) String database,
        String instance,
        @DefaultValue("false") boolean rebuild,
        @DefaultValue Health health,
        @DefaultValue Start start) {
    private static final Pattern BROKERS = Pattern.compile("[^\\s,:]+:[0-9]{1,5}(\\s*,\\s*[^\\s,:]+:[0-9]{1,5})*");
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** Neither empty nor any of the characters that MongoDB refuses. */
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private static final int RANDOM_INSTANCE_LENGTH = 8;

    public ProjectorProperties {
        kafka = kafka.strip();
        if (!BROKERS.matcher(kafka).matches()) {
            throw new IllegalArgumentException("dibs.kafka must be host:port[,host:port…] but is '" + kafka + "'");
        }
        requireConnectionString(mongodb);
        if (!DATABASE.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "dibs.database must have 1 to 63 letters, digits and _ - but is '" + database + "'");
        }
        if (instance == null || instance.isBlank()) {
            instance = UUID.randomUUID().toString().substring(0, RANDOM_INSTANCE_LENGTH);
        }
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException(
                    "dibs.instance must have 1 to 64 letters, digits and . _ - but is '" + instance + "'");
        }
    }

    /** The message leaves out the value, which may hold a password. */
    private static void requireConnectionString(String mongodb) {
        try {
            new ConnectionString(mongodb);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "dibs.mongodb must be a MongoDB connection string such as mongodb://127.0.0.1:27017");
        }
    }

    /** @param file touched every few seconds while the projector is keeping up; none unless given */
    public record Health(Path file) {}

    /** @param timeout how long to wait for the servers at the start, at least one second */
    public record Start(@DefaultValue("30s") Duration timeout) {
        public Start {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("dibs.start.timeout must be at least 1s but is " + timeout);
            }
        }
    }
}

package dev.dibs.processor;

import dev.dibs.pseudonyms.Pseudonyms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of a stream-processor.
 *
 * @param kafka bootstrap servers, host:port separated by commas
 * @param partitions of every topic but the dead letters, where the topics do not exist yet; 1 to 1000
 * @param replication of the topics that this application creates, 1 to 9
 * @param instance a name that no other running processor has and that outlives restarts, or empty; with it a restart
 *     takes over at once what a crash has left, without it after the session's end
 * @param standbyReplicas how many other processors keep a copy of each partition's state, 0 to 8: with one, whoever takes
 *     over from a processor that is gone need not read the state first
 * @param pseudonym what buyers' names for analysts are made with
 */
@ConfigurationProperties("dibs")
public record ProcessorProperties(
        @DefaultValue("127.0.0.1:9092") String kafka,
        @DefaultValue Data data,
        @DefaultValue("6") int partitions,
        @DefaultValue("1") short replication,
        @DefaultValue("") String instance,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue Pseudonym pseudonym,
        @DefaultValue Health health,
        @DefaultValue Start start) {
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{0,64}");
    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+(:[^\\s,:]+)*:\\d{1,5}(,\\s*[^\\s,:]+:\\d{1,5})*");

    public ProcessorProperties {
        if (kafka == null || !SERVERS.matcher(kafka).matches()) {
            throw new IllegalArgumentException(
                    "dibs.kafka must be host:port, several separated by commas, but is '" + kafka + "'");
        }
        if (partitions < 1 || partitions > 1_000) {
            throw new IllegalArgumentException("dibs.partitions must be 1 to 1000 but is " + partitions);
        }
        if (replication < 1 || replication > 9) {
            throw new IllegalArgumentException("dibs.replication must be 1 to 9 but is " + replication);
        }
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException(
                    "dibs.instance must be at most 64 letters, digits and . _ - but is '" + instance + "'");
        }
        if (standbyReplicas < 0 || standbyReplicas > 8) {
            throw new IllegalArgumentException("dibs.standby-replicas must be 0 to 8 but is " + standbyReplicas);
        }
        pseudonym.pseudonyms();
    }

    /** @param dir the folder in which the state is kept between two starts; each processor needs one of its own */
    public record Data(@DefaultValue("dibs-data") String dir) {
        public Data {
            if (dir.isBlank()) {
                throw new IllegalArgumentException("dibs.data.dir must not be empty");
            }
        }
    }

    /** @param key at least 32 characters, the same on all processors and for ever; required */
    public record Pseudonym(@DefaultValue("") String key) {
        @Override
        public String toString() {
            return "Pseudonym[***]";
        }

        Pseudonyms pseudonyms() {
            return new Pseudonyms(key);
        }
    }

    /** @param file touched every few seconds while the processor runs; empty for none */
    public record Health(@DefaultValue("") String file) {}

    /** @param timeout how long to wait for Kafka at the start, at least a second */
    public record Start(@DefaultValue("30s") Duration timeout) {
        public Start {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("dibs.start.timeout must be at least 1s but is " + timeout);
            }
        }
    }

    public Path stateDir() {
        return Path.of(data.dir()).resolve("stream-processor").toAbsolutePath();
    }

    public Optional<Path> healthFile() {
        return health.file().isBlank() ? Optional.empty() : Optional.of(Path.of(health.file()));
    }
}

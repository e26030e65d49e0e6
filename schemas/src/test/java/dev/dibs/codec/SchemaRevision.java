package dev.dibs.codec;

import dev.dibs.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import tools.jackson.databind.JsonNode;

/**
 * A schema as analysts have been given it, kept in {@code approved-schemas}. These files are never changed or removed: a
 * change of a schema is a new file with the next number.
 *
 * @param topic without {@code dibs.}
 * @param number from 1
 */
record SchemaRevision(String topic, int number, JsonNode schema) {
    private static final Pattern NAME = Pattern.compile("(.+)\\.r(\\d+)\\.schema\\.json");

    static List<SchemaRevision> all() {
        try (Stream<Path> files = Files.list(
                Path.of(SchemaRevision.class.getResource("/approved-schemas").toURI()))) {
            return files.map(SchemaRevision::read)
                    .sorted(Comparator.comparing(SchemaRevision::topic).thenComparingInt(SchemaRevision::number))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Oldest first. */
    static List<SchemaRevision> of(String topic) {
        return all().stream().filter(revision -> revision.isOf(topic)).toList();
    }

    /** Names of topics for which there is an approved schema. */
    static List<String> topics() {
        return List.copyOf(new TreeSet<>(
                all().stream().map(revision -> "dibs." + revision.topic()).toList()));
    }

    static List<String> currentTopics() {
        return Topics.all(1, (short) 1).stream().map(NewTopic::name).sorted().toList();
    }

    boolean isOf(String name) {
        return name.equals("dibs." + topic);
    }

    /** The records that the schema itself shows. */
    List<JsonNode> examples() {
        List<JsonNode> examples = new ArrayList<>();
        schema.path("examples").forEach(examples::add);
        return examples;
    }

    private static SchemaRevision read(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException(file + " must be called <topic>.r<number>.schema.json");
        }
        try {
            return new SchemaRevision(
                    name.group(1), Integer.parseInt(name.group(2)), Json.MAPPER.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return topic + ".r" + number;
    }
}

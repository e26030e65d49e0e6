package dev.dibs.e2e;

import dev.dibs.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the recipe for kcat makes, made without kcat. */
final class TopicFiles {
    private static final List<String> TOPICS =
            List.of(Topics.GRAB_RESULTS, Topics.ACTIVITY_STATS, Topics.ACTIVITY_STATS_PER_SECOND);

    static final List<String> NAMES = TOPICS.stream().map(TopicFiles::name).toList();

    private TopicFiles() {}

    static void write(Path folder) {
        for (String topic : TOPICS) {
            List<String> lines = TopicRecords.of(topic).stream()
                    .map(record -> "{\"offset\":" + record.offset() + ",\"value\":"
                            + new String(record.value(), StandardCharsets.UTF_8) + "}")
                    .toList();
            try {
                Files.write(folder.resolve(name(topic)), lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String name(String topic) {
        return topic.substring("dibs.".length()) + ".ndjson";
    }
}

package dev.dibs.standalone.report;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads how a sale went and writes the page about it. */
public final class SaleReport {
    private final String kafka;
    private final Clock clock;
    private final String version;

    /**
     * @param kafka bootstrap servers
     * @param version of Dibs, as it calls itself
     */
    public SaleReport(String kafka, Clock clock, String version) {
        this.kafka = kafka;
        this.clock = clock;
        this.version = version;
    }

    /**
     * The file appears when it is complete.
     *
     * @return how many bytes it has
     * @throws ProblemException where there is no such activity, nothing has been counted of it, or Kafka cannot be read
     */
    public long write(ActivityId activityId, Path file) {
        String page = new ReportPage().of(read(activityId), clock.instant(), version);
        Path target = file.toAbsolutePath().normalize();
        try {
            Path draft = Files.createTempFile(
                    target.getParent(), target.getFileName().toString(), ".part");
            try {
                Files.writeString(draft, page);
                long bytes = Files.size(draft);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return bytes;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new ProblemException("the report cannot be written to " + file + ": " + e, e);
        }
    }

    private Sale read(ActivityId activityId) {
        try (TopicReader reader = new TopicReader(kafka)) {
            KnownActivities activities = new KnownActivities(activityId);
            reader.read(reader.partitions(Topics.ACTIVITIES), record -> activities.add(record.key(), record.value()));
            Activity activity = activities.wanted();
            SaleTally tally = new SaleTally(activityId);
            List<TopicPartition> partitions = SaleTally.TOPICS.stream()
                    .map(topic -> reader.partition(topic, activityId))
                    .toList();
            Map<String, Long> readTo =
                    reader.read(partitions, record -> tally.add(record.topic(), record.key(), record.value()));
            return tally.sale(activity, readTo)
                    .orElseThrow(() -> new ProblemException("nothing has been counted of " + activityId
                            + " yet: it has no codes and nobody has asked for one, or the stream-processor is behind"));
        } catch (KafkaException e) {
            throw new ProblemException(
                    "the statistics cannot be read from Kafka at " + kafka + ": " + e.getMessage(), e);
        }
    }
}

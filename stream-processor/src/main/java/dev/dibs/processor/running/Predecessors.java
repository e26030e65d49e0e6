package dev.dibs.processor.running;

import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processors have left behind that read everything before the latest rebuild. Two applications that write the same
 * topics would not be exactly-once together, so the next one begins when nobody of the one before can commit any more.
 */
final class Predecessors {
    private static final Logger log = LoggerFactory.getLogger(Predecessors.class);
    private static final List<String> WRITTEN =
            List.of(Topics.GRAB_RESULTS, Topics.ACTIVITY_STATS, Topics.ACTIVITY_STATS_PER_SECOND, Topics.ALARMS);
    /** No store has a name that begins with a digit. */
    private static final Pattern CHANGELOG =
            Pattern.compile(StreamsSettings.APPLICATION_ID + "(?:-([0-9]{1,9}))?-[a-z].*-changelog");

    private static final long ANSWER_SECONDS = 10;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Admin admin;
    private final int rebuilds;

    Predecessors(Admin admin, int rebuilds) {
        this.admin = admin;
        this.rebuilds = rebuilds;
    }

    /** A question to the brokers. */
    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka refuses", e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", e);
        }
    }

    /**
     * Waits until none of them runs: their groups are empty, so that no transaction of theirs can be committed that has
     * not reached its end, and no transaction is open on what they write.
     *
     * @param giveUp asked now and then
     * @return false where it was given up
     */
    boolean awaitGone(BooleanSupplier giveUp) {
        while (rebuilds > 0 && !(groupsAreEmpty() && nothingIsOpen())) {
            if (giveUp.getAsBoolean()) {
                return false;
            }
            ask(() -> {
                Thread.sleep(PAUSE.toMillis());
                return true;
            });
        }
        return true;
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        for (int number = 0; number < rebuilds; number++) {
            groups.add(StreamsSettings.applicationId(number));
        }
        return groups;
    }

    private boolean groupsAreEmpty() {
        return groups().stream().allMatch(this::isEmpty);
    }

    private boolean isEmpty(String group) {
        return ask(() -> {
            try {
                ConsumerGroupDescription found = admin.describeConsumerGroups(Set.of(group))
                        .describedGroups()
                        .get(group)
                        .get(ANSWER_SECONDS, TimeUnit.SECONDS);
                return found.members().isEmpty();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    return true;
                }
                throw e;
            }
        });
    }

    private boolean nothingIsOpen() {
        return ask(() -> {
            Map<TopicPartition, OffsetSpec> partitions =
                    admin
                            .describeTopics(WRITTEN)
                            .allTopicNames()
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                            .values()
                            .stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(p -> new TopicPartition(topic.name(), p.partition())))
                            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> committed = ends(partitions, IsolationLevel.READ_COMMITTED);
            Map<TopicPartition, ListOffsetsResultInfo> all = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
            return all.entrySet().stream()
                    .allMatch(end -> committed.get(end.getKey()).offset()
                            == end.getValue().offset());
        });
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(
            Map<TopicPartition, OffsetSpec> partitions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        return admin.listOffsets(partitions, new ListOffsetsOptions(isolation))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Removes their changelogs and groups; what cannot be removed now is left to the next start. */
    void remove() {
        if (rebuilds == 0) {
            return;
        }
        try {
            List<String> changelogs =
                    ask(() -> admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS)).stream()
                            .filter(this::isTheirs)
                            .toList();
            if (!changelogs.isEmpty()) {
                ask(() -> admin.deleteTopics(changelogs).all().get(ANSWER_SECONDS, TimeUnit.SECONDS));
                log.info("Removed what an earlier reading has left; topics={}", changelogs.size());
            }
            ask(() -> admin.deleteConsumerGroups(groups()).all().get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (KafkaException e) {
            log.debug("What an earlier reading has left cannot be removed now; error={}", e.toString());
        }
    }

    /** Never of a later one, which may have been asked for meanwhile. */
    private boolean isTheirs(String topic) {
        Matcher changelog = CHANGELOG.matcher(topic);
        return changelog.matches() && (changelog.group(1) == null || Integer.parseInt(changelog.group(1)) < rebuilds);
    }
}

package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.api.control.TopicAppender;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Appends activities to {@code dibs.activities}. */
public final class KafkaCatalogueWriter implements CatalogueWriter, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaCatalogueWriter.class);
    private static final String EVENT_TYPE = "ActivityConfigured";

    private final KafkaCatalogue catalogue;
    private final TopicAppender appender;

    /**
     * @param kafka bootstrap servers, client id, and whatever else the connection needs
     * @param instance names this instance as the source of what it writes
     */
    public KafkaCatalogueWriter(Map<String, Object> kafka, KafkaCatalogue catalogue, String instance, Clock clock) {
        this.catalogue = catalogue;
        this.appender = new TopicAppender(kafka, Topics.ACTIVITIES, "catalogue-writer", instance, clock);
        catalogue.rewriteBy(this::rewrite);
    }

    @Override
    public Mono<Activity> save(Activity activity) {
        return Mono.defer(() -> {
            Activity current = catalogue.find(activity.activityId());
            if (current != null && current.version() >= activity.version()) {
                return outcome(activity, current);
            }
            return written(activity);
        });
    }

    /** By writing it once more: what stands before that record has been read when it is. */
    @Override
    public Mono<Activity> confirm(Activity activity) {
        return Mono.defer(() -> {
            Activity current = catalogue.find(activity.activityId());
            return activity.equals(current) ? written(activity) : outcome(activity, current);
        });
    }

    private Mono<Activity> written(Activity activity) {
        return catalogue
                .readBack()
                .append(
                        appender,
                        key(activity),
                        ActivityCodec.encode(activity),
                        EVENT_TYPE,
                        error -> failed(activity, error))
                .flatMap(now -> outcome(activity, now));
    }

    private static Mono<Activity> outcome(Activity wanted, Activity now) {
        return wanted.equals(now) ? Mono.just(now) : Mono.error(new CatalogueConflictException(now));
    }

    private static byte[] key(Activity activity) {
        return activity.activityId().value().getBytes(StandardCharsets.UTF_8);
    }

    private static void failed(Activity activity, Exception error) {
        log.error(
                "An activity could not be written; activityId={} topic={} error={}",
                activity.activityId(),
                Topics.ACTIVITIES,
                error.toString());
    }

    private void rewrite(Activity activity) {
        log.info(
                "The configuration that counts is written again, behind one that does not; activityId={} topic={}",
                activity.activityId(),
                Topics.ACTIVITIES);
        appender.append(
                key(activity),
                ActivityCodec.encode(activity),
                EVENT_TYPE,
                UUID.randomUUID().toString(),
                error -> failed(activity, error));
    }

    @Override
    public void close() {
        appender.close();
    }
}

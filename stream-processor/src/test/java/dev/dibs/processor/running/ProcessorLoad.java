package dev.dibs.processor.running;

import com.sun.management.OperatingSystemMXBean;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.processor.Samples;
import dev.dibs.processor.topology.GrabTopology;
import dev.dibs.processor.topology.Resumption;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Run by hand: what the stream-processor costs under a sale, and how fresh its statistics are, by the time between two
 * commits and the requests that its producer may have under way. Arguments: grabs per second, seconds, then
 * commitMillis:inFlight as often as wanted.
 */
final class ProcessorLoad {
    private static final TicketKind KIND = new TicketKind("seat");
    private static final int SALES = 6;

    private final int perSecond;
    private final int seconds;
    private volatile boolean over;
    private final Map<String, Long> appended = new ConcurrentHashMap<>();

    private ProcessorLoad(int perSecond, int seconds) {
        this.perSecond = perSecond;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        ProcessorLoad load = new ProcessorLoad(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        System.out.println("commitMs inFlight processorCpu% allCpu% freshMs:p50 p99 max rows concurrent outOfOrder");
        for (String run : Arrays.asList(args).subList(2, args.length)) {
            String[] parts = run.split(":");
            load.run(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
        System.exit(0);
    }

    private void run(int commitMillis, int inFlight) throws Exception {
        Path folder = Files.createTempDirectory("processor-load");
        appended.clear();
        over = false;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            TestTopics.create(kafka.bootstrapServers());
            StreamsSettings settings =
                    new StreamsSettings(kafka.bootstrapServers(), folder.resolve("state"), (short) 1, "load", 0);
            Properties properties = settings.asProperties(0);
            properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
            properties.put(
                    StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), inFlight);
            try (KafkaStreams streams =
                            new KafkaStreams(GrabTopology.build(Resumption.FRESH, Samples.PSEUDONYMS), properties);
                    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 2),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                streams.start();
                while (streams.state() != KafkaStreams.State.RUNNING) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                measure(kafka, producer, commitMillis, inFlight);
            }
        }
    }

    private void measure(EmbeddedKafka kafka, KafkaProducer<byte[], byte[]> producer, int commitMillis, int inFlight)
            throws Exception {
        List<ActivityId> sales = IntStream.range(0, SALES)
                .mapToObj(i -> new ActivityId("sale-" + i))
                .toList();
        long[] epochs = new long[SALES];
        for (int i = 0; i < SALES; i++) {
            send(producer, new StockAdded(UUID.randomUUID(), 1, sales.get(i), 0, 1_000_000, KIND, new ImportId("i")));
            epochs[i] = send(producer, new EpochOpened(UUID.randomUUID(), 1, sales.get(i), "n", "f", 1));
        }
        List<Long> ages = new ArrayList<>();
        Thread reader = new Thread(() -> read(kafka.bootstrapServers(), ages));
        reader.setDaemon(true);
        reader.start();
        sell(producer, sales, epochs, 0, 3 * perSecond);
        synchronized (ages) {
            ages.clear();
        }
        long concurrent = refused("CONCURRENT_TRANSACTIONS");
        long outOfOrder = refused("OUT_OF_ORDER_SEQUENCE_NUMBER");
        long[] before = cpu();
        long begin = System.nanoTime();
        sell(producer, sales, epochs, 3 * perSecond, seconds * perSecond);
        double elapsed = System.nanoTime() - begin;
        long[] after = cpu();
        TimeUnit.SECONDS.sleep(1);
        List<Long> sorted;
        synchronized (ages) {
            sorted = ages.stream().sorted().toList();
        }
        System.out.printf(
                "%8d %8d %13.1f %7.1f %7d %4d %4d %6d %10d %10d%n",
                commitMillis,
                inFlight,
                100 * (after[0] - before[0]) / elapsed,
                100 * (after[1] - before[1]) / elapsed,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1),
                sorted.size(),
                refused("CONCURRENT_TRANSACTIONS") - concurrent,
                refused("OUT_OF_ORDER_SEQUENCE_NUMBER") - outOfOrder);
        over = true;
    }

    private void sell(
            KafkaProducer<byte[], byte[]> producer, List<ActivityId> sales, long[] epochs, int from, int count)
            throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int sale = i % SALES;
            int number = from + i;
            long now = System.currentTimeMillis();
            TicketGrabbed grab = new TicketGrabbed(
                    sales.get(sale),
                    epochs[sale],
                    number / SALES,
                    new TicketId(UUID.randomUUID()),
                    new UserId("user-" + number),
                    new RequestId("request-" + number),
                    now,
                    now,
                    KIND,
                    "hash");
            producer.send(record(grab), (place, error) -> {
                if (error == null) {
                    appended.put(place.partition() + ":" + place.offset(), System.nanoTime());
                }
            });
            long due = begin + i * 1_000_000_000L / perSecond;
            if (due - System.nanoTime() > 1_000_000) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
        }
        producer.flush();
    }

    private static long send(KafkaProducer<byte[], byte[]> producer, TicketEvent event) throws Exception {
        return producer.send(record(event)).get().offset();
    }

    private static ProducerRecord<byte[], byte[]> record(TicketEvent event) {
        return new ProducerRecord<>(
                Topics.TICKET_EVENTS,
                event.activityId().value().getBytes(StandardCharsets.UTF_8),
                TicketEventCodec.encode(event));
    }

    /** How old the latest event is that a row of statistics tells of, when an analyst reads the row. */
    private void read(String kafka, List<Long> ages) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, TestTopics.PARTITIONS)
                    .mapToObj(p -> new TopicPartition(Topics.ACTIVITY_STATS, p))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            while (!over) {
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofMillis(100))) {
                    var stats = ActivityStatsCodec.decode(row.value());
                    Long at = appended.get(stats.logPartition() + ":" + stats.logOffset());
                    if (at != null) {
                        synchronized (ages) {
                            ages.add((System.nanoTime() - at) / 1_000_000);
                        }
                    }
                }
            }
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException("The processor has written what nobody can read", e);
        }
    }

    /** How often the broker has refused a request for this reason; clients try those again by themselves. */
    private static long refused(String error) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long count = 0;
        for (ObjectName name : beans.queryNames(
                new ObjectName("kafka.network:type=RequestMetrics,name=ErrorsPerSec,error=" + error + ",*"), null)) {
            count += (Long) beans.getAttribute(name, "Count");
        }
        return count;
    }

    /** Nanoseconds of the processor's threads, and of all. */
    private static long[] cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long processor = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().contains(StreamsSettings.APPLICATION_ID)) {
                processor += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new long[] {processor, system.getProcessCpuTime()};
    }
}

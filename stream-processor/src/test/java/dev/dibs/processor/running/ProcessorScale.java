package dev.dibs.processor.running;

import dev.dibs.codec.TicketEventCodec;
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
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * Run by hand: how fast a log is worked through that is there already, beside a plain consumer of it; how large the state
 * becomes, and how long it takes to have it again after its disk was lost; and how two instances share the work, with
 * and without standby replicas. Argument: grabs, such as 1000000.
 */
final class ProcessorScale {
    private static final TicketKind KIND = new TicketKind("seat");
    private static final int SALES = 20;
    private static final int ENDS_OF_TRANSACTIONS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final int grabs;
    private final Path folder;
    private final String kafka;
    private final long[] epochs = new long[SALES];
    private int written;

    private ProcessorScale(int grabs, Path folder, String kafka) {
        this.grabs = grabs;
        this.folder = folder;
        this.kafka = kafka;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("processor-scale");
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"))) {
            TestTopics.create(broker.bootstrapServers());
            new ProcessorScale(Integer.parseInt(args[0]), folder, broker.bootstrapServers()).run();
        } finally {
            Utils.delete(folder.toFile());
        }
        System.exit(0);
    }

    private void run() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            open(producer);
            sell(producer, grabs);
            for (int pass = 1; pass <= 2; pass++) {
                plainConsumer(false);
                plainConsumer(true);
            }
            KafkaStreams first = catchUp();
            long state = size(folder.resolve("state-one"));
            System.out.printf(
                    "state on disk: %,d MB, %,d bytes per grab; threads %s%n",
                    state >> 20, state / grabs, tasks(first));
            changelogs();
            first.close();
            readRows();
            lostDisk("without a changelog's help this would be the whole log");
            takeOver(producer, 0);
            takeOver(producer, 1);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "batch.size", 256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void open(KafkaProducer<byte[], byte[]> producer) throws Exception {
        for (int i = 0; i < SALES; i++) {
            producer.send(record(new StockAdded(
                    UUID.randomUUID(), now(), sale(i), 0, 2 * grabs / SALES + 100_000, KIND, new ImportId("i"))));
            epochs[i] = producer.send(record(new EpochOpened(UUID.randomUUID(), now(), sale(i), "n", "f", 1)))
                    .get()
                    .offset();
        }
    }

    private void sell(KafkaProducer<byte[], byte[]> producer, int count) {
        for (int i = 0; i < count; i++, written++) {
            int sale = written % SALES;
            producer.send(record(new TicketGrabbed(
                    sale(sale),
                    epochs[sale],
                    written / SALES,
                    new TicketId(UUID.randomUUID()),
                    new UserId("user-" + written),
                    new RequestId("request-" + written),
                    now(),
                    now(),
                    KIND,
                    "address-" + written % 50_000)));
        }
        producer.flush();
    }

    private void plainConsumer(boolean decoding) throws Exception {
        long cpu = ownCpu();
        long begin = System.nanoTime();
        long read = 0;
        long valid = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions(Topics.TICKET_EVENTS));
            consumer.seekToBeginning(consumer.assignment());
            long all = consumer.endOffsets(consumer.assignment()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (read < all) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    read++;
                    valid += decoding && TicketEventCodec.decode(record.value()) instanceof TicketGrabbed ? 1 : 0;
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double core = (ownCpu() - cpu) / 1e9;
        System.out.printf(
                "plain consumer%s: %,d records in %.1f s, %.1f s of processor: %,.0f/s, %,.0f/s per core (%,d grabs)%n",
                decoding ? " that decodes" : "", read, seconds, core, read / seconds, read / core, valid);
    }

    private KafkaStreams catchUp() throws Exception {
        long begin = System.nanoTime();
        KafkaStreams streams = start("one", 0);
        awaitRows(grabs);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double core = streamsCpu() / 1e9;
        System.out.printf(
                "stream-processor: %,d grabs in %.1f s, %.1f s of processor in its threads: %,.0f/s, %,.0f/s per core%n",
                grabs, seconds, core, grabs / seconds, grabs / core);
        return streams;
    }

    /** How often each store is written to its changelog; the offsets count a transaction's end, too. */
    private void changelogs() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().endsWith("-changelog"))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(topic -> System.out.printf(
                            "  %s: %.3f records per grab%n",
                            topic.getKey().substring(StreamsSettings.APPLICATION_ID.length() + 1),
                            consumer
                                            .endOffsets(topic.getValue().stream()
                                                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                                                    .toList())
                                            .values()
                                            .stream()
                                            .mapToLong(Long::longValue)
                                            .sum()
                                    / (double) grabs));
        }
    }

    /** As an analyst reads them: all rows, each decoded. */
    private void readRows() throws Exception {
        long begin = System.nanoTime();
        long bytes = 0;
        int rows = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions(Topics.GRAB_RESULTS));
            consumer.seekToBeginning(consumer.assignment());
            while (rows < grabs) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    rows += GrabResultCodec.decode(record.value()).status() == GrabResult.Status.GRANTED ? 1 : 0;
                    bytes += record.value().length;
                }
            }
        }
        System.out.printf(
                "rows read and decoded: %,d in %.1f s, %,d bytes each%n",
                rows, (System.nanoTime() - begin) / 1e9, bytes / rows);
    }

    private void lostDisk(String what) throws Exception {
        Utils.delete(folder.resolve("state-one").toFile());
        long begin = System.nanoTime();
        KafkaStreams streams = start("one", 0);
        System.out.printf(
                "state made anew from its changelogs in %.1f s (%s)%n", (System.nanoTime() - begin) / 1e9, what);
        streams.close();
    }

    /** One of two instances goes away; how long until the other has worked off what came meanwhile. */
    private void takeOver(KafkaProducer<byte[], byte[]> producer, int standby) throws Exception {
        KafkaStreams one = start("one", standby);
        KafkaStreams two = start("two", standby);
        await(() -> tasks(one).equals(tasks(two)) && isWarm(one, standby) && isWarm(two, standby));
        System.out.printf(
                "two instances, %d standby replicas: partitions %s and %s%n", standby, tasks(one), tasks(two));
        sell(producer, 10_000);
        awaitRows(written);
        long begin = System.nanoTime();
        one.close();
        sell(producer, 10_000);
        awaitRows(written);
        System.out.printf(
                "one of them gone, the other has worked off 10,000 grabs of all partitions after %.1f s%n",
                (System.nanoTime() - begin) / 1e9);
        two.close();
        Utils.delete(folder.resolve("state-two").toFile());
    }

    /** Whether its standby replicas lag by nothing but the ends of transactions. */
    private static boolean isWarm(KafkaStreams streams, int standby) {
        long replicas = streams.metadataForLocalThreads().stream()
                .mapToLong(thread -> thread.standbyTasks().size())
                .sum();
        return standby == 0
                || replicas > 0
                        && streams.allLocalStorePartitionLags().values().stream()
                                .flatMap(lags -> lags.values().stream())
                                .allMatch(lag -> lag.offsetLag() <= ENDS_OF_TRANSACTIONS);
    }

    private KafkaStreams start(String name, int standby) throws Exception {
        StreamsSettings settings =
                new StreamsSettings(kafka, folder.resolve("state-" + name), (short) 1, name, standby);
        KafkaStreams streams =
                new KafkaStreams(GrabTopology.build(Resumption.FRESH, Samples.PSEUDONYMS), settings.asProperties(0));
        streams.start();
        await(() -> streams.state() == KafkaStreams.State.RUNNING);
        return streams;
    }

    private static String tasks(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::activeTasks)
                .map(tasks -> Integer.toString(tasks.size()))
                .toList()
                .toString();
    }

    private void awaitRows(long rows) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions(Topics.GRAB_RESULTS));
            consumer.seekToBeginning(consumer.assignment());
            long[] read = {0};
            await(() -> {
                read[0] += consumer.poll(Duration.ofMillis(200)).count();
                return read[0] >= rows;
            });
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not within " + PATIENCE.toMinutes() + " min");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, TestTopics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static long size(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long ownCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long streamsCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().contains(StreamsSettings.APPLICATION_ID)) {
                cpu += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return cpu;
    }

    private static ActivityId sale(int number) {
        return new ActivityId("sale-" + number);
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static ProducerRecord<byte[], byte[]> record(TicketEvent event) {
        return new ProducerRecord<>(
                Topics.TICKET_EVENTS,
                event.activityId().value().getBytes(StandardCharsets.UTF_8),
                TicketEventCodec.encode(event));
    }
}

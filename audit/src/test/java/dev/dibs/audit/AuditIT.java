package dev.dibs.audit;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Updates;
import dev.dibs.activity.ActivityState;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Code;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestServers;
import dev.dibs.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit bites: a consistent world passes, and each fault planted in it is reported, by the promise it breaks. */
class AuditIT {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void planWorld() {
        world = World.planned(folder);
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void reportsNothingWhereEverythingIsConsistent() throws IOException {
        world.write();

        AuditReport report = world.audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.activities())
                .containsEntry(world.movie.id, new Figures(12, 8, 3, 2, 8, 8, 6, 8, 1, 3, 8, 8, 8, 8, 0))
                .containsEntry(world.gala.id, new Figures(3, 3, 2, 0, 3, 3, 3, 3, 0, 0, 3, 3, 3, 0, 0))
                .hasSize(2);
        assertThat(report.total()).isEqualTo(new Figures(15, 11, 5, 2, 11, 11, 9, 11, 1, 3, 11, 11, 11, 8, 0));
        assertThat(report.lines())
                .contains(
                        "  G1 no code issued twice … ok (8 grabs, 8 sequences, 8 codes)",
                        "  G2 no user above the limit … ok (6 winners, at most 2 each)",
                        "  G4 no code stranded … ok (8 issued + 1 free + 3 not yet reached = 12)",
                        "  G5 MongoDB equals the log … ok (8 tickets)",
                        "  G5 the result topic equals the log … ok (8 granted, 2 used)",
                        "  G5 the CSV equals the log … ok (8 rows)",
                        "Everything holds.");
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void readsEveryServerThatSpeaksMongoDbsProtocol(MongoServer server) throws IOException {
        try (World elsewhere = World.planned(server.uri(), folder)) {
            elsewhere.write();
            String lost = elsewhere.movie.ticket(4).ticketId();
            World.run(elsewhere.tickets().deleteOne(eq("_id", lost)));

            AuditReport report = elsewhere.audit();

            assertThat(report.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.sentence()).contains("MongoDB lacks a row", lost));
        }
    }

    @Test
    void auditsEveryActivityUnlessToldWhich() throws IOException {
        world.write();

        AuditReport report =
                new Audit(AuditSources.of(TestServers.kafka(), TestServers.redis(), TestServers.mongodb())).run();

        assertThat(report.activities()).containsKeys(world.movie.id, world.gala.id);
    }

    @Test
    void reportsACodeThatTwoSequencesShare() throws IOException {
        world.write();
        World.run(world.collection(Documents.TICKET_CODES)
                .updateOne(eq("_id", World.codeId(world.movie, 4)), Updates.set(Code.CODE, world.movie.codes.get(9))));

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G1)).anyMatch(s -> s.contains("sequence 4") && s.contains("sequence 9"));
    }

    @Test
    void reportsACodeThatTwoActivitiesShare() throws IOException {
        world.write();
        World.run(world.collection(Documents.TICKET_CODES)
                .updateOne(eq("_id", World.codeId(world.gala, 1)), Updates.set(Code.CODE, world.movie.codes.get(2))));

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G1)).anyMatch(s -> s.contains("of activity ") && s.contains("own"));
    }

    @Test
    void reportsAMissingCode() throws IOException {
        world.write();
        World.run(world.collection(Documents.TICKET_CODES).deleteOne(eq("_id", World.codeId(world.movie, 8))));
        World.run(world.collection(Documents.TICKET_CODES).deleteOne(eq("_id", World.codeId(world.movie, 10))));

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G1))
                .containsExactly("sequence 8 (ticket "
                        + world.movie.ticket(8).ticketId()
                        + ") has no code: row 0 of import import1 is expected in ticket_codes, but is missing");
        assertThat(told(report, Promise.G4))
                .singleElement()
                .asString()
                .contains("sequence 10 (not issued) has no code");
    }

    @Test
    void neverNamesACode() throws IOException {
        world.csv.set(0, world.csv.get(0).replace("SECRET", "SECRET-OTHER"));
        world.write();
        World.run(world.collection(Documents.TICKET_CODES)
                .updateOne(eq("_id", World.codeId(world.movie, 4)), Updates.set(Code.CODE, world.movie.codes.get(9))));
        World.run(world.tickets()
                .updateOne(eq("_id", world.movie.ticket(5).ticketId()), Updates.set(UserTicket.CODE, "SECRET-X")));
        world.redis.hset(new InventoryKeys(world.movie.id).codes(), "11", "seat|SECRET-Y");

        AuditReport report = world.audit();

        assertThat(report.total().violations()).isGreaterThanOrEqualTo(4);
        assertThat(report.lines()).noneMatch(line -> line.contains("SECRET"));
    }

    @Test
    void reportsAMissingTicketInMongoDb() throws IOException {
        world.write();
        String lost = world.movie.ticket(5).ticketId();
        World.run(world.tickets().deleteOne(eq("_id", lost)));

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactly("G5 MongoDB lacks a row: sequence 5 (ticket " + lost + ") was validly grabbed");
        assertThat(report.activities().get(world.movie.id).mongoTickets()).isEqualTo(7);
        assertThat(report.activities().get(world.movie.id).violations()).isEqualTo(1);
        assertThat(report.total().violations()).isEqualTo(1);
        assertThat(report.lines()).contains("  G5 MongoDB equals the log … VIOLATED, 1 found (7 tickets)");
    }

    @Test
    void reportsAnExtraTicketInMongoDb() throws IOException {
        world.write();
        Won invented = new Won(world.movie.grab("mallory", 6), world.movie.last, world.movie.codes.get(6));
        World.run(world.tickets().insertOne(World.document(world.movie, invented)));

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactly("G5 MongoDB has a row too many: sequence 6 (ticket " + invented.ticketId()
                        + ") is of no valid grab");
    }

    @Test
    void reportsASecondTicketOfASequenceInMongoDb() throws IOException {
        world.write();
        Won invented = new Won(world.movie.grab("mallory", 5), world.movie.last, world.movie.codes.get(5));
        World.run(world.tickets().insertOne(World.document(world.movie, invented)));

        AuditReport report = world.audit();

        assertThat(told(report)).singleElement().asString().contains("too many", "sequence 5", invented.ticketId());
    }

    @Test
    void reportsEveryFieldOfMongoDbThatDiffers() throws IOException {
        world.write();
        Map<String, Object> wrong = Map.of(
                UserTicket.USER_ID,
                "mallory",
                UserTicket.TICKET_KIND,
                "box",
                UserTicket.CODE,
                "other",
                UserTicket.GRABBED_AT,
                1L,
                UserTicket.PARTITION,
                99,
                UserTicket.OFFSET,
                123_456L,
                UserTicket.REDEEMED_AT,
                5L,
                UserTicket.REVOKED_AT,
                6L);
        List<Integer> sequences = List.of(0, 1, 3, 4, 5, 7, 8, 2);
        List<String> fields = new ArrayList<>(wrong.keySet());
        for (int i = 0; i < fields.size(); i++) {
            String ticket = world.movie.ticket(sequences.get(i)).ticketId();
            World.run(
                    world.tickets().updateOne(eq("_id", ticket), Updates.set(fields.get(i), wrong.get(fields.get(i)))));
        }

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G5)).hasSize(fields.size());
        for (String word :
                List.of("user", "ticketKind", "code", "grabbedAt", "partition", "offset", "redeemedAt", "revokedAt")) {
            assertThat(told(report, Promise.G5)).anyMatch(s -> s.contains("wrong: ") && s.contains(word));
        }
    }

    @Test
    void reportsAPlaceOfAUseThatMongoDbHasWrong() throws IOException {
        world.write();
        World.run(world.tickets()
                .updateOne(eq("_id", world.movie.ticket(2).ticketId()), Updates.set(UserTicket.REDEEMED_OFFSET, 0L)));
        World.run(world.tickets()
                .updateOne(eq("_id", world.movie.ticket(3).ticketId()), Updates.unset(UserTicket.REVOKED_OFFSET)));

        AuditReport report = world.audit();

        assertThat(told(report)).hasSize(2);
        assertThat(told(report)).anyMatch(s -> s.contains("redeemedOffset is expected") && s.contains("but is 0"));
        assertThat(told(report)).anyMatch(s -> s.contains("revokedOffset is expected") && s.contains("but is absent"));
    }

    @Test
    void reportsARedemptionThatMongoDbHasLost() throws IOException {
        world.write();
        World.run(world.tickets()
                .updateOne(eq("_id", world.movie.ticket(2).ticketId()), Updates.unset(UserTicket.REDEEMED_AT)));

        AuditReport report = world.audit();

        assertThat(told(report)).singleElement().asString().contains("redeemedAt is expected", "but is absent");
    }

    @Test
    void reportsARowOfNoActivity() throws IOException {
        world.write();
        World.run(world.tickets().insertOne(new Document("_id", "stray").append(UserTicket.SEQUENCE, 1)));

        AuditReport report = new Audit(world.sources().withActivities(Set.of())).run();

        assertThat(told(report)).anyMatch(s -> s.contains("MongoDB has a row that is of no activity"));
        assertThat(report.lines()).contains("Of no activity");
    }

    @Test
    void reportsAMissingResultRow() throws IOException {
        GrabResult lost = world.results.remove(4);
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactly("G5 the result topic lacks a row: sequence " + lost.sequence() + " (ticket "
                        + lost.ticketId() + ") was validly grabbed");
    }

    @Test
    void reportsAnExtraResultRow() throws IOException {
        Won invented = new Won(world.movie.grab("mallory", 6), world.movie.last, "");
        world.results.add(World.result(world.movie, invented, GrabResult.Status.GRANTED));
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report)).singleElement().asString().contains("the result topic has a row too many: sequence 6");
        assertThat(report.total().resultRows()).isEqualTo(12);
    }

    @Test
    void reportsADuplicatedResultRow() throws IOException {
        world.results.add(world.results.get(1));
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report)).singleElement().asString().contains("sequence 1", "is there twice");
    }

    @Test
    void reportsADuplicatedAndAnInventedUseInTheResults() throws IOException {
        GrabResult redeemed = world.results.stream()
                .filter(r -> r.status() == GrabResult.Status.REDEEMED)
                .findFirst()
                .orElseThrow();
        world.results.add(redeemed);
        Won unused = world.movie.ticket(8);
        unused.redeemedAt = 1L;
        unused.usedPosition = unused.position;
        world.results.add(World.result(world.movie, unused, GrabResult.Status.REDEEMED));
        unused.redeemedAt = null;
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report)).hasSize(2);
        assertThat(told(report)).anyMatch(s -> s.contains("is redeemed twice"));
        assertThat(told(report)).anyMatch(s -> s.contains("sequence 8") && s.contains("which the log does not say"));
    }

    @Test
    void reportsAUseThatTheResultsLack() throws IOException {
        world.results.removeIf(r -> r.status() == GrabResult.Status.REVOKED);
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report)).singleElement().asString().contains("lacks a row: sequence 3", "was revoked");
    }

    @Test
    void reportsAWrongUserOnAResultRow() throws IOException {
        Won mine = world.movie.ticket(4);
        Won theirs = new Won(
                new dev.dibs.events.TicketGrabbed(
                        mine.grab.activityId(),
                        mine.grab.epoch(),
                        mine.grab.sequence(),
                        mine.grab.ticketId(),
                        new dev.dibs.ids.UserId("mallory"),
                        mine.grab.requestId(),
                        mine.grab.requestedAt(),
                        mine.grab.grabbedAt(),
                        mine.grab.ticketKind(),
                        mine.grab.addressHash()),
                mine.position,
                mine.code);
        world.results.replaceAll(r -> r.ticketId().equals(mine.grab.ticketId())
                ? World.result(world.movie, theirs, GrabResult.Status.GRANTED)
                : r);
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactly("G5 the result topic has sequence 4 (ticket " + mine.ticketId()
                        + ") wrong: userPseudonym is expected to be that of the buyer of the grab at offset "
                        + mine.position.offset() + " of the log, but is another one");
    }

    @Test
    void withoutTheKeyItSaysThatBuyersInTheResultsAreNotCompared() throws IOException {
        world.write();

        AuditReport report = new Audit(world.sources().withPseudonyms(null)).run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.lines()).anyMatch(line -> line.contains("buyers not compared, for want of a key"));
    }

    @Test
    void doesNotCountResultsOfAnAbortedTransaction() throws IOException {
        world.write();
        Map<String, Object> settings = TestServers.kafkaClient();
        settings.put("transactional.id", world.movie.id.value());
        GrabResult row = world.results.get(0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(World.record(Topics.GRAB_RESULTS, row.key(), GrabResultCodec.encode(row)));
            producer.flush();
            producer.abortTransaction();
        }

        AuditReport report = world.audit();

        assertThat(report.findings()).isEmpty();
    }

    @Test
    void reportsAWrongCountInTheTotals() throws IOException {
        world.stats.set(0, World.totals(world.movie, 7, world.movie.last.offset()));
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report)).containsExactlyInAnyOrder("G5 granted is expected to be 8 in the totals, but is 7");
        assertThat(report.activities().get(world.movie.id).statsGranted()).isEqualTo(7);
    }

    @Test
    void reportsTotalsThatAreMissing() throws IOException {
        world.stats.remove(1);
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report)).containsExactly("G5 the statistics have no totals of it, but the log has 3 grabs");
    }

    @Test
    void reportsSecondsThatDoNotAddUp() throws IOException {
        SecondStats lost = world.seconds.remove(1);
        world.write();

        AuditReport report = world.audit();

        assertThat(lost.granted()).isPositive();
        assertThat(told(report))
                .contains("G5 granted is expected to be " + lost.granted() + " in second " + lost.second()
                        + ", but is 0");
    }

    @Test
    void reportsAMissingAnExtraAndAChangedRowOfTheCsv() throws IOException {
        String missing = world.csv.remove(7);
        Won invented = new Won(world.movie.grab("mallory", 10), world.movie.last, world.movie.codes.get(10));
        world.csv.add(World.csvRow(invented));
        world.csv.set(0, world.csv.get(0).replace(",ann,", ",mallory,"));
        world.csv.set(1, world.csv.get(1).replace("'=SECRET", "'=OTHER"));
        world.write();

        AuditReport report = world.audit();

        assertThat(missing).startsWith("8,");
        assertThat(told(report)).hasSize(4);
        assertThat(told(report)).anyMatch(s -> s.contains("the CSV lacks a row: sequence 8"));
        assertThat(told(report)).anyMatch(s -> s.contains("the CSV has a row too many: sequence 10"));
        assertThat(told(report)).anyMatch(s -> s.contains("the CSV has sequence 0") && s.contains("is mallory"));
        assertThat(told(report)).anyMatch(s -> s.contains("sequence 1") && s.contains("the code is not that"));
        assertThat(report.total().csvRows()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rubbish", "rubbish\r\n"})
    void reportsAFileThatIsNoneAlsoWhereNothingIsWon(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("none.csv"), content);
        world.write();
        ActivityId empty = TestIds.activity("empty");

        AuditReport report = new Audit(world.sources()
                        .withActivities(Set.of(world.movie.id, empty))
                        .withCsv(new CsvExport(file, empty)))
                .run();

        assertThat(report.findings()).anyMatch(finding -> finding.check() == Check.CSV);
    }

    @Test
    void reportsACsvThatIsNotSorted() throws IOException {
        java.util.Collections.swap(world.csv, 2, 3);
        world.write();

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactly("G5 the CSV is expected to be sorted by sequence, but has 2 behind 3 in line 5");
    }

    @Test
    void looksIntoEachOfSeveralFiles() throws IOException {
        world.write();
        Path other = folder.resolve("gala.csv");
        Files.writeString(
                other, Files.readAllLines(folder.resolve("results.csv")).get(0) + "\r\n");

        AuditReport report = new Audit(world.sources().withCsv(new CsvExport(other, world.gala.id))).run();

        assertThat(told(report)).hasSize(3).allMatch(s -> s.contains("the CSV lacks a row"));
        assertThat(report.activities().get(world.movie.id).csvRows()).isEqualTo(8);
    }

    @Test
    void reportsAGrabThatRedisHasLost() throws IOException {
        world.write();
        Won lost = world.movie.ticket(2);
        world.redis.hdel(new InventoryKeys(world.movie.id).users(), World.userField(lost));

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G4))
                .containsExactlyInAnyOrder(
                        "6 users are expected to hold tickets in Redis, but 5 do",
                        "sequence 2 (ticket " + lost.ticketId()
                                + ") was validly grabbed, but is missing from its user's tickets in Redis");
        assertThat(report.findings()).hasSize(2);
        assertThat(report.activities().get(world.movie.id).redisIssued()).isEqualTo(7);
    }

    @Test
    void reportsATicketThatOnlyRedisKnows() throws IOException {
        world.write();
        Won invented = new Won(world.movie.grab("ann", 9), world.movie.last, "");
        world.hold(world.movie, invented);
        world.redis.hset(new InventoryKeys(world.movie.id).state(), "cursor", "10");

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactlyInAnyOrder(
                        "G4 sequence 9 (ticket " + invented.ticketId()
                                + ") is held by a user in Redis, but the log has no valid grab of it",
                        "G4 as many valid grabs are expected as the cursor less what is free, 10 - 1 = 9, but there are 8");
    }

    @Test
    void reportsATicketThatRedisGivesToSomebodyElse() throws IOException {
        world.write();
        Won mine = world.movie.ticket(4);
        String users = new InventoryKeys(world.movie.id).users();
        String line = world.redis.hget(users, World.userField(mine));
        world.redis.hdel(users, World.userField(mine));
        world.redis.hset(users, dev.dibs.ledger.Fingerprint.of("mallory").text(), line);

        AuditReport report = world.audit();

        assertThat(told(report)).singleElement().asString().contains("sequence 4", "the user's fingerprint");
    }

    @Test
    void reportsAStrandedSequence() throws IOException {
        world.write();
        world.redis.lpop(new InventoryKeys(world.movie.id).free());

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactlyInAnyOrder(
                        "G4 sequence 6 is stranded: it lies below the cursor at 9, and is expected to be issued or free,"
                                + " but is neither",
                        "G4 as many valid grabs are expected as the cursor less what is free, 9 - 0 = 9, but there are 8");
    }

    @Test
    void reportsAnIssuedSequenceThatIsFree() throws IOException {
        world.write();
        world.redis.rpush(new InventoryKeys(world.movie.id).free(), "0", "6", "77");

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G4))
                .anyMatch(s -> s.contains("sequence 0") && s.contains("is free in Redis"))
                .anyMatch(s -> s.contains("sequence 6 is expected to be free once"))
                .anyMatch(s -> s.contains("but is '77'"));
    }

    @Test
    void reportsACursorThatHasFallenBack() throws IOException {
        world.write();
        world.redis.hset(new InventoryKeys(world.gala.id).state(), Map.of("cursor", "2", "epoch", "0", "stock", "4"));

        AuditReport report = world.audit();

        assertThat(told(report, Promise.G4))
                .anyMatch(s -> s.contains("would give it out again"))
                .anyMatch(s -> s.contains("the epoch in Redis is expected to be " + world.gala.epoch))
                .anyMatch(s -> s.equals("the stock in Redis is expected to be 3, but is 4"));
    }

    @Test
    void reportsAnOutboxThatIsNotEmpty() throws IOException {
        world.write();
        world.redis.xadd(new InventoryKeys(world.gala.id).outbox(), Map.of("sequence", "2"));

        AuditReport report = world.audit();

        assertThat(told(report)).containsExactly("G4 the outbox is expected to be empty, but holds 1 claims");
    }

    @Test
    void reportsAWrongAndAMissingCodeInRedis() throws IOException {
        world.write();
        String codes = new InventoryKeys(world.movie.id).codes();
        world.redis.hset(codes, "3", "seat|OTHER");
        world.redis.hdel(codes, "11");

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactlyInAnyOrder(
                        "G1 the code of sequence 3 in Redis is not the one that was imported",
                        "G4 sequence 11 is still to be issued, but has no code in Redis");
    }

    @Test
    void reportsASaleThatRedisHasForgotten() throws IOException {
        world.write();
        InventoryKeys keys = new InventoryKeys(world.gala.id);
        world.redis.del(keys.state(), keys.users(), keys.codes());

        AuditReport report = world.audit();

        assertThat(told(report))
                .containsExactly(
                        "G4 3 tickets are granted and the activity has not ended, but Redis holds nothing of it");
    }

    @Test
    void acceptsAnEndedSaleThatRedisHasReleased() throws IOException {
        world.write();
        InventoryKeys keys = new InventoryKeys(world.gala.id);
        world.redis.del(keys.state(), keys.users(), keys.codes());
        TestLog.append(world.gala.configuration.withState(ActivityState.ENDED));

        AuditReport report = world.audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.lines()).contains("  G4 no code stranded … ok (ended, released from Redis)");
    }

    @Test
    void acceptsAnActivityThatWasNeverOpened() throws IOException {
        world.write();
        Sale planned = new Sale(TestIds.activity("planned"), 1, ActivityState.DRAFT);

        AuditReport report = new Audit(world.sources().withActivities(Set.of(world.movie.id, planned.id))).run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.activities()).containsEntry(planned.id, Figures.NONE);
        assertThat(report.lines()).contains("  G4 no code stranded … ok (not opened yet)");
    }

    /** Of a misspelt activity nothing is found to compare, and so there is no finding either. */
    @Test
    void doesNotHoldForAnActivityThatDoesNotExist() {
        Sale known = new Sale(TestIds.activity("known"), 1, ActivityState.DRAFT);
        ActivityId misspelt = TestIds.activity("misspelt");

        AuditReport report = new Audit(AuditSources.of(TestServers.kafka(), TestServers.redis(), TestServers.mongodb())
                        .withActivities(Set.of(known.id, misspelt)))
                .run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isFalse();
        assertThat(report.absences()).singleElement().asString().startsWith("there is no activity " + misspelt + "; ");
        assertThat(report.lines()).containsAll(report.absences()).doesNotContain("Everything holds.");
    }

    private static List<String> told(AuditReport report) {
        return report.findings().stream()
                .map(finding -> finding.promise() + " " + finding.sentence())
                .toList();
    }

    private static List<String> told(AuditReport report, Promise promise) {
        return report.findings().stream()
                .filter(finding -> finding.promise() == promise)
                .map(Finding::sentence)
                .toList();
    }
}

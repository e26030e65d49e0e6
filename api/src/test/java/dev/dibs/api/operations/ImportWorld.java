package dev.dibs.api.operations;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.StockRange;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All that an import needs, with a log in memory and codes on a real server. */
final class ImportWorld implements AutoCloseable {
    private static final long MAX_BYTES = 1_000_000;

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Small, so that a few rows are several batches. */
    static final int BATCH = 10;

    final MemoryLog log = new MemoryLog();
    final MemoryCatalogue catalogue = new MemoryCatalogue();
    final List<ActivityId> reconciled = new CopyOnWriteArrayList<>();
    final Path folder;
    final MongoDatabase database;
    final CodeStore store;
    private final MongoClient client;

    ImportWorld(String mongodb, Path folder) {
        this.folder = folder;
        this.client = MongoClients.create(mongodb);
        this.database = client.getDatabase(TestDatabase.nameFor(ImportWorld.class));
        this.store = new MongoCodeStore(database, TestCodes.SEAL, TestCodes.FINGERPRINTS);
    }

    CodeImports imports() {
        return imports(UnaryOperator.identity());
    }

    /** @param around the store, as a fault would have it */
    CodeImports imports(UnaryOperator<CodeStore> around) {
        CodeStore faulty = around.apply(store);
        Reconciliation reconciliation = new Reconciliation(
                id -> {
                    reconciled.add(id);
                    return CompletableFuture.completedFuture(null);
                },
                PATIENCE);
        return new CodeImports(
                faulty,
                new CodeClaims(faulty, new Ownership(faulty, log, catalogue), BATCH),
                new StockAppender(log, log, Clock.systemUTC(), UUID::randomUUID),
                catalogue,
                reconciliation,
                new ImportLimits(MAX_BYTES, ImportLimits.MAX_ROWS, BATCH));
    }

    /** A draft with the tickets standard and premium. */
    Activity activity(String name) {
        Activity sound = ActivityDocumentTest.sound(
                ActivityDocumentTest.SOUND.replace("id: movie-night", "id: " + TestIds.unique(name))
                        + "  - {kind: premium, name: P, start_time: 1, end_time: 2}\n",
                DocumentFormat.YAML);
        return catalogue.save(sound).block(PATIENCE);
    }

    Activity move(Activity activity, ActivityState state) {
        return catalogue.save(activity.withState(state)).block(PATIENCE);
    }

    Outcome<ImportReport> add(CodeImports imports, Activity activity, String csv) {
        return adding(imports, activity, csv).block(PATIENCE);
    }

    /** The import as the HTTP handler does it, without HTTP. */
    Mono<Outcome<ImportReport>> adding(CodeImports imports, Activity activity, String csv) {
        DataBuffer body =
                DefaultDataBufferFactory.sharedInstance.wrap(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ImportProgress progress =
                new ImportProgress("job", activity.activityId(), ImportJob.UNKNOWN, Clock.systemUTC());
        return Mono.usingWhen(
                Mono.fromCallable(() -> SpooledFile.create(folder, MAX_BYTES)),
                file -> file.receive(Flux.just(body), progress)
                        .flatMap(received -> imports.add(activity, received.importId(), received.path(), progress)),
                file -> Mono.fromCallable(() -> {
                    file.delete();
                    return file;
                }));
    }

    static String csv(String prefix, int codes) {
        StringBuilder csv = new StringBuilder("code,ticket\n");
        for (int i = 0; i < codes; i++) {
            csv.append(prefix).append(i).append(i % 2 == 0 ? ",standard\n" : ",premium\n");
        }
        return csv.toString();
    }

    /** The codes of all sequences, found as the services find them: through the ledger's ranges. */
    List<String> codesBySequence(Activity activity) {
        List<String> codes = new ArrayList<>();
        MemoryActivityAccount account = log.account(activity.activityId());
        for (int sequence = 0; account != null && sequence < account.stock(); sequence++) {
            StockRange range = account.range(sequence);
            codes.add(code(activity.activityId(), range.importId(), sequence - range.from()));
        }
        return codes;
    }

    private String code(ActivityId activityId, ImportId importId, int row) {
        Document found = Mono.from(database.getCollection(Documents.TICKET_CODES)
                        .find(new Document("_id", Documents.codeId(activityId, importId, row)))
                        .first())
                .block(PATIENCE);
        return found == null ? null : TestCodes.SEAL.open(activityId, found.getString(Documents.Code.CODE));
    }

    List<Path> leftFiles() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        Mono.from(database.drop()).block(PATIENCE);
        client.close();
    }
}
